package estate_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
)

// old takes a lease as a list says it, which may be less than the form requires.
var old = op.Define("test.old_lease", op.Spec[estate.RegisterLeaseIn, estate.LeaseID]{
	NoClause: "a test's", Posts: []access.Post{access.Manager},
	Subject: func(_ context.Context, _ op.Tx, in estate.RegisterLeaseIn) (op.Subject, error) {
		return op.Subject{Kind: "lease"}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in estate.RegisterLeaseIn) (estate.LeaseID, error) {
		u := &estate.Unit{}
		u.ID = in.Unit
		if err := tx.Lock(ctx, u); err != nil {
			return 0, err
		}
		l := estate.NewLease(tx, u, in.Lessor, in.Tenant, in.LeaseFacts)
		return l.ID, tx.Insert(ctx, l)
	},
})

// A let whose form lacks what is required is due for some days, then broken; completed it is met, and when nothing is let there is
// nothing to judge. What the control counts is what the form's own check misses, and the register's tab shows.
func TestLeasesRecorded_DueThenBrokenThenMet(t *testing.T) {
	world := estatetest.World
	world.Ops = append(slices.Clone(world.Ops), old)
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		scope := access.ProgramActor().Scope([]access.Post{access.Program}, garden)
		stands := func(day string, want control.State, figure, target int64, records string) {
			t.Helper()
			f, err := estate.Module.Controls[0].Judge(t.Context(), d.DB.Read(), control.Query{Estate: garden, Scope: scope, Start: "2026-11-01", Day: day})
			if err != nil || f.State != want || f.Figure != figure || f.Target != target || strings.Contains(f.Records, "tab=lacking") != (records != "") {
				t.Errorf("on %s: %+v %v, want %s %d/%d", day, f, err, want, figure, target)
			}
		}
		stands("2026-11-23", control.Unproven, 0, 0, "")
		whole := estatetest.Home("2026-11-01", "2027-10-31")
		shop := whole
		shop.Use, shop.Heads = estate.Business, 0
		bare := []func(*estate.LeaseFacts){
			func(f *estate.LeaseFacts) { f.Use = "" }, func(f *estate.LeaseFacts) { f.ValidFrom = "" }, func(f *estate.LeaseFacts) { f.ValidTo = "" },
			func(f *estate.LeaseFacts) { f.Payer = "" }, func(f *estate.LeaseFacts) { f.Heads = 0 },
		}
		facts := []estate.LeaseFacts{whole, shop}
		for _, lack := range bare {
			f := whole
			lack(&f)
			facts = append(facts, f)
		}
		tenant := estatetest.Party(t, d, garden, "赵六", "13700137000")
		var leases []estate.LeaseID
		for i, f := range facts {
			var wrong errs.Fields
			if f.Complete("", &wrong); (wrong.Err() != nil) != (i > 1) {
				t.Fatalf("%+v: %v", f, wrong.Err())
			}
			unit := estatetest.Unit(t, d, garden, "3", "1", string(rune('1'+i))+"01")
			leases = append(leases, estatetest.Do(t, d, old, estate.RegisterLeaseIn{Unit: unit, Tenant: tenant, LeaseFacts: f}))
		}
		stands("2026-12-23", control.Due, 2, 7, "lacking")
		stands("2026-12-24", control.Broken, 2, 7, "lacking")
		who := list.Reader{Actor: access.From(estatetest.Manager(t)), Estate: garden}
		if v, err := estate.Leases.View(t.Context(), d.DB.Read(), who, url.Values{"tab": {"lacking"}}); err != nil || len(v.Rows) != len(bare) {
			t.Errorf("%d rows, %v", len(v.Rows), err)
		}
		for _, id := range leases[2:] {
			estatetest.Do(t, d, estate.ChangeLease, estate.ChangeLeaseIn{ID: id, LeaseFacts: whole})
		}
		stands("2026-12-24", control.Met, 7, 7, "")
		for _, id := range leases {
			estatetest.Do(t, d, estate.EndLease, record.EndIn[estate.LeaseID]{ID: id, Why: "退租"})
		}
		stands("2026-12-24", control.Unproven, 0, 0, "")
	})
}
