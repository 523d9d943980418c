package db_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"modernc.org/sqlite"

	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
)

const thing = `CREATE TABLE thing (id BIGINT PRIMARY KEY, name {{text}} NOT NULL UNIQUE);`

func migrations(t *testing.T, files map[string]string) []db.Migration {
	t.Helper()
	m, err := db.Migrations(room(files))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func room(files map[string]string) fstest.MapFS {
	room := fstest.MapFS{}
	for name, text := range files {
		room["migrations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return room
}

func open(t *testing.T, cfg db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), cfg, migrations(t, map[string]string{"20260101000000_thing.sql": thing}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func each(t *testing.T, test func(t *testing.T, cfg db.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, db.Config{File: filepath.Join(t.TempDir(), "a file.db")}) })
	t.Run("postgres", func(t *testing.T) { test(t, db.Config{URL: dbtest.Postgres(t)}) })
}

// insert writes a thing in a transaction of its own.
func insert(ctx context.Context, d *db.DB, id int64, name string) error {
	return d.Write(ctx, func(ctx context.Context, s *db.Session) error {
		_, err := s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (?, ?)`, id, name)
		return err
	})
}

func count(t *testing.T, q db.Querier) (n int) {
	t.Helper()
	err := db.Rows(context.Background(), q, func(rows *sql.Rows) error { return rows.Scan(&n) }, `SELECT COUNT(*) FROM thing`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Each setting that the promises of reliability §2 rest on is really in force, on every connection.
func TestPragmas(t *testing.T) {
	d := open(t, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	common := map[string]string{
		"journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "trusted_schema": "0", "cell_size_check": "1",
		"mmap_size": "0", "temp_store": "2", "busy_timeout": "10000",
	}
	check := func(who string, q db.Querier, want map[string]string) {
		for name, value := range want {
			var got string
			if err := db.Rows(t.Context(), q, func(rows *sql.Rows) error { return rows.Scan(&got) }, "PRAGMA "+name); err != nil || got != value {
				t.Errorf("%s: %s = %q, %v, want %q", who, name, got, err, value)
			}
		}
	}
	err := d.Write(t.Context(), func(_ context.Context, s *db.Session) error {
		check("writer", s, common)
		check("writer", s, map[string]string{"synchronous": "2", "wal_autocheckpoint": "0", "query_only": "0"})
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	var held []func() error
	for range 4 { // all of the pool, each connection held
		q, end, err := db.Snapshot(t.Context(), d.Read())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, end)
		check("reader", q, common)
		check("reader", q, map[string]string{"query_only": "1"})
	}
	for _, end := range held {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
	if !sqlite.FdatasyncEnabled() {
		t.Error("commits are not synced with fdatasync")
	}
	var enough bool
	err = db.Rows(t.Context(), d.Read(), func(rows *sql.Rows) error { return rows.Scan(&enough) }, // older ones may corrupt a WAL at its reset
		`SELECT CAST(substr(sqlite_version(), 3, 2) AS INTEGER) * 1000 + CAST(substr(sqlite_version(), 6) AS INTEGER) >= 51003`)
	if err != nil || !enough {
		t.Errorf("SQLite is older than 3.51.3 (%v)", err)
	}
}

func TestRead_CannotWrite(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		if err := insert(t.Context(), d, 1, "one"); err != nil {
			t.Fatal(err)
		}
		snap, end, err := db.Snapshot(t.Context(), d.Read())
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []db.Querier{d.Read(), snap} {
			for _, query := range []string{
				`INSERT INTO thing (id, name) VALUES (2, 'two')`, `UPDATE thing SET name = 'x' RETURNING id`, `DELETE FROM thing`,
				`CREATE TABLE more (id BIGINT)`, `DROP TABLE thing`, `WITH x AS (SELECT 3) INSERT INTO thing (id, name) SELECT 3, 'three'`,
			} {
				if err := db.Rows(t.Context(), q, func(*sql.Rows) error { return nil }, query); err == nil {
					t.Errorf("a reader did: %s", query)
				}
				if q == snap && cfg.URL != "" { // a failed statement ends PostgreSQL's transaction
					break
				}
			}
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		if cfg.File != "" { // even one that unlocks itself
			for _, query := range []string{`PRAGMA query_only = OFF`, `INSERT INTO thing (id, name) VALUES (2, 'two')`} {
				err = db.Rows(t.Context(), d.Read(), func(*sql.Rows) error { return nil }, query)
			}
			if err == nil {
				t.Error("a reader unlocked itself and wrote")
			}
		}
		if n := count(t, d.Read()); n != 1 {
			t.Errorf("%d things, want 1", n)
		}
	})
}

// verify works beside a running program, and on copies that are evidence themselves: not a byte may change.
func TestAttach_ChangesNoByte(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "hudang.db")
	d := open(t, db.Config{File: file})
	if err := insert(t.Context(), d, 1, "one"); err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(dir, "plain.db") // as VACUUM INTO makes them, not in WAL mode
	pool, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec("VACUUM INTO '" + plain + "'"); err != nil {
		t.Fatal(err)
	}
	pool.Close()
	copied := filepath.Join(dir, "copied.db") // with a log that is still to be carried in
	for _, end := range []string{"", "-wal"} {
		raw, err := os.ReadFile(file + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied+end, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{file, plain, copied} {
		before := map[string][]byte{}
		for _, end := range []string{"", "-wal"} {
			before[end], _ = os.ReadFile(file + end)
		}
		q, shut, err := db.Attach(db.Config{File: file})
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, q); n != 1 {
			t.Errorf("%s: %d things, want 1", file, n)
		}
		if err := shut(); err != nil {
			t.Error(err)
		}
		for end, want := range before {
			if got, _ := os.ReadFile(file + end); !bytes.Equal(got, want) {
				t.Errorf("%s%s was changed", file, end)
			}
		}
	}
	if _, _, err := db.Attach(db.Config{File: filepath.Join(dir, "absent.db")}); err == nil {
		t.Error("an absent file was attached")
	}
}

func TestOpen_RefusesANewerDatabase(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		both := map[string]string{"20260101000000_thing.sql": thing, "20260201000000_more.sql": `CREATE TABLE more (id BIGINT PRIMARY KEY);`}
		d, err := db.Open(t.Context(), cfg, migrations(t, both))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		delete(both, "20260201000000_more.sql")
		if d, err := db.Open(t.Context(), cfg, migrations(t, both)); !errors.Is(err, db.ErrNewer) {
			t.Errorf("Open = %v, %v, want ErrNewer", d, err)
		}
	})
}

// A step that fails leaves nothing of itself behind, and the next start tries it again.
func TestOpen_FailedStepIsUndone(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		broken := map[string]string{"20260101000000_thing.sql": thing, "20260201000000_more.sql": `CREATE TABLE more (id BIGINT PRIMARY KEY); SELECT nonsense;`}
		if _, err := db.Open(t.Context(), cfg, migrations(t, broken)); err == nil {
			t.Fatal("opened with a broken migration")
		}
		broken["20260201000000_more.sql"] = `CREATE TABLE more (id BIGINT PRIMARY KEY);`
		d, err := db.Open(t.Context(), cfg, migrations(t, broken))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Several programs may be started over one PostgreSQL at the same moment.
func TestOpen_ManyAtOnce(t *testing.T) {
	cfg := db.Config{URL: dbtest.Postgres(t)}
	steps := migrations(t, map[string]string{"20260101000000_thing.sql": thing})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			d, err := db.Open(t.Context(), cfg, steps)
			if err != nil {
				t.Error(err)
				return
			}
			d.Close()
		})
	}
	wg.Wait()
}

func TestMigrations_Refused(t *testing.T) {
	for name, rooms := range map[string][]fstest.MapFS{
		"two of one version": {room(map[string]string{"20260101000000_a.sql": ""}), room(map[string]string{"20260101000000_b.sql": ""})},
		"not 14 digits":      {room(map[string]string{"202601010000_a.sql": ""})},
		"no number":          {room(map[string]string{"thing.sql": ""})},
	} {
		var err error
		if len(rooms) == 2 {
			_, err = db.Migrations(rooms[0], rooms[1])
		} else {
			_, err = db.Migrations(rooms[0])
		}
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
