package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"hudang/internal/platform/errs"
)

const (
	pgConnections = 20
	pgAttempts    = 4
)

func (d *DB) openPostgres(ctx context.Context, url string, migrations []Migration) error {
	d.engine = Postgres
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	cfg.RuntimeParams["timezone"] = "UTC"
	cfg.RuntimeParams["lock_timeout"] = "10s"
	cfg.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	cfg.RuntimeParams["synchronous_commit"] = "on"
	d.write = stdlib.OpenDB(*cfg)
	d.write.SetMaxOpenConns(pgConnections)
	d.write.SetMaxIdleConns(pgConnections)
	readOnly := cfg.Copy()
	readOnly.RuntimeParams["default_transaction_read_only"] = "on"
	read := stdlib.OpenDB(*readOnly)
	read.SetMaxOpenConns(pgConnections)
	read.SetMaxIdleConns(pgConnections)
	d.setRead(read, pgdialect.New())
	if err := migrate(ctx, d.write, Postgres, migrations); err != nil {
		return err
	}
	d.writer = pgWriter{d}
	return nil
}

func attachPostgres(url string) (*sql.DB, schema.Dialect, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, nil, err
	}
	cfg.RuntimeParams["default_transaction_read_only"] = "on"
	return stdlib.OpenDB(*cfg), pgdialect.New(), nil
}

// pgWriter gives each body a READ COMMITTED transaction of its own; bodies lock the rows they change (door.md 2).
type pgWriter struct{ d *DB }

func (pgWriter) close() error { return nil }

func (w pgWriter) do(ctx context.Context, body func(context.Context, *Session) error) error {
	for attempt := 1; ; attempt++ {
		err := w.once(ctx, body)
		if !lostRace(err) || attempt == pgAttempts {
			return outcome(err)
		}
	}
}

func (w pgWriter) once(ctx context.Context, body func(context.Context, *Session) error) error {
	conn, err := w.connection(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx = inside(ctx)
	s := &Session{engine: Postgres, conn: conn, bun: w.d.read, bind: &w.d.bind}
	s.wait("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", nil) // goes with the first statement
	if err = runBody(ctx, body, s); err == nil {
		if err = s.commit(ctx); err == nil {
			return nil
		}
	}
	s.waiting = nil
	if _, e := s.Exec(ctx, "ROLLBACK"); e != nil {
		// A connection in an unknown state must not go back to the pool.
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	return err
}

// connection waits for a free one, with the same patience as a body on SQLite waits for its turn.
func (w pgWriter) connection(ctx context.Context) (*sql.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := w.d.write.Conn(limited)
	switch {
	case err == nil:
		return conn, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, errs.E(errs.Unavailable, "error.busy").Because(err)
	}
	return nil, errs.E(errs.Unavailable, "error.not_saved").Because(err)
}

// commit sends what waits and COMMIT together. The server answers a COMMIT of a transaction that had failed before,
// because a body swallowed the error, with ROLLBACK and no error.
func (s *Session) commit(ctx context.Context) error {
	s.wait("COMMIT", nil)
	var tag pgconn.CommandTag
	err := s.roundTrip(ctx, func(last pgx.BatchResults) (err error) {
		tag, err = last.Exec()
		return err
	})
	if err == nil && tag.String() != "COMMIT" {
		err = fmt.Errorf("db: the transaction had failed, its body went on all the same (%s)", tag)
	}
	return translate(err)
}

// lostRace reports whether the transaction may simply be run again: serialization failure or deadlock.
func lostRace(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// passing are the classes of PostgreSQL's errors that say nothing about the statement: transaction lost to others,
// connection, resources (disk, memory, connections), operator intervention, system; and single codes: lock not had in
// time, idle too long, server now read-only.
var passing = []string{"40", "08", "53", "57", "58", "55P03", "25P03", "25006"}

// outcome makes a lost connection or a lock waited for in vain "not saved, try again"; with the same token a repeat
// is harmless even when the lost answer was a commit.
func outcome(err error) error {
	var pg *pgconn.PgError
	var house *errs.Error
	var network net.Error
	switch {
	case err == nil, errors.As(err, &house):
		return err
	case errors.As(err, &pg):
		if slices.ContainsFunc(passing, func(code string) bool { return strings.HasPrefix(pg.Code, code) }) {
			return errs.E(errs.Unavailable, "error.busy").Because(err)
		}
	case pgconn.SafeToRetry(err), pgconn.Timeout(err), errors.As(err, &network),
		errors.Is(err, pgconn.ErrConnClosed), errors.Is(err, sql.ErrConnDone), errors.Is(err, driver.ErrBadConn),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errs.E(errs.Unavailable, "error.not_saved").Because(err)
	}
	return err
}

func translatePostgres(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return fmt.Errorf("%w: %w", ErrUnique, err)
	}
	return err
}

// sqlState is the code of a PostgreSQL server's error; empty for others.
func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}
