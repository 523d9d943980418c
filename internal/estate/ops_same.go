package estate

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// LinkSamePersonIn says that a party is also a party of another estate.
type LinkSamePersonIn struct {
	ID    PartyID
	Other PartyID
	Why   string `form:"why"`
}

// LinkSamePerson links two parties of different estates as one person. Who does it may change people in both; numbers that
// contradict each other refuse it.
var LinkSamePerson = op.Define("estate.link_same_person", op.Spec[LinkSamePersonIn, SamePersonID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayChange,
	Check: func(in *LinkSamePersonIn, _ cn.Date, f *errs.Fields) {
		if in.Other < in.ID {
			in.ID, in.Other = in.Other, in.ID // ids grow: the first registered has the row
		}
		f.Check(in.ID != 0 && in.ID != in.Other, "other", "party.error.into")
		record.CheckWhy(&in.Why, f)
	},
	Subject: record.Subject(func(in LinkSamePersonIn) PartyID { return in.ID }, lockParty),
	Allow: func(ctx context.Context, tx op.Tx, in LinkSamePersonIn, _ op.Subject) error {
		return mayBoth(ctx, tx, in.Other)
	},
	Do: func(ctx context.Context, tx op.Tx, in LinkSamePersonIn) (SamePersonID, error) {
		p, err := liveParty(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		other, err := liveParty(ctx, tx, in.Other)
		if err != nil {
			return 0, err
		}
		known, err := linksOf(ctx, tx, p.ID)
		if err != nil {
			return 0, err
		}
		var f errs.Fields
		f.Check(other.Estate != p.Estate, "other", "party.same.error.estate")
		for _, s := range known {
			f.Check(!s.InForce() || s.Other != other.ID, "other", "party.same.error.have")
		}
		if err := f.Err(); err != nil {
			return 0, err
		}
		if err := samePerson(ctx, tx, p.ID, other.ID); err != nil {
			return 0, err
		}
		s := &SamePerson{Party: p.ID, Other: other.ID, Linked: tx.Today().String(), Why: in.Why}
		s.ID, s.Estate = SamePersonID(tx.NewID()), p.Estate
		return s.ID, tx.Insert(ctx, s)
	},
})

// UnlinkSamePersonIn takes a link back.
type UnlinkSamePersonIn struct {
	ID  SamePersonID
	Why string `form:"why"`
}

// UnlinkSamePerson says that two parties were taken for one and are not. The link stays in both histories.
var UnlinkSamePerson = op.Define("estate.unlink_same_person", op.Spec[UnlinkSamePersonIn, SamePersonID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayChange,
	Check:   func(in *UnlinkSamePersonIn, _ cn.Date, f *errs.Fields) { record.CheckWhy(&in.Why, f) },
	Subject: record.Subject(func(in UnlinkSamePersonIn) SamePersonID { return in.ID }, lockSame),
	Allow: func(ctx context.Context, tx op.Tx, in UnlinkSamePersonIn, _ op.Subject) error {
		s, _, err := lockSame(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		return mayBoth(ctx, tx, s.Other)
	},
	Do: func(ctx context.Context, tx op.Tx, in UnlinkSamePersonIn) (SamePersonID, error) {
		s, _, err := lockSame(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if !s.InForce() {
			return 0, errs.E(errs.Blocked, "period.error.ended")
		}
		s.ValidTo, s.Ended = tx.Today().String(), in.Why
		return s.ID, tx.Update(ctx, s)
	},
})

// mayBoth hides the other estate's party from who may not change people there.
func mayBoth(ctx context.Context, tx op.Tx, other PartyID) error {
	_, err := FindParty(ctx, tx, tx.Actor().Scope(mayChange, access.Company), other)
	return err
}

var lockSame = record.By[SamePerson, SamePersonID](kindSame)
