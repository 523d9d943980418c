package imports

import (
	"context"

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
	stepUndo       = "import.step.undo"
	stepUndone     = "import.step.undone"
)

// Write carries an import out.
var Write = job.Kind{Name: "household.write_import", Title: "import.job.write", Posts: mayImport, Chunk: writeChunk}

// TakeBack undoes one.
var TakeBack = job.Kind{Name: "household.take_back_import", Title: "import.job.undo", Posts: mayUndo, Chunk: takeBackChunk}

// writeChunk writes the next pieces, each an operation with its leaf and its token. Several to a chunk, for after each chunk
// the runner makes two durable writes of its own; the desk's writes go in between the pieces all the same.
func writeChunk(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
	var args jobArgs
	if err := w.Args(&args); err != nil {
		return job.Progress{}, err
	}
	file, err := Load(ctx, d, args.Import)
	if err != nil {
		return job.Progress{}, err
	}
	for n := 0; n < piecesAtOnce && err == nil && !w.Over; n++ {
		w.Progress, err = writePiece(ctx, d, file, w)
	}
	return w.Progress, err
}

// writePiece writes the next rows: all units first, then the households.
func writePiece(ctx context.Context, d *op.Door, file *File, w job.Work) (job.Progress, error) {
	units, total := len(file.Plan.Units), int64(len(file.Plan.Units)+len(file.Plan.Households))
	in := WriteIn{ID: file.Import.ID, From: int(w.Done), Plan: file.Plan}
	switch {
	case w.Done < int64(units):
		in.To = min(units, in.From+unitsAtOnce)
	case w.Done < total:
		in.Households, in.From = true, in.From-units
		in.To = min(len(file.Plan.Households), in.From+householdsAtOnce)
	default:
		_, err := op.Run(ctx, d, Finish, FinishIn{in.ID, Done}, w.Token())
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

// takeBackChunk takes the last rows back; in its own step at the end it says so.
func takeBackChunk(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
	var args jobArgs
	if err := w.Args(&args); err != nil {
		return job.Progress{}, err
	}
	if w.Step == stepUndone {
		_, err := op.Run(ctx, d, Finish, FinishIn{args.Import, Undone}, w.Token())
		return job.Progress{Done: w.Total, Total: w.Total, Over: true}, err
	}
	res, err := op.Run(ctx, d, TakeBackRows, TakeBackIn{args.Import, rowsTakenBack}, w.Token())
	next := job.Progress{Done: w.Done + rowsTakenBack, Step: stepUndo}
	next.Total = next.Done + res.Out
	if res.Out == 0 {
		next.Step = stepUndone
	}
	return next, err
}
