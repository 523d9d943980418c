package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/app/command"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
)

// installation is a data folder with one estate and one flat, closed properly.
func installation(t *testing.T) (dir string, flat estate.UnitID) {
	t.Helper()
	dir = t.TempDir()
	a, err := app.Open(t.Context(), app.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
	garden, err := op.Run(ctx, a.Door, estate.CreateEstate, estate.CreateEstateIn{Name: "澜庭花园"})
	if err != nil {
		t.Fatal(err)
	}
	facts := estate.UnitFacts{Building: "3", Entrance: "1", Room: "1202", Kind: estate.Flat, GrossArea: 8950}
	unit, err := op.Run(ctx, a.Door, estate.AddUnit, estate.AddUnitIn{Estate: garden.Out, UnitFacts: facts})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return dir, unit.Out
}

func run(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = command.Run(t.Context(), args, &o, &e)
	return code, o.String(), e.String()
}

// behind changes the database behind the program's back, as an administrator with a SQL tool would.
func behind(t *testing.T, dir, statement string, args ...any) {
	t.Helper()
	file, err := db.File(filepath.Join(dir, "hudang.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

func TestVerify_CleanThenNamesTheRow(t *testing.T) {
	dir, flat := installation(t)
	if code, out, errOut := run(t, "verify", "--data", dir); code != 0 || !strings.Contains(out, "没有发现改动") {
		t.Fatalf("clean: %d\n%s%s", code, out, errOut)
	}
	behind(t, dir, `UPDATE estate_unit SET gross_area = 18950 WHERE id = ?`, int64(flat))
	code, out, errOut := run(t, "verify", "--data", dir, "--json")
	var report evidence.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v\n%s%s", err, out, errOut)
	}
	if code != 1 || len(report.Findings) != 1 || report.Findings[0].What != evidence.RowChanged ||
		report.Findings[0].Table != "estate_unit" || report.Findings[0].Row != int64(flat) {
		t.Errorf("exit %d, findings %+v", code, report.Findings)
	}
	if _, out, _ := run(t, "verify", "--data", dir, "--lang", "en"); !strings.Contains(out, "a row was changed") || !strings.Contains(out, ref.Text(flat)) {
		t.Errorf("English report:\n%s", out)
	}
}

func TestVerify_AnchorShowsAnOldCopy(t *testing.T) {
	dir, _ := installation(t)
	_, out, _ := run(t, "verify", "--data", dir, "--json")
	var report evidence.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	c := report.Logs[len(report.Logs)-1]
	if code, out, _ := run(t, "verify", "--data", dir, "--anchor", c.Short()); code != 0 {
		t.Errorf("its own checkpoint as anchor: %d\n%s", code, out)
	}
	c.Size += 5 // a receipt printed later than the copy that was put in place
	if code, out, _ := run(t, "verify", "--data", dir, "--anchor", c.Short()); code != 1 || !strings.Contains(out, "被截断") {
		t.Errorf("anchor beyond the end: %d\n%s", code, out)
	}
}

func TestCommands_ThatCannotRun(t *testing.T) {
	dir, _ := installation(t)
	a, err := app.Open(t.Context(), app.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	notOurs := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(notOurs, []byte("two\nlines\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"fly"}, {"verify"}, {"verify", "--data", t.TempDir()}, {"verify", "--data", dir, "--anchor", "nonsense"},
		{"verify", "--data", dir, "--anchor", notOurs}, {"verify", "--nonsense"}, {"serve"},
		{"serve", "--data", dir, "--addr", "127.0.0.1:0"}, // in use by this test
	} {
		if code, out, errOut := run(t, args...); code != 2 || errOut == "" {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errOut)
		}
	}
	if code, out, _ := run(t, "version"); code != 0 || !strings.HasPrefix(out, "hudang") {
		t.Errorf("version: %d %s", code, out)
	}
}

// Every finding has its words, whatever was found.
func TestVerify_DamagedValueIsExplained(t *testing.T) {
	dir, flat := installation(t)
	behind(t, dir, `UPDATE estate_unit SET version = 'not a number' WHERE id = ?`, int64(flat))
	code, out, errOut := run(t, "verify", "--data", dir)
	if code != 1 || strings.Contains(out, "[verify.") || !strings.Contains(out, "estate_unit") {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
}
