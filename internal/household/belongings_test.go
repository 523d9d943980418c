package household_test

import (
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// A tenant who moves out takes his lease and his car with him, and the flat is what was said it is from then on; taking it back
// brings all of it back.
func TestClose_ATenantMovesOutAsOne(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		home := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		tenancy := estatetest.Do(t, d, household.Open, household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{flat},
			People: []household.PersonIn{owner(household.Tenant, "赵六", "13700137000")}})
		tenant := find(t, d, garden, tenancy).Head
		lease := estatetest.Do(t, d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: flat, Tenant: tenant, LeaseFacts: estate.LeaseFacts{Kind: estate.Let, Use: estate.Living,
			ValidFrom: "2026-01-01", ValidTo: "2027-01-01", Heads: 1, Payer: estate.PayerTenant}})
		car := estatetest.Do(t, d, estate.AddVehicle, estate.AddVehicleIn{Unit: flat, Party: tenant, VehicleFacts: estate.VehicleFacts{Plate: "京A12345"}})
		stands := func(want household.Stay) {
			t.Helper()
			let, err := household.LetNow(t.Context(), d.DB.Read(), home)
			if got := household.Standing(find(t, d, garden, home).Stay, let[home]); err != nil || got != want {
				t.Errorf("the flat is %q, want %q (%v)", got, want, err)
			}
		}
		inForce := func(want bool) {
			t.Helper()
			leases, err := estate.LeasesOf(t.Context(), d.DB.Read(), flat)
			if err != nil || leases[flat][0].ID != lease || leases[flat][0].InForce() != want {
				t.Errorf("the lease is in force %v, want %v (%v)", leases[flat][0].InForce(), want, err)
			}
			cars, err := estate.VehiclesOf(t.Context(), d.DB.Read(), flat)
			if err != nil || cars[flat][0].ID != car || cars[flat][0].InForce() != want {
				t.Errorf("the car is registered %v, want %v (%v)", cars[flat][0].InForce(), want, err)
			}
		}
		stands(household.LetOut)
		estatetest.Do(t, d, household.Close, household.CloseIn{ID: tenancy, Why: "租期到了", Stay: household.Empty})
		stands(household.Empty)
		inForce(false)
		estatetest.Do(t, d, household.Reopen, tenancy)
		stands(household.LetOut)
		inForce(true)
	})
}

// A sale takes the former owner's cars along, but for those that are said to go to the new owner.
func TestTransfer_AsksWhichCarsStay(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		home := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		seller := find(t, d, garden, home).Head
		add := func(plate string) estate.VehicleID {
			return estatetest.Do(t, d, estate.AddVehicle, estate.AddVehicleIn{Unit: flat, Party: seller, VehicleFacts: estate.VehicleFacts{Plate: plate}})
		}
		_, stays := add("京A12345"), add("京A54321")
		in := household.TransferIn{ID: home, Why: "出售", Stays: []estate.VehicleID{stays}}
		in.People = []household.PersonIn{owner(household.Owner, "王芳", "13600136000")}
		next := find(t, d, garden, estatetest.Do(t, d, household.Transfer, in))
		details, err := household.Details(t.Context(), d.DB.Read(), next.ID)
		if err != nil {
			t.Fatal(err)
		}
		traces, err := household.TracesOf(t.Context(), d.DB.Read(), next, details[next.ID])
		if err != nil || len(traces.Cars) != 1 || traces.Cars[0].Plate != "京A54321" || traces.Cars[0].Party != next.Head || !traces.Cars[0].InForce() {
			t.Errorf("on the new owner's file are %+v (%v)", traces.Cars, err)
		}
	})
}
