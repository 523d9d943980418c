package archive

import (
	"context"
	"slices"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// itemOp is an operation on one item that is in force.
func itemOp[In any](name string, spec op.Spec[In, ItemID], id func(In) ItemID, do func(ctx context.Context, tx op.Tx, i *Item, in In) error) *op.Op[In, ItemID] {
	spec.Subject = func(ctx context.Context, tx op.Tx, in In) (op.Subject, error) {
		_, s, err := lockItem(ctx, tx, id(in))
		return s, err
	}
	spec.Do = func(ctx context.Context, tx op.Tx, in In) (ItemID, error) {
		i, err := lockInForce(ctx, tx, id(in))
		if err != nil {
			return 0, err
		}
		if err := do(ctx, tx, i, in); err != nil {
			return 0, err
		}
		return i.ID, tx.Update(ctx, i)
	}
	return op.Define(name, spec)
}

// CorrectItemIn is an item with its facts as they should be.
type CorrectItemIn struct {
	ID ItemID
	ItemFacts
}

// CorrectItem corrects or completes what is said of an item.
var CorrectItem = itemOp("archive.correct_item", op.Spec[CorrectItemIn, ItemID]{
	Clauses: []string{"C3", "E3"},
	Posts:   mayChange,
	Check:   func(in *CorrectItemIn, _ cn.Date, f *errs.Fields) { in.check("", f) },
}, func(in CorrectItemIn) ItemID { return in.ID }, func(ctx context.Context, tx op.Tx, i *Item, in CorrectItemIn) error {
	if in.Original != i.Original {
		i.Verified, i.VerifiedBy = "", 0 // what was compared was another paper
	}
	return in.apply(ctx, tx, i)
})

// SetOriginalIn says whether an item is the original.
type SetOriginalIn struct {
	ID       ItemID
	Original Original `form:"original"`
}

// SetOriginal says that an item is an original or a copy, and nothing else (E2).
var SetOriginal = itemOp("archive.set_original", op.Spec[SetOriginalIn, ItemID]{
	Clauses: []string{"E2"},
	Posts:   mayChange,
	Check: func(in *SetOriginalIn, _ cn.Date, f *errs.Fields) {
		f.Check(slices.Contains(Originals, in.Original), "original", "error.required")
	},
}, func(in SetOriginalIn) ItemID { return in.ID }, func(_ context.Context, _ op.Tx, i *Item, in SetOriginalIn) error {
	if in.Original != i.Original {
		i.Verified, i.VerifiedBy = "", 0
	}
	i.Original = in.Original
	return nil
})

// VerifyItem notes that somebody has compared a copy with its original (与原件核对一致): the original of an identity paper, a
// licence or a deed stays with its holder (E2).
var VerifyItem = itemOp("archive.verify_item", op.Spec[ItemID, ItemID]{
	Clauses: []string{"E2"},
	Posts:   mayChange,
}, func(id ItemID) ItemID { return id }, func(_ context.Context, tx op.Tx, i *Item, _ ItemID) error {
	if i.Original != IsCopy {
		return errs.Rule("E2", "archive.error.no_copy")
	}
	i.verify(tx)
	return nil
})

// verify notes who compared a copy with its original, and when. An original needs none.
func (i *Item) verify(tx op.Tx) {
	if i.Original == IsCopy {
		i.Verified, i.VerifiedBy = tx.Today().String(), tx.Actor().Account
	}
}

// MoveItemIn moves an item on.
type MoveItemIn struct {
	ID ItemID
	To Stage `form:"to"`
}

// MoveItem moves an item to its next stage (C3). A copy of what should be an original is moved on too; it stays marked.
var MoveItem = itemOp("archive.move_item", op.Spec[MoveItemIn, ItemID]{
	Clauses: []string{"C3", "E4"},
	Posts:   mayChange,
	Check: func(in *MoveItemIn, _ cn.Date, f *errs.Fields) {
		f.Check(slices.Contains(Stages, in.To), "to", "error.required")
	},
}, func(in MoveItemIn) ItemID { return in.ID }, func(_ context.Context, tx op.Tx, i *Item, in MoveItemIn) error {
	if i.Stage.Next() != in.To {
		return errs.Rule("C3", "archive.error.stage")
	}
	i.reach(in.To, tx.Now())
	return nil
})

// VoidItem takes an item out of its file: filed twice, or in the wrong volume. It stays, struck through.
var VoidItem = record.Voiding("archive.void_item", []string{"D4", "E15"}, mayVoid, lockItem)

// RestoreItem takes a voiding back.
var RestoreItem = record.Restoring("archive.restore_item", []string{"D4"}, mayVoid, lockItem, record.Always)

// voidInto voids an item whose pages went to another.
func (i *Item) voidInto(into *Item, tx op.Tx) {
	i.EndOn(tx.Today().String(), "→ "+ref.Text(into.ID))
}
