package imports

import (
	"context"
	"encoding/json"

	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// LinesIn are the next rows of a file, with what became of each and what they leave to be done. The rows come beside it.
type LinesIn struct {
	ID    ID
	From  int
	Lines []Line `json:"-"`
	Left  []left `json:"-"`
}

// KeepLines keeps what became of some rows of an import, and what is left over of them.
var KeepLines = op.Define("household.keep_import_lines", op.Spec[LinesIn, int]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Subject: record.Subject(func(in LinesIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in LinesIn) (int, error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if imp.State != Running && imp.State != Undoing {
			return 0, imp.must(Running)
		}
		if err := insertLines(ctx, tx, in.Lines); err != nil {
			return 0, err
		}
		raw, err := linesImage(in.Lines)
		if err != nil {
			return 0, err
		}
		bound := &fateRow{Import: in.ID, Start: int64(in.From), Lines: int64(len(in.Lines)), Hash: tx.MAC(linesPurpose, raw)}
		bound.ID, bound.Estate = fateID(tx.NewID()), imp.Estate
		if err := tx.Insert(ctx, bound); err != nil {
			return 0, err
		}
		return len(in.Lines), insertLeft(ctx, tx, imp, in.Left)
	},
})

// linesPurpose is what the hash over lines is keyed for; linesBefore what it was for while it left out their ids.
const (
	linesPurpose = "import-lines-2"
	linesBefore  = "import-lines"
)

// linesImage is what the hash is over. The fields of a Line and their order stand for ever: a new one is left out of its JSON.
func linesImage(lines []Line) ([]byte, error) {
	type named struct {
		ID int64
		Line
	}
	all := make([]named, len(lines))
	for i, l := range lines {
		all[i] = named{l.ID, l}
	}
	return json.Marshal(all)
}

// How much one operation keeps at most.
const (
	linesKept = 1000
	leftKept  = 300
	picsKept  = 20
)

// nextLines are the lines of a file from a place on, as many as one operation keeps.
func nextLines(f *File, from int, o results) LinesIn {
	in := LinesIn{ID: f.Import.ID, From: from}
	entries, pictures := f.Entries(), 0
	for i := from; i < len(entries) && len(in.Lines) < linesKept && len(in.Left) < leftKept && pictures < picsKept; i++ {
		l := f.line(i, entries[i], o)
		in.Lines = append(in.Lines, l)
		in.Left = append(in.Left, f.left(entries[i], l, o)...)
		waiting := f.pictures(i, l, o)
		in.Left, pictures = append(in.Left, waiting...), pictures+len(waiting)
	}
	return in
}
