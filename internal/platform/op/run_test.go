package op_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

func clerk(t *testing.T) context.Context { return optest.As(t.Context(), 7, 1, access.Assistant) }

func TestRun_WritesRowLeafAndHistory(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		added, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "first"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "second"}, op.Seen(1), op.Reason("typing error")); err != nil {
			t.Fatal(err)
		}
		row := &toy.Note{}
		row.ID = added.Out
		if err := d.DB.Read().Select(row).WherePK().Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		if row.Text != "second" || row.Version != 2 {
			t.Errorf("row = %q version %d", row.Text, row.Version)
		}
		changes, err := d.Log.History(t.Context(), d.DB.Read(), "toy_note", int64(row.ID), row.Owner())
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) != 2 || changes[0].Reason != "typing error" || len(changes[0].Columns) != 1 ||
			changes[0].Columns[0] != (evidence.Column{Name: "text", Old: "first", New: "second"}) || changes[0].Leaf.Actor != 7 {
			t.Errorf("history = %+v", changes)
		}
	})
}

func TestRun_UnchangedRowLeavesNoVersion(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		added, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "same"})
		if err != nil {
			t.Fatal(err)
		}
		again, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "same"})
		if err != nil || len(again.Changes) != 0 {
			t.Errorf("changes = %v, %v; want none", again.Changes, err)
		}
	})
}

func TestRun_SameTokenActsOnce(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		token := op.Token([]byte("form 1"))
		first, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "once"}, token)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				again, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "once"}, token)
				if err != nil || !again.Replayed || again.Out != first.Out || again.Leaf != first.Leaf {
					t.Errorf("repeat = %+v, %v; want the first answer", again, err)
				}
			})
		}
		wg.Wait()
		if _, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "other"}, token); !errs.Is(err, errs.Conflict) {
			t.Errorf("same token, other input: %v, want a conflict", err)
		}
		other := optest.As(t.Context(), 8, 1, access.Assistant)
		if _, err := op.Run(other, d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "once"}, token); !errs.Is(err, errs.Conflict) {
			t.Errorf("same token, other person: %v, want a conflict", err)
		}
		if n := optest.Leaves(t, d, 1); n != 1 {
			t.Errorf("%d leaves, want 1", n)
		}
	})
}

func TestRun_RefusalsLeaveLeavesAndFieldErrorsNone(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		added, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "first"})
		if err != nil {
			t.Fatal(err)
		}
		auditor := optest.As(t.Context(), 9, 1, access.Auditor)
		stranger := optest.As(t.Context(), 10, 2, access.Assistant)
		dual := access.With(t.Context(), access.Actor{Account: 11, Grants: []access.Grant{{Post: access.Auditor, Estate: 1}, {Post: access.Assistant, Estate: 2}}})
		for _, c := range []struct {
			name string
			run  func() error
			kind errs.Kind
			log  access.EstateID
			leaf int64
		}{
			{"no such post", func() error {
				_, err := op.Run(auditor, d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "x"})
				return err
			}, errs.Forbidden, 0, 1},
			{"other estate", func() error {
				_, err := op.Run(stranger, d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "x"})
				return err
			}, errs.NotFound, 1, 1},
			{"post in another estate", func() error {
				_, err := op.Run(dual, d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "x"})
				return err
			}, errs.Forbidden, 1, 1},
			{"rule", func() error {
				_, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "forbidden"})
				return err
			}, errs.Blocked, 1, 1},
			{"field", func() error {
				_, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: ""})
				return err
			}, errs.Invalid, 1, 0},
			{"stale", func() error {
				_, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out, Text: "x"}, op.Seen(9))
				return err
			}, errs.Conflict, 1, 0},
			{"unknown", func() error {
				_, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: added.Out + 1, Text: "x"})
				return err
			}, errs.NotFound, 1, 0},
			{"panic", func() error {
				_, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "panic"})
				return err
			}, errs.Internal, 1, 0},
		} {
			before := optest.Leaves(t, d, c.log)
			if err := c.run(); !errs.Is(err, c.kind) {
				t.Errorf("%s: %v, want %s", c.name, err, c.kind)
			}
			if got := optest.Leaves(t, d, c.log) - before; got != c.leaf {
				t.Errorf("%s: %d leaves, want %d", c.name, got, c.leaf)
			}
		}
	})
}

func TestRun_DryRunChangesNothing(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		res, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "maybe"}, op.Dry())
		if err != nil || len(res.Changes) != 1 {
			t.Errorf("dry run = %+v, %v", res, err)
		}
		if n := optest.Leaves(t, d, 1); n != 0 {
			t.Errorf("%d leaves after a dry run", n)
		}
	})
}

func TestRun_NestedIsRefused(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		err := d.DB.Write(t.Context(), func(ctx context.Context, _ *db.Session) error {
			_, err := op.Run(optest.As(ctx, 7, 1, access.Assistant), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "inner"})
			return err
		})
		if err == nil {
			t.Error("an operation ran inside a write")
		}
	})
}

// K5 in small: many clients at once, some failing at every step; what was acknowledged is there, once.
func TestRun_ManyClientsWithFailuresAtEveryStep(t *testing.T) {
	optest.Each(t, optest.Toy, func(t *testing.T, d *op.Door) {
		boom := errors.New("boom")
		var mu sync.Mutex
		n := 0
		d.OnStep(func(step op.Step, _ string) error {
			mu.Lock()
			defer mu.Unlock()
			if n++; n%17 == 0 && step != op.Committed {
				return fmt.Errorf("at %s: %w", step, boom)
			}
			return nil
		})
		acknowledged := map[toy.NoteID]bool{}
		var wg sync.WaitGroup
		for client := range 16 {
			wg.Go(func() {
				for i := range 20 {
					res, err := op.Run(clerk(t), d, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: fmt.Sprintf("%d/%d", client, i)}, op.Token(fmt.Appendf(nil, "%d/%d", client, i)))
					if err != nil && !errors.Is(err, boom) {
						t.Errorf("unexpected: %v", err)
					}
					if err == nil {
						mu.Lock()
						acknowledged[res.Out] = true
						mu.Unlock()
					}
				}
			})
		}
		wg.Wait()
		d.OnStep(nil)
		found := 0
		err := db.Rows(t.Context(), d.DB.Read(), func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			if found++; !acknowledged[toy.NoteID(id)] {
				t.Errorf("row %d was never acknowledged", id)
			}
			return err
		}, `SELECT id FROM toy_note`)
		if err != nil || found != len(acknowledged) || found == 0 {
			t.Errorf("%d rows, %d acknowledged, %v", found, len(acknowledged), err)
		}
	})
}

func TestRun_UnlistedOperationIsRefused(t *testing.T) {
	w := optest.Toy
	w.Ops = []op.Any{toy.AddNote}
	optest.Each(t, w, func(t *testing.T, d *op.Door) {
		if _, err := op.Run(clerk(t), d, toy.ChangeNote, toy.ChangeNoteIn{ID: 1, Text: "x"}); err == nil {
			t.Error("an unlisted operation ran")
		}
	})
}
