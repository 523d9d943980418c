// Package householdtest gives tests of this and higher rooms an estate with a household, made through the operations.
package householdtest

import (
	"slices"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/sign"
)

// World is what a test of the room needs of the program.
var World = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, series.Module, label.Module, sign.Module, estate.Module, archive.Module, household.Module)

// Person is somebody with a name, a part and a mobile number; no number when phone is empty.
func Person(part household.Part, name, phone string) household.PersonIn {
	in := household.PersonIn{Part: part, PartyFacts: estate.PartyFacts{Name: name}}
	if phone != "" {
		in.Phones = []estate.ContactFacts{{Value: phone}}
	}
	return in
}

// Owner opens an owner's household in units.
func Owner(t testing.TB, d *op.Door, e access.EstateID, units []estate.UnitID, people ...household.PersonIn) household.ID {
	t.Helper()
	in := household.OpenIn{Estate: e, Kind: household.OwnerHome, Units: units, Since: "2019-10", People: people}
	res, err := op.Run(estatetest.Manager(t), d, household.Open, in)
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}

// InUnit are the households that hold a unit today, the oldest first.
func InUnit(t testing.TB, d *op.Door, unit estate.UnitID) (ids []household.ID) {
	t.Helper()
	everywhere := access.From(estatetest.Manager(t)).Scope([]access.Post{access.Manager}, access.Company)
	years, err := household.OfUnit(t.Context(), d.DB.Read(), everywhere, unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range years {
		if y.Held.Until == "" && y.Household.InForce() {
			ids = append(ids, y.Household.ID)
		}
	}
	slices.Sort(ids)
	return ids
}
