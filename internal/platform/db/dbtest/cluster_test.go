package dbtest

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func one(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	var value string
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func TestPostgres_FreshDatabasePerTest(t *testing.T) {
	first, second := Postgres(t), Postgres(t)
	if first == second {
		t.Fatal("two databases with one address")
	}
	db := open(t, first)
	if _, err := db.Exec(`CREATE TABLE thing (name TEXT)`); err != nil {
		t.Fatal(err)
	}
	if n := one(t, open(t, second), `SELECT count(*)::text FROM pg_tables WHERE tablename = 'thing'`); n != "0" {
		t.Errorf("the second database already has the table of the first")
	}
	for query, want := range map[string]string{
		`SHOW server_encoding`: "UTF8",
		`SELECT datcollate FROM pg_database WHERE datname = current_database()`: "C",
		`SHOW listen_addresses`: "",
		`SHOW fsync`:            "off",
	} {
		if got := one(t, db, query); got != want {
			t.Errorf("%s = %q, want %q", query, got, want)
		}
	}
}

func TestPostgres_DroppedAtTheEnd(t *testing.T) {
	var url string
	t.Run("use", func(t *testing.T) { url = Postgres(t); open(t, url).Ping() })
	if url == "" {
		t.Skip("no PostgreSQL")
	}
	if err := open(t, url).Ping(); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("the database of an ended test: %v", err)
	}
}

// Nothing in this process mentions its cluster any more, yet it must outlive a collection of garbage.
func TestPostgres_SurvivesCollection(t *testing.T) {
	db := open(t, Postgres(t))
	for range 3 {
		runtime.GC()
		time.Sleep(100 * time.Millisecond)
	}
	if err := db.Ping(); err != nil {
		t.Error(err)
	}
}

func TestStart_SettingsAndStop(t *testing.T) {
	c := started(t, "fsync=on")
	if got := one(t, open(t, c.URL), `SHOW fsync`); got != "on" {
		t.Errorf("fsync = %s", got)
	}
	if err := c.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if _, err := os.Stat(c.dir); !os.IsNotExist(err) {
		t.Errorf("files are still there: %v", err)
	}
}

func TestStart_NamesWhatTheServerSaid(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	c, err := Start("no_such_setting=1")
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err == nil {
		c.Stop()
		t.Fatal("a wrong setting was accepted")
	}
	if !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("error does not show the server's log: %v", err)
	}
}

// A test process that is killed leaves neither a server nor files.
func TestCluster_EndsWithItsProcess(t *testing.T) {
	if at := os.Getenv("DBTEST_HANG"); at != "" {
		c, err := Start()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(c.dir), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
	}
	started(t).Stop() // skips where there is none
	note := t.TempDir() + "/dir"
	cmd := exec.Command(os.Args[0], "-test.run=^TestCluster_EndsWithItsProcess$")
	cmd.Env = append(os.Environ(), "DBTEST_HANG="+note)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	dir := eventually(t, func() string { raw, _ := os.ReadFile(note); return string(raw) })
	if _, err := os.Stat(dir + "/data/postmaster.pid"); err != nil {
		t.Fatalf("no server runs there: %v\n%s", err, &out)
	}
	cmd.Process.Kill()
	cmd.Wait()
	eventually(t, func() string {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return "gone"
		}
		return ""
	})
}

func started(t *testing.T, settings ...string) *Cluster {
	t.Helper()
	if testing.Short() {
		t.Skip("PostgreSQL is left out of short tests")
	}
	c, err := Start(settings...)
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func eventually(t *testing.T, value func() string) string {
	t.Helper()
	for range 300 {
		if v := value(); v != "" {
			return v
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("did not happen within half a minute")
	return ""
}
