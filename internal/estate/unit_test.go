package estate_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func scopeOf(t *testing.T, e access.EstateID) access.Scope {
	t.Helper()
	return access.From(estatetest.Manager(t)).Scope([]access.Post{access.Manager}, e)
}

func TestUnit_AddedChangedEndedRestored(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		ctx := estatetest.Manager(t)
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := estatetest.Unit(t, d, garden, "3", "1", "1202")
		u, err := estate.FindUnit(ctx, d.DB.Read(), scopeOf(t, garden), id)
		if err != nil || u.Code != "3-1-1202" || u.Floor != "12" {
			t.Fatalf("unit = %+v, %v", u, err)
		}
		facts := estate.UnitFacts{Building: "3", Entrance: "1", Room: "1202", Kind: estate.Flat, GrossArea: 8950, ValidFrom: "2019年6月"}
		_, err = op.Run(ctx, d, estate.ChangeUnit, estate.ChangeUnitIn{ID: id, UnitFacts: facts}, op.Seen(1), op.Reason("产权证"))
		if err != nil {
			t.Fatal(err)
		}
		if u, err = estate.FindUnit(ctx, d.DB.Read(), scopeOf(t, garden), id); err != nil || u.ValidFrom != "2019-06" {
			t.Errorf("handed over on %q (%v), want 2019-06 as typed", u.ValidFrom, err)
		}
		if _, err := op.Run(ctx, d, estate.EndUnit, estate.EndUnitIn{ID: id, Why: "与 1203 合并"}); err != nil {
			t.Fatal(err)
		}
		_, err = op.Run(ctx, d, estate.ChangeUnit, estate.ChangeUnitIn{ID: id, UnitFacts: facts})
		if e := errs.As(err); e == nil || e.Kind != errs.Blocked || e.Clause != "D7" {
			t.Errorf("changing an ended unit: %v, want a refusal by D7", err)
		}
		again := estatetest.Unit(t, d, garden, "3", "1", "1202") // the code is free again
		if _, err := op.Run(ctx, d, estate.RestoreUnit, id); !errs.Is(err, errs.Invalid) {
			t.Errorf("restoring beside a unit of the same code: %v, want a field error", err)
		}
		if _, err := op.Run(ctx, d, estate.EndUnit, estate.EndUnitIn{ID: again, Why: "录错"}); err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(ctx, d, estate.RestoreUnit, id); err != nil {
			t.Fatal(err)
		}
		history, err := d.Log.History(ctx, d.DB.Read(), "estate_unit", int64(id), u.Owner())
		if err != nil || len(history) != 4 || history[2].Reason != "产权证" || history[2].Columns[0].Name != "gross_area" {
			t.Errorf("history = %+v, %v", history, err)
		}
	})
}

func TestUnit_WrongInputsNameTheirFields(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		ctx := estatetest.Manager(t)
		garden := estatetest.Estate(t, d, "澜庭花园")
		estatetest.Unit(t, d, garden, "3", "1", "1202")
		good := estate.UnitFacts{Building: "3", Entrance: "1", Room: "1203", Kind: estate.Flat}
		for _, c := range []struct {
			name   string
			change func(*estate.UnitFacts)
			field  string
		}{
			{"no room", func(f *estate.UnitFacts) { f.Room = " " }, "room"},
			{"taken", func(f *estate.UnitFacts) { f.Room = "1202" }, "room"},
			{"taken, full width blanks", func(f *estate.UnitFacts) { f.Room = "12 02" }, "room"},
			{"hyphen in building", func(f *estate.UnitFacts) { f.Building = "3-1" }, "building"},
			{"kind", func(f *estate.UnitFacts) { f.Kind = "castle" }, "kind"},
			{"net over gross", func(f *estate.UnitFacts) { f.GrossArea, f.NetArea = 100, 101 }, "net_area"},
			{"handed over on no day", func(f *estate.UnitFacts) { f.ValidFrom = "2019-02-30" }, "valid_from"},
			{"long note", func(f *estate.UnitFacts) { f.Note = strings.Repeat("长", 501) }, "note"},
		} {
			facts := good
			c.change(&facts)
			_, err := op.Run(ctx, d, estate.AddUnit, estate.AddUnitIn{Estate: garden, UnitFacts: facts})
			e := errs.As(err)
			if e == nil || e.Kind != errs.Invalid || !slices.ContainsFunc(e.Fields, func(f errs.Field) bool { return f.Name == c.field }) {
				t.Errorf("%s: %v, want a message at %s", c.name, err, c.field)
			}
		}
	})
}

func TestUnits_ListKeepsToItsScope(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心")
		for _, room := range []string{"1001", "201", "1002", "202"} {
			estatetest.Unit(t, d, garden, "3", "1", room)
		}
		estatetest.Unit(t, d, tower, "A", "", "1205")
		clerk := optest.As(t.Context(), 5, garden, access.Assistant)
		who := list.Reader{Actor: access.From(clerk)}
		v, err := estate.Units.View(clerk, d.DB.Read(), who, url.Values{})
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, r := range v.Rows {
			codes = append(codes, r.Cells[0].Text)
		}
		if want := []string{"3-1-201", "3-1-202", "3-1-1001", "3-1-1002"}; !slices.Equal(codes, want) || v.Total != 4 {
			t.Errorf("codes = %v (total %d), want %v", codes, v.Total, want)
		}
		for asked, want := range map[string]int{"q=3栋1001": 1, "q=02": 2, "kind=shop": 0, "building=A": 0, "tab=ended": 0, "sort=-code": 4} {
			values, _ := url.ParseQuery(asked)
			if v, err := estate.Units.View(clerk, d.DB.Read(), who, values); err != nil || len(v.Rows) != want {
				t.Errorf("%s: %d rows, %v; want %d", asked, len(v.Rows), err, want)
			}
		}
		taken, err := estate.Units.Take(clerk, d, list.Export, who, url.Values{})
		if err != nil || len(taken.Rows) != 4 || taken.Log != garden {
			t.Errorf("export = %+v, %v", taken, err)
		}
		stranger := optest.As(t.Context(), 6, garden, access.Auditor)
		if _, err := estate.Units.View(stranger, d.DB.Read(), list.Reader{Actor: access.From(stranger)}, nil); !errs.Is(err, errs.Forbidden) {
			t.Errorf("auditor reads units: %v, want forbidden", err)
		}
	})
}

func TestArea_Typed(t *testing.T) {
	for typed, want := range map[string]estate.Area{"": 0, "89": 8900, "89.5": 8950, "89.50": 8950, "89.50㎡": 8950, "100平方米": 10000, "0.01m²": 1} {
		var a estate.Area
		if err := a.UnmarshalText([]byte(typed)); err != nil || a != want {
			t.Errorf("%q = %d, %v; want %d", typed, a, err, want)
		}
	}
	for _, typed := range []string{"-1", "1.234", "1e3", "约89", "12345678", "."} {
		var a estate.Area
		if err := a.UnmarshalText([]byte(typed)); err == nil {
			t.Errorf("%q was read as %d", typed, a)
		}
	}
}
