// Package night says how often the tests of what must never go wrong try, and adds up what their long runs tried.
//
// With the other tests they try a few times. In a night (`make torture`) they try until their goals (reliability §8), in pieces that
// can be stopped at any moment: what was tried is written down after each round, and the next piece goes on behind it.
// It belongs to the tests: no part of the program may use it.
package night

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What build/night tells the tests.
const (
	Folder = "HUDANG_NIGHT"        // where the sums stand; set, this is a night
	Piece  = "HUDANG_NIGHT_PIECE"  // how long each test goes on at most, as 10m; empty: until its goal
	Commit = "HUDANG_NIGHT_COMMIT" // what is tried
)

// On reports whether this is a night.
func On() bool { return os.Getenv(Folder) != "" }

// Size is how large something is made: with the other tests, with -short, and in a night.
func Size(usual, short, long int) int {
	switch {
	case On():
		return long
	case testing.Short():
		return short
	}
	return usual
}

// Rounds are the numbers of the rounds a test plays: so many with the other tests or with -short, and in a night those up to its goal
// that no piece has played before. A round without a failure counts; one with a failure is the last of its piece and comes again.
func Rounds(t testing.TB, usual, short, goal int) iter.Seq[int] {
	return func(yield func(int) bool) {
		if !On() {
			for n := range Size(usual, short, goal) {
				if !yield(n) {
					return
				}
			}
			return
		}
		piece, err := time.ParseDuration(cmp.Or(os.Getenv(Piece), "1000h"))
		if err != nil {
			t.Fatal(err)
		}
		sum, err := Load(os.Getenv(Folder), t.Name())
		if err != nil {
			t.Fatal(err)
		}
		sum.Goal = goal
		failing := -1
		defer func() { // also when the round ends the test
			if failing < 0 {
				return
			}
			sum.Failed = append(sum.Failed, fmt.Sprintf("round %d at %s", failing, os.Getenv(Commit)))
			if err := sum.Keep(os.Getenv(Folder)); err != nil {
				t.Error(err)
			}
		}()
		for end := time.Now().Add(piece); sum.Done < goal && time.Now().Before(end); {
			began := time.Now()
			failing = sum.Done
			more := yield(sum.Done)
			if t.Failed() {
				return
			}
			failing = -1
			sum.Done++
			sum.Seconds += time.Since(began).Seconds()
			sum.of(os.Getenv(Commit))
			if err := sum.Keep(os.Getenv(Folder)); err != nil {
				t.Fatal(err)
			}
			if !more {
				return
			}
		}
		t.Logf("%d of %d rounds in all nights", sum.Done, goal)
	}
}

// Sum is what all nights came to, of one test on one engine.
type Sum struct {
	Test    string   `json:"test"`
	Done    int      `json:"done"` // rounds without a failure; of a fuzz test, seconds
	Goal    int      `json:"goal"`
	Inputs  int64    `json:"inputs,omitempty"` // of a fuzz test
	Seconds float64  `json:"seconds"`
	Commits []string `json:"commits"` // that were tried
	Failed  []string `json:"failed,omitempty"`
}

func (s *Sum) of(commit string) {
	if !slices.Contains(s.Commits, commit) {
		s.Commits = append(s.Commits, commit)
	}
}

// AddFuzz adds so long a run of a fuzz test, which made up so many inputs.
func (s *Sum) AddFuzz(seconds, goal int, inputs int64, commit string) {
	s.Done, s.Goal, s.Inputs, s.Seconds = s.Done+seconds, goal, s.Inputs+inputs, s.Seconds+float64(seconds)
	s.of(commit)
}

func file(folder, test string) string {
	return filepath.Join(folder, strings.NewReplacer("/", ".", " ", "_").Replace(test)+".json")
}

// Load is the sum of a test; empty before its first night.
func Load(folder, test string) (*Sum, error) {
	s := &Sum{Test: test}
	raw, err := os.ReadFile(file(folder, test))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, s)
	}
	return s, err
}

// Keep writes a sum down: the old one or the new one is there, whenever the machine is stopped.
func (s *Sum) Keep(folder string) error {
	raw, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	at := file(folder, s.Test)
	if err := os.WriteFile(at+".new", raw, 0o644); err != nil {
		return err
	}
	return os.Rename(at+".new", at)
}

// Sums are those of all tests, by name.
func Sums(folder string) ([]*Sum, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var all []*Sum
	for _, at := range files {
		raw, err := os.ReadFile(at)
		if err != nil {
			return nil, err
		}
		s := &Sum{}
		if err := json.Unmarshal(raw, s); err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *Sum) int { return strings.Compare(a.Test, b.Test) })
	return all, nil
}
