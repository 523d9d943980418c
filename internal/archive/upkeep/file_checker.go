package upkeep

import (
	"context"
	"errors"
	"sync"
	"time"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// kind is the job; FileChecker.Job gives it its chunk.
var kind = job.Kind{Name: "archive.check_files", Title: "upkeep.job", Posts: mayBegin}

// args are the shelves a job takes: those not looked at since it began.
type args struct{ Before int64 }

// FileChecker looks after the files of one place.
type FileChecker struct {
	Blobs *blob.Store
	// Lease keeps copies from being made while files are cleared away; an error while one is. nil where none are made.
	Lease func() (release func() error, err error)
	pace  pace
}

// Job is the work as the runner knows it.
func (k *FileChecker) Job() job.Kind {
	whole := kind
	whole.Chunk = k.chunk
	return whole
}

// The size of a chunk.
const (
	mostShelves = 512
	burst       = 5 * time.Second // what it may read at once, at the rate of the setting
)

// chunk looks at some shelves. Nothing of it needs to count once: a file that was found damaged has its incident already
// when it is found so again, and a shelf looked at twice was looked at.
func (k *FileChecker) chunk(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
	var a args
	if err := w.Args(&a); err != nil {
		return w.Progress, err
	}
	if err := k.idle(ctx, d, w.Job); err != nil {
		return w.Progress, err
	}
	rate, err := Rate.At(ctx, d.DB.Read(), access.Company, clock.Date(d.Clock.Now()))
	if err != nil {
		return w.Progress, err
	}
	checked, err := checkedOn(ctx, d.DB.Read())
	if err != nil {
		return w.Progress, err
	}
	var done RecordShelvesIn
	most := rate << 20 * int64(burst/time.Second)
	for _, shelf := range longestAgo(checked, a.Before, min(w.Total-w.Done, mostShelves)) {
		if done.Bytes >= most {
			break
		}
		if err := k.look(ctx, d, shelf, &done); err != nil {
			return w.Progress, err
		}
	}
	if err := k.settle(ctx, d, done); err != nil {
		return w.Progress, err
	}
	k.pace.read(done.Bytes, rate<<20)
	p := w.Progress
	p.Done += int64(len(done.Shelves))
	p.Over = len(done.Shelves) == 0 || p.Done >= p.Total
	return p, nil
}

// idle asks for patience while other jobs are open, and while as much was read as the rate allows.
func (k *FileChecker) idle(ctx context.Context, d *op.Door, id job.ID) error {
	busy, err := job.Others(ctx, d.DB.Read(), id)
	if err == nil && (busy || k.pace.waits()) {
		err = errs.E(errs.Unavailable, "error.busy")
	}
	return err
}

// look holds the files of a shelf against their names, and clears away what nothing refers to. The place is asked first,
// so that whatever is committed meanwhile is found among the rows.
func (k *FileChecker) look(ctx context.Context, d *op.Door, shelf int64, done *RecordShelvesIn) error {
	var lying []string
	for name, err := range k.Blobs.Names(ctx, prefixOf(shelf)) {
		if err != nil {
			return err
		}
		lying = append(lying, name)
	}
	rows, err := filesOn(ctx, d.DB.Read(), prefixOf(shelf))
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, f := range rows {
		known[f.stored] = true
		if err := k.judge(ctx, d, f, done); err != nil {
			return err
		}
	}
	if err := k.judgeThumbs(ctx, d, shelf, known, done); err != nil {
		return err
	}
	for _, name := range lying {
		if known[name] {
			continue
		}
		old, err := k.Blobs.Old(ctx, name)
		if err != nil {
			return err
		}
		if old {
			done.Removed = append(done.Removed, name)
		}
	}
	done.Shelves = append(done.Shelves, shelf)
	return nil
}

// judge looks at one file, and reports what became of it.
func (k *FileChecker) judge(ctx context.Context, d *op.Door, f fileRow, done *RecordShelvesIn) error {
	state, err := k.state(ctx, f.stored)
	if err != nil {
		return err
	}
	k.Blobs.Settled(f.stored)
	if size, err := k.Blobs.Stat(ctx, f.stored); err == nil {
		done.Bytes += size
	}
	done.Files++
	switch {
	case state != Sound && f.damage == 0:
		_, err = op.Run(ctx, d, ReportDamage, ReportDamageIn{File: f.id, Kind: state})
	case state == Sound && f.damage != 0:
		_, err = op.Run(ctx, d, MendDamage, MendDamageIn{f.damage})
	}
	return err
}

// judgeThumbs looks at the thumbnails of a shelf. What is wrong with one is no incident: it goes, and is made anew.
func (k *FileChecker) judgeThumbs(ctx context.Context, d *op.Door, shelf int64, known map[string]bool, done *RecordShelvesIn) error {
	names, err := archive.ThumbsStored(ctx, d.DB.Read(), prefixOf(shelf))
	if err != nil {
		return err
	}
	for _, name := range names {
		state, err := k.state(ctx, name)
		if err != nil {
			return err
		}
		k.Blobs.Settled(name)
		if state == Sound {
			known[name] = true
			continue
		}
		done.Thumbs = append(done.Thumbs, name)
	}
	return nil
}

func (k *FileChecker) state(ctx context.Context, name string) (Kind, error) {
	err := k.Blobs.Check(ctx, name)
	switch {
	case err == nil:
		return Sound, nil
	case ctx.Err() != nil:
		return Sound, ctx.Err()
	case errs.As(err).Key == "blob.error.missing":
		return Missing, nil
	case errs.Is(err, errs.Blocked):
		return Damaged, nil
	}
	return Sound, err
}

// settle notes what was looked at, then takes away what nothing refers to; on another day, when a copy is being made.
func (k *FileChecker) settle(ctx context.Context, d *op.Door, done RecordShelvesIn) error {
	release := func() error { return nil }
	if len(done.Removed) > 0 && k.Lease != nil {
		var err error
		if release, err = k.Lease(); err != nil {
			done.Removed, release = nil, func() error { return nil }
		}
	}
	_, err := op.Run(ctx, d, RecordShelves, done)
	for _, name := range done.Removed {
		if err == nil {
			err = k.Blobs.Delete(ctx, name)
		}
	}
	return errors.Join(err, release())
}

// pace keeps the reading to a rate, by the machine's clock.
type pace struct {
	mu   sync.Mutex
	free time.Time
}

func (p *pace) read(bytes, perSecond int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = clock.System{}.Now().Add(time.Duration(float64(bytes) / float64(perSecond) * float64(time.Second)))
}

func (p *pace) waits() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return clock.System{}.Now().Before(p.free)
}
