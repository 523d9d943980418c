package job

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// mayCancel is everybody: whoever started a job may stop it, and nobody else knows of it.
var mayCancel = access.Posts

// Cancel stops a job of one's own before its next chunk. What was done stays done.
var Cancel = op.Define("job.cancel", op.Spec[ID, ID]{
	NoClause: "stops the program's own work; what was done has its own leaves",
	Posts:    mayCancel,
	Subject: func(ctx context.Context, tx op.Tx, id ID) (op.Subject, error) {
		r, err := Find(ctx, tx, tx.Actor(), id)
		if err != nil {
			return op.Subject{}, err
		}
		return op.Subject{Kind: "job", ID: int64(id), Estate: r.Estate}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
		stopped, err := cancelRun(ctx, tx, id)
		if err == nil && !stopped {
			err = errs.E(errs.Blocked, "job.error.over")
		}
		return id, err
	},
})
