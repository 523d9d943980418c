// Package estatetest gives tests of this and other rooms an estate with units, made through the operations.
package estatetest

import (
	"context"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

// World is what a test of the room needs of the program.
var World = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, series.Module, label.Module, estate.Module)

// Manager is a context in which the company's manager acts.
func Manager(t testing.TB) context.Context {
	return optest.As(t.Context(), 1, access.Company, access.Manager)
}

// Estate makes an estate.
func Estate(t testing.TB, d *op.Door, name string) access.EstateID {
	t.Helper()
	res, err := op.Run(Manager(t), d, estate.CreateEstate, estate.CreateEstateIn{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}

// Unit makes a flat.
func Unit(t testing.TB, d *op.Door, e access.EstateID, building, entrance, room string) estate.UnitID {
	t.Helper()
	facts := estate.UnitFacts{Building: building, Entrance: entrance, Room: room, Kind: estate.Flat}
	res, err := op.Run(Manager(t), d, estate.AddUnit, estate.AddUnitIn{Estate: e, UnitFacts: facts})
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}
