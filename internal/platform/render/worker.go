package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"hudang/internal/platform/errs"
)

// Limits are what a child may use.
type Limits struct {
	Time   time.Duration // for one request
	Memory int64         // bytes resident; a child above it is killed (Linux; elsewhere Go's own soft limit holds alone)
	Warm   time.Duration // how long an idle child is kept
}

// Standard are the limits in use. PDFium alone takes about 350 MiB (stack.md §10).
var Standard = Limits{Time: 30 * time.Second, Memory: 1200 << 20, Warm: 5 * time.Minute}

// Worker asks a child. One request runs at a time: two renderings at once would leave nothing of a small machine to the
// desk. It is safe for concurrent use.
type Worker struct {
	start  func() (*child, error)
	limits Limits
	turn   chan struct{} // held by whoever talks to the child

	mu   sync.Mutex
	last *child
	idle func() bool // stops the end of the warm time
}

// child is a running renderer.
type child struct {
	in   io.WriteCloser
	out  io.Reader
	kill func() // ends it; may be called twice
}

func newWorker(start func() (*child, error), l Limits) *Worker {
	return &Worker{start: start, limits: l, turn: make(chan struct{}, 1), idle: func() bool { return true }}
}

// Inspect looks into a file of size bytes: how many pages, what else is in it. A file that makes the child fail is Broken.
func (w *Worker) Inspect(ctx context.Context, t Type, file io.Reader, size int64) (Facts, error) {
	a, _, err := w.ask(ctx, request{Type: t, Size: size}, file)
	return a.Facts, err
}

// Page is one page of a file as a JPEG. A page that cannot be read is Blocked, with a sentence for the reader.
func (w *Worker) Page(ctx context.Context, t Type, file io.Reader, size int64, want Want) ([]byte, error) {
	a, picture, err := w.ask(ctx, request{Type: t, Size: size, Page: &want}, file)
	if err == nil && a.Broken {
		err = errs.E(errs.Blocked, "render.error.broken").Because(errors.New(a.Why))
	}
	return picture, err
}

// Close ends the child.
func (w *Worker) Close() {
	w.turn <- struct{}{}
	defer func() { <-w.turn }()
	w.end()
}

func (w *Worker) ask(ctx context.Context, q request, file io.Reader) (answer, []byte, error) {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return answer{}, nil, busy(ctx.Err())
	}
	c, err := w.warm()
	if err != nil {
		return answer{}, nil, busy(err)
	}
	limit, cancel := context.WithTimeout(ctx, w.limits.Time)
	defer cancel()
	unwatch := context.AfterFunc(limit, c.kill)
	a, picture, failed := talk(c, q, file)
	unwatch()
	if failed == nil {
		w.coolDown()
		return a, picture, nil
	}
	w.end() // it crashed, or was killed; whatever it was doing, the next request gets a new one
	var source sourceError
	switch {
	case errors.As(failed, &source):
		return answer{}, nil, source.error
	case ctx.Err() != nil:
		return answer{}, nil, busy(ctx.Err())
	case limit.Err() != nil:
		failed = fmt.Errorf("killed after %s", w.limits.Time)
	}
	return answer{Facts: Facts{Broken: true, Why: failed.Error()}}, nil, nil
}

// talk sends one request and reads its answer.
func talk(c *child, q request, file io.Reader) (a answer, picture []byte, err error) {
	if err := writeHead(c.in, q); err != nil {
		return a, nil, err
	}
	if _, err := io.Copy(c.in, source{io.LimitReader(file, q.Size)}); err != nil {
		return a, nil, err
	}
	if err := readHead(c.out, &a); err != nil {
		return a, nil, err
	}
	if a.Size < 0 || a.Size > maxPicture {
		return a, nil, fmt.Errorf("render: a picture of %d bytes", a.Size)
	}
	picture = make([]byte, a.Size)
	_, err = io.ReadFull(c.out, picture)
	return a, picture, err
}

const maxPicture = 64 << 20

// source marks an error of the file's reader, so that a damaged blob is not taken for a crash of the child.
type source struct{ r io.Reader }

type sourceError struct{ error }

func (s source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = sourceError{err}
	}
	return n, err
}

// warm is the child, started when there is none.
func (w *Worker) warm() (*child, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.idle()
	if w.last == nil {
		c, err := w.start()
		if err != nil {
			return nil, err
		}
		w.last = c
	}
	return w.last, nil
}

// coolDown ends the child when nobody asks it for a while.
func (w *Worker) coolDown() {
	w.mu.Lock()
	defer w.mu.Unlock()
	wait, stop := context.WithTimeout(context.Background(), w.limits.Warm)
	unwatch := context.AfterFunc(wait, func() {
		select {
		case w.turn <- struct{}{}:
			defer func() { <-w.turn }()
			if errors.Is(wait.Err(), context.DeadlineExceeded) {
				w.end()
			}
		default: // somebody asks just now
		}
	})
	w.idle = func() bool { stopped := unwatch(); stop(); return stopped }
}

func (w *Worker) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.idle()
	if w.last != nil {
		w.last.kill()
		w.last = nil
	}
}

func busy(cause error) error { return errs.E(errs.Unavailable, "render.error.busy").Because(cause) }
