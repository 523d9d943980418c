package household_test

import (
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
)

// refused says that an operation refuses a date at a field, and with which days in the sentence.
func refused[In, Out any](t *testing.T, d *op.Door, o *op.Op[In, Out], in In, field, key string, days ...any) {
	t.Helper()
	_, err := op.Run(estatetest.Manager(t), d, o, in)
	if err == nil {
		t.Errorf("%s was carried out, want %s", o.Name(), key)
		return
	}
	for _, f := range errs.As(err).Fields {
		if f.Name != field || f.Key != key {
			continue
		}
		for i, day := range days {
			if i >= len(f.Args) || f.Args[i] != day {
				t.Errorf("%s says %v, want %v", o.Name(), f.Args, days)
			}
		}
		return
	}
	t.Errorf("%s: %v, want %s at %s", o.Name(), err, key, field)
}

// An end before its beginning is refused with both days; what begins later than anybody plans is refused too.
func TestDates_AgainstSense(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat, other := estatetest.Unit(t, d, garden, "3", "1", "1202"), estatetest.Unit(t, d, garden, "3", "1", "1203")
		open := household.OpenIn{Estate: garden, Kind: household.OwnerHome, Units: []estate.UnitID{flat}, Since: "2099-01-01",
			People: []household.PersonIn{owner(household.Owner, "张伟", "13800138000")}}
		refused(t, d, household.Open, open, "since", "period.error.ahead", "2099-01-01")
		open.Since = "2020-03-11"
		home := estatetest.Do(t, d, household.Open, open)
		refused(t, d, household.Close, household.CloseIn{ID: home, On: "1999-01-01", Why: "搬走"}, "on", "period.error.before", "1999-01-01", "2020-03-11")
		refused(t, d, household.Transfer, household.TransferIn{ID: home, On: "1999-01-01", Why: "买卖过户",
			OpenIn: household.OpenIn{People: []household.PersonIn{owner(household.Owner, "王芳", "13600136000")}}}, "on", "period.error.before", "1999-01-01", "2020-03-11")
		refused(t, d, household.Transfer, household.TransferIn{ID: home, On: "2027-01-01", Why: "买卖过户"}, "on", "period.error.future")
		refused(t, d, household.Change, household.ChangeIn{ID: home, Kind: household.OwnerHome, Since: "2035"}, "since", "period.error.ahead", "2035")
		refused(t, d, household.Hold, household.HoldIn{Household: home, Unit: other, Since: "2099"}, "since", "period.error.ahead", "2099")
		held := estatetest.Do(t, d, household.Hold, household.HoldIn{Household: home, Unit: other, Since: "2026-05-01"})
		refused(t, d, household.GiveUp, household.GiveUpIn{ID: held, On: "2026-04"}, "on", "period.error.before", "2026-04", "2026-05-01")
		wife := estatetest.Do(t, d, household.AddPerson, household.AddPersonIn{Household: home, Since: "2024-02", PersonIn: owner(household.Family, "李娟", "")})
		refused(t, d, household.Leave, household.LeaveIn{ID: wife, On: "2023", Why: "搬走"}, "on", "period.error.before", "2023", "2024-02")
		refused(t, d, household.ChangePerson, household.ChangePersonIn{ID: wife, Part: household.Family, Since: "2099"}, "since", "period.error.ahead", "2099")
		estatetest.Do(t, d, household.Leave, household.LeaveIn{ID: wife, On: "2024", Why: "搬走"}) // the year may be after February

		tenant := estatetest.Party(t, d, garden, "赵六", "13700137000")
		refused(t, d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: flat, Tenant: tenant, LeaseFacts: estatetest.Home("2099-01-01", "2100-01-01")}, "valid_from", "period.error.ahead", "2099-01-01")
		lease := estatetest.Lease(t, d, flat, 0, tenant, "2026-01-01", "2027-01-01")
		refused(t, d, estate.EndLease, record.EndIn[estate.LeaseID]{ID: lease, On: "2025-11-30", Why: "退租"}, "on", "period.error.before", "2025-11-30", "2026-01-01")
		tenancy := estatetest.Do(t, d, household.Open, household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{flat},
			People: []household.PersonIn{{Part: household.Tenant, Party: tenant}}})
		refused(t, d, household.Close, household.CloseIn{ID: tenancy, On: "2025-11-30", Why: "退租"}, "on", "period.error.before", "2025-11-30", "2026-01-01")
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: tenancy, On: "2026-11-20", Why: "退租"})
		planned := estatetest.Lease(t, d, flat, 0, tenant, "2026-12-15", "2027-12-14")
		estatetest.Do(t, d, estate.EndLease, record.EndIn[estate.LeaseID]{ID: planned, Why: "不租了"}) // called off before it began

		car := estatetest.Do(t, d, estate.AddVehicle, estate.AddVehicleIn{Unit: flat, VehicleFacts: estate.VehicleFacts{Plate: "京A12345", ValidFrom: "2022-02-02"}})
		refused(t, d, estate.EndVehicle, record.EndIn[estate.VehicleID]{ID: car, On: "2021-12-31", Why: "卖了"}, "on", "period.error.before", "2021-12-31", "2022-02-02")
		refused(t, d, estate.AddParty, estate.AddPartyIn{Estate: garden, PartyFacts: estate.PartyFacts{Name: "周小宝", Birth: "2027-01-01"}}, "birth", "period.error.future")
	})
}
