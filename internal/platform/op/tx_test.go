package op_test

import (
	"context"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// trial is an operation whose body the test gives: for what the toy room does right.
var trial = op.Define("toy.trial", op.Spec[string, int64]{
	NoClause: "a test",
	Posts:    toy.Clerks,
	Subject: func(context.Context, op.Tx, string) (op.Subject, error) {
		return op.Subject{Kind: "estate", ID: 1, Estate: 1}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, _ string) (int64, error) {
		return 0, ctx.Value(bodyKey{}).(func(context.Context, op.Tx) error)(ctx, tx)
	},
})

type bodyKey struct{}

// try runs a body on a note that stands there at version 1.
func try(t *testing.T, body func(ctx context.Context, tx op.Tx, id toy.NoteID) error, check func(d *op.Door, id toy.NoteID, err error)) {
	w := optest.Toy
	w.Ops = append(w.Ops[:len(w.Ops):len(w.Ops)], trial)
	optest.Each(t, w, func(t *testing.T, d *op.Door) {
		added, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "first", Scan: []byte{1, 2}})
		if err != nil {
			t.Fatal(err)
		}
		ctx := context.WithValue(clerk(t), bodyKey{}, func(ctx context.Context, tx op.Tx) error { return body(ctx, tx, added.Out) })
		_, err = op.Run(ctx, d, trial, "x")
		check(d, added.Out, err)
	})
}

func lock(ctx context.Context, t *testing.T, tx op.Tx, id toy.NoteID) *toy.Note {
	t.Helper()
	row := &toy.Note{}
	row.ID = id
	if err := tx.Lock(ctx, row); err != nil {
		t.Error(err)
	}
	return row
}

func stored(t *testing.T, d *op.Door, id toy.NoteID) (*toy.Note, error) {
	t.Helper()
	row := &toy.Note{}
	row.ID = id
	err := d.DB.Read().Select(row).WherePK().Scan(t.Context())
	return row, err
}

// Two copies of one row: writing back the older would undo the newer in silence, and the log would tell of a row that
// is not there.
func TestUpdate_OfAStaleCopyIsRefused(t *testing.T) {
	try(t, func(ctx context.Context, tx op.Tx, id toy.NoteID) error {
		one, two := lock(ctx, t, tx, id), lock(ctx, t, tx, id)
		one.Text = "by the one"
		if err := tx.Update(ctx, one); err != nil {
			return err
		}
		two.Text = "by the other"
		return tx.Update(ctx, two)
	}, func(d *op.Door, id toy.NoteID, err error) {
		if row, _ := stored(t, d, id); err == nil || row.Text != "first" {
			t.Errorf("Run = %v, the note says %q", err, row.Text)
		}
	})
}

func TestLock_SeesWhatThisOperationWrote(t *testing.T) {
	try(t, func(ctx context.Context, tx op.Tx, id toy.NoteID) error {
		row := lock(ctx, t, tx, id)
		row.Text, row.Done, row.Holder, row.Scan = "second", true, 5, nil
		if err := tx.Update(ctx, row); err != nil {
			return err
		}
		row.Scan = []byte{9} // not written: nobody else may see it
		again := lock(ctx, t, tx, id)
		if again.Text != "second" || !again.Done || again.Holder != 5 || again.Scan != nil || again.Version != 2 {
			t.Errorf("locked again: %+v", again)
		}
		again.Text = "third"
		return tx.Update(ctx, again)
	}, func(d *op.Door, id toy.NoteID, err error) {
		row, scanErr := stored(t, d, id)
		if err != nil || scanErr != nil || row.Text != "third" || row.Version != 2 || !row.Done || row.Holder != 5 || len(row.Scan) != 0 {
			t.Errorf("Run = %v, stored %+v, %v", err, row, scanErr)
		}
	})
}

func TestTx_InsertedAndDeletedInOneOperation(t *testing.T) {
	try(t, func(ctx context.Context, tx op.Tx, id toy.NoteID) error {
		fresh := &toy.Note{Text: "short-lived"}
		fresh.ID, fresh.Estate = toy.NoteID(tx.NewID()), 1
		if err := tx.Insert(ctx, fresh); err != nil {
			return err
		}
		if err := tx.Delete(ctx, lock(ctx, t, tx, fresh.ID)); err != nil {
			return err
		}
		gone := &toy.Note{}
		gone.ID = fresh.ID
		if err := tx.Lock(ctx, gone); !errs.Is(err, errs.NotFound) {
			t.Errorf("a deleted row was locked: %v", err)
		}
		return tx.Delete(ctx, lock(ctx, t, tx, id))
	}, func(d *op.Door, id toy.NoteID, err error) {
		if _, gone := stored(t, d, id); err != nil || gone == nil {
			t.Errorf("Run = %v, the note is still there", err)
		}
	})
}

func TestTx_WritesOnlyWhatItLocked(t *testing.T) {
	try(t, func(ctx context.Context, tx op.Tx, id toy.NoteID) error {
		row := &toy.Note{Text: "blind"}
		row.ID, row.Estate, row.Version = id, 1, 1
		if err := tx.Update(ctx, row); err == nil {
			t.Error("a row was written that was not locked")
		}
		if err := tx.Insert(ctx, lock(ctx, t, tx, id)); err == nil {
			t.Error("a row was inserted twice")
		}
		other := &toy.Note{Text: "abroad"}
		other.ID, other.Estate = toy.NoteID(tx.NewID()), 2
		if err := tx.Insert(ctx, other); err == nil {
			t.Error("a row of another estate was written")
		}
		if _, err := tx.Exec(ctx, "toy_note", `DELETE FROM toy_note`); err == nil {
			t.Error("a plain statement reached an evidential table")
		}
		return nil
	}, func(d *op.Door, id toy.NoteID, err error) {
		if _, gone := stored(t, d, id); err != nil || gone != nil {
			t.Errorf("Run = %v, %v", err, gone)
		}
	})
}
