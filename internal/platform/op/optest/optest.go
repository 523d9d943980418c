// Package optest gives tests a working door on each engine, and verifies the log when the test is over.
package optest

import (
	"context"
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
	"hudang/internal/platform/vault"
)

// World is what a test's program consists of, besides the ground.
type World struct {
	Migrations []fs.FS
	Tables     [][]evidence.Table
	Ops        []op.Any
}

// Morning is when the test's clock stands: a Monday, nine o'clock in China.
var Morning = time.Date(2026, 11, 23, 9, 0, 0, 0, clock.China)

// Each runs a test on SQLite and, unless -short, on PostgreSQL, each with an empty database; afterwards the log must
// verify without a finding.
func Each(t *testing.T, w World, test func(t *testing.T, d *op.Door)) {
	t.Helper()
	each(t, w, func(t *testing.T, d *op.Door) {
		test(t, d)
		for _, f := range Verify(t, d).Findings {
			t.Errorf("verify: %+v", f)
		}
	})
}

// EachTampered is Each for tests that damage the database themselves.
func EachTampered(t *testing.T, w World, test func(t *testing.T, d *op.Door)) {
	t.Helper()
	each(t, w, test)
}

func each(t *testing.T, w World, test func(t *testing.T, d *op.Door)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, Open(t, w, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")}))
	})
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("-short: SQLite only")
		}
		test(t, Open(t, w, db.Config{URL: dbtest.Postgres(t)}))
	})
}

// Open makes a door over one database.
func Open(t testing.TB, w World, cfg db.Config) *op.Door {
	t.Helper()
	migrations, err := db.Migrations(append([]fs.FS{evidence.Migrations, op.Migrations}, w.Migrations...)...)
	must(t, err)
	d, err := db.Open(context.Background(), cfg, migrations)
	must(t, err)
	keys, err := vault.Open(context.Background(), t.TempDir())
	must(t, err)
	tables, err := evidence.NewTables(append([][]evidence.Table{evidence.Own, op.Tables}, w.Tables...)...)
	must(t, err)
	door, err := op.NewDoor(d, keys, tables, clock.At(Morning), w.Ops)
	must(t, err)
	t.Cleanup(func() {
		must(t, d.Close())
		must(t, keys.Close())
	})
	return door
}

// Verify verifies the door's log as an outsider would, without anchors.
func Verify(t testing.TB, d *op.Door) *evidence.Report {
	t.Helper()
	id := evidence.Identity{Installation: d.Vault.Installation(), VerifierKey: d.Vault.VerifierKey()}
	report, err := evidence.Verify(context.Background(), d.DB.Read(), d.Tables, id, nil, nil)
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
