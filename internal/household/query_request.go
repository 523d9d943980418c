package household

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// RequestRow is a request in a list.
type RequestRow struct {
	Request      `bun:",extend"`
	EstateName   string `bun:"estate_name,scanonly"`
	Code         string `bun:"code,scanonly"`
	AskedName    string `bun:"asked_name,scanonly"`
	AnsweredName string `bun:"answered_name,scanonly"`
}

// Requests is the register of requests to see households' files (D5).
var Requests = list.Define(list.Def[RequestRow]{
	Name:    "household.requests",
	Title:   "request.list.title",
	Form:    requestRegister,
	Clauses: []string{"D5"},
	Posts:   mayAudit,
	Path:    RequestsPath,
	From:    requestRows,
	Sort:    "-asked",
	Row:     func(r RequestRow) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Columns: []list.Column[RequestRow]{
		{Key: "room", Label: "household.room", By: "u.sorting", Width: 3, Cell: list.Text(func(r RequestRow) string { return r.Code })},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r RequestRow) string { return r.EstateName })},
		{Key: "why", Label: "request.why", Width: 8, Cell: list.Text(func(r RequestRow) string { return r.Why })},
		{Key: "state", Label: "request.state", Kind: list.KindState, Width: 2, Cell: requestState},
		{Key: "asked", Label: "request.asked", Kind: list.KindDate, By: "?TableAlias.asked", Width: 3, Print: printAsked, Cell: list.Text(func(r RequestRow) string { return day(r.Asked) })},
		{Key: "by", Label: "request.by", Width: 2, Cell: list.Text(func(r RequestRow) string { return r.AskedName })},
		{Key: "answer", Label: "request.answer", Narrow: list.NoPhone, Width: 6, Cell: list.Text(func(r RequestRow) string { return r.Answer })},
		{Key: "answered_by", Label: "request.answered_by", Narrow: list.Wide, Width: 2, Cell: list.Text(func(r RequestRow) string { return r.AnsweredName })},
	},
	Filters: []list.Filter{{Key: "q", Label: "household.room", Kind: list.FilterText, Apply: list.TextLike("u.code")}, estate.Filter},
	Tabs: []list.SavedView{
		{Key: "", Label: "request.state.waiting", Apply: requestsIn(Asked)},
		{Key: "answered", Label: "request.tab.answered", Apply: requestsIn(Granted, Denied)},
	},
	Empty: list.EmptyText{Title: "request.empty.title", Text: "request.empty.text"},
})

func requestState(ctx context.Context, r RequestRow) list.Cell {
	states := map[RequestState]list.State{Asked: list.StateDue, Granted: list.StateOK, Denied: list.StateVoid}
	return list.Cell{Text: i18n.T(ctx, "request.state."+string(r.State)), State: states[r.State]}
}

// requestsToAnswer are, for each estate, the requests nobody has answered.
func requestsToAnswer(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := requestsWaiting(ctx, q, s)
	duties := make([]duty.Duty, len(rows))
	for i, w := range rows {
		duties[i] = duty.Duty{Title: i18n.T(ctx, "request.duty", w.N), Text: w.EstateName, Act: i18n.T(ctx, "request.duty.do"), Href: RequestsPath, Clause: "D5"}
	}
	return duties, err
}

// answersToSee are the answers to whoever asks, until he has looked at them.
func answersToSee(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := answersUnseen(ctx, q, s, access.From(ctx).Account)
	duties := make([]duty.Duty, len(rows))
	for i, r := range rows {
		duties[i] = duty.Duty{Title: i18n.T(ctx, "request.told."+string(r.State), r.Code), Text: r.AnsweredName + " \u00b7 " + r.Answer, Act: i18n.T(ctx, "request.told.do"),
			Href: RequestPath, Clause: "D5"}
	}
	return duties, err
}
