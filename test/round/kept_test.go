package round_test

import (
	"net/url"
	"reflect"
	"testing"
	"time"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/test/round"
)

// known is what the day's list, the clauses and the views of the registers say: to somebody with every post everywhere, of each
// estate and of all, and to somebody with every post in one estate.
func known(t *testing.T, c *apptest.Company, q db.Querier) (all []any) {
	t.Helper()
	ctx, today := i18n.With(t.Context(), c.App.Texts, i18n.Chinese), clock.Date(c.Clock.Now())
	var sources []duty.Source
	for _, duties := range [][]duty.Source{estate.Module.Duties, household.Module.Duties, archive.Module.Duties, imports.Module.Duties} {
		sources = append(sources, duties...)
	}
	for _, where := range []struct{ posts, chosen access.EstateID }{
		{access.Company, access.Company}, {access.Company, c.Garden}, {access.Company, c.Tower}, {c.Tower, access.Company},
	} {
		who := access.Actor{Account: 1}
		for _, p := range access.Posts {
			who.Grants = append(who.Grants, access.Grant{Post: p, Estate: where.posts})
		}
		due, err := duty.Gather(ctx, q, sources, who, where.chosen, today, "9999-12-31")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, due)
		for _, l := range []list.Any{household.Households, household.Summary(), estate.Units, estate.Leases, estate.Vehicles, archive.Papers, archive.Volumes} {
			v, err := l.View(ctx, q, list.Reader{Actor: who, Estate: where.chosen, Today: today}, url.Values{"page": {"2"}})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, v.Total, v.Tabs)
		}
	}
	judged, err := control.AtKept(ctx, q, app.Controls(), []access.EstateID{c.Garden, c.Tower}, "", c.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judged {
		all = append(all, j.Name, j.Finding)
	}
	for _, e := range []access.EstateID{c.Garden, c.Tower} {
		for _, k := range household.Module.Controls {
			f, err := k.Judge(ctx, q, control.Query{Estate: e, Scope: access.Only(e), Start: "2026-10-01", Day: today})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, k.Name, f)
		}
	}
	return all
}

// What is kept from one asking to the next says, after every operation and on the days after the last, what is counted anew.
func TestKept_EqualsFreshAfterEveryOperation(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		r := round.New(t, c, c.Garden, "k", round.Plain)
		differ := 0
		before := known(t, c, c.App.Door.DB.Read())
		compare := func(when string) {
			kept := known(t, c, c.App.Door.DB.Read())
			moment, end, err := db.Snapshot(t.Context(), c.App.Door.DB.Read())
			if err != nil {
				t.Fatal(err)
			}
			fresh := known(t, c, moment)
			if err := end(); err != nil {
				t.Fatal(err)
			}
			for i := range fresh {
				if !reflect.DeepEqual(kept[i], fresh[i]) {
					t.Errorf("after %s: kept %+v, fresh %+v", when, kept[i], fresh[i])
				}
			}
			if !reflect.DeepEqual(before, fresh) {
				differ++
			}
			before = fresh
		}
		r.Run(round.Steps(), func(s round.Step, do func() error) {
			if err := do(); err != nil {
				t.Fatalf("%s: %v", s.Name, err)
			}
			compare(s.Name)
		})
		if differ < 20 {
			t.Errorf("only %d operations changed what is known: the test proves little", differ)
		}
		differ = 0
		for _, days := range []int{1, 3, 30, 200} {
			c.Clock.Move(time.Duration(days) * 24 * time.Hour)
			compare("another few days")
		}
		if differ < 3 {
			t.Errorf("only %d of four other days changed what is known: the test proves little", differ)
		}
	})
}
