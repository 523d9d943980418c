// Package optest gives tests a working door on each engine, and verifies the log when the test is over.
package optest

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest/toy"
	"hudang/internal/platform/vault"
)

// World is what a test's program consists of, besides the ground.
type World struct {
	Migrations []fs.FS
	Tables     [][]evidence.Table
	Ops        []op.Any
}

// Toy is the world of the toy room, shared by the tests of the ground.
var Toy = World{Migrations: []fs.FS{toy.Migrations}, Tables: [][]evidence.Table{toy.Tables}, Ops: toy.Ops}

// Morning is when the test's clock stands: a Monday, nine o'clock in China.
var Morning = time.Date(2026, 11, 23, 9, 0, 0, 0, clock.China)

// Each runs a test on SQLite and, unless -short, on PostgreSQL, each with an empty database; afterwards the log must
// verify without a finding.
func Each(t *testing.T, w World, test func(t *testing.T, d *op.Door)) {
	t.Helper()
	each(t, func(t *testing.T, cfg db.Config) {
		d := Open(t, w, cfg)
		test(t, d)
		for _, f := range Verify(t, d).Findings {
			t.Errorf("verify: %+v", f)
		}
	})
}

// EachTampered is Each for tests that damage the database themselves, through a connection that keeps no rule:
// what an administrator has who does not use the program.
func EachTampered(t *testing.T, w World, test func(t *testing.T, d *op.Door, raw *sql.DB)) {
	t.Helper()
	each(t, func(t *testing.T, cfg db.Config) {
		d := Open(t, w, cfg)
		driver, address, free := "sqlite", "file:"+cfg.File, "PRAGMA foreign_keys = OFF"
		if cfg.URL != "" {
			driver, address, free = "pgx", cfg.URL, "SET session_replication_role = replica"
		}
		raw, err := sql.Open(driver, address)
		must(t, err)
		raw.SetMaxOpenConns(1)
		t.Cleanup(func() { raw.Close() })
		_, err = raw.Exec(free)
		must(t, err)
		test(t, d, raw)
	})
}

func each(t *testing.T, test func(t *testing.T, cfg db.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	})
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("-short: SQLite only")
		}
		test(t, db.Config{URL: dbtest.Postgres(t)})
	})
}

// Open makes a door over one database, with a key store of its own and a clock that stands at Morning.
func Open(t testing.TB, w World, cfg db.Config) *op.Door {
	t.Helper()
	door, shut, err := w.Open(context.Background(), cfg, t.TempDir(), clock.At(Morning))
	must(t, err)
	t.Cleanup(func() { must(t, shut()) })
	return door
}

// Open makes a door over a database and the key store in a folder; the function returned closes both.
func (w World) Open(ctx context.Context, cfg db.Config, keyDir string, c clock.Clock) (*op.Door, func() error, error) {
	migrations, err := db.Migrations(append([]fs.FS{evidence.Migrations, op.Migrations}, w.Migrations...)...)
	if err != nil {
		return nil, nil, err
	}
	tables, err := evidence.NewTables(append([][]evidence.Table{evidence.Own, op.Tables}, w.Tables...)...)
	if err != nil {
		return nil, nil, err
	}
	keys, err := vault.Open(ctx, keyDir)
	if err != nil {
		return nil, nil, err
	}
	d, err := db.Open(ctx, cfg, migrations)
	if err != nil {
		return nil, nil, errors.Join(err, keys.Close())
	}
	door, err := op.NewDoor(d, keys, tables, c, w.Ops)
	if err != nil {
		return nil, nil, errors.Join(err, d.Close(), keys.Close())
	}
	return door, func() error { return errors.Join(d.Close(), keys.Close()) }, nil
}

// Verify verifies the door's log as an outsider would, without anchors.
func Verify(t testing.TB, d *op.Door) *evidence.Report {
	t.Helper()
	return VerifyAgainst(t, d, nil, nil)
}

// VerifyAgainst is Verify with the notes the program remembers, and with anchors from outside.
func VerifyAgainst(t testing.TB, d *op.Door, notes []string, anchors []evidence.Anchor) *evidence.Report {
	t.Helper()
	id := evidence.Identity{Installation: d.Vault.Installation(), VerifierKey: d.Vault.VerifierKey()}
	report, err := evidence.Verify(context.Background(), d.DB.Read(), d.Tables, id, evidence.Against{Notes: notes, Anchors: anchors})
	must(t, err)
	return report
}

// As is a context in which somebody holds posts in an estate.
func As(ctx context.Context, account int64, estate access.EstateID, posts ...access.Post) context.Context {
	a := access.Actor{Account: account}
	for _, p := range posts {
		a.Grants = append(a.Grants, access.Grant{Post: p, Estate: estate})
	}
	return access.With(ctx, a)
}

// Leaves counts the leaves of a log.
func Leaves(t testing.TB, d *op.Door, log access.EstateID) int64 {
	t.Helper()
	for _, c := range Verify(t, d).Logs {
		if c.Origin == d.Log.Origin(log) {
			return c.Size
		}
	}
	return 0
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
