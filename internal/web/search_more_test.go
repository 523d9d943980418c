package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

var (
	aUnit     = regexp.MustCompile(`href="/units/[0-9]`)
	allOfThem = regexp.MustCompile(`href="(/search\?of=[^"]+)"`)
)

// The first eight of a kind are not all there are: the answer says how many, and leads to them, in the list while typing too.
func TestSearch_More(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := optest.As(t.Context(), 1, c.Garden, access.Manager)
		for n := range 11 {
			in := estate.AddUnitIn{Estate: c.Garden, UnitFacts: estate.UnitFacts{Building: "77", Room: fmt.Sprint(101 + n), Kind: estate.Flat}}
			if _, err := op.Run(manager, c.App.Door, estate.AddUnit, in); err != nil {
				t.Fatal(err)
			}
		}
		clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
		for name, p := range map[string]apptest.Page{"page": search(clerk, "77"), "box": clerk.Part("/search?q=77", "found")} {
			to := allOfThem.FindStringSubmatch(p.Body)
			if n := len(aUnit.FindAllString(p.Body, -1)); n != 8 || !strings.Contains(p.Body, "全部 11 条") || to == nil {
				t.Fatalf("%s: %d of 11, leading to %v", name, n, to)
			}
			all := clerk.Get(strings.ReplaceAll(to[1], "&amp;", "&"))
			if n := len(aUnit.FindAllString(all.Body, -1)); n != 11 || strings.Contains(all.Body, "全部 11 条") {
				t.Errorf("%s: all are %d", name, n)
			}
		}
		other := c.SignIn(t, "qian", c.Tower, access.Assistant)
		if p := other.Get("/search?" + url.Values{"q": {"77"}, "of": {"unit.list.title"}}.Encode()); aUnit.MatchString(p.Body) {
			t.Error("another estate's rooms are listed")
		}
	})
}
