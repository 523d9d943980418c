package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// pragmas every connection has (reliability §2); TestPragmas asks the engine for each.
var pragmas = []string{
	"busy_timeout(10000)",
	"foreign_keys(ON)",
	"secure_delete(ON)",
	"trusted_schema(OFF)",
	"cell_size_check(ON)",
	"mmap_size(0)",
	"temp_store(MEMORY)",
}

// forWriting are the pragmas of a connection that writes.
var forWriting = []string{"journal_mode(WAL)", "synchronous(FULL)", "_txlock=immediate"}

// forReading makes a connection that cannot write: the file itself is opened read-only, which no pragma can undo.
var forReading = []string{"query_only(ON)", "mode=ro"}

const readers = 4 // more gained nothing (stack.md 1)

func (d *DB) openSQLite(ctx context.Context, file string, migrations []Migration) (err error) {
	d.engine = SQLite
	if d.write, err = File(file); err != nil {
		return err
	}
	if err := migrate(ctx, d.write, SQLite, migrations); err != nil {
		return err
	}
	// The program checkpoints after it has answered (groupWriter.checkpoint); SQLite would do it within a commit, and
	// would hide what went wrong with it.
	if _, err := d.write.ExecContext(ctx, "PRAGMA wal_autocheckpoint = 0"); err != nil {
		return err
	}
	read, err := sql.Open("sqlite", sqliteDSN(file, forReading))
	if err != nil {
		return err
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	d.setRead(read, sqlitedialect.New())
	d.writer, err = newGroupWriter(ctx, d)
	return err
}

// sqliteDSN is a file's address; extra holds pragmas, and options with their own name.
func sqliteDSN(file string, extra []string) string {
	options := make([]string, 0, len(pragmas)+len(extra))
	for _, p := range slices.Concat(pragmas, extra) {
		if !strings.Contains(p, "=") {
			p = "_pragma=" + url.QueryEscape(p)
		}
		options = append(options, p)
	}
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + strings.Join(options, "&")
}

func attachSQLite(file string) (*sql.DB, schema.Dialect, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, nil, err
	}
	pool, err := sql.Open("sqlite", sqliteDSN(file, forReading))
	return pool, sqlitedialect.New(), err
}

// LookInto opens a SQLite file for reading only; one that is not there is an error.
func LookInto(file string) (*sql.DB, error) {
	pool, _, err := attachSQLite(file)
	return pool, err
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

// LostDisk reports whether an error means that what was written may not be on disk (SQLITE_IOERR and kin):
// final, never retried. A full disk is not: the transaction is rolled back whole.
func LostDisk(err error) bool {
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

// Corrupt reports whether an error says that the database itself is damaged: nothing read from it can be relied on.
func Corrupt(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == lib.SQLITE_CORRUPT || lite.Code()&0xff == lib.SQLITE_NOTADB
	}
	code := sqlState(err)
	return code == "XX001" || code == "XX002"
}

// refused tells apart an error that leaves a SQLite transaction as it was (a constraint, a mistake in the text) from
// one after which the engine may have rolled it back by itself.
func refused(err error) bool {
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return false
	}
	switch lite.Code() & 0xff {
	case lib.SQLITE_ERROR, lib.SQLITE_CONSTRAINT, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG, lib.SQLITE_RANGE, lib.SQLITE_MISUSE:
		return true
	}
	return false
}

// fullDisk reports whether there was no room to write; nothing was saved, and once there is room all goes on.
func fullDisk(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == lib.SQLITE_FULL
}

// File opens a SQLite file for writing, one connection, every commit fsynced. Besides the database itself, the key
// store is one.
func File(file string) (*sql.DB, error) {
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, err
	} else if err := f.Close(); err != nil {
		return nil, err
	}
	// fdatasync is as durable and spares the file system's journal the new timestamp; an error only says that this
	// system has none.
	_, _ = sqlite.Fdatasync(true)
	pool, err := sql.Open("sqlite", sqliteDSN(file, forWriting))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}
