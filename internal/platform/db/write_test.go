package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/errs"
)

func TestWrite_GroupsWhatIsWaiting(t *testing.T) {
	d := open(t, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	const clients, each = 16, 25
	before := d.Commits()
	var wg sync.WaitGroup
	for client := range clients {
		wg.Go(func() {
			for i := range each {
				if err := insert(t.Context(), d, int64(client*each+i+1), fmt.Sprint(client, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if commits := d.Commits() - before; commits > clients*each/2 {
		t.Errorf("%d commits for %d operations of %d clients", commits, clients*each, clients)
	}
	if n := count(t, d.Read()); n != clients*each {
		t.Errorf("%d things, want %d", n, clients*each)
	}
}

// A body that fails, panics, or breaks a constraint takes nobody with it, whoever shares its commit.
func TestWrite_FailureStaysAlone(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		boom := errors.New("boom")
		var saved atomic.Int64
		var wg sync.WaitGroup
		for client := range 12 {
			wg.Go(func() {
				for i := range 20 {
					id := int64(client*1000 + i + 1)
					err := d.Write(t.Context(), func(ctx context.Context, s *db.Session) error {
						if _, err := s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (?, ?)`, id, fmt.Sprint(id)); err != nil {
							return err
						}
						switch i % 4 {
						case 1:
							return boom
						case 2:
							panic("as asked")
						case 3:
							return s.Send(ctx, `INSERT INTO thing (id, name) VALUES (?, 'twin')`, id)
						}
						return nil
					})
					switch {
					case i%4 == 0 && err != nil, i%4 == 1 && !errors.Is(err, boom), i%4 == 2 && (err == nil || !strings.Contains(err.Error(), "as asked")),
						i%4 == 3 && !errors.Is(err, db.ErrUnique):
						t.Errorf("kind %d: %v", i%4, err)
					case err == nil:
						saved.Add(1)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, d.Read()); int64(n) != saved.Load() || n != 12*5 {
			t.Errorf("%d things, %d were saved, want %d", n, saved.Load(), 12*5)
		}
	})
}

// A body that swallows a broken constraint and reports success is not believed on PostgreSQL, whose transaction is dead
// by then; on SQLite the rest stands. Nobody is told "saved" of what is not.
func TestWrite_SwallowedErrorIsNotSuccess(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		if err := insert(t.Context(), d, 1, "one"); err != nil {
			t.Fatal(err)
		}
		err := d.Write(t.Context(), func(ctx context.Context, s *db.Session) error {
			if _, err := s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (2, 'two')`); err != nil {
				return err
			}
			_, _ = s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (3, 'one')`)
			return nil
		})
		if n := count(t, d.Read()); (err == nil) != (n == 2) {
			t.Errorf("Write = %v with %d things", err, n)
		}
		if err := insert(t.Context(), d, 4, "four"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestWrite_NestedIsRefused(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		err := d.Write(t.Context(), func(ctx context.Context, _ *db.Session) error { return insert(ctx, d, 1, "inner") })
		if err == nil || count(t, d.Read()) != 0 {
			t.Errorf("a write inside a write: %v", err)
		}
	})
}

// The end of the caller's context does not tear a body that has begun, and one that waits has its answer.
func TestWrite_ContextEndsInTheMiddle(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(ctx context.Context, s *db.Session) error {
			cancel()
			if ctx.Err() != nil {
				t.Error("the body's context ended with its caller's")
			}
			_, err := s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (1, 'one')`)
			return err
		})
		if err != nil || count(t, d.Read()) != 1 {
			t.Errorf("Write = %v with %d things", err, count(t, d.Read()))
		}
	})
}

// No room on the disk: that operation is told "not saved, try again", its neighbours and the rest of the day go on.
func TestWrite_DiskFull(t *testing.T) {
	d := open(t, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	limit := func(pages int) {
		err := d.Write(t.Context(), func(ctx context.Context, s *db.Session) error {
			return db.Rows(ctx, s, func(*sql.Rows) error { return nil }, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // no less than there are: no more
	big := strings.Repeat("x", 100_000)
	swallow := false
	for id := range int64(6) {
		var wg sync.WaitGroup
		wg.Go(func() {
			err := d.Write(t.Context(), func(ctx context.Context, s *db.Session) error {
				_, err := s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (?, ?)`, id*10+1, fmt.Sprint(id, big))
				if swallow = id%2 == 1; swallow { // and a body that will not hear of it
					_, _ = s.Exec(ctx, `INSERT INTO thing (id, name) VALUES (?, ?)`, id*10+2, "torn")
					return nil
				}
				return err
			})
			if !errs.Is(err, errs.Unavailable) {
				t.Errorf("with a full disk: %v, want Unavailable", err)
			}
		})
		for range 4 { // neighbours may have to try again too, but are never told wrong
			wg.Go(func() { d.Write(t.Context(), func(context.Context, *db.Session) error { return nil }) })
		}
		wg.Wait()
	}
	if n := count(t, d.Read()); n != 0 {
		t.Errorf("%d things were saved on a full disk", n)
	}
	select {
	case <-d.Broken():
		t.Error("a full disk ended all writing")
	default:
	}
	limit(1 << 30)
	if err := insert(t.Context(), d, 1, big); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// Closing while clients write: each gets an answer, and what was acknowledged is there.
func TestClose_UnderLoad(t *testing.T) {
	cfg := db.Config{File: filepath.Join(t.TempDir(), "hudang.db")}
	d, err := db.Open(t.Context(), cfg, migrations(t, map[string]string{"20260101000000_thing.sql": thing}))
	if err != nil {
		t.Fatal(err)
	}
	var saved, ids atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				id := ids.Add(1)
				if err := insert(t.Context(), d, id, fmt.Sprint(id)); err != nil {
					if !errs.Is(err, errs.Unavailable) {
						t.Errorf("while closing: %v, want Unavailable", err)
					}
					return
				}
				saved.Add(1)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if n := count(t, open(t, cfg).Read()); int64(n) != saved.Load() {
		t.Errorf("%d things, %d were acknowledged", n, saved.Load())
	}
}

// The log is carried into the database as it grows, so that neither it nor recovery grows without end.
func TestWrite_CarriesItsLogIn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hudang.db")
	d := open(t, db.Config{File: file})
	big := strings.Repeat("x", 40_000)
	for id := range int64(1000) { // some 80 MB
		if err := insert(t.Context(), d, id+1, fmt.Sprint(id, big)); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(file + "-wal"); err != nil || info.Size() > 24<<20 {
		t.Errorf("the log has %d bytes, %v", info.Size(), err)
	}
}

// PostgreSQL cuts the connections under load: everybody is told "not saved" in the house's words or has it saved, no
// acknowledged write is lost, and it goes on by itself.
func TestWrite_PostgresConnectionsCut(t *testing.T) {
	cfg := db.Config{URL: dbtest.Postgres(t)}
	d := open(t, cfg)
	raw, err := sql.Open("pgx", cfg.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var ids, refused atomic.Int64
	var saved sync.Map
	var wg sync.WaitGroup
	end := time.Now().Add(1500 * time.Millisecond)
	for range 8 {
		wg.Go(func() {
			for time.Now().Before(end) {
				id := ids.Add(1)
				switch err := insert(t.Context(), d, id, fmt.Sprint(id)); {
				case err == nil:
					saved.Store(id, true)
				case errs.Is(err, errs.Unavailable):
					refused.Add(1)
				default:
					t.Errorf("with connections cut: %v, want Unavailable", err)
				}
			}
		})
	}
	for range 10 {
		time.Sleep(100 * time.Millisecond)
		if _, err := raw.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	if refused.Load() == 0 {
		t.Error("no connection was cut in use: the test shows nothing")
	}
	if err := insert(t.Context(), d, ids.Add(1), "afterwards"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	there := map[int64]bool{}
	err = db.Rows(t.Context(), d.Read(), func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		there[id] = true
		return err
	}, `SELECT id FROM thing`)
	if err != nil {
		t.Error(err)
	}
	saved.Range(func(id, _ any) bool {
		if !there[id.(int64)] {
			t.Errorf("thing %d was acknowledged and is lost", id)
		}
		return true
	})
}

func TestSnapshot_SeesOneMoment(t *testing.T) {
	each(t, func(t *testing.T, cfg db.Config) {
		d := open(t, cfg)
		snap, end, err := db.Snapshot(t.Context(), d.Read())
		if err != nil {
			t.Fatal(err)
		}
		before := count(t, snap)
		if err := insert(t.Context(), d, 1, "one"); err != nil {
			t.Fatal(err)
		}
		if n := count(t, snap); n != before || count(t, d.Read()) != 1 {
			t.Errorf("the snapshot counts %d, then %d", before, n)
		}
		again, endAgain, err := db.Snapshot(t.Context(), snap)
		if err != nil || count(t, again) != before || endAgain() != nil {
			t.Errorf("a snapshot of a snapshot: %v", err)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
		err = d.Write(t.Context(), func(ctx context.Context, s *db.Session) error {
			_, _, err := db.Snapshot(ctx, s)
			return err
		})
		if err == nil {
			t.Error("a snapshot was taken inside a write")
		}
	})
}
