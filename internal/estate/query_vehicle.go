package estate

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// NoHolder is the tab of vehicles of which nobody knows whose they are.
const NoHolder = "no_holder"

// Vehicles is the register of vehicles (车辆登记).
var Vehicles = list.Define(list.Def[VehicleRow]{
	Name:       "estate.vehicles",
	Title:      "vehicle.list.title",
	Form:       vehicleRegister,
	Clauses:    []string{"A1", "D1"},
	Posts:      access.Desk,
	Path:       "/vehicles",
	Evidential: true,
	From:       vehiclesOf,
	Fill:       fillVehicles,
	Ticked:     label.Ticked(kindVehicle),
	Sort:       "unit",
	Row:        func(v VehicleRow) (id, href string) { return ref.Text(v.ID), v.ID.Path() },
	Struck:     func(v VehicleRow) bool { return !v.InForce() },
	Columns: []list.Column[VehicleRow]{
		record.Column(VehicleFields, "plate", factsOfRow),
		Column(func(v VehicleRow) string { return v.EstateName }, "unit_sorting"),
		{Key: "unit", Label: "unit.code", By: "unit_sorting", Width: 3, Cell: list.Text(func(v VehicleRow) string { return v.UnitCode })},
		{Key: "holder", Label: "vehicle.holder", Width: 3, Cell: list.Text(holderName)},
		{Key: "phone", Label: "party.phone", Narrow: list.NoPhone, Width: 4, Cell: func(ctx context.Context, v VehicleRow) list.Cell { return phoneCell(ctx, v.Phone) }},
		record.Column(VehicleFields, "kind", factsOfRow),
		record.Column(VehicleFields, "colour", factsOfRow),
		record.Column(VehicleFields, "brand", factsOfRow),
		{Key: "parking", Label: "vehicle.parking", Narrow: list.NoPhone, Width: 3, Cell: list.Text(func(v VehicleRow) string { return v.ParkingCode })},
		record.Column(VehicleFields, "terms", factsOfRow),
		record.Column(VehicleFields, "expires", factsOfRow),
		record.Column(VehicleFields, "card", factsOfRow),
	},
	Filters: []list.Filter{
		{Key: "q", Label: "vehicle.find", Hint: "vehicle.find.hint", Kind: list.FilterText, Apply: vehicleLike},
		Filter,
		{Key: "terms", Label: "vehicle.terms", Kind: list.FilterSelect, Options: termsOptions, Apply: list.Is("terms")},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "vehicle.tab.in_force", Apply: inForce},
		{Key: NoHolder, Label: "vehicle.tab.no_holder", Apply: noHolder},
		{Key: "ended", Label: "vehicle.tab.ended", Apply: over},
	},
	Empty: list.EmptyText{Title: "vehicle.empty.title", Text: "vehicle.empty.text"},
	Actions: []list.ActionDef{
		{Key: "new", Label: "vehicle.add", Icon: "plus", Href: "/vehicles/new", Shortcut: "Alt+N", Primary: true, Posts: mayChange},
	},
})

// fillVehicles puts in whose the vehicles are, and how they are reached.
func fillVehicles(ctx context.Context, q db.Querier, rows []VehicleRow) error {
	var ids []PartyID
	for _, v := range rows {
		ids = append(ids, v.Party)
	}
	people, err := reach(ctx, q, ids)
	for i, v := range rows {
		rows[i].Holder, rows[i].Phone = people.party[v.Party], people.phone(v.Party)
	}
	return err
}

func holderName(v VehicleRow) string {
	if v.Holder == nil {
		return ""
	}
	return v.Holder.Name
}

func factsOfRow(v VehicleRow) VehicleFacts { return v.VehicleFacts }

func termsOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	return list.Options(ctx, "vehicle.terms.", AllTerms), nil
}
