package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3/database"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
)

// Wanted is the schema that the first of the program's migrations make, up to and with one version: on SQLite in memory, on
// PostgreSQL in the session's temporary tables, within a transaction that is rolled back. The database itself is not
// changed. An error where the role may not make temporary tables, or the server is a standby.
func Wanted(ctx context.Context, cfg Config, migrations []Migration, upto int64) ([]Object, error) {
	steps := slices.DeleteFunc(slices.Clone(migrations), func(m Migration) bool { return m.Version > upto })
	key := cfg.URL
	for _, m := range steps {
		key += fmt.Sprint(" ", m.Version)
	}
	if known, ok := wanted.Load(key); ok {
		return known.([]Object), nil
	}
	all, err := made(ctx, cfg, steps)
	if err == nil {
		wanted.Store(key, all)
	}
	return all, err
}

var wanted sync.Map // address of the server and versions → objects, for who asks again and again

func made(ctx context.Context, cfg Config, steps []Migration) ([]Object, error) {
	if cfg.URL != "" {
		return wantedPostgres(ctx, cfg.URL, steps)
	}
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	var all []Object
	err = carryOut(ctx, pool, SQLite, steps)
	if err == nil {
		all, err = Schema(ctx, reader{bun.NewDB(pool, sqlitedialect.New()), pool, SQLite, &Bindings{}, nil})
	}
	return all, errors.Join(err, pool.Close())
}

func wantedPostgres(ctx context.Context, url string, steps []Migration) (all []Object, err error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN; SET LOCAL search_path = pg_temp; SET LOCAL lock_timeout = '10s'"); err != nil {
		return nil, err
	}
	defer func() {
		_, e := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, e)
	}()
	if err := carryOut(ctx, conn, Postgres, steps); err != nil {
		return nil, err
	}
	q := snapshot{reader{bun.NewDB(pool, pgdialect.New()), pool, Postgres, &Bindings{}, nil}, conn}
	var space string
	if err := Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&space) }, `SELECT nspname::text FROM pg_namespace WHERE oid = pg_my_temp_schema()`); err != nil {
		return nil, err
	}
	return objects(ctx, q, space, postgresSchema)
}

// carryOut makes the tables of migrations in an empty schema; the library's own table is one of them.
func carryOut(ctx context.Context, on database.DBTxConn, engine Engine, steps []Migration) error {
	dialect := database.DialectSQLite3
	if engine == Postgres {
		dialect = database.DialectPostgres
	}
	store, err := database.NewStore(dialect, "goose_db_version")
	if err != nil {
		return err
	}
	if err := store.CreateVersionTable(ctx, on); err != nil {
		return err
	}
	for _, m := range steps {
		if _, err := on.ExecContext(ctx, m.render(engine)); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return nil
}
