//go:build linux

package torture

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"hudang/internal/platform/op/optest/night"
)

// child is this binary again, as the program in a folder; wrapped in other commands where wanted.
func child(t *testing.T, mode, dir string, wrapped ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := append(wrapped, self)
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Env = append(os.Environ(), envMode+"="+mode, envDir+"="+dir)
	return cmd
}

// K1: SIGKILL at random moments, the folder opened again each time and gone on with.
func TestKill_AtRandomMoments(t *testing.T) {
	const perFolder = 10
	dir := ""
	for round := range night.Rounds(t, 50, 6, 1000) {
		r := rand.New(rand.NewPCG(7, uint64(round)))
		if dir == "" || round%perFolder == 0 {
			dir = t.TempDir()
		}
		var problems bytes.Buffer
		cmd := child(t, "crowd", dir)
		cmd.Stderr = &problems
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if round%perFolder == 3 { // and once in the middle of starting
			time.Sleep(time.Duration(r.IntN(60)) * time.Millisecond)
		} else {
			_, _ = bufio.NewReader(out).ReadString('\n') // ready, or dead; the judge tells
			time.Sleep(time.Duration(20+r.IntN(350)) * time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // it was killed
		if problems.Len() > 0 {
			t.Errorf("round %d: %s", round, &problems)
		}
		judge(t, dir, 1)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
	if dir == "" { // the goal was reached in an earlier night
		return
	}
	all := readAcks(t, acksOf(dir))
	t.Logf("in the last folder %d receipts and %d notes were acknowledged", len(all.receipts), len(all.notes))
}
