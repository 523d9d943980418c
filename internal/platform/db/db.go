package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// Engine names the database below.
type Engine string

// The two engines. One store code serves both.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Config says which database to open: a SQLite file, or a PostgreSQL URL when URL is set.
type Config struct {
	File string
	URL  string
}

// DB is an open database: a read pool and the one way to write.
type DB struct {
	engine Engine
	read   *bun.DB   // connections are read-only by the engine
	ask    bun.IConn // read, with SQLite's statements kept
	write  *sql.DB
	writer writer
	bind   Bindings              // of the tables whose rows are bound
	kept   sync.Map              // Kept
	broken atomic.Pointer[error] // set once by an fsync error; never cleared
	gone   chan struct{}         // closed with it
}

// writer runs bodies in transactions; one implementation per engine.
type writer interface {
	do(ctx context.Context, body func(context.Context, *Session) error) error
	close() error
}

// Open opens the database and brings its schema up to date under a lock.
// It refuses a database that a newer program has migrated.
func Open(ctx context.Context, cfg Config, migrations []Migration) (*DB, error) {
	d := &DB{gone: make(chan struct{})}
	var err error
	if cfg.URL != "" {
		err = d.openPostgres(ctx, cfg.URL, migrations)
	} else {
		err = d.openSQLite(ctx, cfg.File, migrations)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), d.Close())
	}
	return d, nil
}

// Attach opens a database for reading only, without migrating it: for verify, which works beside a running program and
// changes nothing. The function returned closes it.
func Attach(cfg Config) (Querier, func() error, error) {
	open, engine := func() (*sql.DB, schema.Dialect, error) { return attachSQLite(cfg.File) }, SQLite
	if cfg.URL != "" {
		open, engine = func() (*sql.DB, schema.Dialect, error) { return attachPostgres(cfg.URL) }, Postgres
	}
	pool, dialect, err := open()
	if err != nil {
		return nil, nil, fmt.Errorf("open database: %w", err)
	}
	d := &DB{engine: engine}
	d.setRead(pool, dialect)
	return d.Read(), pool.Close, nil
}

// Engine is which engine lies below.
func (d *DB) Engine() Engine { return d.engine }

// Close ends reading and writing; bodies already accepted are finished.
func (d *DB) Close() error {
	var errs []error
	if d.writer != nil { // each may be missing where Open failed half way
		errs = append(errs, d.writer.close())
	}
	if d.read != nil {
		errs = append(errs, d.read.Close())
	}
	if d.write != nil {
		errs = append(errs, d.write.Close())
	}
	return errors.Join(errs...)
}

// Broken is closed when an fsync failed: the program must stop writing, say so, exit and check itself (reliability §2).
func (d *DB) Broken() <-chan struct{} { return d.gone }

// Read is the read side.
func (d *DB) Read() Querier { return reader{d.read, d.ask, d.engine, &d.bind, &d.kept} }

// Querier asks questions, and can do nothing else. It is sealed: only this package's readers and a Session are one.
type Querier interface {
	// Select starts a query on a model; nil for a query without one.
	Select(model any) *bun.SelectQuery
	// Query runs a plain SELECT; placeholders are ? on both engines.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// Engine is for the few places where the engines differ.
	Engine() Engine
	querier()
	bindings() *Bindings
	kept() *sync.Map
}

type reader struct {
	bun    *bun.DB
	ask    bun.IConn
	engine Engine
	bind   *Bindings
	keep   *sync.Map
}

func (r reader) Select(model any) *bun.SelectQuery { return selectFrom(r.bun, model).Conn(r.ask) }

func (r reader) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.ask.QueryContext(ctx, rebind(r.engine, query), args...)
}

func (r reader) Engine() Engine      { return r.engine }
func (reader) querier()              {}
func (r reader) bindings() *Bindings { return r.bind }
func (r reader) kept() *sync.Map     { return r.keep }

// Kept is where answers read from the open database may be kept from one asking to the next; nil where they may not: within a
// transaction, which sees what nobody else does, or an earlier moment.
func Kept(q Querier) *sync.Map { return q.kept() }

func selectFrom(b *bun.DB, model any) *bun.SelectQuery {
	q := b.NewSelect()
	if model != nil {
		q = q.Model(model)
	}
	return q
}

// Rows runs a SELECT and hands each row to scan; it closes the rows whatever happens.
func Rows(ctx context.Context, q Querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// setRead wraps the read pool. Columns a later migration dropped or added do not disturb an older query.
func (d *DB) setRead(pool *sql.DB, dialect schema.Dialect) {
	d.read, d.ask = bun.NewDB(pool, dialect, bun.WithDiscardUnknownColumns()), pool
	if d.engine == SQLite { // the driver of PostgreSQL keeps statements itself
		d.ask = newPrepared(pool)
	}
}
