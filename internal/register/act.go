package register

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// ActDef declares an act that completes a record, as handing a found thing out does: it fills in facts that are empty until then.
type ActDef[T any, G comparable] struct {
	Verb, UndoVerb   string // hand_out and take_back: the operations are desk.hand_out_found_item …, an address ends in the verb
	Label, UndoLabel string // catalogue keys
	MayDo            []access.Post
	Fields           record.Fields[G]
	Of               func(*T) *G
	Check            func(row *T, facts G, f *errs.Fields) // of the facts against the record; nil where there is nothing more to check
}

// Act is a declared act with its operations.
type Act[T any, G comparable, ID ~int64] struct {
	ActDef[T, G]
	Do   *op.Op[ChangeIn[ID, G], ID]
	Undo *op.Op[ID, ID]
}

// DefineAct makes an act of a register.
func DefineAct[T, F any, G comparable, ID ~int64, P Row[T, F, ID]](r *Register[T, F, ID, P], d ActDef[T, G]) *Act[T, G, ID] {
	a := &Act[T, G, ID]{ActDef: d}
	a.Do = changing(r, d.Verb, d.MayDo, d.Fields, func(row P, facts G) error {
		if a.Done(row) {
			return errs.E(errs.Blocked, "register.error.done")
		}
		var f errs.Fields
		if d.Check != nil {
			d.Check(row, facts, &f)
		}
		*d.Of(row) = facts
		return f.Err()
	})
	a.Undo = op.Define(r.opName(d.UndoVerb), op.Spec[ID, ID]{
		Clauses: r.Clauses,
		Posts:   d.MayDo,
		Subject: record.Self(r.lock),
		Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
			return r.change(ctx, tx, id, func(row P) error {
				var none G
				*d.Of(row) = none
				return nil
			})
		},
	})
	return a
}

// Ops are the operations of the act.
func (a *Act[T, G, ID]) Ops() []op.Any { return []op.Any{a.Do, a.Undo} }

// Done reports whether the act was carried out on a record.
func (a *Act[T, G, ID]) Done(row *T) bool {
	var none G
	return *a.Of(row) != none
}
