package estate

import (
	"context"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddVehicleIn is a vehicle of a unit.
type AddVehicleIn struct {
	Unit  UnitID
	Party PartyID // whose it is; 0 while nobody knows
	VehicleFacts
}

// AddVehicle registers a vehicle for a unit (domain.md §2.5). A plate stands in an estate's register once.
var AddVehicle = op.Define("estate.add_vehicle", op.Spec[AddVehicleIn, VehicleID]{
	Clauses: []string{"A1", "D1"},
	Posts:   mayChange,
	Check:   func(in *AddVehicleIn, today cn.Date, f *errs.Fields) { in.Normalise("", today, f) },
	Subject: func(ctx context.Context, tx op.Tx, in AddVehicleIn) (op.Subject, error) {
		_, s, err := lockUnit(ctx, tx, in.Unit)
		if in.Party != 0 {
			s.Owner = partyKey(in.Party)
		}
		return s, err
	},
	Do: func(ctx context.Context, tx op.Tx, in AddVehicleIn) (VehicleID, error) {
		return TakeVehicle(ctx, tx, in.Unit, in.Party, in.VehicleFacts)
	},
})

// ChangeVehicleIn is a vehicle with its facts as they should be.
type ChangeVehicleIn struct {
	ID VehicleID
	VehicleFacts
}

// ChangeVehicle corrects or completes a vehicle.
var ChangeVehicle = op.Define("estate.change_vehicle", op.Spec[ChangeVehicleIn, VehicleID]{
	Clauses: []string{"A1", "D1"},
	Posts:   mayChange,
	Check:   func(in *ChangeVehicleIn, today cn.Date, f *errs.Fields) { in.Normalise("", today, f) },
	Subject: record.Subject(func(in ChangeVehicleIn) VehicleID { return in.ID }, lockVehicle),
	Do: func(ctx context.Context, tx op.Tx, in ChangeVehicleIn) (VehicleID, error) {
		v, _, err := lockVehicle(ctx, tx, in.ID)
		if err == nil {
			err = record.MustHold(v)
		}
		if err != nil {
			return 0, err
		}
		v.VehicleFacts = in.VehicleFacts
		if err := vehicleFits(ctx, tx, v); err != nil {
			return 0, err
		}
		return v.ID, tx.Update(ctx, v)
	},
})

// HandOverVehicleIn says that a vehicle is somebody else's now, or whose it is.
type HandOverVehicleIn struct {
	ID    VehicleID
	Party PartyID
	On    string `form:"on"`
	Why   string `form:"why"`
}

// HandOverVehicle gives a vehicle another holder from a day on: the period of the one before ends, a new one begins.
var HandOverVehicle = op.Define("estate.hand_over_vehicle", op.Spec[HandOverVehicleIn, VehicleID]{
	Clauses: []string{"C7", "D1"},
	Posts:   mayChange,
	Silent:  true,
	Check: func(in *HandOverVehicleIn, today cn.Date, f *errs.Fields) {
		in.On = record.ReadPast(in.On, "on", today, f)
		f.Check(in.Party != 0, "party", "error.required")
		record.CheckWhy(&in.Why, f)
	},
	Subject: record.Subject(func(in HandOverVehicleIn) VehicleID { return in.ID }, lockVehicle),
	Do: func(ctx context.Context, tx op.Tx, in HandOverVehicleIn) (VehicleID, error) {
		v, _, err := lockVehicle(ctx, tx, in.ID)
		if err == nil {
			err = record.MustHold(v)
		}
		if err == nil {
			_, err = partyOf(ctx, tx, v.Estate, in.Party)
		}
		if err != nil {
			return 0, err
		}
		day, err := record.DayGone(in.On, "on", v.ValidFrom, tx.Today())
		if err != nil {
			return 0, err
		}
		return PassVehicle(ctx, tx, v.ID, in.Party, day, in.Why)
	},
})

// EndVehicle takes a vehicle off the register: sold, moved away.
var EndVehicle = record.Ending("estate.end_vehicle", []string{"A1", "D1"}, mayChange, lockVehicle)

// RestoreVehicle takes such an ending back.
var RestoreVehicle = record.Restoring("estate.restore_vehicle", []string{"A1", "D1"}, mayChange, lockVehicle, vehicleFits)

// vehicleFits refuses a plate that is on the estate's register already, and a parking space that is none of the estate's.
func vehicleFits(ctx context.Context, tx op.Tx, v *Vehicle) error {
	var f errs.Fields
	where, err := plateAt(ctx, tx, v)
	if err != nil {
		return err
	}
	f.Check(where == "", "plate", "vehicle.error.taken", where)
	if v.Parking != 0 {
		space, _, err := lockUnit(ctx, tx, v.Parking)
		if err != nil {
			return err
		}
		f.Check(space.Estate == v.Estate && space.Kind == Parking, "parking", "vehicle.error.parking")
	}
	return f.Err()
}

// liveUnit locks a unit that is in force.
func liveUnit(ctx context.Context, tx op.Tx, id UnitID) (*Unit, error) {
	u, _, err := lockUnit(ctx, tx, id)
	if err == nil && !u.InForce() {
		err = errs.Rule("D7", "unit.error.ended", u.Code, u.ValidTo)
	}
	return u, err
}

var lockVehicle = record.By[Vehicle, VehicleID](kindVehicle)
