package estate_test

import (
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// Two parties of different estates are linked by who may in both, shown to who sees both, and taken back with a reason.
func TestSamePerson_ShowsOnlyToThoseWhoSeeBoth(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "云顶")
		a, b := estatetest.Party(t, d, garden, "王五"), estatetest.Party(t, d, tower, "王武")
		estatetest.Identity(t, d, a, "11010519491231002X")
		both := access.Actor{Account: 5, Name: "both", Grants: []access.Grant{{Post: access.Assistant, Estate: garden}, {Post: access.Assistant, Estate: tower}}}
		one := func(e access.EstateID) access.Actor {
			return access.Actor{Account: 6, Name: "one", Grants: []access.Grant{{Post: access.Manager, Estate: e}}}
		}
		link := func(who access.Actor, in estate.LinkSamePersonIn) (estate.SamePersonID, error) {
			res, err := op.Run(access.With(t.Context(), who), d, estate.LinkSamePerson, in)
			return res.Out, err
		}
		alike := func(who access.Actor) int {
			p, err := estate.FindParty(t.Context(), d.DB.Read(), who.Scope(access.Desk, access.Company), a)
			if err != nil {
				t.Fatal(err)
			}
			all, err := estate.SameNumber(t.Context(), d.DB.Read(), who.Scope(access.Desk, access.Company), p)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if n := alike(both); n != 0 {
			t.Errorf("%d have the number before anybody has", n)
		}
		estatetest.Identity(t, d, b, "110105491231002") // the old form of the same
		if n, other := alike(both), alike(one(garden)); n != 1 || other != 0 {
			t.Errorf("the number is told to %d who see both, %d who see one", n, other)
		}
		for _, e := range []access.EstateID{garden, tower} {
			if _, err := link(one(e), estate.LinkSamePersonIn{ID: a, Other: b, Why: "证件号相同"}); !errs.Is(err, errs.NotFound) {
				t.Errorf("who knows %d alone: %v", e, err)
			}
		}
		for name, in := range map[string]estate.LinkSamePersonIn{"itself": {ID: a, Other: a, Why: "同"}, "no reason": {ID: a, Other: b},
			"one estate": {ID: a, Other: estatetest.Party(t, d, garden, "王五"), Why: "同"}} {
			if _, err := link(both, in); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		other := estatetest.Party(t, d, tower, "王五")
		estatetest.Identity(t, d, other, "440301199001011234")
		if _, err := link(both, estate.LinkSamePersonIn{ID: a, Other: other, Why: "同名"}); !errs.Is(err, errs.Blocked) {
			t.Errorf("numbers that contradict each other: %v", err)
		}
		id, err := link(both, estate.LinkSamePersonIn{ID: b, Other: a, Why: "证件号相同"}) // from the other's page
		if err != nil {
			t.Fatal(err)
		}
		if _, err := link(both, estate.LinkSamePersonIn{ID: a, Other: b, Why: "证件号相同"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("linked twice: %v", err)
		}
		shown := func(who access.Actor, of estate.PartyID) []estate.SameAs {
			all, err := estate.SameAsOf(t.Context(), d.DB.Read(), who.Scope(access.Desk, access.Company), of)
			if err != nil {
				t.Fatal(err)
			}
			return all[of]
		}
		if got := shown(both, a); len(got) != 1 || got[0].Whom.ID != b || got[0].EstateName != "云顶" {
			t.Errorf("on the first page: %+v", got)
		}
		if got := shown(both, b); len(got) != 1 || got[0].Whom.ID != a || got[0].Why != "证件号相同" {
			t.Errorf("on the other's page: %+v", got)
		}
		for e, of := range map[access.EstateID]estate.PartyID{garden: a, tower: b} {
			if got := shown(one(e), of); got != nil {
				t.Errorf("who sees %d alone: %+v", e, got)
			}
			if _, err := op.Run(access.With(t.Context(), one(e)), d, estate.UnlinkSamePerson, estate.UnlinkSamePersonIn{ID: id, Why: "不是"}); !errs.Is(err, errs.NotFound) {
				t.Errorf("who knows %d alone takes it back: %v", e, err)
			}
		}
		if _, err := op.Run(access.With(t.Context(), both), d, estate.UnlinkSamePerson, estate.UnlinkSamePersonIn{ID: id, Why: "同名不同人"}); err != nil {
			t.Fatal(err)
		}
		if got := shown(both, a); len(got) != 1 || got[0].InForce() || got[0].Ended != "同名不同人" {
			t.Errorf("taken back: %+v", got)
		}
		if _, err := link(both, estate.LinkSamePersonIn{ID: a, Other: b, Why: "确认是同一人"}); err != nil {
			t.Errorf("linked again: %v", err)
		}
	})
}
