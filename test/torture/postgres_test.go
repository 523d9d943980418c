//go:build linux

package torture

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/night"
	"hudang/internal/platform/op/optest/toy"
)

// crashable is a PostgreSQL that a test may end as a power switch would, and start again.
type crashable struct {
	url, data string
	control   string // pg_ctl of the same version
}

func startCrashable(t *testing.T) crashable {
	t.Helper()
	c, err := dbtest.Start("synchronous_commit=on")
	if errors.Is(err, dbtest.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	s := crashable{url: c.URL, data: filepath.Join(address.Query().Get("host"), "data")}
	opts, err := os.ReadFile(filepath.Join(s.data, "postmaster.opts"))
	if err != nil {
		t.Fatal(err)
	}
	program, _, _ := strings.Cut(string(opts), " ")
	s.control = filepath.Join(filepath.Dir(program), "pg_ctl")
	t.Cleanup(func() {
		s.pgctl("stop", "-m", "immediate") // a server that pg_ctl started is not the cluster's to end
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// pgctl runs pg_ctl as the server's user, which started it with options that pg_ctl finds again.
func (s crashable) pgctl(args ...string) error {
	info, err := os.Stat(s.data)
	if err != nil {
		return err
	}
	cmd := exec.Command(s.control, append(args, "-D", s.data, "-w", "-l", filepath.Join(s.data, "again.log"))...)
	cmd.Dir = s.data
	owner := info.Sys().(*syscall.Stat_t)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pg_ctl %v: %w\n%s", args, err, out)
	}
	return nil
}

// K6 in short: the server is stopped at once (no shutdown, no checkpoint) and started again, under eight clients. They are
// told "not saved, try again" or have it saved; a repeat with the same token takes money once; nothing acknowledged is lost.
func TestPostgres_StoppedAtOnceUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is left out of short tests")
	}
	s := startCrashable(t)
	door, shut, err := optest.Toy.Open(t.Context(), db.Config{URL: s.url}, t.TempDir(), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut() }) // its connections may be gone
	h := &house{door: door, high: evidence.HighWater{Dir: t.TempDir()}}
	tills, accounts, err := h.desks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var stop atomic.Bool
	var refused atomic.Int64
	var mu sync.Mutex
	acknowledged := map[toy.TillID][]toy.Issued{}
	var wg sync.WaitGroup
	for client := range cashiers {
		wg.Go(func() {
			for n := 0; !stop.Load(); {
				in, token := receipt(client, n, tills[client], accounts)
				r, err := op.Run(clerk(t.Context()), door, toy.TakeMoney, in, token)
				if err == nil {
					mu.Lock()
					acknowledged[in.Till] = append(acknowledged[in.Till], r.Out)
					mu.Unlock()
					n++
					continue
				}
				if !errs.Is(err, errs.Unavailable) {
					t.Errorf("with the server down: %v, want Unavailable", err)
					return
				}
				refused.Add(1)
				time.Sleep(time.Millisecond)
			}
		})
	}
	restarted := 0
	for range night.Rounds(t, 3, 3, 100) {
		restarted++
		time.Sleep(300 * time.Millisecond)
		if err := s.pgctl("restart", "-m", "immediate"); err != nil {
			t.Error(err)
		}
	}
	time.Sleep(300 * time.Millisecond)
	stop.Store(true)
	wg.Wait()
	if restarted > 0 && refused.Load() == 0 {
		t.Error("nobody met the stopped server: the test shows nothing")
	}
	h.judgePostgres(t, acknowledged)
	t.Logf("%d times told to try again", refused.Load())
}

func (h *house) judgePostgres(t *testing.T, acknowledged map[toy.TillID][]toy.Issued) {
	t.Helper()
	for till, taken := range acknowledged {
		no := int64(0)
		h.each(t, func(rows *sql.Rows) error {
			var got toy.Issued
			var id int64
			err := rows.Scan(&id, &got.No, &got.Total)
			got.Receipt = toy.ReceiptID(id)
			if no++; int(no) > len(taken) || got != taken[no-1] {
				t.Errorf("till %d, number %d: %+v is not what was acknowledged", till, no, got)
			}
			return err
		}, fmt.Sprintf(`SELECT id, no, total FROM toy_receipt WHERE till = %d ORDER BY no`, till))
		if int(no) != len(taken) {
			t.Errorf("till %d: %d receipts, %d were acknowledged", till, no, len(taken))
		}
	}
	for _, f := range optest.Verify(t, h.door).Findings {
		t.Errorf("verify: %+v", f)
	}
}
