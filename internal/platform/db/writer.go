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

// Fail ends all writing, for an error that says the disk is lost: of the database, or of what is kept beside it.
func (d *DB) Fail(err error) {
	if d.broken.CompareAndSwap(nil, &err) {
		close(d.gone)
	}
}

// groupWriter owns SQLite's one write connection. Whoever finds it free takes his turn: he runs what is waiting, his own
// body and other people's, in one transaction, and answers them after the shared commit. So one client alone waits for
// no other goroutine, and many share an fsync. All checkpoints are the writer's own too.
type groupWriter struct {
	d       *DB
	session *Session
	queue   chan *request
	turn    chan struct{} // holds a token while somebody has his turn
	closing chan struct{}
	commits atomic.Int64
	bodies  int // since the last look at the log's length
}

type request struct {
	ctx    context.Context
	body   func(context.Context, *Session) error
	begun  atomic.Bool // claimed by whose turn it is, or given up by the caller; whoever comes first
	answer chan error
}

func newGroupWriter(ctx context.Context, d *DB) (*groupWriter, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &groupWriter{
		d:       d,
		session: &Session{engine: SQLite, conn: conn, bun: d.read, bind: &d.bind, stmts: map[string]*sql.Stmt{}},
		queue:   make(chan *request, groupSize),
		turn:    make(chan struct{}, 1),
		closing: make(chan struct{}),
	}, nil
}

func (w *groupWriter) do(ctx context.Context, body func(context.Context, *Session) error) error {
	req := &request{ctx: inside(ctx), body: body, answer: make(chan error, 1)}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case w.queue <- req:
	case <-timer.C:
		return errs.E(errs.Unavailable, "error.busy")
	case <-w.closing:
		return errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		select {
		case err := <-req.answer:
			return err
		case w.turn <- struct{}{}:
			if next := w.next(); next != nil {
				began := time.Now()
				w.group(next)
				w.checkpoint(time.Since(began))
			}
			<-w.turn
		case <-timer.C:
			if req.begun.CompareAndSwap(false, true) {
				return errs.E(errs.Unavailable, "error.busy")
			}
			return <-req.answer
		}
	}
}

func errClosed() error { return errs.E(errs.Unavailable, "error.not_saved").Because(sql.ErrConnDone) }

// close lets nobody in any more, finishes what was accepted and keeps the turn for good.
func (w *groupWriter) close() error {
	close(w.closing)
	w.turn <- struct{}{}
	for req := w.next(); req != nil; req = w.next() {
		w.group(req)
	}
	go func() { // who slipped in beside the closing is told so
		for req := range w.queue {
			req.answer <- errClosed()
		}
	}()
	w.session.unprepare()
	return w.session.conn.Close()
}

// next takes a waiting request without blocking; nil when none waits.
func (w *groupWriter) next() *request {
	select {
	case req := <-w.queue:
		return req
	default:
		return nil
	}
}

// group runs the first request and what waits behind it in one transaction. The first needs no savepoint: when it
// fails there is nothing to keep, and the others have the next turn.
func (w *groupWriter) group(first *request) {
	w.session.trim()
	if !first.begun.CompareAndSwap(false, true) {
		return // its caller gave up
	}
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		w.fail(err, first)
		return
	}
	if err := w.run(first); err != nil {
		_ = w.exec("ROLLBACK") // fails when the engine has done so by itself
		if LostDisk(err) {
			w.fail(err, first)
		} else {
			first.answer <- err
		}
		return
	}
	good := []*request{first}
	for n := 1; n < groupSize; n++ {
		req := w.next()
		if req == nil {
			break
		}
		if !req.begun.CompareAndSwap(false, true) {
			continue
		}
		err, whole := w.one(req)
		if whole != nil { // the savepoint itself failed: nothing of this group can be trusted
			_ = w.exec("ROLLBACK")
			w.fail(whole, append(good, req)...)
			return
		}
		if err != nil {
			req.answer <- err
		} else {
			good = append(good, req)
		}
	}
	if err := w.exec("COMMIT"); err != nil {
		_ = w.exec("ROLLBACK")
		w.fail(err, good...)
		return
	}
	w.commits.Add(1)
	for _, req := range good {
		req.answer <- nil
	}
}

// run runs a body. That there is no room on the disk is not its fault.
func (w *groupWriter) run(req *request) error {
	w.bodies++
	err := runBody(req.ctx, req.body, w.session)
	if w.session.lost != nil { // whatever the body made of it
		err = w.session.lost
	}
	if fullDisk(err) {
		return errs.E(errs.Unavailable, "error.not_saved").Because(err)
	}
	return err
}

// one runs a body in a savepoint. The second error means that the group's transaction is lost.
func (w *groupWriter) one(req *request) (err, whole error) {
	if err := w.exec("SAVEPOINT one"); err != nil {
		return nil, err
	}
	err = w.run(req)
	switch {
	case err == nil:
		return nil, w.exec("RELEASE one")
	case LostDisk(err):
		return nil, err
	}
	if whole := w.exec("ROLLBACK TO one"); whole != nil {
		return nil, whole
	}
	return err, w.exec("RELEASE one")
}

// exec is a step of the writer's own, between bodies: what the last body lost is no hindrance to it.
func (w *groupWriter) exec(query string) error {
	w.session.lost = nil
	_, err := w.session.Exec(context.Background(), query)
	return err
}

const (
	walPages = 4000 // frames in the log after which they are carried into the database; SQLite's own 1000 cost a tenth of the rate
	walLook  = 30   // bodies after which it is worth asking; one writes about twenty pages

	walTook = 10 * time.Millisecond // so long a group wrote as much as many: whoever comes next waits for a short log, not a long one
)

// checkpoint carries the write-ahead log into the database once it is long enough, after everybody has his answer.
// An fsync that fails here is as final as one in a commit.
func (w *groupWriter) checkpoint(took time.Duration) {
	if w.bodies < walLook && took < walTook {
		return
	}
	w.bodies = 0
	w.session.lost = nil
	var busy, frames, carried int64
	for _, mode := range []string{"PRAGMA wal_checkpoint(NOOP)", "PRAGMA wal_checkpoint(PASSIVE)"} {
		if _, err := w.session.One(context.Background(), mode, nil, &busy, &frames, &carried); err != nil {
			if LostDisk(err) {
				w.d.Fail(err)
			}
			return // no room, or a reader in the way: the log grows until next time
		}
		if frames-carried < walPages {
			return
		}
	}
}

// fail answers requests whose transaction is lost; after a disk error it ends all writing.
func (w *groupWriter) fail(err error, reqs ...*request) {
	key := "error.not_saved"
	if LostDisk(err) {
		w.d.Fail(err)
		key = "error.disk_lost"
	}
	for _, req := range reqs {
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
