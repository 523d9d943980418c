package logweb

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// Names are what the log itself does not know; composition says it.
type Names struct {
	Ops    func() []string // names of all operations
	Tables func() []string // evidential tables
	// Log names the log of an estate, or the company's.
	Log func(ctx context.Context, q db.Querier, log access.EstateID) (string, error)
	// Estates are those of a scope, in the order of a list.
	Estates func(ctx context.Context, q db.Querier, s access.Scope) ([]access.EstateID, error)
	// Head is a log as it stands.
	Head func(ctx context.Context, q db.Querier, log access.EstateID) (evidence.Checkpoint, error)
	// Row is what may be read of a row by whoever audits, who sees nothing personal; empty for nothing.
	Row func(ctx context.Context, q db.Querier, k evidence.RowKey) (string, error)
}

// Values of the filter of persons beside the accounts' ids.
const (
	byProgram = "program"
	byNobody  = "nobody"
)

// leafRow is a leaf in the list.
type leafRow struct {
	bun.BaseModel `bun:"table:evidence_leaf,alias:leaf_row"`
	ID            int64           `bun:"id"` // of the operation
	LogID         access.EstateID `bun:"log"`
	Pos           int64           `bun:"pos"`
	Raw           []byte          `bun:"leaf"`
	said          `bun:"-"`
}

// List is every leaf of the logs of a scope: the page, its print and its spreadsheet.
func List(n Names) list.Any {
	return list.Define(list.Def[leafRow]{
		Name:     "log.leaves",
		Title:    "log.title",
		Form:     logRegister,
		NoClause: "the proof of all clauses rests on it",
		Posts:    mayRead,
		Path:     Path,
		From:     leavesOf,
		Counted:  countedOf,
		Sort:     "-when",
		Lead:     n.lead,
		Row:      func(r leafRow) (id, href string) { return strconv.FormatInt(r.ID, 10), pathOf(r.LogID, r.Pos) },
		Fill:     n.fill,
		Columns: []list.Column[leafRow]{
			{Key: "when", Label: "log.when", Kind: list.KindDate, By: "?TableAlias.id", Width: 5, Cell: list.Text(func(r leafRow) string { return moment(r.At) })},
			{Key: "what", Label: "log.what", Width: 6, Cell: list.Text(func(r leafRow) string { return r.what })},
			{Key: "about", Label: "log.about", Width: 6, Cell: list.Text(func(r leafRow) string { return r.about.String() })},
			{Key: "who", Label: "log.who", Width: 4, Cell: list.Text(func(r leafRow) string { return r.who })},
			{Key: "post", Label: "log.post", Narrow: list.NoPhone, Width: 3, Cell: list.Text(func(r leafRow) string { return r.post })},
			{Key: "result", Label: "log.result", Kind: list.KindState, Width: 3, Cell: func(_ context.Context, r leafRow) list.Cell { return r.result }},
			{Key: "log", Label: "log.log", Across: true, Width: 4, Cell: list.Text(func(r leafRow) string { return r.log })},
			{Key: "no", Label: "log.no", Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r leafRow) string { return evidence.LeafNo(r.LogID, r.Pos) })},
		},
		Filters: []list.Filter{
			{Key: "log", Label: "log.log", Kind: list.FilterSelect, Across: true, Options: n.logs, Apply: ofLog},
			{Key: "who", Label: "log.who", Kind: list.FilterSelect, Options: people, Apply: ofActor},
			{Key: "op", Label: "log.what", Kind: list.FilterSelect, Options: n.ops, Apply: ofName},
			{Key: "day", Label: "log.day", Kind: list.FilterRange, Apply: between},
			{Key: "no", Label: "log.no", Kind: list.FilterText, Apply: ofNumber},
		},
		Tabs: []list.SavedView{
			{Label: "log.all"},
			{Key: "refused", Label: "log.refused", Apply: refused},
		},
		Empty:   list.EmptyText{Title: "log.empty", Text: "log.empty.text"},
		Actions: []list.ActionDef{{Key: "heads", Label: "log.heads", Icon: "lock", Href: headsPath, Posts: mayRead}},
	})
}

// logs are the logs to choose from: the company's, for whoever audits it, and each estate's.
func (n Names) logs(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	ids, err := n.within(ctx, q, s)
	if err != nil {
		return nil, err
	}
	options := make([]list.Option, len(ids))
	for i, id := range ids {
		name, err := n.Log(ctx, q, id)
		if err != nil {
			return nil, err
		}
		options[i] = list.Option{Value: strconv.FormatInt(int64(id), 10), Label: name}
	}
	return options, nil
}

// within are the logs of a scope; only who audits the whole company reads its own.
func (n Names) within(ctx context.Context, q db.Querier, s access.Scope) ([]access.EstateID, error) {
	ids, err := n.Estates(ctx, q, s)
	if s.All() {
		ids = slices.Insert(ids, 0, access.Company)
	}
	return ids, err
}

func (n Names) ops(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	var options []list.Option
	for _, name := range n.Ops() {
		options = append(options, list.Option{Value: name, Label: i18n.T(ctx, "op."+name)})
	}
	slices.SortFunc(options, func(a, b list.Option) int { return cmp.Compare(a.Label, b.Label) })
	return options, nil
}

func people(ctx context.Context, q db.Querier, _ access.Scope) ([]list.Option, error) {
	all, err := account.Everybody(ctx, q)
	options := []list.Option{{Value: byProgram, Label: i18n.T(ctx, "log.program")}, {Value: byNobody, Label: i18n.T(ctx, "log.nobody")}}
	for _, a := range all {
		options = append(options, list.Option{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.Name})
	}
	return options, err
}

func moment(at int64) string { return time.UnixMicro(at).In(clock.China).Format("2006-01-02 15:04:05") }

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return -1 // nobody's
	}
	return n
}

// parseNumber reads evidence.LeafNo's form, or an index alone, of which the log is -1.
func parseNumber(s string) (log, pos int64, ok bool) {
	before, after, whole := strings.Cut(strings.ToLower(s), "/")
	if !whole {
		before, after = "", before
	}
	pos, err := strconv.ParseInt(after, 10, 64)
	if log = -1; whole && err == nil {
		log, err = strconv.ParseInt(before, 36, 64)
	}
	return log, pos, err == nil && pos >= 0
}
