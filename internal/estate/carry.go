package estate

import (
	"context"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// What a household's coming and going does to the leases and vehicles of its people, within the household's own operation.

// TakeLease registers a lease of a unit, of facts that were checked; lessor is 0 while nobody knows who lets.
func TakeLease(ctx context.Context, tx op.Tx, unit UnitID, lessor, tenant PartyID, in LeaseFacts) (LeaseID, error) {
	u, err := liveUnit(ctx, tx, unit)
	if err == nil {
		err = partiesOf(ctx, tx, u.Estate, lessor, tenant)
	}
	if err != nil {
		return 0, err
	}
	l := NewLease(tx, u, lessor, tenant, in)
	if err := leaseFits(ctx, tx, l); err != nil {
		return 0, err
	}
	return l.ID, tx.Insert(ctx, l)
}

// TakeVehicle registers a vehicle for a unit, of facts that were normalised; party is 0 while nobody knows whose it is.
func TakeVehicle(ctx context.Context, tx op.Tx, unit UnitID, party PartyID, in VehicleFacts) (VehicleID, error) {
	u, err := liveUnit(ctx, tx, unit)
	if err == nil && party != 0 {
		_, err = partyOf(ctx, tx, u.Estate, party)
	}
	if err != nil {
		return 0, err
	}
	v := NewVehicle(tx, u, party, in)
	if err := vehicleFits(ctx, tx, v); err != nil {
		return 0, err
	}
	return v.ID, tx.Insert(ctx, v)
}

// PassVehicle gives a vehicle another holder from a day on: the period of the one before ends, a new one begins.
func PassVehicle(ctx context.Context, tx op.Tx, id VehicleID, to PartyID, on, why string) (VehicleID, error) {
	v, _, err := lockVehicle(ctx, tx, id)
	if err == nil {
		err = record.MustHold(v)
	}
	if err != nil {
		return 0, err
	}
	next := *v
	next.ID, next.Party, next.ValidFrom = VehicleID(tx.NewID()), to, on
	v.EndOn(on, why)
	if err := tx.Update(ctx, v); err != nil {
		return 0, err
	}
	return next.ID, tx.Insert(ctx, &next)
}

// LeaveVehicle takes a vehicle off the register with its people.
func LeaveVehicle(ctx context.Context, tx op.Tx, id VehicleID, on, why string) error {
	return endIn(ctx, tx, id, lockVehicle, on, why)
}

// LeaveLease ends a lease with the household of its tenant.
func LeaveLease(ctx context.Context, tx op.Tx, id LeaseID, on, why string) error {
	l, _, err := lockLease(ctx, tx, id)
	if err != nil {
		return err
	}
	if l.InForce() && record.EndsBefore(l.ValidFrom, on, tx.Today()) {
		var f errs.Fields
		f.Add("on", "period.error.before", on, l.ValidFrom)
		return f.Err()
	}
	return endIn(ctx, tx, id, lockLease, on, why)
}

func endIn[ID ~int64, R record.Period](ctx context.Context, tx op.Tx, id ID, lock record.Locker[ID, R], on, why string) error {
	row, _, err := lock(ctx, tx, id)
	if err != nil || !row.InForce() {
		return err
	}
	row.EndOn(on, why)
	return tx.Update(ctx, row)
}

// BringBack takes back what a household's end ended on its people's leases and vehicles; what another took the place of by now
// stays ended.
func BringBack(ctx context.Context, tx op.Tx, leases []LeaseID, vehicles []VehicleID) error {
	for _, id := range leases {
		if err := backIn(ctx, tx, id, lockLease, leaseFits); err != nil {
			return err
		}
	}
	for _, id := range vehicles {
		if err := backIn(ctx, tx, id, lockVehicle, vehicleFits); err != nil {
			return err
		}
	}
	return nil
}

func backIn[ID ~int64, R record.Period](ctx context.Context, tx op.Tx, id ID, lock record.Locker[ID, R], fits func(context.Context, op.Tx, R) error) error {
	row, _, err := lock(ctx, tx, id)
	if err != nil || row.InForce() {
		return err
	}
	row.EndOn("", "")
	if err := fits(ctx, tx, row); errs.Is(err, errs.Invalid) {
		return nil // another took its place
	} else if err != nil {
		return err
	}
	return tx.Update(ctx, row)
}
