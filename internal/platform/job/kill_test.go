//go:build linux

package job_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// What the parent tells its child: the database and the folder of its keys.
const (
	envFile   = "HUDANG_JOB_CHILD_FILE"
	envURL    = "HUDANG_JOB_CHILD_URL"
	envKeys   = "HUDANG_JOB_CHILD_KEYS"
	envChunks = "HUDANG_JOB_CHILD_CHUNKS" // how many it commits before it waits for its end
)

func TestMain(m *testing.M) {
	if os.Getenv(envKeys) != "" {
		fmt.Fprintln(os.Stderr, "child:", child(context.Background()))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// child works at the jobs there are. It says when the last chunk it may do is committed, and waits for its end there,
// before the progress is written down.
func child(ctx context.Context) error {
	d, _, err := world().Open(ctx, db.Config{File: os.Getenv(envFile), URL: os.Getenv(envURL)}, os.Getenv(envKeys), clock.System{})
	if err != nil {
		return err
	}
	left, err := strconv.Atoi(os.Getenv(envChunks))
	if err != nil {
		return err
	}
	d.OnStep(func(step op.Step, _ string) error {
		if step != op.Committed {
			return nil
		}
		if left--; left == 0 {
			fmt.Println("committed")
			select {}
		}
		return nil
	})
	r, err := job.NewRunner(d, []job.Kind{fill}, asHired, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err := r.Hurry(time.Second).Start(ctx); err != nil {
		return err
	}
	select {}
}

// A job whose program is killed again and again is done once, from where it was.
func TestKill_JobGoesOnWithTheNextStart(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		killed(t, db.Config{File: filepath.Join(dir, "hudang.db")}, dir)
	})
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("-short: SQLite only")
		}
		killed(t, db.Config{URL: dbtest.Postgres(t)}, t.TempDir())
	})
}

func killed(t *testing.T, cfg db.Config, keys string) {
	const total, kills = 20, 5
	d, shut, err := world().Open(t.Context(), cfg, keys, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	id := start(t, d, total)
	if err := shut(); err != nil {
		t.Fatal(err)
	}
	for n := range kills {
		killAfter(t, cfg, keys, 2+n%2)
	}
	d, shut, err = world().Open(t.Context(), cfg, keys, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shut() })
	if r := find(t, d, id); !r.Open() || r.Done == 0 || r.Done >= total {
		t.Fatalf("after the last kill: %+v", r)
	}
	run(t, d, fill, asHired)
	if r := outcome(t, d, id); r.State != job.Done || r.Done != total {
		t.Errorf("over: %+v", r)
	}
	if got := notes(t, d); !slices.Equal(got, wanted(total)) {
		t.Errorf("%d notes: %q", len(got), got)
	}
	who := evidence.Identity{Installation: d.Vault.Installation(), VerifierKey: d.Vault.VerifierKey()}
	if report, err := evidence.Verify(t.Context(), d.DB.Read(), d.Tables, who, evidence.Against{}); err != nil || !report.Clean() {
		t.Errorf("verify: %+v, %v", report, err)
	}
}

// killAfter runs the program and kills it when it has committed some chunks, the first of them for the second time.
func killAfter(t *testing.T, cfg db.Config, keys string, chunks int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envFile+"="+cfg.File, envURL+"="+cfg.URL, envKeys+"="+keys, fmt.Sprintf("%s=%d", envChunks, chunks))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Error("the child ended by itself")
	}
	_ = cmd.Process.Kill() // SIGKILL
	_ = cmd.Wait()         // "signal: killed"
}
