package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
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
	if code, out, _ = tell("--lang", "en"); code != 0 || !strings.Contains(out, "Not built yet") || !strings.Contains(out, "澜庭花园") || !strings.Contains(out, "金融中心") {
		t.Errorf("%d %.600s", code, out)
	}
	if code, _, errOut = tell("--estate", "无此园"); code != 2 || !strings.Contains(errOut, "金融中心") {
		t.Errorf("%d %s", code, errOut)
	}
}
