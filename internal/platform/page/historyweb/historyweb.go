// Package historyweb tells a row's history: what was, what became of it, who and why, read from the log itself (C7).
//
// A room says once which columns people know and by which words; history and conflicts both speak them.
// It may import account, clock, errs, evidence, i18n, masked, op and page. Always true: a column without words is not shown.
package historyweb

import (
	"context"
	"embed"
	"slices"
	"strconv"
	"strings"
	"time"

	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Locales are the words of every history.
//
//go:embed locales/*.json
var Locales embed.FS

// Column is a column of a row as people know it.
type Column struct {
	Name  string                                        // in the table, and of the field on the form
	Label string                                        // catalogue key
	Show  func(ctx context.Context, value any) string   // int64, string or []byte; nil shows numbers and texts as they are
	Typed func(ctx context.Context, text string) string // a field's value as people read it; nil shows it as it stands
	// Compare compares a masked fact with what a form says of it, which leaves the fact as it is where it says nothing. Name is then
	// the mask's column, <field>_mask.
	Compare func(ctx context.Context, typed page.Values) (masked.Comparison, error)
}

// Comparing are columns of which a masked one is compared in a conflict.
func Comparing(columns []Column, name string, compare func(context.Context, page.Values) (masked.Comparison, error)) []Column {
	columns = slices.Clone(columns)
	for i := range columns {
		if columns[i].Name == name {
			columns[i].Compare = compare
		}
	}
	return columns
}

// Was is what a text column of a row said when a change was made: before it, or what the row began with. now is what it says today.
type Was func(column, now string) string

// wasAt is what the columns said at one of a row's changes, which come with the newest first.
func wasAt(changes []evidence.Change, at int) Was {
	return func(column, now string) string {
		for i, c := range changes[:at+1] {
			for _, col := range c.Columns {
				if col.Name == column && (i < at || c.Version > 1) {
					now, _ = col.Old.(string)
				}
			}
		}
		return now
	}
}

// Before is what a text column of a row said before it was last changed; empty for nothing.
func Before(ctx context.Context, d *op.Door, row evidence.Record, column string) (string, error) {
	changes, err := changesOf(ctx, d, row)
	for _, c := range changes {
		for _, col := range c.Columns {
			if col.Name == column {
				was, _ := col.Old.(string)
				return was, err
			}
		}
	}
	return "", err
}

// Of is a row's history, the newest change first.
func Of(ctx context.Context, d *op.Door, row evidence.Record, columns []Column) ([]page.Event, error) {
	return Named(ctx, d, row, columns, func(Was) string { return "" })
}

// Named is a row's history, in which name says at each change what the row was called then.
func Named(ctx context.Context, d *op.Door, row evidence.Record, columns []Column, name func(Was) string) ([]page.Event, error) {
	changes, err := changesOf(ctx, d, row)
	if err != nil {
		return nil, err
	}
	names, err := authors(ctx, d, changes)
	if err != nil {
		return nil, err
	}
	events := make([]page.Event, len(changes))
	for i, c := range changes {
		at := time.UnixMicro(c.Leaf.At).In(clock.China)
		events[i] = page.Event{When: at.Format(time.DateOnly), Icon: "swap", Title: i18n.T(ctx, "op."+c.Leaf.Name),
			Text: strings.TrimSpace(name(wasAt(changes, i)) + "  " + told(ctx, c, columns)), Who: names[c.Leaf.Actor] + " " + at.Format("15:04")}
	}
	return events, nil
}

// ChangeText is one change of a row in words.
type ChangeText struct {
	Leaf    evidence.Leaf
	Version int64
	Text    string // its reason and what became of each column people know; only the reason for what a row began with
	Was     Was
}

// Row is a row whose history is told, with its columns as people know them.
type Row struct {
	Record  evidence.Record
	Columns []Column
}

// ChangeTexts are the histories of rows, each with the newest change first, for pages that join them: one query for all.
func ChangeTexts(ctx context.Context, d *op.Door, rows []Row) ([][]ChangeText, error) {
	kept := make([]evidence.HistoryRequest, len(rows))
	for i, r := range rows {
		plan, err := d.Tables.PlanOf(r.Record)
		if err != nil {
			return nil, err
		}
		kept[i] = evidence.HistoryRequest{Table: plan.Table, Row: r.Record.Key(), Owner: r.Record.Owner()}
	}
	changes, err := d.Log.Histories(ctx, d.DB.Read(), kept...)
	all := make([][]ChangeText, len(rows))
	for i, r := range rows {
		for n, c := range changes[kept[i]] {
			all[i] = append(all[i], ChangeText{Leaf: c.Leaf, Version: c.Version, Text: told(ctx, c, r.Columns), Was: wasAt(changes[kept[i]], n)})
		}
	}
	return all, err
}

func changesOf(ctx context.Context, d *op.Door, row evidence.Record) ([]evidence.Change, error) {
	plan, err := d.Tables.PlanOf(row)
	if err != nil {
		return nil, err
	}
	return d.Log.History(ctx, d.DB.Read(), plan.Table, row.Key(), row.Owner())
}

// authors are the names of those who made changes; account 0 is the program.
func authors(ctx context.Context, d *op.Door, changes []evidence.Change) (map[int64]string, error) {
	var ids []int64
	for _, c := range changes {
		ids = append(ids, c.Leaf.Actor)
	}
	names, err := account.Names(ctx, d.DB.Read(), ids)
	if err == nil {
		names[0] = i18n.T(ctx, "post.program")
	}
	return names, err
}

// told says a change in words: its reason, and each column people know. What a row began with is not repeated.
func told(ctx context.Context, c evidence.Change, columns []Column) string {
	if c.Lost {
		return i18n.T(ctx, "history.lost")
	}
	words := []string{}
	if c.Reason != "" {
		words = append(words, c.Reason)
	}
	for _, col := range columns {
		for _, change := range c.Columns {
			if change.Name == col.Name && c.Version > 1 {
				words = append(words, col.became(ctx, change.Old, change.New))
			}
		}
	}
	return strings.Join(words, "  ")
}

// became says what a column said and says now; what was empty just says it.
func (c Column) became(ctx context.Context, old, now any) string {
	was, is := c.text(ctx, old), c.text(ctx, now)
	if was == "" || was == i18n.T(ctx, "history.none") {
		return i18n.T(ctx, "history.set", i18n.Key(c.Label), is)
	}
	return i18n.T(ctx, "history.to", i18n.Key(c.Label), was, is)
}

func (c Column) text(ctx context.Context, value any) string {
	switch v := value.(type) {
	case nil:
		return i18n.T(ctx, "history.none")
	case int64:
		if c.Show == nil {
			return strconv.FormatInt(v, 10)
		}
	case string:
		if v == "" {
			return i18n.T(ctx, "history.none")
		}
		if c.Show == nil {
			return v
		}
	}
	if c.Show == nil {
		return i18n.T(ctx, "history.sealed")
	}
	return c.Show(ctx, value)
}

// typed is a field of a form as people read it.
func (c Column) typed(ctx context.Context, v page.Values) string {
	text := v.Get(c.Name)
	switch {
	case text == "":
		return i18n.T(ctx, "history.none")
	case c.Typed == nil:
		return text
	}
	return c.Typed(ctx, text)
}
