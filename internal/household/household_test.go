package household_test

import (
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func detail(t *testing.T, d *op.Door, id household.ID) household.Detail {
	t.Helper()
	all, err := household.Details(t.Context(), d.DB.Read(), id)
	if err != nil {
		t.Fatal(err)
	}
	return all[id]
}

func find(t *testing.T, d *op.Door, e access.EstateID, id household.ID) *household.Household {
	t.Helper()
	h, err := household.Find(t.Context(), d.DB.Read(), access.From(estatetest.Manager(t)).Scope([]access.Post{access.Manager}, e), id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

var owner = householdtest.Person

func TestOpen_ACoupleIsOneHousehold(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat, space := estatetest.Unit(t, d, garden, "3", "1", "1202"), estatetest.Unit(t, d, garden, "B1", "", "023")
		child := owner(household.Family, "张小宝", "")
		child.Relation = "子"
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat, space},
			owner(household.Owner, "张 伟", "138 0013-8000"), owner(household.Owner, "李娟", "13900139000(白天)"), child)
		h, got := find(t, d, garden, id), detail(t, d, id)
		if got.Called() != "张伟、李娟" || got.Rooms(h) != "3-1-1202 B1-023" || h.Since != "2019-10" || len(got.Of(household.Family)) != 1 {
			t.Errorf("called %q in %q, %+v", got.Called(), got.Rooms(h), h)
		}
		if phone, ok := got.Phone(); !ok || phone.Value.Mask != "138****8000" || phone.Kind != estate.Mobile {
			t.Errorf("phone %+v", phone)
		}
		_, err := op.Run(estatetest.Manager(t), d, household.Open, household.OpenIn{Estate: garden, Kind: household.OwnerHome,
			Units: []estate.UnitID{flat}, People: []household.PersonIn{owner(household.Owner, "王五", "")}})
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("a second owner's household in one unit: %v", err)
		}
		tenant := household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{flat},
			People: []household.PersonIn{owner(household.Tenant, "赵六", "13700137000")}}
		if _, err := op.Run(estatetest.Manager(t), d, household.Open, tenant); err != nil {
			t.Errorf("a tenant beside the owner: %v", err)
		}
	})
}

func TestTransfer_ClosesOneFileAndOpensTheNext(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		sold, err := op.Run(ctx, d, household.Transfer, household.TransferIn{ID: id, On: "2026-11-20", Why: "买卖过户",
			OpenIn: household.OpenIn{People: []household.PersonIn{owner(household.Owner, "王芳", "13600136000")}}})
		if err != nil {
			t.Fatal(err)
		}
		old, next := find(t, d, garden, id), find(t, d, garden, sold.Out)
		if old.Until != "2026-11-20" || old.Next != sold.Out || next.Since != "2026-11-20" || next.Kind != household.OwnerHome {
			t.Errorf("old %+v, next %+v", old, next)
		}
		if d := detail(t, d, id); d.Called() != "张伟" || d.Rooms(old) != "3-1-1202" {
			t.Errorf("the old file lost its people: %+v", d)
		}
		if _, err := op.Run(ctx, d, household.Reopen, id); !errs.Is(err, errs.Blocked) {
			t.Errorf("reopening beside the new owner: %v", err)
		}
		if _, err := op.Run(ctx, d, household.Leave, household.LeaveIn{ID: detail(t, d, id).People[0].ID, Why: "离开"}); !errs.Is(err, errs.Blocked) {
			t.Errorf("leaving a household that is over: %v", err)
		}
		if _, err := op.Run(ctx, d, household.AddPerson, household.AddPersonIn{Household: id, PersonIn: owner(household.Family, "张三", "")}); !errs.Is(err, errs.Blocked) {
			t.Errorf("adding to a household that is over: %v", err)
		}
	})
}

func TestLeave_KeepsThePersonWithReasonAndDay(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", ""), owner(household.Owner, "李娟", ""))
		first := detail(t, d, id).Of(household.Owner)[0]
		if _, err := op.Run(ctx, d, household.Leave, household.LeaveIn{ID: first.ID, On: "2026-12-01", Why: "离婚析产"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("leaving tomorrow: %v", err)
		}
		if _, err := op.Run(ctx, d, household.Leave, household.LeaveIn{ID: first.ID, On: "11-20", Why: "离婚析产"}); err != nil {
			t.Fatal(err)
		}
		got := detail(t, d, id)
		if got.Called() != "李娟" || len(got.People) != 2 || got.People[1].Ended != "离婚析产" || find(t, d, garden, id).Head != got.People[0].Party {
			t.Errorf("after leaving: %q, %+v", got.Called(), got.People)
		}
		if _, err := op.Run(ctx, d, household.Return, first.ID); err != nil || detail(t, d, id).Called() != "张伟、李娟" {
			t.Errorf("undone: %v, %q", err, detail(t, d, id).Called())
		}
	})
}

func TestNote_WaitsUntilTheCustodianSettlesIt(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		guard := optest.As(t.Context(), 9, garden, access.OtherDept)
		noted, err := op.Run(guard, d, household.Note, household.NoteIn{Estate: garden, Place: "3栋1单元1202室", Said: "换了租客，姓王"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(guard, d, household.Settle, household.SettleIn{ID: noted.Out, State: household.Confirmed, Outcome: "已登记"}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("the guard settles it himself: %v", err)
		}
		o, err := household.FindObservation(t.Context(), d.DB.Read(), access.From(estatetest.Manager(t)).Scope([]access.Post{access.Manager}, garden), noted.Out)
		if err != nil || o.State != household.Waiting || o.Unit != flat {
			t.Fatalf("waiting %+v, %v", o, err)
		}
		if _, err := op.Run(estatetest.Manager(t), d, household.Settle, household.SettleIn{ID: noted.Out, State: household.Confirmed, Outcome: "已登记"}); err != nil {
			t.Error(err)
		}
	})
}

func TestOpen_WrongInputsNameTheirFields(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心")
		flat, office := estatetest.Unit(t, d, garden, "3", "1", "1202"), estatetest.Unit(t, d, tower, "A", "", "501")
		wrong := owner(household.Owner, "张伟", "1380013800")
		doubtful := owner(household.Owner, "张伟", "")
		doubtful.Identity.Number = "110105194912310021"
		for _, c := range []struct {
			name  string
			in    household.OpenIn
			field string
		}{
			{"another estate's unit", household.OpenIn{Units: []estate.UnitID{office}, People: []household.PersonIn{owner(household.Owner, "张伟", "")}}, "units"},
			{"nobody", household.OpenIn{Units: []estate.UnitID{flat}}, "people.0.name"},
			{"ten digits", household.OpenIn{Units: []estate.UnitID{flat}, People: []household.PersonIn{wrong}}, "people.0.phones.0.value"},
			{"check digit without a reason", household.OpenIn{Units: []estate.UnitID{flat}, People: []household.PersonIn{doubtful}}, "people.0.identity.doubt_why"},
			{"date", household.OpenIn{Units: []estate.UnitID{flat}, Since: "去年", People: []household.PersonIn{owner(household.Owner, "张伟", "")}}, "since"},
		} {
			c.in.Estate, c.in.Kind = garden, household.OwnerHome
			_, err := op.Run(estatetest.Manager(t), d, household.Open, c.in)
			e := errs.As(err)
			if e == nil || e.Kind != errs.Invalid || !slices.ContainsFunc(e.Fields, func(f errs.Field) bool { return f.Name == c.field }) {
				t.Errorf("%s: %v, want a message at %s", c.name, err, c.field)
			}
		}
		doubtful.Identity.DoubtWhy = "老证如此"
		householdtest.Owner(t, d, garden, []estate.UnitID{flat}, doubtful)
	})
}

// Two entries that were one person: the household shows him as he is now, with what is known of both.
func TestDetails_FollowAMergedParty(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		first, second := estatetest.Unit(t, d, garden, "3", "1", "1202"), estatetest.Unit(t, d, garden, "B1", "", "023")
		home := householdtest.Owner(t, d, garden, []estate.UnitID{first}, owner(household.Owner, "张伟", "13800138000"))
		space := householdtest.Owner(t, d, garden, []estate.UnitID{second}, owner(household.Owner, "张  炜", ""))
		into, from := detail(t, d, home).People[0], detail(t, d, space).People[0]
		if _, err := op.Run(ctx, d, estate.MergeParty, estate.MergePartyIn{ID: from.Party, Into: into.Party}); err != nil {
			t.Fatal(err)
		}
		got := detail(t, d, space)
		if phone, ok := got.Phone(); got.Called() != "张伟" || !ok || phone.Value.Mask != "138****8000" || got.People[0].Whom != into.Party {
			t.Errorf("called %q, phone %+v, %+v", got.Called(), phone, got.People[0])
		}
	})
}
