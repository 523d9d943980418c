package label

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// mayPrint are the posts that print labels: files and their keys are the service group's (D2). The reviewed table
// (test/rights) repeats it by hand.
var mayPrint = access.Desk

// MayPrint are the posts that print labels, each of the things it sees.
func MayPrint() []access.Post { return mayPrint }

// Print makes the operation by which a label of a thing is printed. It gives the thing its code when it has none: a thing
// from before its kind had codes gets it here.
func Print(things ref.Kinds) *op.Op[ref.Ref, string] {
	return op.Define("label.print_label", op.Spec[ref.Ref, string]{
		Clauses: []string{"D4", "E3"},
		Posts:   mayPrint,
		Subject: func(ctx context.Context, tx op.Tx, r ref.Ref) (op.Subject, error) {
			thing, err := labelled(ctx, tx, things, r)
			return op.Subject{Kind: r.Kind, ID: r.ID, Estate: thing.Estate}, err
		},
		Do: func(ctx context.Context, tx op.Tx, r ref.Ref) (string, error) {
			thing, err := labelled(ctx, tx, things, r)
			if err != nil {
				return "", err
			}
			return Assign(ctx, tx, thing.Estate, r)
		},
	})
}

func labelled(ctx context.Context, q db.Querier, things ref.Kinds, r ref.Ref) (ref.Thing, error) {
	if !things[r.Kind].Labelled {
		return ref.Thing{}, errs.E(errs.NotFound, "error.not_found")
	}
	return things.Find(ctx, q, r)
}

// Printing is the operation by which a form that carries its thing's code is printed: a card, a sheet, a directory. lock locks
// the thing by its id.
func Printing[ID, Row any](name string, posts []access.Post, lock func(context.Context, op.Tx, ID) (Row, op.Subject, error), clauses ...string) *op.Op[ID, string] {
	return op.Define(name, op.Spec[ID, string]{
		Clauses: clauses,
		Posts:   posts,
		Subject: func(ctx context.Context, tx op.Tx, id ID) (op.Subject, error) {
			_, s, err := lock(ctx, tx, id)
			return s, err
		},
		Do: func(ctx context.Context, tx op.Tx, id ID) (string, error) {
			_, s, err := lock(ctx, tx, id)
			if err != nil {
				return "", err
			}
			return Assign(ctx, tx, s.Estate, ref.Ref{Kind: s.Kind, ID: s.ID})
		},
	})
}
