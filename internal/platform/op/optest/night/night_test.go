package night

import (
	"os"
	"runtime"
	"slices"
	"testing"
)

// failing is a test that may fail without failing this one.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Failed() bool { return f.failed }

func play(t testing.TB, goal int, until func(n int) bool) (played []int) {
	for n := range Rounds(t, 2, 2, goal) {
		played = append(played, n)
		if until(n) {
			break
		}
	}
	return played
}

// Pieces add up: each goes on behind the last one, a failing round comes again, and at the goal there is no more to do.
func TestRounds_AddUp(t *testing.T) {
	never := func(int) bool { return false }
	if got := play(t, 5, never); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("with the other tests %v are played", got)
	}
	t.Setenv(Folder, t.TempDir())
	t.Setenv(Commit, "abc")
	if got := play(t, 5, func(n int) bool { return n == 1 }); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("the first piece played %v", got)
	}
	bad := &failing{TB: t}
	if got := play(bad, 5, func(n int) bool { bad.failed = n == 3; return false }); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("the second piece, which failed, played %v", got)
	}
	over := make(chan struct{})
	go func() { // as t.Fatal does
		defer close(over)
		play(t, 5, func(int) bool { runtime.Goexit(); return false })
	}()
	<-over
	if s, err := Load(os.Getenv(Folder), t.Name()); err != nil || s.Done != 3 || !slices.Equal(s.Failed, []string{"round 3 at abc", "round 3 at abc"}) {
		t.Errorf("after two failures: %+v, %v", s, err)
	}
	t.Setenv(Piece, "0s")
	if got := play(t, 5, never); got != nil {
		t.Errorf("a piece without time played %v", got)
	}
	t.Setenv(Piece, "")
	if got := play(t, 5, never); !slices.Equal(got, []int{3, 4}) {
		t.Errorf("the last piece played %v", got)
	}
	if got := play(t, 5, never); got != nil {
		t.Errorf("after the goal %v were played", got)
	}
	s, err := Load(t.TempDir(), "x")
	if err != nil || s.Done != 0 {
		t.Errorf("a test without a night: %+v, %v", s, err)
	}
}

func TestSums_SayWhatWasTried(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TestB/postgres", "FuzzA"} {
		s, err := Load(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		s.AddFuzz(30, 60, 1000, "abc")
		s.AddFuzz(30, 60, 1000, "def")
		if err := s.Keep(dir); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Sums(dir)
	if err != nil || len(all) != 2 || all[0].Test != "FuzzA" || all[1].Done != 60 || all[1].Inputs != 2000 || len(all[1].Commits) != 2 {
		t.Errorf("%+v, %v", all, err)
	}
}
