package imports

import (
	"context"
	"encoding/json"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// WriteIn is a piece of an import: its rows From to To, of the units or of the households. The rows come beside it.
type WriteIn struct {
	ID         ID
	Households bool
	From, To   int
	Plan       *roster.Plan `json:"-"`
	Pictured   map[int]bool `json:"-"` // households of the plan that pictures will be filed of: their volumes come with them
}

// WriteRows writes one piece of an import. It compares anew with what is registered: the desk has gone on since the dry run.
var WriteRows = op.Define("household.import_rows", op.Spec[WriteIn, Tally]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Subject: func(ctx context.Context, tx op.Tx, in WriteIn) (op.Subject, error) {
		_, s, err := lock(ctx, tx, in.ID)
		if err != nil {
			return s, err
		}
		e := &estate.Estate{} // nobody else makes units or households meanwhile
		e.ID = s.Estate
		return s, tx.Lock(ctx, e)
	},
	Do: func(ctx context.Context, tx op.Tx, in WriteIn) (Tally, error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = imp.must(Running)
		}
		if err != nil {
			return Tally{}, err
		}
		if done, err := hasOutcomes(ctx, tx, in); done || err != nil { // written before the job was stopped and begun anew
			return newTally(), err
		}
		w := writer{tx: tx, estate: imp.Estate, moves: imp.Moves, tally: newTally()}
		c := comparer{ctx: ctx, keys: tx, today: cn.DateOf(tx.Now().In(clock.China)), plan: in.Plan}
		if err := w.piece(ctx, c, in); err != nil {
			return Tally{}, err
		}
		imp.count(w.tally, imp.Moves)
		if err := tx.Update(ctx, imp); err != nil {
			return Tally{}, err
		}
		if err := keepOutcomes(ctx, tx, in, w.done); err != nil {
			return Tally{}, err
		}
		return w.tally, remember(ctx, tx, in.ID)
	},
})

// piece compares and writes the rows of an input.
func (w *writer) piece(ctx context.Context, c comparer, in WriteIn) (err error) {
	if in.Households {
		cases, err := c.householdCases(ctx, w.tx, w.estate, c.plan.Households[in.From:in.To])
		if err != nil {
			return err
		}
		if err := w.writeHouseholds(ctx, cases, in.ID); err != nil {
			return err
		}
		return w.volumes(ctx, in)
	}
	cases, err := c.unitCases(ctx, w.tx, w.estate, c.plan.Units[in.From:in.To])
	if err != nil {
		return err
	}
	return w.writeUnits(ctx, cases)
}

// volumes opens the files of the households that have pictures: what is received lies under a volume's key.
func (w *writer) volumes(ctx context.Context, in WriteIn) error {
	for i, o := range w.done {
		if !in.Pictured[in.From+i] || !o.ours() {
			continue
		}
		if _, err := household.EnsureFile(ctx, w.tx, household.ID(o.ID)); err != nil {
			return err
		}
	}
	return nil
}

// count adds what a piece did to the import.
func (i *Import) count(t Tally, moves Moves) {
	i.Units += int64(t.Units[New])
	i.Changed += int64(t.Units[Changed] + t.Households[Changed])
	i.Opened += int64(t.Households[New])
	if moves == MovesTransfer {
		i.Opened += int64(t.Households[Moved])
	}
	i.People += int64(t.People)
}

// FinishIn ends the writing of an import, or its taking back.
type FinishIn struct {
	ID     ID
	To     State
	Unread []roster.Unread
}

// Finish says that an import is written, or taken back.
var Finish = op.Define("household.finish_import", op.Spec[FinishIn, ID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Subject: record.Subject(func(in FinishIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in FinishIn) (ID, error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		plans.drop(in.ID) // nothing is read of it any more
		imp.State = in.To
		if len(in.Unread) > 0 {
			raw, err := json.Marshal(in.Unread)
			if err != nil {
				return 0, err
			}
			imp.Unread = string(raw)
		}
		if err := dropOutcomes(ctx, tx, in.ID); err != nil {
			return 0, err
		}
		if in.To == Undone {
			if err := dropPictures(ctx, tx, in.ID); err != nil {
				return 0, err
			}
		}
		return imp.ID, tx.Update(ctx, imp)
	},
})

// TakeBackIn is a piece of an import to be taken back: rows it wrote, the last first.
type TakeBackIn struct {
	ID   ID
	Rows int
}

// TakeBackRows deletes rows an import made and gives those it changed their old values again, as long as nobody has touched
// them since. What was there stays in the log (docs/decisions/0005).
var TakeBackRows = op.Define("household.take_back_rows", op.Spec[TakeBackIn, int64]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayUndo,
	Subject: record.Subject(func(in TakeBackIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in TakeBackIn) (int64, error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = imp.must(Undoing)
		}
		if err != nil {
			return 0, err
		}
		piece, rows, err := lastRows(ctx, tx, in.ID, in.Rows)
		if err != nil || len(rows) == 0 {
			return 0, err
		}
		for _, r := range rows {
			if !r.first {
				continue // an earlier version is taken back, and this with it
			}
			if err := tx.TakeBack(ctx, r.table, r.id, r.version); err != nil {
				return 0, err
			}
		}
		if err := dropRows(ctx, tx, in.ID, piece, rows[len(rows)-1].seq); err != nil {
			return 0, err
		}
		return rowsLeft(ctx, tx, in.ID)
	},
})
