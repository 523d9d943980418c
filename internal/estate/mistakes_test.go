package estate_test

import (
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
)

// A wrong date comes back with the other mistakes of its form, in one round.
func TestForms_EveryMistakeAtOnce(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat, tenant := estatetest.Unit(t, d, garden, "3", "1", "1202"), estatetest.Party(t, d, garden, "赵六", "13700137000")
		lease := estatetest.Lease(t, d, flat, 0, tenant, "2026-01-01", "2027-01-01")
		_, err := op.Run(estatetest.Manager(t), d, estate.EndLease, record.EndIn[estate.LeaseID]{ID: lease, On: "2027-02-30"})
		mistakes(t, err, "on", "why")
		_, err = op.Run(estatetest.Manager(t), d, estate.AddUnit, estate.AddUnitIn{UnitFacts: estate.UnitFacts{ValidFrom: "2099-01-01"}})
		mistakes(t, err, "estate", "room", "kind", "valid_from")
		_, err = op.Run(estatetest.Manager(t), d, estate.ChangeParty, estate.ChangePartyIn{ID: tenant, On: "+1", PartyFacts: estate.PartyFacts{Birth: "2027-01-01"}})
		mistakes(t, err, "name", "birth", "on")
		_, err = op.Run(estatetest.Manager(t), d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: flat, LeaseFacts: estate.LeaseFacts{ValidFrom: "2099-01-01"}})
		mistakes(t, err, "tenant", "use_as", "valid_from", "valid_to", "payer")
	})
}

func mistakes(t *testing.T, err error, fields ...string) {
	t.Helper()
	if !errs.Is(err, errs.Invalid) {
		t.Fatalf("%v, want mistakes at %v", err, fields)
	}
	for _, want := range fields {
		if !slices.ContainsFunc(errs.As(err).Fields, func(f errs.Field) bool { return f.Name == want }) {
			t.Errorf("nothing is said at %s: %v", want, err)
		}
	}
}
