package tamper

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/platform/evidence"
	"hudang/test/round"
)

// folder is a data folder, and the PostgreSQL database that belongs to it, that may be damaged.
type folder struct {
	*testing.T
	dir      string
	database string // address; empty: SQLite in the folder
	key      string // of the log, as the verifier keeps it
	raw      *sql.Conn
}

// play is a company on SQLite in which everything was done once; its checkpoints are signed.
func play(t *testing.T) *apptest.Company {
	t.Helper()
	c := apptest.Open(t)
	busy(t, c)
	return c
}

// each damages a company on either engine: on SQLite a copy of it, on PostgreSQL its own database while the program rests.
func each(t *testing.T, test func(t *testing.T, c *apptest.Company, f *folder)) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		busy(t, c)
		if c.Database == "" {
			test(t, c, copyOf(t, c, ""))
			return
		}
		f := &folder{T: t, dir: c.Data, database: c.Database, key: c.App.Door.Vault.VerifierKey()}
		f.open()
		if report := f.verify(); !report.Clean() {
			t.Fatalf("before any change: %+v", report.Findings)
		}
		test(t, c, f)
	})
}

func busy(t *testing.T, c *apptest.Company) {
	t.Helper()
	round.New(t, c, c.Garden, "t", round.Plain).Run(round.Steps(), nil)
	if _, err := c.App.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// copyOf is a copy of a company's data folder; keys are its key store's place, where it is wanted.
func copyOf(t *testing.T, c *apptest.Company, keys string) *folder {
	t.Helper()
	f := &folder{T: t, dir: filepath.Join(t.TempDir(), "copy"), key: c.App.Door.Vault.VerifierKey()}
	report, err := app.Copy(t.Context(), app.CopyOptions{Data: c.Data, Dest: f.dir, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	if !report.Verified.Clean() {
		t.Fatalf("before any change: %+v", report.Verified.Findings)
	}
	f.open()
	return f
}

// open opens the database as an administrator would who does not use the program.
func (f *folder) open() {
	f.Helper()
	driver, address, free := "sqlite", "file:"+filepath.Join(f.dir, "hudang.db")+"?_pragma=synchronous(OFF)", "PRAGMA foreign_keys = OFF"
	if f.database != "" {
		driver, address, free = "pgx", f.database, "SET session_replication_role = replica"
	}
	pool, err := sql.Open(driver, address)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { pool.Close() })
	if f.raw, err = pool.Conn(context.Background()); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { f.raw.Close() })
	f.exec(free)
}

// verify is what the command says, with anchors from outside.
func (f *folder) verify(anchors ...string) *evidence.Report {
	f.Helper()
	report, err := app.Verify(context.Background(), app.VerifyOptions{Data: f.dir, Database: f.database, Key: f.key, Anchors: anchors})
	if err != nil {
		f.Fatal(err)
	}
	return report
}

// try runs a statement with ? for its arguments; an error means that the engine's own constraints are in the way.
func (f *folder) try(query string, args ...any) (sql.Result, error) {
	if f.database != "" {
		for n := 1; n <= len(args); n++ {
			query = strings.Replace(query, "?", "$"+strconv.Itoa(n), 1)
		}
	}
	return f.raw.ExecContext(context.Background(), query, args...)
}

func (f *folder) exec(query string, args ...any) {
	f.Helper()
	if _, err := f.try(query, args...); err != nil {
		f.Fatalf("%s: %v", query, err)
	}
}

// table is a photograph of a table.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

func (f *folder) read(name string) table {
	f.Helper()
	rows, err := f.raw.QueryContext(context.Background(), "SELECT * FROM "+name)
	if err != nil {
		f.Fatal(err)
	}
	defer rows.Close()
	t := table{name: name}
	if t.columns, err = rows.Columns(); err != nil {
		f.Fatal(err)
	}
	for rows.Next() {
		row, to := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			f.Fatal(err)
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok && len(b) == 0 { // the driver reads empty bytes as nil ones, and would write NULL
				row[i] = []byte{}
			}
		}
		t.rows = append(t.rows, row)
	}
	if err := rows.Err(); err != nil {
		f.Fatal(err)
	}
	return t
}

// covered are photographs of the log's own tables and of every evidential one; one without a row is to be named as bare.
func (f *folder) covered(c *apptest.Company, bare map[string]string) (log, rooms []table) {
	f.Helper()
	for _, name := range []string{"evidence_head", "evidence_leaf", "evidence_touched", "evidence_part"} {
		log = append(log, f.read(name))
	}
	for _, t := range c.App.Door.Tables.All() {
		if t.Exempt != "" {
			continue
		}
		rows := f.read(t.Name)
		if len(rows.rows) == 0 && bare[t.Name] == "" {
			f.Errorf("a round leaves no row in %s, so nothing is shown of it: give it a step in test/round", t.Name)
		}
		if len(rows.rows) > 0 {
			rooms = append(rooms, rows)
		}
	}
	return log, rooms
}

func (t table) column(name string) int { return slices.Index(t.columns, name) }

// where says which row is meant: every column.
func (t table) where() string {
	const same = " IS NOT DISTINCT FROM ?"
	return " WHERE " + strings.Join(t.columns, same+" AND ") + same
}

func (t table) insert() string {
	return "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(t.columns)-1) + ")"
}
