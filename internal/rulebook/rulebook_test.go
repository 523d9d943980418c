package rulebook_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/control"
	"hudang/internal/rulebook"
)

func judged(clause, name string, states ...control.State) []control.Result {
	var all []control.Result
	for _, s := range states {
		all = append(all, control.Result{Control: control.Control{Clause: clause, Name: name}, Finding: control.Finding{State: s, Target: 1}})
	}
	return all
}

// A clause stands as the worst of its controls; one that is judged in part, or not at all, is never met.
func TestStand_FailsClosed(t *testing.T) {
	whole := "household.refreshed"
	for _, c := range []struct {
		name   string
		judged []control.Result
		id     string
		want   control.State
	}{
		{"no control", nil, "D8", rulebook.NotBuilt},
		{"all of it met", judged("D8", whole, control.Met, control.Met), "D8", control.Met},
		{"met in one estate of two", judged("D8", whole, control.Met, control.Broken), "D8", control.Broken},
		{"due beats unproven", judged("D8", whole, control.Unproven, control.Due), "D8", control.Due},
		{"a part of it met", judged("D7", "household.import_left", control.Met), "D7", rulebook.Partly},
		{"a part of it broken", judged("D7", "household.import_left", control.Broken), "D7", control.Broken},
		{"another control of the clause, not the one that judges it whole", judged("D8", "household.other", control.Met), "D8", rulebook.Partly},
		{"another clause's", judged("D7", "household.import_left", control.Met), "D6", rulebook.NotBuilt},
	} {
		all := rulebook.Stand(c.judged)
		if len(all) != 48 {
			t.Fatalf("%d clauses", len(all))
		}
		i := slices.IndexFunc(all, func(s rulebook.Standing) bool { return s.ID == c.id })
		if got := all[i].State; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The clauses are those of docs/rules.md, in its order.
func TestClauses_AreThoseOfTheRules(t *testing.T) {
	raw, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([A-E]\d+) \|`).FindAllStringSubmatch(string(raw), -1) {
		want = append(want, m[1])
	}
	for _, c := range rulebook.Clauses {
		got = append(got, c.ID)
		if len(c.Posts) == 0 {
			t.Errorf("%s: nobody is in charge", c.ID)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}
