package imports_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
)

var world = moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables}, module.Module{Files: account.Files, Tables: account.Tables, Ops: account.Ops}, series.Module, label.Module, estate.Module, household.Module, imports.Module,
	module.Module{Files: job.Files, Tables: job.Tables, Ops: job.Ops})

const roster1 = `楼栋,单元,房号,建筑面积,业主姓名,联系电话,身份证号,租户姓名,租户电话,车牌号
3,1,1201,89.5,张伟、李娟,13800138000、13900139000,,,,京A12345
3,1,1202,102.30,王芳,13600136000,11010519491231002X,赵六,13700137000,
3,2,301,76,钱七,010-88881234,,,,
`

// in imports a csv as the manager and gives the import.
func in(t *testing.T, d *op.Door, e access.EstateID, csv string) imports.ID {
	t.Helper()
	res, err := op.Run(estatetest.Manager(t), d, imports.Upload, imports.UploadIn{Estate: e, File: "花名册.csv", Data: []byte(csv)})
	if err != nil {
		t.Fatal(err)
	}
	return res.Out
}

func dry(t *testing.T, d *op.Door, id imports.ID) imports.Tally {
	t.Helper()
	f, err := imports.Load(t.Context(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Plan.Problems {
		t.Logf("problem %s %v at %s: %s", p.Severity, p.Kind, p.At.Name(), p.Value)
	}
	o, err := imports.DryRun(t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	return o.Tally
}

func commit(t *testing.T, d *op.Door, id imports.ID) {
	t.Helper()
	res, err := op.Run(estatetest.Manager(t), d, imports.Commit, id)
	if err != nil {
		t.Fatal(err)
	}
	finish(t, d, res.Out)
}

// finish works at a job to its end, which is a good one.
func finish(t *testing.T, d *op.Door, id job.ID) {
	t.Helper()
	grants := []access.Grant{{Post: access.Manager, Estate: access.Company}}
	if run := jobtest.Finish(t, d, id, grants, imports.Module.Jobs...); run.State != job.Done {
		t.Fatalf("the job ended %s: %s %s", run.State, run.ErrorKey, run.ErrorArgs)
	}
}

func called(t *testing.T, d *op.Door, e access.EstateID, room string) []string {
	t.Helper()
	var names []string
	units, err := estate.UnitsLike(t.Context(), d.DB.Read(), e, room)
	if err != nil || len(units) != 1 {
		t.Fatalf("%s: %+v, %v", room, units, err)
	}
	ids := householdtest.InUnit(t, d, units[0].ID)
	details, err := household.Details(t.Context(), d.DB.Read(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		names = append(names, details[id].Called())
	}
	return names
}

func TestImport_TheSameFileTwiceChangesNothing(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		first := in(t, d, garden, roster1)
		if got := dry(t, d, first); got.Units[imports.New] != 3 || got.Households[imports.New] != 4 || got.People != 5 || got.Phones != 5 {
			t.Errorf("first dry run %+v", got)
		}
		commit(t, d, first)
		if got := fmt.Sprint(called(t, d, garden, "3-1-1202")); got != "[王芳 赵六]" {
			t.Errorf("1202: %s", got)
		}
		second := in(t, d, garden, roster1)
		if got := dry(t, d, second); got.Units[imports.Same] != 3 || got.Households[imports.Same] != 4 || got.People+got.Phones+got.Vehicles+got.Leases != 0 {
			t.Errorf("second dry run %+v", got)
		}
		before := optest.Leaves(t, d, garden)
		commit(t, d, second)
		if wrote := optest.Leaves(t, d, garden) - before; wrote > 5 { // start, two pieces, the fates, end: nothing of a household
			t.Errorf("the second import left %d leaves", wrote)
		}
		if got := fmt.Sprint(called(t, d, garden, "3-1-1201")); got != "[张伟、李娟]" {
			t.Errorf("1201 afterwards: %s", got)
		}
	})
}

func TestImport_ANewerRosterShowsWhoMoved(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		commit(t, d, in(t, d, garden, roster1))
		newer := strings.NewReplacer("王芳,13600136000,11010519491231002X", "孙八,13500135000,", "76,钱七", "77.5,钱七", "13800138000、", "13800138000、13811138111、").Replace(roster1)
		id := in(t, d, garden, newer)
		got := dry(t, d, id)
		if got.Units[imports.Changed] != 1 || got.Households[imports.Moved] != 1 || got.Households[imports.Changed] != 1 || got.Phones != 1 {
			t.Errorf("dry run %+v", got)
		}
		if _, err := op.Run(estatetest.Manager(t), d, imports.Prepare, imports.PrepareIn{ID: id, Moves: imports.MovesTransfer}); err != nil {
			t.Fatal(err)
		}
		commit(t, d, id)
		if got := fmt.Sprint(called(t, d, garden, "3-1-1202")); got != "[赵六 孙八]" {
			t.Errorf("1202 after the move: %s", got)
		}
	})
}

func TestImport_UndoneAsAWhole(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		estatetest.Unit(t, d, garden, "3", "2", "301") // was there before, without an area
		id := in(t, d, garden, roster1)
		commit(t, d, id)
		undo, err := op.Run(ctx, d, imports.Undo, id)
		if err != nil {
			t.Fatal(err)
		}
		finish(t, d, undo.Out)
		var left []household.Household
		if err := d.DB.Read().Select(&left).Scan(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("households are left: %+v, %v", left, err)
		}
		units, err := estate.UnitsLike(t.Context(), d.DB.Read(), garden, "3-1-1202")
		if err != nil || len(units) != 0 {
			t.Errorf("1202 is still there: %+v, %v", units, err)
		}
		units, err = estate.UnitsLike(t.Context(), d.DB.Read(), garden, "3-2-301")
		if err != nil || len(units) != 1 || units[0].GrossArea != 0 {
			t.Errorf("301 is not as it was: %+v, %v", units, err)
		}
		again := in(t, d, garden, roster1)
		commit(t, d, again)
		ids := householdtest.InUnit(t, d, mustUnit(t, d, garden, "3-1-1201"))
		if _, err := op.Run(ctx, d, household.Confirm, ids[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(ctx, d, imports.Undo, again); !errs.Is(err, errs.Blocked) {
			t.Errorf("undone although the desk has gone on: %v", err)
		}
	})
}

func mustUnit(t *testing.T, d *op.Door, e access.EstateID, room string) estate.UnitID {
	t.Helper()
	units, err := estate.UnitsLike(context.Background(), d.DB.Read(), e, room)
	if err != nil || len(units) != 1 {
		t.Fatalf("%s: %+v, %v", room, units, err)
	}
	return units[0].ID
}

func TestImport_AnEmptyFlatIsEmptyNotUnsaid(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		commit(t, d, in(t, d, garden, "楼栋,单元,房号,业主姓名,使用状态\n3,1,1201,张伟,空置\n3,1,1202,王芳,自住\n"))
		for room, want := range map[string]household.Stay{"3-1-1201": household.Empty, "3-1-1202": household.LivedIn} {
			ids := householdtest.InUnit(t, d, mustUnit(t, d, garden, room))
			if len(ids) != 1 {
				t.Fatal(ids)
			}
			h, err := household.Find(t.Context(), d.DB.Read(), access.From(estatetest.Manager(t)).Scope([]access.Post{access.Manager}, garden), ids[0])
			if err != nil || h.Stay != want {
				t.Errorf("%s is %q, want %q (%v)", room, h.Stay, want, err)
			}
		}
	})
}
