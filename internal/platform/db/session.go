package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
)

// Session is one open write transaction. It is a Querier that sees its own writes.
// On SQLite statements are prepared once on the one write connection. On PostgreSQL, statements given to Send wait
// and go to the server in one round trip with the next that needs an answer.
type Session struct {
	engine  Engine
	conn    *sql.Conn
	bun     *bun.DB
	bind    *Bindings
	stmts   map[string]*sql.Stmt
	waiting []statement
	lost    error // SQLite may have ended the transaction by itself: nothing more may be done in it
}

type statement struct {
	query string
	args  []any
}

// Select starts a query inside the transaction.
func (s *Session) Select(model any) *bun.SelectQuery {
	return selectFrom(s.bun, model).Conn(flushing{s})
}

// Query runs a plain SELECT inside the transaction.
func (s *Session) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := s.Flush(ctx); err != nil {
		return nil, err
	}
	if s.engine == Postgres {
		return s.conn.QueryContext(ctx, rebind(s.engine, query), args...)
	}
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return rows, s.noted(err)
}

// One reads the only row of a SELECT into targets; false when there is none. It goes to the server together with
// what waits.
func (s *Session) One(ctx context.Context, query string, args []any, targets ...any) (bool, error) {
	var err error
	if s.engine == Postgres {
		s.wait(query, args)
		err = s.roundTrip(ctx, func(last pgx.BatchResults) error { return last.QueryRow().Scan(targets...) })
	} else {
		var stmt *sql.Stmt
		if stmt, err = s.prepare(ctx, query); err == nil {
			err = s.noted(stmt.QueryRowContext(ctx, args...).Scan(targets...))
		}
	}
	if errors.Is(err, sql.ErrNoRows) { // pgx's own error is one too
		return false, nil
	}
	return err == nil, translate(err)
}

// Engine is which engine lies below.
func (s *Session) Engine() Engine      { return s.engine }
func (s *Session) querier()            {}
func (s *Session) kept() *sync.Map     { return nil }
func (s *Session) bindings() *Bindings { return s.bind }

// Exec runs a statement now and tells how many rows it touched.
func (s *Session) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if c, ok := s.bind.bound(query); ok {
		return s.execBound(ctx, c, query, args)
	}
	return s.exec(ctx, query, args...)
}

func (s *Session) exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	if s.engine == Postgres {
		s.wait(query, args)
		err = s.roundTrip(ctx, func(last pgx.BatchResults) error {
			tag, err := last.Exec()
			n = tag.RowsAffected()
			return err
		})
		return n, translate(err)
	}
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, translate(s.noted(err))
	}
	return res.RowsAffected()
}

// Send runs a statement whose count nobody needs, at the latest before the next Query, Exec or the commit;
// so an error may be reported later than the call (door.md, trap 9).
func (s *Session) Send(ctx context.Context, query string, args ...any) error {
	if c, ok := s.bind.bound(query); ok && !c.bindings {
		_, err := s.execBound(ctx, c, query, args)
		return err
	}
	return s.send(ctx, query, args...)
}

func (s *Session) send(ctx context.Context, query string, args ...any) error {
	if s.engine == SQLite {
		_, err := s.exec(ctx, query, args...)
		return err
	}
	s.wait(query, args)
	return nil
}

func (s *Session) wait(query string, args []any) {
	s.waiting = append(s.waiting, statement{rebind(s.engine, query), args})
}

// Flush sends what waits.
func (s *Session) Flush(ctx context.Context) error {
	if len(s.waiting) == 0 {
		return nil
	}
	return translate(s.roundTrip(ctx, func(last pgx.BatchResults) error {
		_, err := last.Exec()
		return err
	}))
}

// roundTrip sends what waits in one batch and hands on the answer to the last statement, unless an earlier one failed.
func (s *Session) roundTrip(ctx context.Context, read func(last pgx.BatchResults) error) error {
	batch := &pgx.Batch{}
	for _, st := range s.waiting {
		batch.Queue(st.query, st.args...)
	}
	clear(s.waiting)
	s.waiting = s.waiting[:0]
	return s.conn.Raw(func(dc any) error {
		answers := dc.(*stdlib.Conn).Conn().SendBatch(ctx, batch)
		for range batch.Len() - 1 {
			if _, err := answers.Exec(); err != nil {
				_ = answers.Close() // gives the same error again
				return err
			}
		}
		err := read(answers)
		if e := answers.Close(); err == nil {
			err = e
		}
		return err
	})
}

// Lock serialises transactions that name the same key until they end; on SQLite they are serial anyway. What is read
// after it is read after the wait, even when both went to the server together: each statement has a snapshot of its own.
func (s *Session) Lock(ctx context.Context, key int64) error {
	if s.engine == SQLite {
		return nil
	}
	return s.Send(ctx, "SELECT pg_advisory_xact_lock(?)", key)
}

// ForUpdate is the suffix that locks the rows a SELECT finds.
func (s *Session) ForUpdate() string {
	if s.engine == SQLite {
		return ""
	}
	return " FOR UPDATE"
}

// noted remembers an error after which SQLite's transaction may be gone. A body that swallowed it and went on would
// write outside any transaction (door.md, trap 1).
func (s *Session) noted(err error) error {
	if err != nil && !errors.Is(err, sql.ErrNoRows) && !refused(err) {
		s.lost = err
	}
	return err
}

// prepare keeps one prepared statement per text for the life of the write connection.
func (s *Session) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s.lost != nil {
		return nil, s.lost
	}
	if stmt, ok := s.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", s.noted(err))
	}
	s.stmts[query] = stmt
	return stmt, nil
}

const statements = 1000 // prepared at most; more come from texts with lists of changing length

// trim closes all prepared statements when they have become too many. Only between transactions.
func (s *Session) trim() {
	if len(s.stmts) > statements {
		s.unprepare()
	}
}

// unprepare closes all prepared statements. As long as one is open SQLite keeps the file open, also of a closed connection.
func (s *Session) unprepare() {
	for _, stmt := range s.stmts {
		_ = stmt.Close() // nothing is read from it any more
	}
	clear(s.stmts)
}

// flushing is the connection bun reads from: what waits goes first, so that a query sees it.
type flushing struct{ s *Session }

func (f flushing) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := f.ready(ctx); err != nil {
		return nil, err
	}
	rows, err := f.s.conn.QueryContext(ctx, query, args...)
	return rows, f.s.noted(err)
}

func (f flushing) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := f.ready(ctx); err != nil {
		ended, cancel := context.WithCancelCause(ctx) // a Row carries its error only through its query
		cancel(err)
		return f.s.conn.QueryRowContext(ended, query, args...)
	}
	return f.s.conn.QueryRowContext(ctx, query, args...)
}

func (f flushing) ready(ctx context.Context) error {
	if f.s.lost != nil {
		return f.s.lost
	}
	return f.s.Flush(ctx)
}

// ExecContext refuses: bun only reads here (door.md 7).
func (f flushing) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, fmt.Errorf("db: bun may not write; use op.Tx")
}

var rebound sync.Map // query text → PostgreSQL's text

// rebind turns ? into $1, $2 … for PostgreSQL. A question mark inside a literal is not supported, and not needed.
func rebind(engine Engine, query string) string {
	if engine == SQLite || !strings.Contains(query, "?") {
		return query
	}
	if done, ok := rebound.Load(query); ok {
		return done.(string)
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	rebound.Store(query, b.String())
	return b.String()
}
