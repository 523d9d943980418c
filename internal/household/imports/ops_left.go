package imports

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// insertLeft keeps what some rows leave to be done: for whoever carries the import out, until a day.
func insertLeft(ctx context.Context, tx op.Tx, imp *Import, all []left) error {
	if len(all) == 0 || imp.State != Running {
		return nil // what is taken back leaves nothing
	}
	today := tx.Today().String()
	days, err := LeftDays.At(ctx, tx, imp.Estate, today)
	if err != nil {
		return err
	}
	due := clock.Date(tx.Now().AddDate(0, 0, int(days)))
	rows := make([]evidence.Record, len(all))
	for i := range all {
		l := &all[i].Left
		l.ID, l.Estate = LeftID(tx.NewID()), imp.Estate
		if l.Picture != "" {
			if err := keepPicture(ctx, tx, &all[i]); err != nil {
				return err
			}
		}
		l.Given, l.Due, l.Made = tx.Actor().Account, due, tx.Now().UnixMicro()
		if l.Value, err = masked.Seal(ctx, tx, l, leftValue, masked.Fact{Clear: all[i].clear, Mask: l.Value.Mask}); err != nil {
			return err
		}
		rows[i] = l
	}
	return tx.Insert(ctx, rows...)
}

// LeftValue is what a cell of the roster says that something was left over of.
var LeftValue = masked.Define(masked.Field{
	Name: "household.reveal_import_left", Posts: mayImport, Column: leftValue,
	Load: func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, masked.Value, error) {
		l, _, err := lockLeft(ctx, tx, LeftID(id))
		return l, l.Value, err
	},
})

// SettleLeftIn says how something left over was settled.
type SettleLeftIn struct {
	ID      LeftID
	State   LeftState `form:"state"`
	Outcome string    `form:"outcome"`
}

// SettleLeft ends the waiting of something an import left over.
var SettleLeft = op.Define("household.settle_import_left", op.Spec[SettleLeftIn, LeftID]{
	Clauses: []string{"D7"},
	Posts:   mayImport,
	Check: func(in *SettleLeftIn, _ cn.Date, f *errs.Fields) {
		in.Outcome = strings.TrimSpace(in.Outcome)
		f.Check(in.State == LeftMended || in.State == LeftDropped, "state", "error.required")
		f.Check(in.State != LeftDropped || in.Outcome != "", "outcome", "left.error.why")
		f.Within("outcome", in.Outcome, 500)
	},
	Subject: record.Subject(func(in SettleLeftIn) LeftID { return in.ID }, lockLeft),
	Do: func(ctx context.Context, tx op.Tx, in SettleLeftIn) (LeftID, error) {
		l, _, err := lockLeft(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if l.State != LeftOpen {
			return 0, errs.E(errs.Blocked, "left.error.over")
		}
		l.State, l.Outcome, l.Settled, l.SettledBy = in.State, in.Outcome, tx.Now().UnixMicro(), tx.Actor().Account
		return l.ID, tx.Update(ctx, l)
	},
})

// ReopenLeft takes a settlement back.
var ReopenLeft = op.Define("household.reopen_import_left", op.Spec[LeftID, LeftID]{
	Clauses: []string{"D7"},
	Posts:   mayImport,
	Subject: record.Self(lockLeft),
	Do: func(ctx context.Context, tx op.Tx, id LeftID) (LeftID, error) {
		l, _, err := lockLeft(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		l.State, l.Settled, l.SettledBy = LeftOpen, 0, 0
		return id, tx.Update(ctx, l)
	},
})

// GiveLeftIn gives something left over to a person until a day; With is what else is given alike.
type GiveLeftIn struct {
	ID    LeftID
	With  []LeftID
	Given int64  `form:"given"`
	Due   string `form:"due"`
}

// leftAtOnce is how many are given in one operation.
const leftAtOnce = 400

// GiveLeft gives what an import left over to a person until a day.
var GiveLeft = op.Define("household.give_import_left", op.Spec[GiveLeftIn, int]{
	Clauses: []string{"D7"},
	Posts:   mayImport,
	Check: func(in *GiveLeftIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.Given != 0, "given", "error.required")
		f.Check(in.Due != "", "due", "error.required")
	},
	Subject: record.Subject(func(in GiveLeftIn) LeftID { return in.ID }, lockLeft),
	Do: func(ctx context.Context, tx op.Tx, in GiveLeftIn) (int, error) {
		given := 0
		for _, id := range append([]LeftID{in.ID}, in.With...) {
			l, _, err := lockLeft(ctx, tx, id)
			if err != nil {
				return 0, err
			}
			if l.State != LeftOpen {
				continue
			}
			l.Given, l.Due = in.Given, in.Due
			if err := tx.Update(ctx, l); err != nil {
				return 0, err
			}
			given++
		}
		return given, nil
	},
})

var lockLeft = record.By[Left, LeftID](kindLeft)

// mayAll are who are told of what others leave undone.
var mayAll = []access.Post{access.Manager}
