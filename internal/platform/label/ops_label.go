package label

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
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

// Path begins the addresses at which labels are printed: of one thing by its kind and id, of ticked rows by their kind.
const Path = "/label/"

// Most is how many labels one print has.
const Most = 500

// Ticked is the act by which a list prints the labels of its ticked rows, which are things of a kind.
func Ticked(kind string) []list.ActionDef {
	return []list.ActionDef{{Key: "labels", Label: "label.print_ticked", Icon: "print", Href: Path + kind, Primary: true, Posts: mayPrint}}
}

// Printed are the things of a kind whose labels one print has, in its order.
type Printed struct {
	Kind string
	IDs  []int64
}

// PrintAll makes the operation by which labels of several things of one estate are printed together.
func PrintAll(things ref.Kinds) *op.Op[Printed, []string] {
	return op.Define("label.print_labels", op.Spec[Printed, []string]{
		Clauses: []string{"D4", "E3"},
		Posts:   mayPrint,
		Subject: func(ctx context.Context, tx op.Tx, in Printed) (s op.Subject, err error) {
			if len(in.IDs) == 0 || len(in.IDs) > Most {
				return s, errs.E(errs.Invalid, "label.error.many", Most)
			}
			estates := map[access.EstateID]bool{}
			for _, id := range in.IDs {
				thing, err := labelled(ctx, tx, things, ref.Ref{Kind: in.Kind, ID: id})
				s = op.Subject{Kind: in.Kind, Estate: thing.Estate}
				if _, may := tx.Actor().Holding(thing.Estate, mayPrint); err != nil || !may {
					return s, err // the door refuses
				}
				estates[thing.Estate] = true
			}
			if len(estates) > 1 {
				return s, errs.E(errs.Invalid, "list.error.choose")
			}
			return s, nil
		},
		Do: func(ctx context.Context, tx op.Tx, in Printed) ([]string, error) {
			first, err := labelled(ctx, tx, things, ref.Ref{Kind: in.Kind, ID: in.IDs[0]})
			if err != nil {
				return nil, err
			}
			codes, err := assign(ctx, tx, first.Estate, in.Kind, in.IDs...)
			all := make([]string, len(in.IDs))
			for i, id := range in.IDs {
				all[i] = codes[id]
			}
			return all, err
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
