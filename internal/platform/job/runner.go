package job

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// Actors says as whom an account acts now; somebody without posts for one that may not sign in any more.
type Actors func(ctx context.Context, q db.Querier, account int64) (access.Actor, error)

// Runner works at the jobs, one chunk at a time. Several programs on one PostgreSQL may each have one.
type Runner struct {
	door   *op.Door
	kinds  map[string]Kind
	actors Actors
	log    *slog.Logger

	// By the machine's clock, whatever day the door's shows.
	look  time.Duration // between two looks for work when there was none
	hold  time.Duration // how long a job stays another's when its program is gone; renewed while a chunk is at work
	pause time.Duration // before a chunk the engine had no time for is tried again

	tries map[ID]int // of the chunk a job is at, that ended in an error nobody classified

	stop chan struct{}
	over chan struct{}
	end  context.CancelFunc // ends the chunk at work
}

// NewRunner makes the runner of the kinds listed; two of one name, or one that is not whole, are refused.
func NewRunner(d *op.Door, kinds []Kind, actors Actors, log *slog.Logger) (*Runner, error) {
	r := &Runner{door: d, kinds: map[string]Kind{}, tries: map[ID]int{}, actors: actors, log: log, look: 250 * time.Millisecond, hold: 15 * time.Second, pause: 5 * time.Second}
	for _, k := range kinds {
		if _, twice := r.kinds[k.Name]; twice || k.Name == "" || k.Title == "" || k.Chunk == nil || len(k.Posts) == 0 {
			return nil, fmt.Errorf("job: kind %q is listed twice or not whole", k.Name)
		}
		r.kinds[k.Name] = k
	}
	return r, nil
}

// Start begins working, first at what an earlier program left.
func (r *Runner) Start(ctx context.Context) error {
	if r.door.DB.Engine() == db.SQLite { // the data folder has one owner: whoever held a job is gone
		err := r.write(ctx, func(ctx context.Context, s *db.Session) error { return dropHolds(ctx, s, machine()) })
		if err != nil {
			return err
		}
	}
	r.stop, r.over = make(chan struct{}), make(chan struct{})
	ctx, r.end = context.WithCancel(context.WithoutCancel(ctx))
	go r.loop(ctx)
	return nil
}

// Stop lets the chunk at work finish and returns then; when ctx ends before, the chunk is told to give up. It does
// nothing where Start was not called.
func (r *Runner) Stop(ctx context.Context) {
	if r.stop == nil {
		return
	}
	close(r.stop)
	select {
	case <-r.over:
	case <-ctx.Done():
	}
	r.end()
	<-r.over
	r.stop = nil
}

func (r *Runner) loop(ctx context.Context) {
	defer close(r.over)
	tick := time.NewTicker(r.look)
	defer tick.Stop()
	for {
		worked, err := r.turn(ctx)
		if err != nil {
			r.log.Error("jobs", "error", err)
		}
		select {
		case <-r.stop:
			return
		case <-r.door.DB.Broken():
			return
		default:
		}
		if worked && err == nil {
			continue
		}
		select {
		case <-r.stop:
			return
		case <-tick.C:
		}
	}
}

// turn does one chunk of one job; false when there is nothing to do.
func (r *Runner) turn(ctx context.Context) (worked bool, err error) {
	run, err := nextRun(ctx, r.door.DB.Read(), machine())
	if err != nil || run == nil {
		return false, err
	}
	h := &hold{runner: r, job: run.ID, until: run.Ready}
	if mine, err := h.move(ctx); err != nil || !mine {
		return mine, err
	}
	release := h.keep(ctx)
	next := r.advance(ctx, *run)
	release()
	return true, r.write(ctx, func(ctx context.Context, s *db.Session) error { return saveRun(ctx, s, next, h.until) })
}

// write is a write of the runner's own table, outside any operation.
func (r *Runner) write(ctx context.Context, body func(context.Context, *db.Session) error) error {
	return r.door.DB.Write(context.WithoutCancel(ctx), body)
}

func machine() int64 { return clock.System{}.Now().UnixMicro() }

// hold is a runner's hold on a job.
type hold struct {
	runner *Runner
	job    ID
	until  int64 // what stands in the column ready
}

// move takes the job, or keeps it for longer; false when it is somebody else's.
func (h *hold) move(ctx context.Context) (mine bool, err error) {
	until := max(machine()+h.runner.hold.Microseconds(), h.until+1)
	err = h.runner.write(ctx, func(ctx context.Context, s *db.Session) (err error) {
		mine, err = take(ctx, s, h.job, h.until, until)
		return err
	})
	if err == nil && mine {
		h.until = until
	}
	return mine && err == nil, err
}

// keep renews the hold until released. One that was lost is not won back: the chunk at work counts once all the same.
func (h *hold) keep(ctx context.Context) (release func()) {
	stop, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		tick := time.NewTicker(h.runner.hold / 3)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				if _, err := h.move(ctx); err != nil {
					h.runner.log.Error("job kept", "job", h.job, "error", err)
				}
			}
		}
	}()
	return func() { close(stop); <-over }
}
