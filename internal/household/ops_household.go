package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// ChangeIn is a household with its facts as they should be.
type ChangeIn struct {
	ID    ID
	Kind  Kind   `form:"kind"`
	Stay  Stay   `form:"stay"`
	Since string `form:"since"`
}

// Change corrects what is known about a household.
var Change = op.Define("household.change", op.Spec[ChangeIn, ID]{
	Clauses: []string{"A1", "D8"},
	Posts:   mayChange,
	Check: func(in *ChangeIn, today cn.Date, f *errs.Fields) {
		in.Since = record.ReadSince(in.Since, "since", today, f)
		f.Check(slices.Contains(Kinds, in.Kind), "kind", "error.required")
		f.Check(in.Stay == "" || slices.Contains(Stays, in.Stay), "stay", "error.required")
	},
	Subject: record.Subject(func(in ChangeIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in ChangeIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		if in.Kind.Owns() && !h.Kind.Owns() {
			units, err := unitsOf(ctx, tx, h.ID)
			if err == nil {
				err = unitsFit(ctx, tx, h.Estate, in.Kind, units)
			}
			if err != nil {
				return 0, err
			}
		}
		h.Kind, h.Stay, h.Since = in.Kind, in.Stay, in.Since
		return h.ID, tx.Update(ctx, h)
	},
})

// Confirm says that a household's facts were gone through with its people and hold today (D8).
var Confirm = op.Define("household.confirm", op.Spec[ID, ID]{
	Clauses: []string{"D8"},
	Posts:   mayChange,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
		h, _, err := lock(ctx, tx, id)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		h.Checked = tx.Today().String()
		return h.ID, tx.Update(ctx, h)
	},
})

// UnconfirmIn takes a confirmation back.
type UnconfirmIn struct {
	ID  ID
	Was string // the day that stood there before, as the log tells; empty for none
}

// Unconfirm takes a confirmation of the same day back: the button was pressed for the wrong household (D8).
var Unconfirm = op.Define("household.unconfirm", op.Spec[UnconfirmIn, ID]{
	Clauses: []string{"D8"},
	Posts:   mayChange,
	Subject: record.Subject(func(in UnconfirmIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in UnconfirmIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		if h.Checked != tx.Today().String() || in.Was >= h.Checked {
			return 0, errs.E(errs.Blocked, "household.error.unconfirm")
		}
		h.Checked = in.Was
		return h.ID, tx.Update(ctx, h)
	},
})

// CloseIn ends a household.
type CloseIn struct {
	ID    ID
	On    string             `form:"on"`
	Why   string             `form:"why"`
	Stay  Stay               `form:"stay"`  // of tenants: what the unit is used for from then on; empty: nobody said
	Stays []estate.VehicleID `form:"stays"` // vehicles of its people that stay on the register
}

// Close ends a household: its people left, its unit was given back. The file and the unit's history stay (D1). What goes with its
// people ends with it: their vehicles, and of tenants the lease (退租).
var Close = op.Define("household.close", op.Spec[CloseIn, ID]{
	Clauses: []string{"A1", "D1"},
	Posts:   mayEnd,
	Check: func(in *CloseIn, today cn.Date, f *errs.Fields) {
		in.On = record.ReadPast(in.On, "on", today, f)
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "household.error.why")
		f.Check(in.Stay == "" || slices.Contains(Stays, in.Stay), "stay", "error.required")
	},
	Subject: record.Subject(func(in CloseIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in CloseIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		on, err := record.DayGone(in.On, "on", h.Since, tx.Today())
		if err != nil {
			return 0, err
		}
		gone, err := belongingsOf(ctx, tx, h)
		if err != nil {
			return 0, err
		}
		units, err := unitsOf(ctx, tx, h.ID)
		if err != nil {
			return 0, err
		}
		if err := moveOut(ctx, tx, gone, in.Stays, 0, on, in.Why); err != nil {
			return 0, err
		}
		if err := end(ctx, tx, h, on, in.Why); err != nil || h.Kind.Owns() {
			return h.ID, err
		}
		return h.ID, standsAs(ctx, tx, units, in.Stay)
	},
})

// end closes a household with its holdings; the parts its people played end with it and need no row of their own.
func end(ctx context.Context, tx op.Tx, h *Household, on, why string) error {
	h.Until, h.Ended = on, why
	if err := tx.Update(ctx, h); err != nil {
		return err
	}
	holdings, err := holdingsOf(ctx, tx, h.ID)
	if err != nil {
		return err
	}
	for _, held := range holdings {
		if held.Until != "" {
			continue
		}
		if err := tx.Lock(ctx, held); err != nil {
			return err
		}
		held.Until = on
		if err := tx.Update(ctx, held); err != nil {
			return err
		}
	}
	return nil
}

// Reopen takes the closing of a household back. A household whose unit somebody else owns by now stays closed.
var Reopen = op.Define("household.reopen", op.Spec[ID, ID]{
	Clauses: []string{"A1"},
	Posts:   mayEnd,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
		h, _, err := lock(ctx, tx, id)
		if err != nil || h.InForce() {
			return id, err
		}
		gone, err := belongingsOf(ctx, tx, h)
		if err != nil {
			return 0, err
		}
		holdings, err := holdingsOf(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		for _, held := range holdings {
			if held.Until != h.Until {
				continue // given up before the end
			}
			owned, err := ownerOf(ctx, tx, held.Unit)
			if err != nil {
				return 0, err
			}
			if owned != 0 && h.Kind.Owns() {
				return 0, errs.E(errs.Blocked, "household.error.reopen")
			}
			if err := tx.Lock(ctx, held); err != nil {
				return 0, err
			}
			held.Until = ""
			if err := tx.Update(ctx, held); err != nil {
				return 0, err
			}
		}
		if err := moveBack(ctx, tx, h, gone); err != nil {
			return 0, err
		}
		h.Until, h.Ended, h.Next = "", "", 0
		return id, tx.Update(ctx, h)
	},
})

// TransferIn is a sale, an inheritance or another change of hands: whom the units go to.
type TransferIn struct {
	ID    ID
	On    string             `form:"on"`
	Why   string             `form:"why"`
	Stays []estate.VehicleID `form:"stays"` // vehicles of those who leave that are the new owner's now; the others leave with them
	OpenIn
}

// Transfer closes the household that owned units and opens the next one's, in one step; both files point at each other
// through the unit, whose history goes on (D1, D8).
var Transfer = op.Define("household.transfer", op.Spec[TransferIn, ID]{
	Clauses: []string{"A1", "D1", "D8"},
	Posts:   mayEnd,
	Silent:  true,
	Check: func(in *TransferIn, today cn.Date, f *errs.Fields) {
		in.On = record.ReadPast(in.On, "on", today, f)
		in.OpenIn.normalise(today, f)
		in.led(f) // of the kind that was said; Do looks again, at the kind it is
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "household.error.why")
	},
	Subject: record.Subject(func(in TransferIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in TransferIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		on, err := record.DayGone(in.On, "on", h.Since, tx.Today())
		if err != nil {
			return 0, err
		}
		if in.Units, err = unitsOf(ctx, tx, h.ID); err != nil {
			return 0, err
		}
		next := in.OpenIn
		next.Estate, next.Kind, next.Since = h.Estate, h.Kind, on
		var f errs.Fields
		next.led(&f)
		if err := f.Err(); err != nil {
			return 0, err
		}
		gone, err := belongingsOf(ctx, tx, h)
		if err != nil {
			return 0, err
		}
		id, err := Succeed(ctx, tx, h, on, in.Why, next)
		if err != nil {
			return 0, err
		}
		heirs, err := Details(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		gone.leases = nil // who rents goes on renting: a sale does not break a lease (Civil Code 725)
		gone.vehicles = slices.DeleteFunc(gone.vehicles, func(v *estate.Vehicle) bool {
			return slices.ContainsFunc(heirs[id].People, func(p Person) bool { return p.Party == v.Party || p.Whom == v.Party })
		})
		heir, _, err := lock(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		return id, moveOut(ctx, tx, gone, in.Stays, heir.Head, on, in.Why)
	},
})

// Succeed ends a household that the operation has locked and opens the next one's in its units.
func Succeed(ctx context.Context, tx op.Tx, h *Household, on, why string, next OpenIn) (ID, error) {
	if err := end(ctx, tx, h, on, why); err != nil {
		return 0, err
	}
	id, err := file(ctx, tx, next)
	if err != nil {
		return 0, err
	}
	h.Next = id
	return id, tx.Update(ctx, h)
}

// HoldIn is a unit that comes to a household.
type HoldIn struct {
	Household ID
	Unit      estate.UnitID `form:"unit"`
	Since     string        `form:"since"`
}

// Hold gives a household one more unit.
var Hold = op.Define("household.hold", op.Spec[HoldIn, HoldingID]{
	Clauses: []string{"A1"},
	Posts:   mayChange,
	Check: func(in *HoldIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Unit != 0, "unit", "error.required")
		in.Since = record.ReadSince(in.Since, "since", today, f)
	},
	Subject: record.Subject(func(in HoldIn) ID { return in.Household }, lock),
	Do: func(ctx context.Context, tx op.Tx, in HoldIn) (HoldingID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err == nil {
			err = h.inForce()
		}
		if err == nil {
			err = unitsFit(ctx, tx, h.Estate, h.Kind, []estate.UnitID{in.Unit})
		}
		if err != nil {
			return 0, err
		}
		held := &Holding{Household: h.ID, Unit: in.Unit, Since: in.Since}
		held.ID, held.Estate = HoldingID(tx.NewID()), h.Estate
		return held.ID, tx.Insert(ctx, held)
	},
})

// GiveUpIn is a unit a household no longer has.
type GiveUpIn struct {
	ID HoldingID
	On string `form:"on"`
}

// GiveUp ends a household's holding of one unit; its last one goes by Close or Transfer.
var GiveUp = op.Define("household.give_up", op.Spec[GiveUpIn, HoldingID]{
	Clauses: []string{"A1"},
	Posts:   mayEnd,
	Check:   func(in *GiveUpIn, today cn.Date, f *errs.Fields) { in.On = record.ReadPast(in.On, "on", today, f) },
	Subject: record.Subject(func(in GiveUpIn) HoldingID { return in.ID }, lockHolding),
	Do: func(ctx context.Context, tx op.Tx, in GiveUpIn) (HoldingID, error) {
		held, _, err := lockHolding(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		units, err := unitsOf(ctx, tx, held.Household)
		if err != nil {
			return 0, err
		}
		if held.Until != "" {
			return held.ID, nil // given up before: the day stays
		}
		if len(units) < 2 {
			return 0, errs.E(errs.Blocked, "household.error.last_unit")
		}
		if held.Until, err = record.DayGone(in.On, "on", held.Since, tx.Today()); err != nil {
			return 0, err
		}
		if err := tx.Update(ctx, held); err != nil {
			return 0, err
		}
		return held.ID, newFirst(ctx, tx, held.Household)
	},
})

// newFirst sets where lists put a household, after its units changed.
func newFirst(ctx context.Context, tx op.Tx, id ID) error {
	h, _, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	units, err := unitsOf(ctx, tx, id)
	if err != nil || len(units) == 0 {
		return err
	}
	h.First = units[0]
	return tx.Update(ctx, h)
}

var lockHolding = record.By[Holding, HoldingID]("holding")
