package household

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/op"
)

// belongings are what goes with the people of a household: the vehicles that are theirs and the leases they hold on its units.
type belongings struct {
	vehicles []*estate.Vehicle
	leases   []*estate.Lease
}

// belongingsOf are those on the units a household has, or had until it ended; of owners the leases are other people's.
func belongingsOf(ctx context.Context, tx op.Tx, h *Household) (b belongings, err error) {
	details, err := Details(ctx, tx, h.ID)
	if err != nil {
		return b, err
	}
	var units []estate.UnitID
	for _, p := range details[h.ID].Places {
		if p.Until == h.Until {
			units = append(units, p.Unit)
		}
	}
	theirs := func(id estate.PartyID) bool {
		return slices.ContainsFunc(details[h.ID].People, func(p Person) bool { return p.Party == id || p.Whom == id })
	}
	cars, err := estate.VehiclesOf(ctx, tx, units...)
	if err != nil {
		return b, err
	}
	leases, err := estate.LeasesOf(ctx, tx, units...)
	if err != nil {
		return b, err
	}
	for _, u := range units {
		for _, v := range cars[u] {
			if theirs(v.Party) {
				b.vehicles = append(b.vehicles, v)
			}
		}
		for _, l := range leases[u] {
			if theirs(l.Tenant) {
				b.leases = append(b.leases, l)
			}
		}
	}
	return b, nil
}

// moveOut ends what goes with people who leave: their vehicles, but for those that stay, which are somebody else's from that day
// on (to; 0: they stay as they are), and of tenants the lease.
func moveOut(ctx context.Context, tx op.Tx, b belongings, stays []estate.VehicleID, to estate.PartyID, on, why string) error {
	for _, v := range b.vehicles {
		var err error
		switch kept := slices.Contains(stays, v.ID); {
		case !v.InForce(), kept && to == 0, to != 0 && v.Party == to:
		case kept:
			_, err = estate.PassVehicle(ctx, tx, v.ID, to, on, why)
		default:
			err = estate.LeaveVehicle(ctx, tx, v.ID, on, why)
		}
		if err != nil {
			return err
		}
	}
	for _, l := range b.leases {
		if err := estate.LeaveLease(ctx, tx, l.ID, on, why); err != nil {
			return err
		}
	}
	return nil
}

// moveBack takes back what a household's end ended with it.
func moveBack(ctx context.Context, tx op.Tx, h *Household, b belongings) error {
	var leases []estate.LeaseID
	var vehicles []estate.VehicleID
	for _, l := range b.leases {
		if l.LeftOn == h.Until && l.Ended == h.Ended {
			leases = append(leases, l.ID)
		}
	}
	for _, v := range b.vehicles {
		if v.ValidTo == h.Until && v.Ended == h.Ended {
			vehicles = append(vehicles, v.ID)
		}
	}
	return estate.BringBack(ctx, tx, leases, vehicles)
}

// standsAs sets what the owner's unit is used for once its tenant has left, where the owner is known and somebody said so.
func standsAs(ctx context.Context, tx op.Tx, units []estate.UnitID, stay Stay) error {
	for _, u := range units {
		id, err := ownerOf(ctx, tx, u)
		if err != nil || id == 0 || stay == "" {
			return err
		}
		h, _, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if h.Stay == stay {
			continue
		}
		h.Stay = stay
		if err := tx.Update(ctx, h); err != nil {
			return err
		}
	}
	return nil
}
