package household

import (
	"context"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// ObservationRow is an observation in a list, with whom it may be about.
type ObservationRow struct {
	Seen        `bun:",extend"`
	EstateName  string `bun:"estate_name,scanonly"`
	Code        string `bun:"code,scanonly"`
	NotedName   string `bun:"noted_name,scanonly"`
	SettledName string `bun:"settled_name,scanonly"`
}

// Observations is the register of changes of people that somebody noted (C7).
var Observations = list.Define(list.Def[ObservationRow]{
	Name:    "household.observations",
	Title:   "observation.list.title",
	Form:    observationRegister,
	Clauses: []string{"C7"},
	Posts:   mayRead,
	Path:    "/observations",
	From:    observationRows,
	Sort:    "-noted",
	Row:     func(r ObservationRow) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Struck:  func(r ObservationRow) bool { return r.State == Refused },
	Fill:    saidInRows,
	Columns: []list.Column[ObservationRow]{
		{Key: "place", Label: "observation.place", By: "?TableAlias.place", Width: 4, Cell: list.Text(func(r ObservationRow) string { return r.Place })},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r ObservationRow) string { return r.EstateName })},
		{Key: "room", Label: "household.room", By: "u.sorting", Width: 3, Cell: list.Text(func(r ObservationRow) string { return r.Code })},
		{Key: "said", Label: "observation.said", Width: 8, Cell: list.Text(func(r ObservationRow) string { return r.Text })},
		{Key: "state", Label: "observation.state", Kind: list.KindState, Width: 2, Cell: observationState},
		{Key: "noted", Label: "observation.noted", Kind: list.KindDate, By: "?TableAlias.noted", Width: 3, Cell: list.Text(func(r ObservationRow) string { return day(r.Noted) })},
		{Key: "by", Label: "observation.by", Narrow: list.NoPhone, Width: 2, Cell: list.Text(func(r ObservationRow) string { return r.NotedName })},
		{Key: "outcome", Label: "observation.outcome", Narrow: list.NoPhone, Width: 6, Cell: list.Text(func(r ObservationRow) string { return r.Outcome })},
		{Key: "settled", Label: "observation.settled", Kind: list.KindDate, Narrow: list.Wide, By: "?TableAlias.settled", Width: 3, Cell: list.Text(func(r ObservationRow) string { return day(r.Settled) })},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "observation.place", Kind: list.FilterText, Apply: list.TextLike("place", "u.code")},
		estate.Filter,
		{Key: "building", Label: "household.filter.building", Kind: list.FilterSelect, Options: observedBuildings, Apply: list.Is("u.building")},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "observation.state.waiting", Apply: observationsIn(Waiting)},
		{Key: "confirmed", Label: "observation.state.confirmed", Apply: observationsIn(Confirmed)},
		{Key: "refused", Label: "observation.state.refused", Apply: observationsIn(Refused)},
	},
	Empty: list.EmptyText{Title: "observation.empty.title", Text: "observation.empty.text"},
	Actions: []list.ActionDef{
		{Key: "add", Label: "observation.note", Icon: "plus", Href: "/observations/new", Shortcut: "Alt+N", Primary: true, Posts: mayNote},
	},
})

// saidInRows reads what was noted: a register of observations without it says nothing.
func saidInRows(ctx context.Context, _ db.Querier, rows []ObservationRow) error {
	keys := list.Keys(ctx)
	if keys == nil {
		return nil
	}
	for i := range rows {
		var err error
		if rows[i].Text, err = rows[i].Words(ctx, keys); err != nil {
			return err
		}
	}
	return nil
}

func observationState(ctx context.Context, r ObservationRow) list.Cell {
	states := map[ObservationState]list.State{Waiting: list.StateDue, Confirmed: list.StateOK, Refused: list.StateVoid}
	return list.Cell{Text: i18n.T(ctx, "observation.state."+string(r.State)), State: states[r.State]}
}

// day is the local date of an instant; empty for none.
func day(micro int64) string {
	if micro == 0 {
		return ""
	}
	return time.UnixMicro(micro).In(clock.China).Format(time.DateOnly)
}

// FindObservation is one observation of a scope.
func FindObservation(ctx context.Context, q db.Querier, s access.Scope, id ObservationID) (*Observation, error) {
	return record.Find[Observation](ctx, q, s, id)
}

// Path is the address of an observation's page.
func (id ObservationID) Path() string { return "/observations/" + ref.Text(id) }

// HouseholdAt is the household to whose file an observation belongs today: that which uses its unit, else that which owns it; 0 for none.
func (o *Observation) HouseholdAt(ctx context.Context, q db.Querier) (ID, error) {
	if o.Household != 0 || o.Unit == 0 {
		return o.Household, nil
	}
	return livingIn(ctx, q, o.Unit)
}
