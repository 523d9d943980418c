package household_test

import (
	"slices"
	"testing"
	"time"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/label"
	"hudang/internal/platform/module"
	"hudang/internal/platform/module/moduletest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/sign"
)

// year is a world in which the days go by: the company began on the test's first day.
type year struct {
	t      *testing.T
	d      *op.Door
	garden access.EstateID
	ids    []household.ID
}

func eachYear(t *testing.T, test func(y year)) {
	t.Helper()
	r, err := setting.NewRegistry(control.Settings, household.Module.Settings)
	if err != nil {
		t.Fatal(err)
	}
	world := moduletest.World(module.Module{Files: setting.Files, Tables: setting.Tables, Ops: []op.Any{r.Change()}}, series.Module, label.Module, sign.Module, estate.Module, archive.Module, household.Module)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		y := year{t: t, d: d, garden: estatetest.Estate(t, d, "澜庭花园")}
		for _, room := range []string{"101", "102", "103", "104"} {
			flat := estatetest.Unit(t, d, y.garden, "3", "1", room)
			y.ids = append(y.ids, householdtest.Owner(t, d, y.garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "")))
		}
		estatetest.Do(t, d, r.Change(), setting.ChangeIn{Name: control.Start.Name, Value: setting.ValueOf("2026-11-23"), Why: "启用"})
		test(y)
	})
}

func (y year) pass(days int) { y.d.Clock.(*clock.Manual).Move(time.Duration(days) * 24 * time.Hour) }

func (y year) confirm(ids ...household.ID) {
	y.t.Helper()
	for _, id := range ids {
		estatetest.Do(y.t, y.d, household.Confirm, id)
	}
}

func (y year) today() string { return clock.Date(y.d.Clock.Now()) }

func (y year) stands(want control.State, figure int64) {
	y.t.Helper()
	got := control.Gather(y.t.Context(), y.d.DB.Read(), household.Module.Controls[:1], []access.EstateID{y.garden}, y.today())[0]
	if got.State != want || got.Figure != figure || got.Target != int64(len(y.ids)) || got.Failed != nil {
		y.t.Errorf("on %s: %s %d of %d (%v), want %s %d", y.today(), got.State, got.Figure, got.Target, got.Failed, want, figure)
	}
}

// due are the files to be confirmed, rolled up by building.
// due is what is to be refreshed (D8).
func (y year) due() []duty.Due {
	y.t.Helper()
	who := access.From(estatetest.Manager(y.t))
	all, err := duty.Gather(y.t.Context(), y.d.DB.Read(), household.Module.Duties, who, y.garden, y.today(), y.today())
	if err != nil {
		y.t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(d duty.Due) bool { return d.Clause != "D8" })
}

func TestRefreshed_OldFilesAreDueUntilHalfAYearFromTheFirstDay(t *testing.T) {
	eachYear(t, func(y year) {
		y.stands(control.Due, 0) // known since 2019: never met before somebody confirmed it, not broken yet
		y.confirm(y.ids[0])
		y.stands(control.Due, 1)
		y.pass(183)
		y.stands(control.Due, 1) // the last day
		y.pass(1)
		y.stands(control.Broken, 0) // and the first one's half year is over too
		y.confirm(y.ids...)
		y.stands(control.Met, 4)
	})
}

func TestRefreshed_AHouseholdThatIsOverIsNotJudged(t *testing.T) {
	eachYear(t, func(y year) {
		y.confirm(y.ids[1:]...)
		estatetest.Do(y.t, y.d, household.Close, household.CloseIn{ID: y.ids[0], Why: "退房"})
		y.ids = y.ids[1:]
		y.stands(control.Met, 3)
		for _, id := range y.ids {
			estatetest.Do(y.t, y.d, household.Close, household.CloseIn{ID: id, Why: "退房"})
		}
		y.ids = nil
		y.stands(control.Unproven, 0)
	})
}

func TestFilesToConfirm_RollUpByBuildingAndSpreadOverTheDays(t *testing.T) {
	eachYear(t, func(y year) {
		due := y.due()
		if len(due) != 1 || due[0].Done != 0 || due[0].Of != 1 || due[0].Urgency != duty.Today {
			t.Fatalf("four files in 184 days: %+v", due)
		}
		y.confirm(y.ids[0])
		if due := y.due(); len(due) != 0 {
			t.Errorf("today's part is done: %+v", due)
		}
		y.pass(184)
		if due := y.due(); len(due) != 1 || due[0].Urgency != duty.Late || due[0].Due != "2027-05-25" {
			t.Errorf("after the last day: %+v", due)
		}
	})
}
