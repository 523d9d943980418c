// Command night runs the tests of what must never go wrong in their long form, and says what all nights together came to:
//
//	go run ./build/pgcluster -- go run ./build/night -piece 10m
//
// Kills, power cuts, failing disks and engines, hostile files and texts, changes behind the program's back, then every parser. It can
// be stopped at any moment and goes on behind it the next time (package night). Some want root, for disks of their own.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"hudang/internal/platform/op/optest/night"
)

// packages hold the tests with rounds; of evidence one test only.
var packages = []struct{ at, test string }{{"./test/torture/...", ""}, {"./test/tamper", ""}, {"./test/hostile", ""}, {"./internal/platform/evidence", "TestVerify_FindsEverySingleChange"}}

// fuzzed is the goal of each parser.
const fuzzed = 12 * time.Minute

func main() {
	folder := flag.String("dir", ".torture", "where the sums stand")
	piece := flag.Duration("piece", 0, "how long each test goes on at most; 0: until its goal")
	only := flag.String("only", "", "only the tests and parsers whose names fit this expression")
	show := flag.Bool("show", false, "only say what the nights came to")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *folder, *piece, *only, *show); err != nil {
		fmt.Fprintln(os.Stderr, "night:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, folder string, piece time.Duration, only string, show bool) error {
	at, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	names, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	var failed []string
	if !show {
		commit, err := exec.CommandContext(ctx, "git", "rev-parse", "--short", "HEAD").Output()
		if err != nil {
			return fmt.Errorf("what is tried: %w", err)
		}
		n := nights{at, strings.TrimSpace(string(commit)), piece, names}
		failed = slices.Concat(n.tests(ctx), n.parsers(ctx))
	}
	if err := table(os.Stdout, at); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return ctx.Err()
}

type nights struct {
	folder, commit string
	piece          time.Duration
	only           *regexp.Regexp
}

// tests runs the tests with rounds; those of a package go on when one fails.
func (n nights) tests(ctx context.Context) (failed []string) {
	for _, p := range packages {
		names := n.only.String()
		if p.test != "" && n.only.MatchString(p.test) {
			names = "^" + p.test + "$"
		} else if p.test != "" {
			continue
		}
		cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout", "240h", "-v", "-run", names, p.at)
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		cmd.Env = append(os.Environ(), night.Folder+"="+n.folder, night.Commit+"="+n.commit)
		if n.piece > 0 {
			cmd.Env = append(cmd.Env, night.Piece+"="+n.piece.String())
		}
		if ctx.Err() == nil && cmd.Run() != nil {
			failed = append(failed, p.at)
		}
	}
	return failed
}

var (
	target = regexp.MustCompile(`(?m)^func (Fuzz\w*)\(`)
	inputs = regexp.MustCompile(`execs: (\d+)`)
)

// parsers makes up input for every parser. What runs beside one (a database's driver) makes each input look new; without a limit all the
// time would go into making those shorter.
func (n nights) parsers(ctx context.Context) (failed []string) {
	files, err := exec.CommandContext(ctx, "git", "grep", "-l", "^func Fuzz", "--", "*_test.go").Output()
	if err != nil {
		return []string{"git grep: " + err.Error()}
	}
	for _, file := range strings.Fields(string(files)) {
		source, err := os.ReadFile(file)
		if err != nil {
			return append(failed, err.Error())
		}
		for _, m := range target.FindAllStringSubmatch(string(source), -1) {
			if ctx.Err() != nil || !n.only.MatchString(m[1]) {
				continue
			}
			if err := n.parser(ctx, "./"+filepath.Dir(file), m[1]); err != nil && ctx.Err() == nil {
				fmt.Println(err)
				failed = append(failed, m[1])
			}
		}
	}
	return failed
}

func (n nights) parser(ctx context.Context, dir, name string) error {
	sum, err := night.Load(n.folder, filepath.Base(dir)+"."+name) // two packages may have one of the same name
	if err != nil {
		return err
	}
	left := fuzzed - time.Duration(sum.Done)*time.Second
	if n.piece > 0 {
		left = min(left, n.piece)
	}
	if left < time.Second {
		return nil
	}
	fmt.Printf("%s in %s, %s\n", name, dir, left)
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+name+"$", "-fuzztime", left.String(), "-fuzzminimizetime", "10x", dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		if ctx.Err() == nil {
			sum.Failed = append(sum.Failed, "at "+n.commit)
			_ = sum.Keep(n.folder) // what the test said matters more
		}
		return fmt.Errorf("%w\n%s", err, out)
	}
	tried := int64(0)
	if all := inputs.FindAllSubmatch(out, -1); len(all) > 0 {
		tried, _ = strconv.ParseInt(string(all[len(all)-1][1]), 10, 64) // digits only
	}
	sum.AddFuzz(int(left.Seconds()), int(fuzzed.Seconds()), tried, n.commit)
	return sum.Keep(n.folder)
}

// table says what all nights came to.
func table(w io.Writer, folder string) error {
	sums, err := night.Sums(folder)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "test\tdone\tgoal\tinputs\tminutes\tcommits\tfailed")
	for _, s := range sums {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%.0f\t%s\t%s\n", s.Test, s.Done, s.Goal, s.Inputs, s.Seconds/60, strings.Join(s.Commits, " "), strings.Join(s.Failed, "; "))
	}
	return t.Flush()
}
