package db

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"hudang/internal/platform/errs"
)

const (
	groupSize = 64               // bodies committed together at most
	patience  = 30 * time.Second // how long a body waits for its turn before it is told to try again
)

// Write runs a body in a write transaction and returns when its fate is known.
// A body may run again after a lost race, so it has no effect outside the session. Nesting is refused.
// Once a body has begun, the end of its caller's context no longer stops it: a cancelled statement would make
// SQLite roll back other people's work in the same commit (door.md, trap 1).
func (d *DB) Write(ctx context.Context, body func(context.Context, *Session) error) error {
	if ctx.Value(insideKey{}) != nil {
		return fmt.Errorf("db: write inside a write")
	}
	if err := d.broken.Load(); err != nil {
		return errs.E(errs.Unavailable, "error.disk_lost").Because(*err)
	}
	return d.writer.do(ctx, body)
}

type insideKey struct{}

// inside marks a body's context, so that a nested Write is seen.
func inside(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), insideKey{}, true)
}

// fail ends all writing.
func (d *DB) fail(err error) {
	if d.broken.CompareAndSwap(nil, &err) {
		close(d.gone)
	}
}

// groupWriter owns SQLite's one write connection. Its goroutine runs what is waiting in one transaction,
// each body in a savepoint, and answers after the shared commit.
type groupWriter struct {
	d       *DB
	session *Session
	queue   chan *request
	ended   chan struct{}
}

type request struct {
	ctx    context.Context
	body   func(context.Context, *Session) error
	begun  atomic.Bool // claimed by the writer, or given up by the caller; whoever comes first
	answer chan error
}

func newGroupWriter(ctx context.Context, d *DB) (*groupWriter, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &groupWriter{
		d:       d,
		session: &Session{engine: SQLite, conn: conn, bun: d.read, stmts: map[string]*sql.Stmt{}},
		queue:   make(chan *request, groupSize),
		ended:   make(chan struct{}),
	}
	go w.loop()
	return w, nil
}

func (w *groupWriter) do(ctx context.Context, body func(context.Context, *Session) error) error {
	req := &request{ctx: inside(ctx), body: body, answer: make(chan error, 1)}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case w.queue <- req:
	case <-timer.C:
		return errs.E(errs.Unavailable, "error.busy")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-req.answer:
		return err
	case <-timer.C:
		if req.begun.CompareAndSwap(false, true) {
			return errs.E(errs.Unavailable, "error.busy")
		}
		return <-req.answer
	}
}

func (w *groupWriter) close() error {
	close(w.queue)
	<-w.ended
	return w.session.conn.Close()
}

func (w *groupWriter) loop() {
	defer close(w.ended)
	for req := range w.queue {
		w.group(req)
	}
}

// next takes a waiting request without blocking; nil when none waits.
func (w *groupWriter) next() *request {
	select {
	case req := <-w.queue:
		return req // nil once the queue is closed
	default:
		return nil
	}
}

// group runs the first request and what waits behind it in one transaction.
func (w *groupWriter) group(first *request) {
	ctx := context.Background()
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		w.fail(err, first)
		return
	}
	var good []*request
	for req, n := first, 1; req != nil; req, n = w.next(), n+1 {
		if !req.begun.CompareAndSwap(false, true) {
			continue // its caller gave up
		}
		err, whole := w.one(req)
		if whole != nil { // the savepoint itself failed: nothing of this group can be trusted
			_ = w.exec(ctx, "ROLLBACK")
			w.fail(whole, append(good, req)...)
			return
		}
		if err != nil {
			req.answer <- err
		} else {
			good = append(good, req)
		}
		if n >= groupSize {
			break
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		_ = w.exec(ctx, "ROLLBACK")
		w.fail(err, good...)
		return
	}
	for _, req := range good {
		req.answer <- nil
	}
}

// one runs a body in a savepoint. The second error means that the group's transaction is lost.
func (w *groupWriter) one(req *request) (err, whole error) {
	ctx := context.Background()
	if err := w.exec(ctx, "SAVEPOINT one"); err != nil {
		return nil, err
	}
	if err = runBody(req.ctx, req.body, w.session); err == nil {
		return nil, w.exec(ctx, "RELEASE one")
	}
	if lostDisk(err) {
		return nil, err
	}
	if whole := w.exec(ctx, "ROLLBACK TO one"); whole != nil {
		return nil, whole
	}
	return err, w.exec(ctx, "RELEASE one")
}

func (w *groupWriter) exec(ctx context.Context, query string) error {
	_, err := w.session.Exec(ctx, query)
	return err
}

// fail answers requests whose transaction is lost; after a disk error it ends all writing.
func (w *groupWriter) fail(err error, reqs ...*request) {
	key := "error.not_saved"
	if lostDisk(err) {
		w.d.fail(err)
		key = "error.disk_lost"
	}
	for _, req := range reqs {
		req.begun.Store(true)
		req.answer <- errs.E(errs.Unavailable, key).Because(err)
	}
}

// runBody turns a panic into an error, so that one operation's mistake ends neither the writer nor its neighbours.
func runBody(ctx context.Context, body func(context.Context, *Session) error, s *Session) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in operation: %v\n%s", p, debug.Stack())
		}
	}()
	return body(ctx, s)
}
