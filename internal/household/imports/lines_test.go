package imports_test

import (
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
)

const everyFate = `澜庭花园业户名册,,,,,,
楼栋,房号,业主姓名,联系电话,身份证号,备注
3,1201,张伟,13800138000,,养狗
3,1202,王芳,1360013600,,
,,,,,
3,1201,张伟,13900139000,,
3,1202,王芳,1360013600,,
,不详,赵六,13700137000,,
3,1203,钱七,13600136009,,
合计,3户,,,,
`

func ofEstate(garden access.EstateID) access.Scope {
	return access.Actor{Grants: []access.Grant{{Post: access.Manager, Estate: garden}}}.Scope(access.Posts, garden)
}

// rows are the rows of a list as its page shows them.
func rows(t *testing.T, d *op.Door, of list.Any, asked url.Values) []string {
	t.Helper()
	who := list.Reader{Actor: access.Actor{Account: 1, Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}}, Today: "2026-11-23"}
	v, err := of.View(t.Context(), d.DB.Read(), who, asked)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range v.Rows {
		var cells []string
		for _, c := range r.Cells {
			if cells = append(cells, c.Text); r.Muted {
				cells[len(cells)-1] = "~" + c.Text
			}
		}
		all = append(all, strings.Join(cells, "|"))
	}
	return all
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestLines_EveryRowHasAFateThatIsLookedUpLater(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		householdtest.Owner(t, d, garden, []estate.UnitID{estatetest.Unit(t, d, garden, "3", "", "1203")}, householdtest.Person(household.Owner, "孙八", "13500135000"))
		id := in(t, d, garden, everyFate)
		commit(t, d, id)
		if _, err := op.Run(estatetest.Manager(t), d, imports.Discard, id); err != nil { // the file is gone, the fates are not
			t.Fatal(err)
		}
		asked := url.Values{"import": {ref.Text(id)}}
		equal(t, "rows", rows(t, d, imports.Lines, asked), []string{
			"1|花名册||[roster.aside.title]|澜庭花园业户名册||澜庭花园",
			"2|花名册||[roster.aside.header]|楼栋 房号 业主姓名 联系电话 身份证号 备注||澜庭花园",
			"3|花名册|3-1201|[import.fate.new]||张伟|澜庭花园",
			"4|花名册|3-1202|[import.fate.new]|[cn.phone.bad_length]|王芳|澜庭花园",
			"5|花名册||[import.fate.empty]|||澜庭花园",
			"6|花名册|3-1201|[import.fate.joined]|[line.joined][line.and][import.differs.added]|张伟|澜庭花园",
			"7|花名册|3-1202|[import.fate.joined]|[line.joined][line.and][line.nothing][line.and][cn.phone.bad_length]|王芳|澜庭花园",
			"8|花名册|不详|[import.fate.refused]|[roster.problem.unknown]||澜庭花园",
			"9|花名册|3-1203|[import.fate.kept]|[import.left.moved]|孙八|澜庭花园",
			"10|花名册||[roster.aside.total]|合计 3户||澜庭花园",
		})
		asked.Set("row", "6")
		if got := rows(t, d, imports.Lines, asked); len(got) != 1 {
			t.Errorf("row 6: %q", got)
		}
		home := householdtest.InUnit(t, d, mustUnit(t, d, garden, "3-1201"))[0]
		told, err := imports.OfHousehold(t.Context(), d.DB.Read(), ofEstate(garden), home)
		if err != nil || len(told) != 2 || told[0].Row != 3 || told[1].Row != 6 {
			t.Errorf("of the household: %+v, %v", told, err)
		}
	})
}

func TestLeft_WhatNobodyAnsweredWaitsForAPersonUntilADay(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		judged(t, d, garden, "2026-11-23", control.Unproven)
		id := in(t, d, garden, everyFate)
		commit(t, d, id)
		s := ofEstate(garden)
		home := householdtest.InUnit(t, d, mustUnit(t, d, garden, "3-1202"))[0]
		left, err := imports.LeftOf(t.Context(), d.DB.Read(), s, home)
		judged(t, d, garden, "2026-11-23", control.Due)
		judged(t, d, garden, "2030-01-01", control.Broken)
		if err != nil || len(left) != 2 || left[0].Value.Mask != "******3600" || left[0].Cell != "D4" || left[0].Due == "" || left[0].Given == 0 {
			t.Fatalf("left over of the household: %+v, %v", left, err)
		}
		shown, err := imports.LeftValue.Reveal(ctx, d, masked.RevealIn{ID: int64(left[0].ID), Why: masked.WhyService})
		if err != nil || shown.Clear != "1360013600" {
			t.Errorf("in clear %+v, %v", shown, err)
		}
		if _, err := op.Run(ctx, d, imports.SettleLeft, imports.SettleLeftIn{ID: left[0].ID, State: imports.LeftDropped}); !errs.Is(err, errs.Invalid) {
			t.Errorf("dropped without a word: %v", err)
		}
		for _, in := range []imports.SettleLeftIn{{ID: left[0].ID, State: imports.LeftMended}, {ID: left[1].ID, State: imports.LeftDropped, Outcome: "重复"}} {
			if _, err := op.Run(ctx, d, imports.SettleLeft, in); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := op.Run(ctx, d, imports.ReopenLeft, left[1].ID); err != nil {
			t.Fatal(err)
		}
		n, err := imports.GiveAll(ctx, d, s, id, 77, "2026-12-31")
		if err != nil || n != 2 {
			t.Errorf("given %d, %v", n, err)
		}
		if got := rows(t, d, imports.Lefts, url.Values{"given": {"77"}}); len(got) != 2 || !strings.Contains(got[0], "2026-12-31") {
			t.Errorf("the list of one person: %q", got)
		}
		open, err := imports.OpenOf(t.Context(), d.DB.Read(), s, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range open {
			if _, err := op.Run(ctx, d, imports.SettleLeft, imports.SettleLeftIn{ID: one, State: imports.LeftDropped, Outcome: "查无此人"}); err != nil {
				t.Fatal(err)
			}
		}
		judged(t, d, garden, "2030-01-01", control.Met)
		undo, err := op.Run(ctx, d, imports.Undo, id)
		if err != nil {
			t.Fatal(err)
		}
		finish(t, d, undo.Out)
		judged(t, d, garden, "2030-01-01", control.Unproven)
	})
}

// An import that somebody stopped goes on where it was, with the fates of all its rows; or it is taken back, and they say so.
func TestLines_OfAnImportThatWasStopped(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		for _, undo := range []bool{true, false} {
			id := in(t, d, garden, many(400))
			stopHalfWay(t, d, id)
			if undo {
				res, err := op.Run(ctx, d, imports.Undo, id)
				if err != nil {
					t.Fatal(err)
				}
				finish(t, d, res.Out)
			} else {
				commit(t, d, id)
			}
			fates, err := imports.FatesOf(t.Context(), d.DB.Read(), id)
			if err != nil || !undo && fates[imports.FateNew] != 400 || undo && fates[imports.FateNew] != 0 && fates[imports.FateHeld] == 0 {
				t.Errorf("undone %v: %v, %v", undo, fates, err)
			}
			if got := rows(t, d, imports.Lines, url.Values{"import": {ref.Text(id)}, "row": {"5"}}); len(got) != 1 || undo != strings.Contains(got[0], "line.undone") {
				t.Errorf("undone %v: %q", undo, got)
			}
		}
		if n := len(state(t, d, garden)); n != 400*4 {
			t.Errorf("%d rows, want %d", n, 400*4)
		}
	})
}

// stopHalfWay starts an import and cancels its job after the first pieces.
func stopHalfWay(t *testing.T, d *op.Door, id imports.ID) {
	t.Helper()
	ctx := estatetest.Manager(t)
	started, err := op.Run(ctx, d, imports.Commit, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := op.Run(ctx, d, imports.Undo, id); !errs.Is(err, errs.Blocked) {
		t.Errorf("taken back while it is written: %v", err)
	}
	r, err := job.NewRunner(d, imports.Module.Jobs, jobtest.Holding([]access.Grant{{Post: access.Manager, Estate: access.Company}}), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	cut := make(chan struct{})
	pieces := 3
	d.OnStep(func(step op.Step, name string) error {
		if step == op.Committed && name == "household.import_rows" {
			if pieces--; pieces == 0 {
				close(cut)
				return fmt.Errorf("killed")
			}
		}
		return nil
	})
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-cut
	r.Stop(t.Context())
	d.OnStep(nil)
	if _, err := op.Run(ctx, d, job.Cancel, started.Out); err != nil {
		t.Fatal(err)
	}
	grants := []access.Grant{{Post: access.Manager, Estate: access.Company}}
	if run := jobtest.Finish(t, d, started.Out, grants, imports.Module.Jobs...); run.State != job.Cancelled {
		t.Fatalf("the job ended %s", run.State)
	}
}

// judged asks how the control of what was left over stands on a day.
func judged(t *testing.T, d *op.Door, e access.EstateID, day string, want control.State) {
	t.Helper()
	for _, c := range imports.Module.Controls {
		f, err := c.Judge(t.Context(), d.DB.Read(), control.Query{Estate: e, Scope: ofEstate(e), Start: "2026-01-01", Day: day})
		if err != nil || f.State != want {
			t.Errorf("on %s %+v, want %s (%v)", day, f, want, err)
		}
	}
}
