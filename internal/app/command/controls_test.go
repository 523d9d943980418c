package command_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// Every clause is told, beside whoever has the folder open; an estate that is not there names those that are.
func TestControls_TellsEveryClause(t *testing.T) {
	data, _ := installation(t)
	a, err := app.Open(t.Context(), app.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
	if _, err := op.Run(ctx, a.Door, estate.CreateEstate, estate.CreateEstateIn{Name: "金融中心"}); err != nil {
		t.Fatal(err)
	}
	tell := func(args ...string) (int, string, string) {
		return run(t, append([]string{"controls", "--data", data}, args...)...)
	}
	code, out, errOut := tell("--json", "--estate", "金融中心")
	var all []app.ClauseReport
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 || len(all) != 48 {
		t.Fatalf("%d %v %s %d clauses", code, err, errOut, len(all))
	}
	for _, r := range all {
		switch r.Clause {
		case "D8":
			if r.State != "unproven" || len(r.Controls) != 1 || r.Controls[0].Estate != "金融中心" || r.Set != "《业户档案管理规定》" || !strings.HasPrefix(r.Title, "4.7 ") {
				t.Errorf("%+v", r)
			}
		case "A2":
			if r.State != "not_built" || len(r.Controls) != 0 {
				t.Errorf("%+v", r)
			}
		}
	}
	if code, out, _ = tell("--lang", "en"); code != 0 || strings.Contains(out, "0 / 0") || !strings.Contains(out, "Not built yet") || !strings.Contains(out, "澜庭花园") || !strings.Contains(out, "金融中心") {
		t.Errorf("%d %.600s", code, out)
	}
	if code, _, errOut = tell("--estate", "无此园"); code != 2 || !strings.Contains(errOut, "金融中心") {
		t.Errorf("%d %s", code, errOut)
	}
}

// The end of a month gone by is told as it was written down when the program was opened next; of an earlier one nothing was, and a
// month to come is refused.
func TestControls_OfAMonth(t *testing.T) {
	data, now := t.TempDir(), clock.System{}.Now()
	this := control.MonthOf(now)
	for _, at := range []clock.Clock{clock.At(now.AddDate(0, -1, -5)), clock.At(now)} {
		a, err := app.Open(t.Context(), app.Options{Data: data, Clock: at})
		if err != nil {
			t.Fatal(err)
		}
		ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
		if _, err := op.Run(ctx, a.Door, estate.CreateEstate, estate.CreateEstateIn{Name: "园" + clock.Date(at.Now())}); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	old := "园" + clock.Date(now.AddDate(0, -1, -5))
	tell := func(estate, month string) app.ControlReport {
		t.Helper()
		code, out, errOut := run(t, "controls", "--data", data, "--json", "--estate", estate, "--month", month)
		var all []app.ClauseReport
		if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 || len(all) != 48 {
			t.Fatalf("%d %v %s %d clauses", code, err, errOut, len(all))
		}
		return all[slices.IndexFunc(all, func(r app.ClauseReport) bool { return r.Clause == "D8" })].Controls[0]
	}
	if r := tell(old, string(this.Before(1))); r.State != "unproven" || r.Kept == "" || !strings.Contains(r.Text, "启用日") {
		t.Errorf("kept: %+v", r)
	}
	for _, none := range [][2]string{{old, string(this.Before(4))}, {"园" + clock.Date(now), string(this.Before(1))}} {
		if r := tell(none[0], none[1]); r.State != "unproven" || r.Kept != "" || !strings.Contains(r.Text, "没有记下") {
			t.Errorf("%s, nothing kept: %+v", none, r)
		}
	}
	if r := tell(old, string(this)); r.Kept != "" || strings.Contains(r.Text, "没有记下") {
		t.Errorf("the month that runs: %+v", r)
	}
	if code, _, errOut := run(t, "controls", "--data", data, "--month", string(this.Before(-1))); code != 2 || !strings.Contains(errOut, string(this)) {
		t.Errorf("a month to come: %d %s", code, errOut)
	}
	if code, out, _ := run(t, "controls", "--data", data, "--month", string(this.Before(1)), "--lang", "en"); code != 0 || !strings.Contains(out, "Not built yet") || !strings.Contains(out, "Not checked yet") || !strings.Contains(out, old) {
		t.Errorf("%d %.900s", code, out)
	}
}
