package job

import (
	"context"
	"net/url"
	"strconv"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// Mine is the list of the jobs its reader started.
var Mine list.Any = mine{list.Define(list.Def[Run]{
	Name:     "job.jobs",
	Title:    "job.list.title",
	Form:     jobRegister,
	NoClause: "the program's own work",
	Posts:    access.Posts,
	Path:     ListPath,
	From:     runsOf,
	Sort:     "-created",
	Row:      func(r Run) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Columns: []list.Column[Run]{
		{Key: "title", Label: "job.title", Width: 6, Cell: textCell(func(ctx context.Context, r Run) string { return i18n.T(ctx, r.Title) })},
		{Key: "state", Label: "job.state", Kind: list.KindState, Width: 3, Cell: stateCell},
		{Key: "progress", Label: "job.progress", Narrow: list.NoPhone, Width: 3, Cell: textCell(func(ctx context.Context, r Run) string { return r.Count(ctx) })},
		{Key: "created", Label: "job.created", By: "?TableAlias.created", Width: 3, Cell: momentCell(func(r Run) int64 { return r.Created })},
		{Key: "ended", Label: "job.ended", Narrow: list.NoPhone, By: "COALESCE(?TableAlias.ended, 0)", Width: 3, Cell: momentCell(func(r Run) int64 { return r.Ended })},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "job.tab.all"},
		{Key: "open", Label: "job.tab.open", Apply: open},
	},
	Empty: list.EmptyText{Title: "job.empty.title", Text: "job.empty.text"},
})}

// mine narrows the list to its reader.
type mine struct{ *list.List[Run] }

func (m mine) of(who list.Reader) *list.List[Run] {
	own := *m.List
	own.From = func(q db.Querier, s access.Scope) *bun.SelectQuery { return startedBy(runsOf(q, s), who.Actor.Account) }
	return &own
}

// View is the reader's own.
func (m mine) View(ctx context.Context, q db.Querier, who list.Reader, asked url.Values) (list.View, error) {
	return m.of(who).View(ctx, q, who, asked)
}

// Take is the reader's own.
func (m mine) Take(ctx context.Context, d *op.Door, how list.ExportFormat, who list.Reader, asked url.Values) (*list.Taking, error) {
	return m.of(who).Take(ctx, d, how, who, asked)
}

func textCell(of func(context.Context, Run) string) func(context.Context, Run) list.Cell {
	return func(ctx context.Context, r Run) list.Cell { return list.Cell{Text: of(ctx, r)} }
}

func momentCell(of func(Run) int64) func(context.Context, Run) list.Cell {
	return textCell(func(_ context.Context, r Run) string { return clock.Moment(of(r)) })
}

func stateCell(ctx context.Context, r Run) list.Cell {
	state, text := r.StateText(ctx)
	return list.Cell{Text: text, State: state}
}

// StateText says how a job stands, in words.
func (r Run) StateText(ctx context.Context) (list.State, string) {
	switch {
	case r.State == Done:
		return list.StateOK, i18n.T(ctx, "job.state.done")
	case r.State == Cancelled:
		return list.StateNone, i18n.T(ctx, "job.state.cancelled")
	case r.State == Failed:
		return list.StateLate, i18n.T(ctx, "job.state.failed")
	case r.Stopping():
		return list.StateWait, i18n.T(ctx, "job.state.stopping")
	case r.State == Running:
		return list.StateRun, i18n.T(ctx, "job.state.running")
	}
	return list.StateWait, i18n.T(ctx, "job.state.waiting")
}

// Count is how many rows are done, of how many when that is known.
func (r Run) Count(ctx context.Context) string {
	if r.Total == 0 {
		return strconv.FormatInt(r.Done, 10)
	}
	return i18n.T(ctx, "job.count", r.Done, r.Total)
}
