package job

import (
	"context"
	"time"

	"hudang/internal/platform/db"
)

// Hurry shortens what a runner waits for.
func (r *Runner) Hurry(hold time.Duration) *Runner {
	r.look, r.hold, r.pause = time.Millisecond, hold, time.Millisecond
	return r
}

// Hold is a runner's hold on a job.
type Hold = hold

// Take takes a job as it was seen.
func (r *Runner) Take(ctx context.Context, seen *Run) (*Hold, bool, error) {
	h := &hold{runner: r, job: seen.ID, until: seen.Ready}
	mine, err := h.move(ctx)
	return h, mine, err
}

// Save writes a job's progress under a hold.
func (h *Hold) Save(ctx context.Context, r Run) error {
	return h.runner.write(ctx, func(ctx context.Context, s *db.Session) error { return saveRun(ctx, s, r, h.until) })
}
