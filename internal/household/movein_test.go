package household_test

import (
	"net/url"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
)

func moving(unit estate.UnitID, people ...household.PersonIn) household.MoveInIn {
	return household.MoveInIn{Unit: unit, LeaseFacts: estatetest.Home("2026-11-01", "2027-10-31"), People: people}
}

// A tenant who moves in gets his file, his lease with the owner as lessor and his cars in one step; the flat is let, and it goes
// back as one.
func TestMoveIn_OneStep(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		home := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		in := moving(flat, owner("", "赵六", "13700137000"), owner("", "赵小满", ""))
		in.Plates = "京A12345，京AD12345"
		made := estatetest.Do(t, d, household.MoveIn, in)
		file := find(t, d, garden, made.Household)
		details, err := household.Details(t.Context(), d.DB.Read(), file.ID)
		if err != nil {
			t.Fatal(err)
		}
		if people := details[file.ID].People; len(people) != 2 || people[0].Part != household.Tenant || people[1].Part != household.Resident {
			t.Errorf("the people are %+v", people)
		}
		leases, err := estate.LeasesOf(t.Context(), d.DB.Read(), flat)
		if l := leases[flat]; err != nil || len(l) != 1 || l[0].ID != made.Lease || l[0].Tenant != file.Head || l[0].Lessor != find(t, d, garden, home).Head {
			t.Errorf("the leases are %+v (%v)", l, err)
		}
		cars, err := estate.VehiclesOf(t.Context(), d.DB.Read(), flat)
		if err != nil || len(cars[flat]) != 2 || cars[flat][0].Party != file.Head {
			t.Errorf("the cars are %+v (%v)", cars[flat], err)
		}
		if file.Kind != household.TenantHome || file.Since != "2026-11-01" {
			t.Errorf("the file is %s since %s", file.Kind, file.Since)
		}
		standing(t, d, home, household.LetOut)
		estatetest.Do(t, d, household.UndoMoveIn, household.UndoMoveInIn{ID: file.ID, Why: "登记错房号"})
		standing(t, d, home, "")
		if find(t, d, garden, file.ID).InForce() {
			t.Error("the file is still open")
		}
		estatetest.Do(t, d, household.Reopen, file.ID)
		standing(t, d, home, household.LetOut)
	})
}

func standing(t *testing.T, d *op.Door, home household.ID, want household.Stay) {
	t.Helper()
	let, err := household.LetNow(t.Context(), d.DB.Read(), home)
	if err != nil {
		t.Fatal(err)
	}
	reader := list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}}
	h, err := household.Find(t.Context(), d.DB.Read(), reader.Actor.Scope(access.Desk, access.Company), home)
	if err != nil {
		t.Fatal(err)
	}
	if got := household.Standing(h.Stay, let[home]); got != want {
		t.Errorf("the flat is %q, want %q", got, want)
	}
	for _, stay := range household.Stays {
		view, err := household.Households.View(t.Context(), d.DB.Read(), reader, url.Values{"stay": {string(stay)}})
		if err != nil {
			t.Fatal(err)
		}
		listed := false
		for _, row := range view.Rows {
			listed = listed || row.ID == ref.Text(home)
		}
		if listed != (stay == want) {
			t.Errorf("the filter %s lists it %v while it is %q", stay, listed, want)
		}
	}
}

// What was typed about somebody who is registered already is kept: a number that he did not have is his from then on.
func TestMoveIn_ANewNumberOfSomebodyKnown(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		known := estatetest.Party(t, d, garden, "赵六", "13700137000")
		again := owner("", "赵六", "13700137000")
		again.Party = known
		again.Phones = append(again.Phones, estate.ContactFacts{Value: "13900139000"})
		again.Identity.Number = "34052419800101001X"
		made := estatetest.Do(t, d, household.MoveIn, moving(flat, again))
		contacts, err := estate.ContactsOf(t.Context(), d.DB.Read(), known)
		if err != nil || len(contacts[known]) != 2 {
			t.Errorf("he has %d numbers, want the old and the new one (%v)", len(contacts[known]), err)
		}
		identities, err := estate.IdentitiesOf(t.Context(), d.DB.Read(), known)
		if err != nil || len(identities[known]) != 1 {
			t.Errorf("he has %d identity numbers (%v)", len(identities[known]), err)
		}
		if find(t, d, garden, made.Household).Head != known {
			t.Error("the tenant is somebody else")
		}
	})
}

// A tenant who has a file in the unit gets his next lease there, and nothing of the form is lost: who comes along, their vehicles,
// a new number. It is no moving in that could be taken back with the file.
func TestMoveIn_WhoHasAFileGetsTheLeaseThere(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		file := estatetest.Do(t, d, household.Open, household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{flat}, People: []household.PersonIn{owner(household.Tenant, "赵六", "13700137000")}})
		again := owner("", "赵六", "13900139000")
		again.Party = find(t, d, garden, file).Head
		in := moving(flat, again, owner("", "赵小满", ""))
		in.Plates = "京A12345"
		made := estatetest.Do(t, d, household.MoveIn, in)
		if made.Household != file {
			t.Fatalf("a second file %d beside %d", made.Household, file)
		}
		details, err := household.Details(t.Context(), d.DB.Read(), file)
		if err != nil {
			t.Fatal(err)
		}
		if people := details[file].People; len(people) != 2 || people[1].Name != "赵小满" || people[1].Part != household.Resident {
			t.Errorf("the people are %+v", people)
		}
		contacts, err := estate.ContactsOf(t.Context(), d.DB.Read(), again.Party)
		if err != nil || len(contacts[again.Party]) != 2 {
			t.Errorf("he has %d numbers, want the old and the new one (%v)", len(contacts[again.Party]), err)
		}
		leases, err := estate.LeasesOf(t.Context(), d.DB.Read(), flat)
		if l := leases[flat]; err != nil || len(l) != 1 || l[0].ID != made.Lease || l[0].Tenant != again.Party {
			t.Errorf("the leases are %+v (%v)", l, err)
		}
		cars, err := estate.VehiclesOf(t.Context(), d.DB.Read(), flat)
		if err != nil || len(cars[flat]) != 1 || cars[flat][0].Party != again.Party {
			t.Errorf("the cars are %+v (%v)", cars[flat], err)
		}
		if _, err := op.Run(estatetest.Manager(t), d, household.UndoMoveIn, household.UndoMoveInIn{ID: file, Why: "登记错"}); !errs.Is(err, errs.Blocked) {
			t.Errorf("an old file is closed as a moving in of today: %v", err)
		}
	})
}

// An owner moves in: the flat is lived in from the day; while it is let it is given back first.
func TestLiveIn(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		home := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		let := estatetest.Do(t, d, household.MoveIn, moving(flat, owner("", "赵六", "13700137000")))
		in := household.LiveInIn{ID: home, Since: "2026-11-20", Plates: "京A12345"}
		if _, err := op.Run(estatetest.Manager(t), d, household.LiveIn, in); !errs.Is(err, errs.Blocked) {
			t.Errorf("into a let flat: %v", err)
		}
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: let.Household, Why: "租期到了", Stay: household.Empty})
		standing(t, d, home, household.Empty)
		estatetest.Do(t, d, household.LiveIn, in)
		standing(t, d, home, household.LivedIn)
		if h := find(t, d, garden, home); h.Since != "2026-11-20" {
			t.Errorf("lived in since %s", h.Since)
		}
	})
}
