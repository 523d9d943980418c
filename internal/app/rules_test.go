package app_test

import (
	"slices"
	"testing"

	"hudang/internal/app"
	"hudang/internal/rulebook"
)

// A clause is judged whole by controls that there are; a control names a clause that there is.
func TestRulebook_KnowsTheControls(t *testing.T) {
	var names []rulebook.Judge
	for _, c := range app.Controls() {
		names = append(names, rulebook.Judge{Name: c.Name})
		if _, ok := rulebook.Find(c.Clause); !ok {
			t.Errorf("%s: no clause %s", c.Name, c.Clause)
		}
	}
	for _, c := range rulebook.Clauses {
		for _, j := range c.Whole {
			if !slices.Contains(names, j) {
				t.Errorf("%s asks for %s, which no room has", c.ID, j.Name)
			}
		}
	}
}
