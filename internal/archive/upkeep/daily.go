package upkeep

import (
	"context"
	"math"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"time"
)

// Daily begins the day's look, as the program, unless there was one today or nothing is there to look at. Composition
// calls it every hour, so that a machine that is off at night catches up.
func Daily(ctx context.Context, d *op.Door) error {
	q := d.DB.Read()
	some, err := hasFiles(ctx, q)
	if err != nil || !some {
		return err
	}
	last, err := job.Newest(ctx, q, kind)
	if err != nil || last.ID != 0 && (last.Open() || clock.Date(time.UnixMicro(last.Created)) >= clock.Date(d.Clock.Now())) {
		return err
	}
	_, err = op.Run(access.With(ctx, access.ProgramActor()), d, Begin, BeginIn{})
	if errs.Is(err, errs.Blocked) { // somebody began meanwhile
		return nil
	}
	return err
}

// Proven reports whether every shelf was looked at within the time all of them take: before that nobody can say that all is well.
func Proven(ctx context.Context, d *op.Door) (bool, error) {
	checked, err := checkedOn(ctx, d.DB.Read())
	for _, at := range checked {
		if d.Clock.Now().Sub(time.UnixMicro(at)) > promised {
			return false, err
		}
	}
	return len(checked) == shelves, err
}

// LastRound is the day since which every shelf was looked at: how old the oldest look is. False while some were never.
func LastRound(ctx context.Context, q db.Querier) (since time.Time, whole bool, err error) {
	checked, err := checkedOn(ctx, q)
	if err != nil || len(checked) < shelves {
		return time.Time{}, false, err
	}
	oldest := int64(math.MaxInt64)
	for _, at := range checked {
		oldest = min(oldest, at)
	}
	return time.UnixMicro(oldest), true, nil
}

// Last is the newest look; the zero Run before the first.
func Last(ctx context.Context, d *op.Door) (job.Run, error) {
	return job.Newest(ctx, d.DB.Read(), kind)
}
