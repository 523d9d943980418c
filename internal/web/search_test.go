package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
)

func search(c *apptest.Client, typed string) apptest.Page {
	return c.Get("/search?q=" + url.QueryEscape(typed))
}

// A room in any notation opens at once, a building lists its rooms, and what was added a moment ago is found.
func TestSearch_Rooms(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
		flat := "/units/" + ref.Text(c.Flats[1])
		for _, typed := range []string{"1-1-102", "1栋1单元102", "1#1-102", "一栋一单元102室", " 1栋 1单元 102 ", "102"} {
			if p := search(clerk, typed); p.Path != flat {
				t.Errorf("%q leads to %s", typed, p.Path)
			}
		}
		if p := search(clerk, "1-1"); p.Path != "/search" || strings.Count(p.Body, `href="/units/`) < 4 {
			t.Errorf("a building: %s", p.Path)
		}
		manager := optest.As(t.Context(), 1, c.Garden, access.Manager)
		added, err := op.Run(manager, c.App.Door, estate.AddUnit, estate.AddUnitIn{Estate: c.Garden, UnitFacts: estate.UnitFacts{Building: "9", Room: "909", Kind: estate.Flat}})
		if err != nil {
			t.Fatal(err)
		}
		if p := search(clerk, "9-909"); p.Path != "/units/"+ref.Text(added.Out) {
			t.Errorf("a new unit: %s", p.Path)
		}
	})
}

// Another estate's room is as if it were not there, in the list while typing too; who reads no units finds none.
func TestSearch_Scope(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		for login, client := range map[string]*apptest.Client{"zhou": c.SignIn(t, "zhou", c.Garden, access.Assistant),
			"shen": c.SignIn(t, "shen", access.Company, access.Auditor)} {
			if p := search(client, "A-501"); p.Status != http.StatusOK || p.Path != "/search" || strings.Contains(p.Body, "/units/"+ref.Text(c.Office)) {
				t.Errorf("%s finds the office: %d %s", login, p.Status, p.Path)
			}
		}
		boss := c.SignIn(t, "wu", access.Company, access.Manager)
		if p := search(boss, "a501"); p.Path != c.Firm.Path() { // who works there comes before the office itself
			t.Errorf("the manager of all: %s", p.Path)
		}
	})
}

// The ten digits of a label open its thing; digits that are nobody's label are searched like any others.
func TestSearch_Label(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := optest.As(t.Context(), 1, c.Garden, access.Manager)
		printed, err := op.Run(manager, c.App.Door, estate.PrintUnit, c.Flats[2])
		if err != nil {
			t.Fatal(err)
		}
		clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
		for _, typed := range []string{printed.Out, label.Spaced(printed.Out)} {
			if p := search(clerk, typed); p.Path != "/units/"+ref.Text(c.Flats[2]) {
				t.Errorf("%q leads to %s", typed, p.Path)
			}
		}
		other := c.SignIn(t, "qian", c.Tower, access.Assistant)
		if p := search(other, printed.Out); p.Path != "/search" || strings.Contains(p.Body, "1-1-103") {
			t.Errorf("another estate's label leads to %s", p.Path)
		}
	})
}
