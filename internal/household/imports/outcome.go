package imports

import (
	"context"
	"encoding/json"
	"fmt"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// outcomeOf is a case as it is remembered.
func outcomeOf(v Verdict, id int64, why *errs.Error, differs []Difference, others []unwritten) outcome {
	o := outcome{Verdict: v, ID: id, Differs: differs, Others: others}
	if why != nil {
		if o.Why, o.Args = why.Key, why.Args; len(why.Fields) > 0 {
			o.Why, o.Args = why.Fields[0].Key, why.Fields[0].Args
		}
	}
	return o
}

// outcomesKind names the outcomes of a piece among the parts of an import: they lie sealed until the lines are written.
func outcomesKind(households bool, from int) string {
	if households {
		return fmt.Sprintf("households:%d", from)
	}
	return fmt.Sprintf("units:%d", from)
}

func hasOutcomes(ctx context.Context, tx op.Tx, in WriteIn) (bool, error) {
	return hasPart(ctx, tx, in.ID, outcomesKind(in.Households, in.From))
}

func keepOutcomes(ctx context.Context, tx op.Tx, in WriteIn, done []outcome) error {
	raw, err := json.Marshal(done)
	if err != nil {
		return err
	}
	return seal(ctx, tx, in.ID, outcomesKind(in.Households, in.From), raw)
}

// written gives the outcomes of an import's pieces, each read once.
type written struct {
	ctx   context.Context
	q     db.Querier
	keys  *vault.Store
	id    ID
	known map[string][]outcome
	err   error
}

// of is the outcome of a unit or household by its place in the plan. What was never reached is held: it waits.
func (w *written) of(households bool, size, i int) outcome {
	kind := outcomesKind(households, i/size*size)
	piece, read := w.known[kind]
	if !read && w.err == nil {
		raw, err := open(w.ctx, w.q, w.keys, w.id, kind)
		if err == nil && raw != nil {
			err = json.Unmarshal(raw, &piece)
		}
		w.err = err
		w.known[kind] = piece
	}
	if n := i % size; n < len(piece) {
		return piece[n]
	}
	return outcome{Verdict: Held, Why: "import.error.unreached"}
}

// results are what the pieces of an import did.
func (w *written) results() results {
	return results{
		unit:      func(i int) outcome { return w.of(false, unitsAtOnce, i) },
		household: func(i int) outcome { return w.of(true, householdsAtOnce, i) },
	}
}
