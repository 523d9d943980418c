package app

import (
	"testing"

	"hudang/internal/household"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/paper"
)

// The demonstration's papers are laid out as they say, and each has a line it belongs to.
func TestDemoPapers(t *testing.T) {
	for _, p := range demoPapers {
		if _, ok := household.BuiltIn(household.OwnerHome).Line(p.code); !ok {
			t.Errorf("%s: no line %s", p.form, p.code)
		}
		pages, err := paper.Layout(p.doc("澜庭花园", "3-1-1202", "张伟、王秀兰", "2019-06-18", optest.Morning))
		if err != nil {
			t.Fatal(err)
		}
		if len(pages.Pages) != p.pages || len(pages.Missing) > 0 {
			t.Errorf("%s has %d pages, want %d; letters missing: %q", p.form, len(pages.Pages), p.pages, pages.Missing)
		}
	}
}
