package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun/dialect/pgdialect"

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
	write := stdlib.OpenDB(*cfg)
	write.SetMaxOpenConns(pgConnections)
	write.SetMaxIdleConns(pgConnections)
	readOnly := cfg.Copy()
	readOnly.RuntimeParams["default_transaction_read_only"] = "on"
	read := stdlib.OpenDB(*readOnly)
	read.SetMaxOpenConns(pgConnections)
	read.SetMaxIdleConns(pgConnections)
	d.write = write
	d.setRead(read, pgdialect.New())
	if err := migrate(ctx, write, Postgres, migrations); err != nil {
		return err
	}
	d.writer = pgWriter{d}
	return nil
}

// pgWriter gives each body a READ COMMITTED transaction of its own; bodies lock the rows they change (door.md 2).
type pgWriter struct{ d *DB }

func (pgWriter) close() error { return nil }

func (w pgWriter) do(ctx context.Context, body func(context.Context, *Session) error) error {
	ctx = inside(ctx)
	for attempt := 1; ; attempt++ {
		err := w.once(ctx, body)
		if !lostRace(err) || attempt == pgAttempts {
			return outcome(err)
		}
	}
}

func (w pgWriter) once(ctx context.Context, body func(context.Context, *Session) error) error {
	conn, err := w.d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	s := &Session{engine: Postgres, conn: conn, bun: w.d.read}
	if _, err := s.Exec(ctx, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"); err != nil {
		return err
	}
	err = runBody(ctx, body, s)
	if err == nil {
		err = s.Flush(ctx)
	}
	if err == nil {
		_, err = s.Exec(ctx, "COMMIT")
		return err
	}
	s.waiting = nil
	if _, e := s.Exec(ctx, "ROLLBACK"); e != nil {
		// A connection in an unknown state must not go back to the pool.
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	return err
}

// lostRace reports whether the transaction may simply be run again: serialization failure or deadlock.
func lostRace(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// outcome makes a lost connection or a lock waited for in vain "not saved, try again"; with the same token a repeat
// is harmless even when the lost answer was a commit.
func outcome(err error) error {
	var pg *pgconn.PgError
	var house *errs.Error
	switch {
	case err == nil, errors.As(err, &house):
		return err
	case errors.As(err, &pg) && (pg.Code == "55P03" || pg.Code[:2] == "57" || pg.Code[:2] == "53"):
		return errs.E(errs.Unavailable, "error.busy").Because(err)
	case errors.As(err, &pg):
		return err
	case pgconn.SafeToRetry(err), pgconn.Timeout(err), errors.Is(err, sql.ErrConnDone), connectFailed(err):
		return errs.E(errs.Unavailable, "error.not_saved").Because(err)
	}
	return err
}

func connectFailed(err error) bool {
	var connect *pgconn.ConnectError
	return errors.As(err, &connect)
}

func translatePostgres(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return fmt.Errorf("%w: %w", ErrUnique, err)
	}
	return err
}
