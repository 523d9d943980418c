package estate

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Units is the register of units.
var Units = list.Define(list.Def[UnitRow]{
	Name:       "estate.units",
	Title:      "unit.list.title",
	Form:       unitRegister,
	Clauses:    []string{"A1", "D7"},
	Posts:      mayRead,
	Path:       "/units",
	Evidential: true,
	From:       unitsOf,
	Ticked:     label.Ticked(kindUnit),
	Sort:       "code",
	Row:        func(u UnitRow) (id, href string) { return ref.Text(u.ID), u.Path() },
	Struck:     func(u UnitRow) bool { return !u.InForce() },
	Columns: []list.Column[UnitRow]{
		{Key: "code", Label: "unit.code", By: "?TableAlias.estate,?TableAlias.sorting", Width: 3, Cell: list.Text(func(u UnitRow) string { return u.Code })},
		Column(func(u UnitRow) string { return u.EstateName }, "?TableAlias.sorting"),
		{Key: "building", Label: "unit.building", Narrow: list.NoPhone, Width: 2, Cell: list.Text(func(u UnitRow) string { return u.Building })},
		{Key: "entrance", Label: "unit.entrance", Narrow: list.Wide, Width: 2, Cell: list.Text(func(u UnitRow) string { return u.Entrance })},
		{Key: "floor", Label: "unit.floor", Narrow: list.Wide, Width: 2, Cell: list.Text(func(u UnitRow) string { return u.Floor })},
		{Key: "kind", Label: "unit.kind", By: "?TableAlias.kind,?TableAlias.sorting", Width: 2, Cell: kindCell},
		{Key: "gross", Label: "unit.gross_area", Kind: list.KindNumber, Narrow: list.NoPhone, By: "?TableAlias.gross_area", Width: 3, Print: printGross, Cell: areaCell(func(u UnitRow) Area { return u.GrossArea })},
		{Key: "net", Label: "unit.net_area", Kind: list.KindNumber, Narrow: list.Wide, By: "?TableAlias.net_area", Width: 3, Print: printNet, Cell: areaCell(func(u UnitRow) Area { return u.NetArea })},
		{Key: "state", Label: "unit.state", Kind: list.KindState, Width: 3, Cell: stateCell},
		{Key: "note", Label: "unit.note", Narrow: list.Wide, Width: 6, Cell: list.Text(func(u UnitRow) string { return u.Note })},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "unit.code", Hint: "unit.code.hint", Kind: list.FilterText, Apply: unitLike},
		Filter,
		{Key: "building", Label: "unit.building", Kind: list.FilterSelect, Options: Buildings, Apply: list.Is("building")},
		{Key: "kind", Label: "unit.kind", Kind: list.FilterSelect, Options: kindOptions, Apply: list.Is("kind")},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "unit.tab.in_force", Apply: inForce},
		{Key: "no_area", Label: "unit.tab.no_area", Apply: noArea},
		{Key: "ended", Label: "unit.tab.ended", Apply: over},
	},
	Empty: list.EmptyText{Title: "unit.empty.title", Text: "unit.empty.text"},
	Actions: []list.ActionDef{
		{Key: "new", Label: "unit.add", Icon: "plus", Href: "/units/new", Shortcut: "Alt+N", Primary: true, Posts: mayChange},
	},
})

func areaCell(of func(UnitRow) Area) func(context.Context, UnitRow) list.Cell {
	return func(_ context.Context, u UnitRow) list.Cell {
		if of(u) == 0 {
			return list.Cell{}
		}
		return list.Cell{Text: of(u).String()}
	}
}

func kindCell(ctx context.Context, u UnitRow) list.Cell {
	return list.Cell{Text: i18n.T(ctx, "unit.kind."+string(u.Kind))}
}

func stateCell(ctx context.Context, u UnitRow) list.Cell {
	if u.InForce() {
		return list.Cell{Text: i18n.T(ctx, "unit.tab.in_force"), State: list.StateOK}
	}
	return list.Cell{Text: i18n.T(ctx, "unit.ended_on", u.ValidTo), State: list.StateVoid}
}

func kindOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(UnitKinds))
	for i, k := range UnitKinds {
		options[i] = list.Option{Value: string(k), Label: i18n.T(ctx, "unit.kind."+string(k))}
	}
	return options, nil
}
