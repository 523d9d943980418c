package household_test

import (
	"strings"
	"testing"
	"time"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
)

// find asks one control of the room about an estate; the company's first day was in October.
func finding(t *testing.T, d *op.Door, name string, e access.EstateID, day string) control.Finding {
	t.Helper()
	for _, c := range household.Module.Controls {
		if c.Name == name {
			f, err := c.Judge(t.Context(), d.DB.Read(), control.Query{Estate: e, Start: "2026-10-01", Day: day,
				Scope: access.Actor{Grants: []access.Grant{{Post: access.Program, Estate: e}}}.Scope([]access.Post{access.Program}, e)})
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
	}
	t.Fatalf("no control %s", name)
	return control.Finding{}
}

func stands(t *testing.T, f control.Finding, want control.State, figure, target int64) {
	t.Helper()
	if f.State != want || f.Figure != figure || f.Target != target {
		t.Errorf("%s %d of %d, want %s %d of %d", f.State, f.Figure, f.Target, want, figure, target)
	}
}

// A file that lacks papers is due within the days of the setting, broken after, and met once somebody said why there will be none;
// without files there is nothing to judge.
func TestComplete_DueThenBrokenThenMet(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		stands(t, finding(t, d, "household.complete", garden, "2026-11-23"), control.Unproven, 0, 0)
		home := householdtest.Owner(t, d, garden, []estate.UnitID{estatetest.Unit(t, d, garden, "3", "1", "101")}, owner(household.Owner, "张伟", ""))
		stands(t, finding(t, d, "household.complete", garden, "2026-11-23"), control.Due, 0, 1)
		stands(t, finding(t, d, "household.complete", garden, "2027-11-23"), control.Broken, 0, 1)
		var codes []string
		for _, l := range household.BuiltIn(household.OwnerHome).Lines {
			codes = append(codes, l.Code)
		}
		estatetest.Do(t, d, household.MarkLines, household.MarkLinesIn{Household: home, Codes: codes, Mark: household.LostLongAgo, Why: "早年未收"})
		stands(t, finding(t, d, "household.complete", garden, "2027-11-23"), control.Met, 1, 1)
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: home, Why: "卖房"})
		stands(t, finding(t, d, "household.complete", garden, "2027-11-23"), control.Unproven, 0, 0)
	})
}

// A file without somebody to call is due with its papers, and broken after; a telephone, or the word that there is none, is enough,
// as long as it is in force.
func TestReachable_DueThenBrokenThenMet(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		stands(t, finding(t, d, "household.reachable", garden, "2026-11-23"), control.Unproven, 0, 0) // nothing to judge
		flat := func(room string) []estate.UnitID {
			return []estate.UnitID{estatetest.Unit(t, d, garden, "3", "1", room)}
		}
		householdtest.Owner(t, d, garden, flat("101"), owner(household.Owner, "张伟", "13800138000"))
		stands(t, finding(t, d, "household.reachable", garden, "2026-11-23"), control.Met, 1, 1)
		householdtest.Owner(t, d, garden, flat("102"), owner(household.Owner, "李娜", ""))
		stands(t, finding(t, d, "household.reachable", garden, "2026-11-23"), control.Due, 1, 2)
		stands(t, finding(t, d, "household.reachable", garden, "2027-11-23"), control.Broken, 1, 2)
		none := owner(household.Owner, "王芳", "")
		none.Phones = []estate.ContactFacts{{Kind: estate.NoPhone}}
		home := householdtest.Owner(t, d, garden, flat("103"), none)
		stands(t, finding(t, d, "household.reachable", garden, "2026-11-23"), control.Due, 2, 3)
		said, err := estate.ContactsOf(t.Context(), d.DB.Read(), find(t, d, garden, home).Head)
		if err != nil {
			t.Fatal(err)
		}
		for _, all := range said {
			estatetest.Do(t, d, estate.EndContact, record.EndIn[estate.ContactID]{ID: all[0].ID, Why: "有了手机"})
		}
		stands(t, finding(t, d, "household.reachable", garden, "2026-11-23"), control.Due, 1, 3)
	})
}

// A tenant's file that outlives his lease is due for some days, then broken; closed, it is met.
func TestMovedOut_DueThenBrokenThenMet(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		let := estatetest.Do(t, d, household.MoveIn, moving(estatetest.Unit(t, d, garden, "3", "1", "101"), owner("", "赵六", "13700137000")))
		stands(t, finding(t, d, "household.moved_out", garden, "2026-11-23"), control.Unproven, 0, 0) // nothing to judge
		estatetest.Do(t, d, estate.EndLease, record.EndIn[estate.LeaseID]{ID: let.Lease, On: "2026-11-20", Why: "到期"})
		stands(t, finding(t, d, "household.moved_out", garden, "2026-11-22"), control.Due, 0, 1)
		stands(t, finding(t, d, "household.moved_out", garden, "2026-12-01"), control.Broken, 0, 1)
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: let.Household, Why: "搬走"})
		stands(t, finding(t, d, "household.moved_out", garden, "2026-12-01"), control.Met, 1, 1)
		estatetest.Do(t, d, household.Reopen, let.Household)
		stands(t, finding(t, d, "household.moved_out", garden, "2026-12-01"), control.Broken, 0, 1)
	})
}

// A request that waits is due, then broken; answered, it is met.
func TestRequests_AnsweredInTime(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "101")
		stands(t, finding(t, d, "household.requests", garden, "2026-11-23"), control.Unproven, 0, 0)
		asked, err := op.Run(optest.As(t.Context(), 9, garden, access.Finance), d, household.AskAccess, household.AskIn{Unit: flat, Why: "核对水费"})
		if err != nil {
			t.Fatal(err)
		}
		now := d.Clock.Now()
		day := func(n int) string { return now.Add(time.Duration(n) * 24 * time.Hour).Format(time.DateOnly) }
		stands(t, finding(t, d, "household.requests", garden, day(0)), control.Due, 0, 1)
		stands(t, finding(t, d, "household.requests", garden, day(9)), control.Broken, 0, 1)
		stands(t, finding(t, d, "household.requests", garden, day(800)), control.Broken, 0, 1)
		estatetest.Do(t, d, household.AnswerAccess, household.AnswerIn{ID: asked.Out, State: household.Granted, Answer: "明天上午"})
		stands(t, finding(t, d, "household.requests", garden, day(9)), control.Met, 1, 1)
		stands(t, finding(t, d, "household.requests", garden, day(800)), control.Unproven, 0, 0) // none in the year
	})
}

// What staff noticed is due for some days, then broken, and met once the custodian settled it; without any there is nothing to judge.
func TestObservations_SettledInTime(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		now := d.Clock.Now()
		day := func(n int) string { return now.Add(time.Duration(n) * 24 * time.Hour).Format(time.DateOnly) }
		stands(t, finding(t, d, "household.observations", garden, day(0)), control.Unproven, 0, 0) // nothing to judge
		seen := estatetest.Do(t, d, household.Note, household.NoteIn{Estate: garden, Place: "3-1-101", Said: "门上贴了招租"})
		stands(t, finding(t, d, "household.observations", garden, day(0)), control.Due, 0, 1)
		stands(t, finding(t, d, "household.observations", garden, day(9)), control.Broken, 0, 1)
		stands(t, finding(t, d, "household.observations", garden, day(800)), control.Broken, 0, 1) // forgotten is not met
		estatetest.Do(t, d, household.Settle, household.SettleIn{ID: seen, State: household.Refused, Outcome: "是隔壁的"})
		stands(t, finding(t, d, "household.observations", garden, day(9)), control.Met, 1, 1)
		stands(t, finding(t, d, "household.observations", garden, day(800)), control.Unproven, 0, 0)
	})
}

// A difference found on the shelf is due for a week, then broken, and met once it is settled.
func TestDifferences_SettledInTime(t *testing.T) {
	eachShelf(t, func(s shelf) {
		day := s.d.Clock.Now().Format(time.DateOnly)
		stands(t, finding(t, s.d, "household.differences", s.garden, day), control.Unproven, 0, 0) // nothing to judge
		id, err := s.check(s.sheet(map[int]household.FoundIn{0: {Finding: household.Missing}}))
		if err != nil {
			t.Fatal(err)
		}
		stands(t, finding(t, s.d, "household.differences", s.garden, day), control.Due, 0, 1)
		stands(t, finding(t, s.d, "household.differences", s.garden, "2027-01-15"), control.Broken, 0, 1)
		if f := finding(t, s.d, "household.differences", s.garden, day); f.Records != id.Path() {
			t.Errorf("the figure leads to %s, the check is %s", f.Records, id.Path())
		}
		_, lines, _ := s.checked(id)
		if _, err := op.Run(s.custodian(), s.d, household.SettleDifference, household.SettleDifferenceIn{Line: lines[0].ID, Settled: household.Found, How: "夹在邻户卷内"}); err != nil {
			t.Fatal(err)
		}
		stands(t, finding(t, s.d, "household.differences", s.garden, "2027-01-15"), control.Met, 1, 1)
		stands(t, finding(t, s.d, "household.differences", s.garden, "2028-11-15"), control.Unproven, 0, 0) // no shelf was checked in the year
	})
}

// A vehicle that nobody is known to have is due with the papers, broken after, and met once its holder is registered; without
// vehicles there is nothing to judge. The figure leads to those that lack a holder.
func TestVehicles_DueThenBrokenThenMet(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		stands(t, finding(t, d, "household.vehicles", garden, "2026-11-23"), control.Unproven, 0, 0)
		flat := estatetest.Unit(t, d, garden, "3", "1", "101")
		car := estatetest.Vehicle(t, d, flat, 0, "京A12345")
		f := finding(t, d, "household.vehicles", garden, "2026-11-23")
		stands(t, f, control.Due, 0, 1)
		if !strings.HasSuffix(f.Records, "&tab=no_holder") {
			t.Error(f.Records)
		}
		stands(t, finding(t, d, "household.vehicles", garden, "2027-11-23"), control.Broken, 0, 1)
		car = estatetest.Do(t, d, estate.HandOverVehicle, estate.HandOverVehicleIn{ID: car, Party: estatetest.Party(t, d, garden, "张伟"), Why: "补登车主"})
		stands(t, finding(t, d, "household.vehicles", garden, "2027-11-23"), control.Met, 1, 1)
		estatetest.Do(t, d, estate.EndVehicle, record.EndIn[estate.VehicleID]{ID: car, Why: "卖车"})
		stands(t, finding(t, d, "household.vehicles", garden, "2027-11-23"), control.Unproven, 0, 0)
	})
}
