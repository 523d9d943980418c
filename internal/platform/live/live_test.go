package live

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
)

var (
	garden = access.Actor{Account: 1, Grants: []access.Grant{{Post: access.Assistant, Estate: 7}}}
	tower  = access.Actor{Account: 2, Grants: []access.Grant{{Post: access.Assistant, Estate: 8}}}
)

// eventually waits for what another goroutine does.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("did not happen: " + what)
		}
	}
}

// Two programs at one PostgreSQL database tell each other, also after the connection they listen on was cut.
func TestFollow(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	url := dbtest.Postgres(t)
	var here, there Hub
	for i, h := range []*Hub{&here, &there} {
		d, err := db.Open(ctx, db.Config{URL: url}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { stop(); _ = d.Close() })
		h.Follow(ctx, d, int64(i+1), slog.New(slog.DiscardHandler))
	}
	told := func(seq int64) func() bool {
		return func() bool { here.Publish(7); return there.since(seq, garden) }
	}
	eventually(t, "the other program hears", told(0))
	if there.since(0, tower) {
		t.Error("another estate changed too")
	}
	cutter, err := db.Open(ctx, db.Config{URL: url}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer cutter.Close()
	rows, err := cutter.Read().Query(ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`)
	if err != nil {
		t.Fatal(err)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // what was told before is heard, or lost
	eventually(t, "the other program hears again", told(there.now()))
}

// An answer is computed once for all who ask, again only after a change its reader knows of, and an error or a panic leaves the last one.
func TestCache(t *testing.T) {
	var h Hub
	var n atomic.Int64
	fault := func() error { return nil }
	c := NewCache(&h, slog.New(slog.DiscardHandler), func(context.Context) (int64, error) { return n.Add(1), fault() })
	want := func(v int64) {
		t.Helper()
		if got, known := c.Fresh(t.Context(), "k", garden); got != v || !known {
			t.Errorf("the answer is %d (known: %v), want %d", got, known, v)
		}
	}
	if _, known := c.Known("k"); known {
		t.Error("an answer nobody asked for")
	}
	want(1)
	want(1)
	h.Publish(8)
	want(1)
	h.Publish(7)
	eventually(t, "the answer is computed anew", func() bool { v, _ := c.Fresh(t.Context(), "k", garden); return v == 2 })
	want(2)
	fault = func() error { return errors.New("no") }
	h.Publish(7)
	eventually(t, "it was tried", func() bool { c.Fresh(t.Context(), "k", garden); return n.Load() > 2 })
	want(2)
	fault = func() error { panic("no") }
	tried := n.Load()
	eventually(t, "it was tried again", func() bool { c.Fresh(t.Context(), "k", garden); return n.Load() > tried })
	want(2)
	c.Put("k", c.Begin(), 50)
	want(50)
}
