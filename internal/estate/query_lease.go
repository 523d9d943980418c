package estate

import (
	"context"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// soonDays is the span of the tab of leases that end soon; the duty's own is a setting.
const soonDays = 30

// tabLacking is the tab of lets whose form is not complete.
const tabLacking = "lacking"

// Leases is the register of lets and mixed use (租户/商住情况登记表, D9).
var Leases = list.Define(list.Def[LeaseRow]{
	Name:       "estate.leases",
	Title:      "lease.list.title",
	Form:       LeaseForm,
	Clauses:    []string{"D6", "D9"},
	Posts:      access.Desk,
	Path:       "/leases",
	Evidential: true,
	From:       leasesOf,
	Fill:       fillLeases,
	Ticked:     label.Ticked(kindLease),
	Sort:       "until",
	Row:        func(l LeaseRow) (id, href string) { return ref.Text(l.ID), l.ID.Path() },
	Struck:     func(l LeaseRow) bool { return !l.InForce() },
	Columns: []list.Column[LeaseRow]{
		{Key: "unit", Label: "unit.code", By: "unit_sorting", Width: 3, Cell: list.Text(func(l LeaseRow) string { return l.UnitCode })},
		Column(func(l LeaseRow) string { return l.EstateName }, "unit_sorting"),
		{Key: "kind", Label: "lease.kind", By: "?TableAlias.kind,unit_sorting", Width: 2, Cell: leaseKindCell},
		{Key: "tenant", Label: "lease.tenant", Width: 4, Cell: list.Text(func(l LeaseRow) string { return l.TenantName })},
		{Key: "phone", Label: "party.phone", Narrow: list.NoPhone, Width: 4, Cell: func(ctx context.Context, l LeaseRow) list.Cell { return phoneCell(ctx, l.Phone) }},
		{Key: "lessor", Label: "lease.lessor", Narrow: list.Wide, Width: 4, Cell: list.Text(func(l LeaseRow) string { return l.LessorName })},
		{Key: "use", Label: "lease.use", Narrow: list.Wide, Width: 2, Cell: useCell},
		{Key: "heads", Label: "lease.heads", Kind: list.KindNumber, Narrow: list.Wide, Width: 2, Print: printHeads, Cell: headsCell},
		{Key: "from", Label: "lease.from", Kind: list.KindDate, Narrow: list.NoPhone, By: "?TableAlias.valid_from", Width: 3, Cell: list.Text(func(l LeaseRow) string { return l.ValidFrom })},
		{Key: "until", Label: "lease.until", Kind: list.KindDate, By: "?TableAlias.valid_to", Width: 3, Cell: list.Text(func(l LeaseRow) string { return l.ValidTo })},
		{Key: "payer", Label: "lease.payer", Narrow: list.Wide, Width: 2, Print: printPayer, Cell: payerCell},
		{Key: "registered", Label: "lease.registered", Kind: list.KindDate, Narrow: list.Wide, By: "?TableAlias.registered", Width: 3, Cell: list.Text(func(l LeaseRow) string { return l.Registered })},
		{Key: "state", Label: "unit.state", Kind: list.KindState, Width: 4, Cell: leaseStateCell},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "lease.find", Hint: "lease.find.hint", Kind: list.FilterText, Apply: leaseLike},
		Filter,
		{Key: "kind", Label: "lease.kind", Kind: list.FilterSelect, Options: leaseKindOptions, Apply: list.Is("kind")},
		{Key: "until", Label: "lease.until", Kind: list.FilterRange, Apply: endsBetween},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "lease.tab.in_force", Apply: leased},
		{Key: "ending", Label: "lease.tab.ending", On: endingSoon},
		{Key: "over", Label: "lease.tab.over", On: overstayed},
		{Key: tabLacking, Label: "lease.tab.lacking", Apply: lacking},
		{Key: "left", Label: "lease.tab.left", Apply: left},
	},
	Empty: list.EmptyText{Title: "lease.empty.title", Text: "lease.empty.text"},
	Actions: []list.ActionDef{
		{Key: "new", Label: "lease.add", Icon: "plus", Href: "/leases/new", Shortcut: "Alt+N", Primary: true, Posts: mayChange},
	},
})

// fillLeases puts in who lets and who rents, and how the tenant is reached.
func fillLeases(ctx context.Context, q db.Querier, rows []LeaseRow) error {
	var ids []PartyID
	for _, l := range rows {
		ids = append(ids, l.Tenant, l.Lessor)
	}
	all, err := reach(ctx, q, ids)
	for i, l := range rows {
		rows[i].TenantName, rows[i].LessorName, rows[i].Phone = all.name(l.Tenant), all.name(l.Lessor), all.phone(l.Tenant)
	}
	return err
}

// LeaseState is how a lease stands on a day, in words.
func LeaseState(ctx context.Context, l *Lease, today string) (list.State, string) {
	end := record.LastDay(l.ValidTo)
	switch {
	case !l.InForce():
		return list.StateVoid, i18n.T(ctx, "lease.state.left", l.LeftOn)
	case l.Over(today):
		return list.StateLate, i18n.T(ctx, "lease.state.over")
	case end != "" && end <= daysOn(today, soonDays):
		return list.StateDue, i18n.T(ctx, "lease.state.ending")
	}
	return list.StateOK, i18n.T(ctx, "lease.tab.in_force")
}

func leaseStateCell(ctx context.Context, l LeaseRow) list.Cell {
	state, text := LeaseState(ctx, &l.Lease, list.Today(ctx))
	return list.Cell{Text: text, State: state}
}

func leaseKindCell(ctx context.Context, l LeaseRow) list.Cell {
	c := list.Cell{Text: i18n.T(ctx, "lease.kind."+string(l.Kind))}
	if l.ConsentMissing() {
		c.Sub = i18n.T(ctx, "lease.consent.missing")
	}
	return c
}

func useCell(ctx context.Context, l LeaseRow) list.Cell {
	if l.Use == "" {
		return list.Cell{}
	}
	return list.Cell{Text: i18n.T(ctx, "lease.use."+string(l.Use))}
}

func payerCell(ctx context.Context, l LeaseRow) list.Cell {
	if l.Payer == "" {
		return list.Cell{}
	}
	return list.Cell{Text: i18n.T(ctx, "lease.payer."+string(l.Payer))}
}

func headsCell(_ context.Context, l LeaseRow) list.Cell {
	if l.Heads == 0 {
		return list.Cell{}
	}
	return list.Cell{Text: strconv.FormatInt(l.Heads, 10)}
}

func leaseKindOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	return list.Options(ctx, "lease.kind.", LeaseKinds), nil
}
