package app_test

import (
	"slices"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/platform/control"
	"hudang/internal/platform/i18n"
	"hudang/internal/rulebook"
)

// A clause is judged whole by controls that there are; a control names a clause that there is, and of one that is judged in part
// the rulebook says what is not judged, of no other.
func TestRulebook_KnowsTheControls(t *testing.T) {
	var names []rulebook.Judge
	for _, c := range app.Controls() {
		names = append(names, rulebook.Judge{Name: c.Name})
		if _, ok := rulebook.Find(c.Clause); !ok {
			t.Errorf("%s: no clause %s", c.Name, c.Clause)
		}
	}
	var judged []control.Result
	for _, c := range app.Controls() {
		judged = append(judged, control.Result{Control: c, Finding: control.Finding{State: control.Met}})
	}
	for _, s := range rulebook.Stand(judged) {
		key := "rulebook.rest." + strings.ToLower(s.ID)
		if said := !strings.Contains(app.Say(i18n.Chinese, key), key); said != (s.Rest() != "") {
			t.Errorf("%s: what no control judges is said %v, asked for %q", s.ID, said, s.Rest())
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
