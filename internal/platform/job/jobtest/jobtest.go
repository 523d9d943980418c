// Package jobtest lets tests of a room see its long work done.
package jobtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// Finish works at the open jobs until one of them is over, and gives it as it then stands. Whoever started a job is taken
// to hold these posts.
func Finish(t testing.TB, d *op.Door, id job.ID, posts []access.Grant, kinds ...job.Kind) *job.Run {
	t.Helper()
	r, err := job.NewRunner(d, kinds, Holding(posts), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer r.Stop(context.Background())
	return Over(t, d, id)
}

// Holding makes every account one that holds these posts.
func Holding(posts []access.Grant) job.Actors {
	return func(_ context.Context, _ db.Querier, account int64) (access.Actor, error) {
		return access.Actor{Account: account, Grants: posts}, nil
	}
}

// Over waits until a job is over: for tests of the whole program, whose runner is at work.
func Over(t testing.TB, d *op.Door, id job.ID) *job.Run {
	t.Helper()
	return Until(t, d, id, func(r *job.Run) bool { return !r.Open() })
}

// Until waits until a job is as a test wants it.
func Until(t testing.TB, d *op.Door, id job.ID, there func(*job.Run) bool) *job.Run {
	t.Helper()
	r := &job.Run{}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if err := d.DB.Read().Select(r).Where("id = ?", id).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		if there(r) {
			return r
		}
	}
	t.Fatalf("the job stands still: %+v", r)
	return nil
}
