//go:build linux

package torture

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/op/optest/night"
)

// calls are the system calls by which what was said to be saved gets to the disk.
var calls = []string{"pwrite64", "write", "fsync", "fdatasync", "renameat", "unlink", "unlinkat", "ftruncate"}

// traced is a child under strace, which skips the rest of the test where the program or the permission is missing.
func traced(t *testing.T, dir, inject string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed: `bash build/test` installs it")
	}
	wrapped := []string{strace, "-f", "-qq", "-o", filepath.Join(dir, "calls"), "-e", "trace=" + strings.Join(calls, ",")}
	if inject != "" {
		wrapped = append(wrapped, "-e", "inject="+inject)
	}
	cmd := child(t, "day", dir, wrapped...)
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1") // fewer threads, so that one has most of the calls
	var problems bytes.Buffer
	cmd.Stderr = &problems
	return cmd, &problems
}

// countCalls lets the day go by undisturbed and counts its system calls. strace counts for each thread by itself, so the
// N that can be met is the largest count of one thread.
func countCalls(t *testing.T) map[string]int {
	t.Helper()
	dir := t.TempDir()
	cmd, problems := traced(t, dir, "")
	if err := cmd.Run(); err != nil {
		if strings.Contains(problems.String(), "Operation not permitted") || strings.Contains(problems.String(), "PTRACE") {
			t.Skipf("ptrace is not permitted here, so nothing can fail at a chosen system call: %s", problems)
		}
		t.Fatalf("the undisturbed day failed: %v\n%s", err, problems)
	}
	judge(t, dir, 0)
	raw, err := os.ReadFile(filepath.Join(dir, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	perThread := map[string]int{}
	most := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^(\d+) +(\w+)\(`).FindAllStringSubmatch(string(raw), -1) {
		perThread[m[1]+m[2]]++
		most[m[2]] = max(most[m[2]], perThread[m[1]+m[2]])
	}
	t.Logf("system calls of one thread: %v", most)
	if most["fdatasync"] < 10 || most["pwrite64"] < 50 {
		t.Fatal("the day does too little to be worth disturbing")
	}
	return most
}

// point is a moment in the day: the N-th call of a kind.
type point struct {
	call string
	n    int
}

const all = -1 // instead of a number of points

// sample draws points among the calls, each kind equally often, or takes all of them. Not every run gives all the work to one
// thread, so some late points are never reached.
func sample(most map[string]int, kinds []string, n int) (points []point) {
	r := rand.New(rand.NewPCG(3, 4))
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(call string) bool { return most[call] == 0 })
	if n == all {
		for _, call := range kinds {
			for at := range most[call] {
				points = append(points, point{call, 1 + at})
			}
		}
	}
	for i := range n {
		call := kinds[i%len(kinds)]
		points = append(points, point{call, 1 + r.IntN(most[call])})
	}
	return points
}

// K2: SIGKILL at the N-th system call of a scripted day.
func TestKill_AtTheNthSystemCall(t *testing.T) {
	most := countCalls(t)
	killed := 0
	points := sample(most, slices.Sorted(maps.Keys(most)), night.Size(100, 10, all))
	days := 0
	for n := range night.Rounds(t, len(points), len(points), len(points)) {
		p := points[n]
		days++
		t.Run(fmt.Sprintf("%s %d", p.call, p.n), func(t *testing.T) {
			dir := t.TempDir()
			cmd, problems := traced(t, dir, fmt.Sprintf("%s:signal=SIGKILL:when=%d", p.call, p.n))
			var ended *exec.ExitError
			switch err := cmd.Run(); {
			case errors.As(err, &ended) && !ended.Exited():
				killed++
			case err != nil || strings.Contains(problems.String(), "child:"):
				t.Errorf("%v: %s", err, problems)
			}
			judge(t, dir, 1)
		})
	}
	if days >= 10 && killed*4 < days {
		t.Errorf("only %d of %d days were cut short: the test shows little", killed, days)
	}
	t.Logf("%d days were cut short", killed)
}

// fault is what the disk does at a point, once or, with a plus, from then on.
type fault struct {
	point
	failure, plus string
}

func (f fault) String() string { return fmt.Sprintf("%s %s %d%s", f.call, f.failure, f.n, f.plus) }

// faults are some, or all, the disk can have in a day.
func faults(most map[string]int, n int) (drawn []fault) {
	kinds := []string{"fdatasync", "pwrite64", "fsync"}
	if n == all {
		for _, plus := range []string{"", "+"} {
			for _, p := range sample(most, kinds, all) {
				drawn = append(drawn, fault{p, "EIO", plus})
				if p.call == "pwrite64" {
					drawn = append(drawn, fault{p, "ENOSPC", plus})
				}
			}
		}
		return drawn
	}
	for i, p := range sample(most, append(kinds, "pwrite64"), n) {
		f := fault{p, "EIO", ""}
		if p.call == "pwrite64" && i%4 == 1 {
			f.failure = "ENOSPC"
		}
		if i%8 >= 4 {
			f.plus = "+"
		}
		drawn = append(drawn, f)
	}
	return drawn
}

// K4: the disk fails at the N-th call, once or from then on. Refusals are in the house's words; what was acknowledged is
// there; after a failed fsync nothing more is said to be saved. What the failing fsync itself was for may be found saved
// all the same: its token then gives the answer.
func TestDisk_FailsAtTheNthSystemCall(t *testing.T) {
	drawn := faults(countCalls(t), night.Size(50, 8, all))
	for n := range night.Rounds(t, len(drawn), len(drawn), len(drawn)) {
		f := drawn[n]
		t.Run(f.String(), func(t *testing.T) {
			dir := t.TempDir()
			cmd, problems := traced(t, dir, fmt.Sprintf("%s:error=%s:when=%d%s", f.call, f.failure, f.n, f.plus))
			var ended *exec.ExitError
			if err := cmd.Run(); err != nil && !errors.As(err, &ended) { // it may refuse to start, or complain at the end
				t.Errorf("%v: %s", err, problems)
			}
			judge(t, dir, 1)
			if n := saidAfterFailure(t, dir); f.call == "fdatasync" && n > 4 { // those whose commit shared the last good one
				t.Errorf("%d operations were said to be saved after an fsync had failed", n)
			}
		})
	}
}

// saidAfterFailure counts the acknowledgements written after the first injected failure, unless that came while the
// program was still starting: the migration library tries the making of its own table again, which writes all of it anew.
func saidAfterFailure(t *testing.T, dir string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := strings.Cut(string(raw), "(INJECTED)")
	said := regexp.MustCompile(`write\(\d+, "(receipt|note) `)
	if !said.MatchString(before) {
		return 0
	}
	return len(said.FindAllString(after, -1))
}
