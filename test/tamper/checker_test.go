package tamper

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/evidence"
)

// The checker that was written from docs/log-format.md alone sees the same logs as the program, and what was done to them.
func TestChecker_AgreesWithVerify(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil && os.Getenv("CI") != "true" {
		t.Skip("no python3 here: build/deps.sh installs it")
	} else if err != nil {
		t.Fatal(err)
	}
	c := play(t)
	f := copyOf(t, c, "")
	code, out := check(t, python, f)
	report := f.verify()
	if want := fmt.Sprintf("%d leaves, %d row versions, %d rows", report.Leaves, report.Versions, report.Rows); code != 0 || !strings.Contains(out, want) {
		t.Fatalf("untouched: %d, want %s\n%s", code, want, out)
	}
	for _, log := range report.Logs {
		if !strings.Contains(out, "  "+log.Short()+"\n") {
			t.Errorf("the checker has no %s\n%s", log.Short(), out)
		}
	}
	if !strings.Contains(out, "key "+report.Key) {
		t.Errorf("the checker has another fingerprint than %s\n%s", report.Key, out)
	}
	log, rooms := f.covered(c, bare)
	r := rand.New(rand.NewPCG(11, 1))
	for _, tab := range slices.Concat(log, rooms) {
		for _, d := range damages {
			f.exec("BEGIN")
			if !d.do(f, r, tab) {
				f.exec("ROLLBACK")
				continue
			}
			f.exec("COMMIT")
			code, out := check(t, python, f)
			if code != 1 || tab.column("ev_op") >= 0 && !strings.Contains(out, d.want) {
				t.Errorf("%s in %s: the checker says %d\n%s", d.name, tab.name, code, out)
			}
			f.restore(tab)
			if testing.Short() {
				break
			}
		}
	}
	marks := filepath.Join(f.dir, "highwater")
	forget(t, marks)
	if _, out := check(t, python, f); !strings.Contains(out, evidence.MarkMissing) {
		t.Errorf("without marks: %s", out)
	}
}

// Every finding that the program knows stands in docs/log-format.md.
func TestChecker_PageExplainsEveryFinding(t *testing.T) {
	page, err := os.ReadFile("../../docs/log-format.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../../internal/platform/evidence/verify.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`(?m)^\t[A-Z]\w+ += "([a-z]+_[a-z]+|damaged|unreadable)" +//`).FindAllStringSubmatch(string(source), -1)
	if len(kinds) < 20 {
		t.Fatalf("only %d kinds of findings were read", len(kinds))
	}
	for _, kind := range kinds {
		if !strings.Contains(string(page), "`"+kind[1]+"`") {
			t.Errorf("docs/log-format.md does not say what %s means", kind[1])
		}
	}
}

func check(t *testing.T, python string, f *folder) (code int, out string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python, "-B", "../../tools/check_log.py", f.dir)
	raw, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(raw)
}
