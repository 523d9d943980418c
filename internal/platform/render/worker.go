package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"hudang/internal/platform/errs"
)

// Limits are what a child may use.
type Limits struct {
	Time   time.Duration // of work for one request: of the processor, where it is known what a child had of it
	Waits  time.Duration // for one request by the clock, which a machine under load lengthens
	Short  time.Duration // after which a request is a long one, and others need not wait for it
	Making time.Duration // for making a decoder ready for this machine, once
	Memory int64         // bytes resident; a child above it is killed (Linux; elsewhere Go's own soft limit holds alone)
	Warm   time.Duration // how long an idle child is kept
}

// Standard are the limits in use.
var Standard = Limits{Time: 30 * time.Second, Waits: 2 * time.Minute, Short: time.Second, Making: 5 * time.Minute, Memory: 640 << 20, Warm: 15 * time.Second}

// Worker asks children. There are two lanes, each for one request at a time: two long renderings at once would leave
// nothing of a small machine to the desk, and a short one never waits behind a long one. Every request begins in the short
// lane; one that turns out to be long moves over, or comes back when the long lane is free. A child that has done
// something long is not kept: what it held goes back to the system. It is safe for concurrent use.
type Worker struct {
	start       func() (*child, error)
	limits      Limits
	short, long lane

	mu     sync.Mutex
	idle   *child
	ending *time.Timer // of the idle child's warm time
}

// lane is held by whoever talks to a child in it.
type lane chan struct{}

// child is a running renderer.
type child struct {
	in       io.WriteCloser
	out      io.Reader
	kill     func()               // ends it; may be called twice
	worked   func() time.Duration // processor time it has had; nil where that cannot be told
	outgrown atomic.Bool          // it was killed because it took too much memory
}

func newWorker(start func() (*child, error), l Limits) *Worker {
	return &Worker{start: start, limits: l, short: make(lane, 1), long: make(lane, 1)}
}

// Inspect looks into a file of size bytes: how many pages, what else is in it. Only a file that was looked at to its end is
// Broken: what took too long, or ended the child, is Unavailable, and is to be looked at again.
func (w *Worker) Inspect(ctx context.Context, t Type, file io.ReaderAt, size int64) (Facts, error) {
	return facts(w.ask(ctx, request{Type: t, Size: size}, file))
}

// Later is how a file is looked into when nobody waits for it: in the lane of what is long, and with more time.
type Later struct {
	From int  // the first page to look at
	Bare bool // those before it were all bare
}

// patience is how much more time a file gets that nobody waits for.
const patience = 4

// InspectLater is Inspect when nobody waits. The facts of a later part say nothing of the file but its pages' flags.
func (w *Worker) InspectLater(ctx context.Context, t Type, file io.ReaderAt, size int64, l Later) (Facts, error) {
	return facts(w.ask(ctx, request{Type: t, Size: size, Long: true, From: l.From, Bare: l.Bare}, file))
}

// facts are an answer's facts with their thumbnails.
func facts(a answer, thumbs []byte, err error) (Facts, error) {
	if a.Thumbs.Bytes = thumbs; !a.Thumbs.sound() {
		a.Thumbs = Thumbs{}
	}
	return a.Facts, err
}

// Page is one page of a file as a JPEG. A page that cannot be read is Blocked, with a sentence for the reader.
func (w *Worker) Page(ctx context.Context, t Type, file io.ReaderAt, size int64, want Want) ([]byte, error) {
	a, picture, err := w.ask(ctx, request{Type: t, Size: size, Page: &want}, file)
	if err == nil && a.Broken {
		err = a.refusal(t)
	}
	return picture, err
}

// refusal is the sentence for the reader of a page that cannot be shown.
func (f Facts) refusal(t Type) error {
	e := errs.E(errs.Blocked, "render.error.broken")
	switch f.Fault {
	case FaultLarge:
		e = errs.E(errs.Blocked, "render.error.large", f.Width, f.Height)
	case FaultMemory:
		e = errs.E(errs.Blocked, "render.error.memory")
	case FaultKind:
		e = errs.E(errs.Blocked, "render.error.kind", typeNames[t])
	}
	return e.Because(errors.New(f.Why))
}

var typeNames = map[Type]string{PDF: "PDF", JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", HEIC: "HEIC", AVIF: "AVIF", WebP: "WebP", BMP: "BMP", GIF: "GIF"}

// Close ends the children once nobody asks them.
func (w *Worker) Close() {
	w.short <- struct{}{}
	defer func() { <-w.short }()
	w.long <- struct{}{}
	defer func() { <-w.long }()
	if c := w.take(); c != nil {
		c.kill()
	}
}

// turn is a request's hold of a lane.
type turn struct {
	w    *Worker
	mu   sync.Mutex
	held lane
}

func (t *turn) wait(ctx context.Context, l lane) error {
	select {
	case l <- struct{}{}:
		t.mu.Lock()
		defer t.mu.Unlock()
		t.held = l
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *turn) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held != nil {
		<-t.held
	}
	t.held = nil
}

// isLong moves over to the long lane if it is free, and reports whether the request is in it.
func (t *turn) isLong() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held == t.w.long {
		return true
	}
	select {
	case t.w.long <- struct{}{}:
		if t.held != nil {
			<-t.held
		}
		t.held = t.w.long
		return true
	default:
		return false
	}
}

func (w *Worker) ask(ctx context.Context, q request, file io.ReaderAt) (answer, []byte, error) {
	t := &turn{w: w}
	defer t.leave()
	lane := w.short
	if q.Long {
		lane = w.long
	}
	if err := t.wait(ctx, lane); err != nil {
		return answer{}, nil, busy(err)
	}
	a, picture, err := w.once(ctx, q, file, t)
	if errors.Is(err, errLater) {
		t.leave()
		if err := t.wait(ctx, w.long); err != nil {
			return answer{}, nil, busy(err)
		}
		q.Heavy = true
		a, picture, err = w.once(ctx, q, file, t)
	}
	return a, picture, err
}

// errLater is a long request that met another in its lane.
var errLater = errors.New("render: the long lane is taken")

// once has one child answer a request.
func (w *Worker) once(ctx context.Context, q request, file io.ReaderAt, t *turn) (answer, []byte, error) {
	c := w.take()
	if c == nil {
		var err error
		if c, err = w.start(); err != nil {
			return answer{}, nil, busy(err)
		}
	}
	s := &talk{child: c, q: q, file: file, turn: t, limits: w.limits}
	if q.Long && q.Page == nil {
		s.limits.Time, s.limits.Waits = patience*s.limits.Time, patience*s.limits.Waits
	}
	a, picture, failed := s.run(ctx)
	if (failed == nil && t.onlyShort() || errors.Is(failed, errDeclined)) && !s.dead {
		w.keep(c)
	} else {
		c.kill() // it did something long, crashed or was killed; the next request gets a new one
	}
	var source sourceError
	switch {
	case failed == nil:
		return a, picture, nil
	case errors.As(failed, &source):
		return answer{}, nil, source.error
	case ctx.Err() != nil:
		return answer{}, nil, busy(ctx.Err())
	case errors.Is(failed, errDeclined), s.pushed():
		return answer{}, nil, errLater
	case c.outgrown.Load():
		return answer{Facts: Facts{Broken: true, Fault: FaultMemory, Why: "too much memory"}}, nil, nil
	}
	return answer{}, nil, busy(s.why(failed)) // says nothing of the file: the machine may have been busy, or short of memory
}

func (t *turn) onlyShort() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.held == t.w.short
}

// take is the idle child, if there is one.
func (w *Worker) take() *child {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.idle
	w.idle = nil
	if w.ending != nil {
		w.ending.Stop()
	}
	return c
}

// keep keeps a child for the next request, for a while.
func (w *Worker) keep(c *child) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.idle != nil {
		c.kill()
		return
	}
	w.idle = c
	w.ending = time.AfterFunc(w.limits.Warm, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.idle == c {
			w.idle = nil
			c.kill()
		}
	})
}

func busy(cause error) error {
	return errs.E(errs.Unavailable, "render.error.busy").Because(fmt.Errorf("render: %w", cause))
}
