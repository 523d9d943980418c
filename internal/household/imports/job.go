package imports

import (
	"context"

	"hudang/internal/archive"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// Rows of one operation at most. A household is about six rows, and an operation at most 500 (design §3).
const (
	unitsAtOnce      = 300
	householdsAtOnce = 80
	rowsTakenBack    = 400
)

// piecesAtOnce is how many operations make a chunk of the writing.
const piecesAtOnce = 4

// jobArgs are the arguments of both jobs.
type jobArgs struct{ Import ID }

// The steps of the writing.
const (
	stepUnits      = "import.step.units"
	stepHouseholds = "import.step.households"
	stepPictures   = "import.step.pictures"
	stepLines      = "import.step.lines"
	stepUndo       = "import.step.undo"
	stepUndone     = "import.step.undone"
)

// Write carries an import out.
var Write = job.Kind{Name: "household.write_import", Title: "import.job.write", Posts: mayImport,
	Chunk: func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
		return writeChunk(ctx, d, nil, w)
	}}

// TakeBack undoes one.
var TakeBack = job.Kind{Name: "household.take_back_import", Title: "import.job.undo", Posts: mayUndo, Chunk: takeBackChunk}

// writeChunk writes the next pieces, each an operation with its leaf and its token. Several to a chunk, for after each chunk
// the runner makes two durable writes of its own; the desk's writes go in between the pieces all the same.
func writeChunk(ctx context.Context, d *op.Door, scans *archive.Scans, w job.Work) (job.Progress, error) {
	var args jobArgs
	if err := w.Args(&args); err != nil {
		return job.Progress{}, err
	}
	file, err := Load(ctx, d, args.Import)
	if err != nil {
		return job.Progress{}, err
	}
	for n := 0; n < piecesAtOnce && err == nil && !w.Over; n++ {
		w.Progress, err = writePiece(ctx, d, scans, file, w)
	}
	return w.Progress, err
}

// writePiece writes the next rows: all units first, then the households, then the pictures as their papers; then it keeps what became of every row.
func writePiece(ctx context.Context, d *op.Door, scans *archive.Scans, file *File, w job.Work) (job.Progress, error) {
	units, both := len(file.Plan.Units), int64(len(file.Plan.Units)+len(file.Plan.Households))
	papers := both + int64(len(file.Pictures))
	total := papers + int64(len(file.Plan.Lines))
	in := WriteIn{ID: file.Import.ID, From: int(w.Done), Plan: file.Plan, Pictured: file.Pictured()}
	switch {
	case w.Done < int64(units):
		in.To = min(units, in.From+unitsAtOnce)
	case w.Done < both:
		in.Households, in.From = true, in.From-units
		in.To = min(len(file.Plan.Households), in.From+householdsAtOnce)
	case w.Done < papers:
		filed, err := filePictures(ctx, d, scans, file, int(w.Done-both), w.Token())
		return job.Progress{Done: w.Done + int64(filed), Total: total, Step: stepPictures}, err
	case w.Done < total:
		kept, err := keepLines(ctx, d, file, int(w.Done-papers), w.Token())
		return job.Progress{Done: w.Done + int64(kept), Total: total, Step: stepLines}, err
	default:
		_, err := op.Run(ctx, d, Finish, FinishIn{in.ID, Done, UnreadIn(file.Plan)}, w.Token())
		return job.Progress{Done: total, Total: total, Over: true}, err
	}
	if _, err := op.Run(ctx, d, WriteRows, in, w.Token()); err != nil {
		return job.Progress{}, err
	}
	next := job.Progress{Done: w.Done + int64(in.To-in.From), Total: total, Step: stepUnits}
	if next.Done >= int64(units) {
		next.Step = stepHouseholds
	}
	return next, nil
}

// keepLines keeps what became of the next rows of a file, and says of how many.
func keepLines(ctx context.Context, d *op.Door, file *File, from int, token op.Option) (int, error) {
	if next, err := linesOf(ctx, d.DB.Read(), file.Import.ID); err != nil || int(next) > from { // kept before the job was stopped and begun anew
		return int(next) - from, err
	}
	did := &written{ctx: ctx, q: d.DB.Read(), keys: d.Vault, id: file.Import.ID, known: map[string][]outcome{}}
	in := nextLines(file, from, did.results())
	if did.err != nil {
		return 0, did.err
	}
	_, err := op.Run(ctx, d, KeepLines, in, token)
	return len(in.Lines), err
}

// takeBackChunk takes the last rows back; in its own step at the end it says so. Of an import that was stopped on its way it
// first keeps what became of the rows.
func takeBackChunk(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
	var args jobArgs
	if err := w.Args(&args); err != nil {
		return job.Progress{}, err
	}
	if w.Step == stepUndone {
		_, err := op.Run(ctx, d, Finish, FinishIn{ID: args.Import, To: Undone}, w.Token())
		return job.Progress{Done: w.Total, Total: w.Total, Over: true}, err
	}
	if w.Step != stepUndo {
		left, err := linesLeft(ctx, d, args.Import, w)
		if err != nil || left.Step == stepLines {
			return left, err
		}
	}
	res, err := op.Run(ctx, d, TakeBackRows, TakeBackIn{args.Import, rowsTakenBack}, w.Token())
	next := job.Progress{Done: w.Done + rowsTakenBack, Step: stepUndo}
	next.Total = next.Done + res.Out
	if res.Out == 0 {
		next.Step = stepUndone
	}
	return next, err
}

// linesLeft keeps what became of the next rows whose fate is not kept yet; it gives no step when there is none.
func linesLeft(ctx context.Context, d *op.Door, id ID, w job.Work) (job.Progress, error) {
	there, err := HasFile(ctx, d.DB.Read(), id)
	if err != nil || !there {
		return job.Progress{}, err // cleared after it was written: all its rows are kept
	}
	file, err := Load(ctx, d, id)
	if err != nil {
		return job.Progress{}, err
	}
	next, err := linesOf(ctx, d.DB.Read(), id)
	if err != nil || next >= int64(len(file.Plan.Lines)) {
		return job.Progress{}, err
	}
	kept, err := keepLines(ctx, d, file, int(next), w.Token())
	return job.Progress{Done: w.Done + int64(kept), Total: w.Done + int64(len(file.Plan.Lines)), Step: stepLines}, err
}
