package toy

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// AddNoteIn is a new note. The text "panic" makes the operation panic.
type AddNoteIn struct {
	Estate access.EstateID
	Text   string
	Holder int64
	Scan   []byte
}

// AddNote writes a note.
var AddNote = op.Define("toy.add_note", op.Spec[AddNoteIn, NoteID]{
	NoClause: "a test",
	Posts:    Clerks,
	Check: func(in *AddNoteIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.Text != "", "text", "error.required")
	},
	Subject: func(_ context.Context, _ op.Tx, in AddNoteIn) (op.Subject, error) {
		return op.Subject{Kind: "estate", ID: int64(in.Estate), Estate: in.Estate}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in AddNoteIn) (NoteID, error) {
		row := &Note{Text: in.Text, Holder: in.Holder, Scan: in.Scan}
		row.ID, row.Estate = NoteID(tx.NewID()), in.Estate
		if in.Text == "panic" {
			panic("as asked")
		}
		return row.ID, tx.Insert(ctx, row)
	},
})

// ChangeNoteIn is a note's new text. The text "forbidden" is refused by a rule.
type ChangeNoteIn struct {
	ID   NoteID
	Text string
	Done bool
}

// ChangeNote writes a note's text anew.
var ChangeNote = op.Define("toy.change_note", op.Spec[ChangeNoteIn, int64]{
	NoClause: "a test",
	Posts:    Clerks,
	Subject: func(ctx context.Context, tx op.Tx, in ChangeNoteIn) (op.Subject, error) {
		return lockNote(ctx, tx, in.ID, &Note{})
	},
	Allow: func(_ context.Context, _ op.Tx, in ChangeNoteIn, _ op.Subject) error {
		if in.Text == "forbidden" {
			return errs.Rule("D5", "error.toy_rule")
		}
		return nil
	},
	Do: func(ctx context.Context, tx op.Tx, in ChangeNoteIn) (int64, error) {
		row := &Note{}
		if _, err := lockNote(ctx, tx, in.ID, row); err != nil {
			return 0, err
		}
		row.Text, row.Done = in.Text, in.Done
		return row.Version, tx.Update(ctx, row)
	},
})

// DropNote deletes a note.
var DropNote = op.Define("toy.drop_note", op.Spec[NoteID, int64]{
	NoClause: "a test",
	Posts:    Clerks,
	Subject: func(ctx context.Context, tx op.Tx, id NoteID) (op.Subject, error) {
		return lockNote(ctx, tx, id, &Note{})
	},
	Do: func(ctx context.Context, tx op.Tx, id NoteID) (int64, error) {
		row := &Note{}
		if _, err := lockNote(ctx, tx, id, row); err != nil {
			return 0, err
		}
		return row.Version, tx.Delete(ctx, row)
	},
})

func lockNote(ctx context.Context, tx op.Tx, id NoteID, row *Note) (op.Subject, error) {
	row.ID = id
	err := tx.Lock(ctx, row)
	return op.Subject{Kind: "note", ID: int64(id), Estate: row.Estate, Version: row.Version}, err
}
