package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// pragmas every connection has (reliability §2); TestPragmas asks the engine for each.
var pragmas = []string{
	"busy_timeout(10000)",
	"journal_mode(WAL)",
	"synchronous(FULL)",
	"foreign_keys(ON)",
	"secure_delete(ON)",
	"trusted_schema(OFF)",
	"cell_size_check(ON)",
	"mmap_size(0)",
	"temp_store(MEMORY)",
}

const readers = 4 // more gained nothing (stack.md 1)

func (d *DB) openSQLite(ctx context.Context, file string, migrations []Migration) error {
	d.engine = SQLite
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return err
	} else if err := f.Close(); err != nil {
		return err
	}
	write, err := sql.Open("sqlite", sqliteDSN(file, "_txlock=immediate"))
	if err != nil {
		return err
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", sqliteDSN(file, "_pragma=query_only(ON)"))
	if err != nil {
		return err
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	d.write = write
	d.setRead(read, sqlitedialect.New())
	if err := migrate(ctx, write, SQLite, migrations); err != nil {
		return err
	}
	d.writer, err = newGroupWriter(ctx, d)
	return err
}

func sqliteDSN(file, extra string) string {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + extra
	for _, p := range pragmas {
		dsn += "&_pragma=" + url.QueryEscape(p)
	}
	return dsn
}

// Attach opens a SQLite file read-only, without migrating: for verify, which must work beside a running program
// and change nothing.
func Attach(file string) (Querier, func() error, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, nil, err
	}
	pool, err := sql.Open("sqlite", sqliteDSN(file, "_pragma=query_only(ON)"))
	if err != nil {
		return nil, nil, err
	}
	d := &DB{engine: SQLite}
	d.setRead(pool, sqlitedialect.New())
	return d.Read(), pool.Close, nil
}

// ErrUnique is a broken uniqueness; rooms turn it into a message where their own check lost a race.
var ErrUnique = errors.New("db: not unique")

// translate gives a driver's error the meaning the house knows.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() {
		case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fmt.Errorf("%w: %w", ErrUnique, err)
		}
	}
	return translatePostgres(err)
}

// lostDisk reports whether an error means that what was written may not be on disk (SQLITE_IOERR and kin):
// final, never retried. A full disk is not: the transaction is rolled back whole.
func lostDisk(err error) bool {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return false
	}
	switch lite.Code() & 0xff {
	case lib.SQLITE_IOERR, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return true
	}
	return false
}

// File opens a small SQLite file of its own, one connection, every commit fsynced: for the key store.
func File(file string) (*sql.DB, error) {
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, err
	} else if err := f.Close(); err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", sqliteDSN(file, "_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}
