package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddPersonIn is somebody who comes into a household.
type AddPersonIn struct {
	Household ID
	Since     string `form:"since"`
	PersonIn
}

// AddPerson takes somebody into a household, from a day (C7).
var AddPerson = op.Define("household.add_person", op.Spec[AddPersonIn, OccupancyID]{
	Clauses: []string{"A1", "C7"},
	Posts:   mayChange,
	Silent:  true,
	Check: func(in *AddPersonIn, today cn.Date, f *errs.Fields) {
		in.Since = record.ReadSince(in.Since, "since", today, f)
		in.normalise("", today, f)
	},
	Subject: record.Subject(func(in AddPersonIn) ID { return in.Household }, lock),
	Do: func(ctx context.Context, tx op.Tx, in AddPersonIn) (OccupancyID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		if err := partiesFit(ctx, tx, h.Estate, []PersonIn{in.PersonIn}); err != nil {
			return 0, err
		}
		n, err := tx.Select((*Occupancy)(nil)).Where("household = ?", h.ID).Count(ctx)
		if err != nil {
			return 0, err
		}
		var rows Filing
		o, err := rows.Person(ctx, tx, h, in.PersonIn, in.Since)
		if err != nil {
			return 0, err
		}
		o.Rank = int64(n) + 1
		if err := rows.Insert(ctx, tx); err != nil {
			return 0, err
		}
		if err := addNumbers(ctx, tx, []PersonIn{in.PersonIn}); err != nil || h.Head != 0 || !in.Part.Leads() {
			return o.ID, err
		}
		h.Head = o.Party
		return o.ID, tx.Update(ctx, h)
	},
})

// ChangePersonIn is somebody's part in a household as it should be.
type ChangePersonIn struct {
	ID       OccupancyID
	Part     Part    `form:"part"`
	Relation string  `form:"relation"`
	Share    Percent `form:"share"`
	Since    string  `form:"since"`
}

// ChangePerson corrects somebody's part in a household.
var ChangePerson = op.Define("household.change_person", op.Spec[ChangePersonIn, OccupancyID]{
	Clauses: []string{"C7"},
	Posts:   mayChange,
	Check: func(in *ChangePersonIn, today cn.Date, f *errs.Fields) {
		in.Since = record.ReadSince(in.Since, "since", today, f)
		in.Relation = strings.TrimSpace(in.Relation)
		f.Check(slices.Contains(Parts, in.Part), "part", "error.required")
		in.Share.check("share", f)
	},
	Subject: record.Subject(func(in ChangePersonIn) OccupancyID { return in.ID }, lockOccupancy),
	Allow: func(ctx context.Context, tx op.Tx, in ChangePersonIn, _ op.Subject) error {
		return mayChangePart(ctx, tx, in.ID)
	},
	Do: func(ctx context.Context, tx op.Tx, in ChangePersonIn) (OccupancyID, error) {
		o, _, err := lockOccupancy(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		o.Part, o.Relation, o.Share, o.Since = in.Part, in.Relation, int64(in.Share), in.Since
		if err := tx.Update(ctx, o); err != nil {
			return 0, err
		}
		return o.ID, newHead(ctx, tx, o.Household)
	},
})

// LeaveIn says that somebody is no longer of a household.
type LeaveIn struct {
	ID  OccupancyID
	On  string `form:"on"`
	Why string `form:"why"`
}

// Leave ends somebody's part in a household, on a day (C7).
var Leave = op.Define("household.leave", op.Spec[LeaveIn, OccupancyID]{
	Clauses: []string{"C7"},
	Posts:   mayChange,
	Check: func(in *LeaveIn, today cn.Date, f *errs.Fields) {
		in.On = record.ReadPast(in.On, "on", today, f)
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "household.error.why")
	},
	Subject: record.Subject(func(in LeaveIn) OccupancyID { return in.ID }, lockOccupancy),
	Allow: func(ctx context.Context, tx op.Tx, in LeaveIn, _ op.Subject) error {
		return mayChangePart(ctx, tx, in.ID)
	},
	Do: func(ctx context.Context, tx op.Tx, in LeaveIn) (OccupancyID, error) {
		o, _, err := lockOccupancy(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if !o.InForce() {
			return o.ID, nil
		}
		if o.Until, err = record.DayGone(in.On, "on", o.Since, tx.Today()); err != nil {
			return 0, err
		}
		o.Ended = in.Why
		if err := tx.Update(ctx, o); err != nil {
			return 0, err
		}
		return o.ID, newHead(ctx, tx, o.Household)
	},
})

// Return takes a leaving back.
var Return = op.Define("household.return", op.Spec[OccupancyID, OccupancyID]{
	Clauses: []string{"C7"},
	Posts:   mayChange,
	Subject: record.Self(lockOccupancy),
	Allow: func(ctx context.Context, tx op.Tx, id OccupancyID, _ op.Subject) error {
		return mayChangePart(ctx, tx, id)
	},
	Do: func(ctx context.Context, tx op.Tx, id OccupancyID) (OccupancyID, error) {
		o, _, err := lockOccupancy(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		o.Until, o.Ended = "", ""
		if err := tx.Update(ctx, o); err != nil {
			return 0, err
		}
		return o.ID, newHead(ctx, tx, o.Household)
	},
})

// mayChangePart refuses to change somebody's part in a household that is over.
func mayChangePart(ctx context.Context, tx op.Tx, id OccupancyID) error {
	o, _, err := lockOccupancy(ctx, tx, id)
	if err != nil {
		return err
	}
	h, _, err := lock(ctx, tx, o.Household)
	if err != nil {
		return err
	}
	return h.inForce()
}

var lockOccupancy = record.By[Occupancy, OccupancyID]("occupancy")

// newHead sets by whom a household is called, after its people changed.
func newHead(ctx context.Context, tx op.Tx, id ID) error {
	h, _, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if h.Head, err = headOf(ctx, tx, id); err != nil {
		return err
	}
	return tx.Update(ctx, h)
}
