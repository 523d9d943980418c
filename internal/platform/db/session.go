package db

import (
	"context"
	"database/sql"
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
// and go to the server together, in one round trip, before the next answer is needed.
type Session struct {
	engine  Engine
	conn    *sql.Conn
	bun     *bun.DB
	stmts   map[string]*sql.Stmt
	waiting []statement
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
	return stmt.QueryContext(ctx, args...)
}

// Engine is which engine lies below.
func (s *Session) Engine() Engine { return s.engine }
func (s *Session) querier()       {}

// Exec runs a statement now and tells how many rows it touched.
func (s *Session) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := s.Flush(ctx); err != nil {
		return 0, err
	}
	var res sql.Result
	var err error
	if s.engine == Postgres {
		res, err = s.conn.ExecContext(ctx, rebind(s.engine, query), args...)
	} else {
		var stmt *sql.Stmt
		if stmt, err = s.prepare(ctx, query); err == nil {
			res, err = stmt.ExecContext(ctx, args...)
		}
	}
	if err != nil {
		return 0, translate(err)
	}
	return res.RowsAffected()
}

// Send runs a statement whose count nobody needs, at the latest before the next Query, Exec or the commit;
// so an error may be reported later than the call (door.md, trap 9).
func (s *Session) Send(ctx context.Context, query string, args ...any) error {
	if s.engine == SQLite {
		_, err := s.Exec(ctx, query, args...)
		return err
	}
	s.waiting = append(s.waiting, statement{rebind(s.engine, query), args})
	return nil
}

// Flush sends what waits.
func (s *Session) Flush(ctx context.Context) error {
	if len(s.waiting) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, st := range s.waiting {
		batch.Queue(st.query, st.args...)
	}
	s.waiting = s.waiting[:0]
	err := s.conn.Raw(func(dc any) error {
		return dc.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
	return translate(err)
}

// Lock serialises transactions that name the same key until they end; on SQLite they are serial anyway.
func (s *Session) Lock(ctx context.Context, key int64) error {
	if s.engine == SQLite {
		return nil
	}
	_, err := s.Exec(ctx, "SELECT pg_advisory_xact_lock(?)", key)
	return err
}

// ForUpdate is the suffix that locks the rows a SELECT finds.
func (s *Session) ForUpdate() string {
	if s.engine == SQLite {
		return ""
	}
	return " FOR UPDATE"
}

// prepare keeps one prepared statement per text for the life of the write connection.
func (s *Session) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := s.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	s.stmts[query] = stmt
	return stmt, nil
}

// flushing is the connection bun reads from: what waits goes first, so that a query sees it.
type flushing struct{ s *Session }

func (f flushing) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := f.s.Flush(ctx); err != nil {
		return nil, err
	}
	return f.s.conn.QueryContext(ctx, query, args...)
}

func (f flushing) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := f.s.Flush(ctx); err != nil {
		ended, cancel := context.WithCancelCause(ctx) // a Row carries its error only through its query
		cancel(err)
		return f.s.conn.QueryRowContext(ended, query, args...)
	}
	return f.s.conn.QueryRowContext(ctx, query, args...)
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
