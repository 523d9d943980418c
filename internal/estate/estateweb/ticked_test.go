package estateweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

func ids(units ...estate.UnitID) (all []string) {
	for _, u := range units {
		all = append(all, ref.Text(u))
	}
	return all
}

// last is the latest leaf of an estate's log.
func last(t *testing.T, c *apptest.Company, e access.EstateID) evidence.Leaf {
	t.Helper()
	head, err := c.App.Door.Log.Head(t.Context(), c.App.Door.DB.Read(), e)
	if err != nil {
		t.Fatal(err)
	}
	full, err := c.App.Door.Log.LeafAt(t.Context(), c.App.Door.DB.Read(), e, head.Size-1, 0)
	if err != nil {
		t.Fatal(err)
	}
	return full.Leaf
}

// printed are the codes and the rooms of a PDF, in its order.
func printed(t *testing.T, pdf string) (codes []string, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "labels.pdf")
	if err := os.WriteFile(file, []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return spaced.FindAllString(string(out), -1), string(out)
}

// Three ticked rooms are three labels in one print, on each paper and as PDF, by one operation whose leaf names them.
func TestTicked_LabelsInOnePrint(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		list := clerk.Get("/units").Body
		if pagetest.Attr(t, list, "td.bx .pick", "aria-label") != "选 1-1-101" || pagetest.Count(t, list, "td.bx .pick") != 4 {
			t.Error("each row has a box that says which row it is")
		}
		form, before := clerk.Form("/units", "/label/unit"), optest.Leaves(t, c.App.Door, c.Garden)
		p := clerk.Send(form, "/label/unit", url.Values{"id": ids(c.Flats[:3]...)})
		if p.Status != http.StatusOK || pagetest.Count(t, p.Body, ".sheet") != 3 {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		codes, text := printed(t, clerk.Get(p.Path+"?size=60x40&pdf=1").Body)
		if len(codes) != 3 || !strings.Contains(text, "1-1-101") || !strings.Contains(text, "1-1-103") || strings.Contains(text, "1-1-104") || strings.Contains(text, "张伟") {
			t.Errorf("labels %v of\n%s", codes, text)
		}
		if at := clerk.Get("/c/" + strings.ReplaceAll(codes[1], " ", "")); at.Path != c.Flats[1].Path() {
			t.Errorf("the second label leads to %s", at.Path)
		}
		if again := clerk.Send(form, "/label/unit", url.Values{"id": ids(c.Flats[:3]...)}); again.Path != p.Path {
			t.Errorf("the same form again leads to %s, not %s", again.Path, p.Path)
		}
		var said label.Printed
		leaf := last(t, c, c.Garden)
		if _, err := c.App.Door.Log.Said(t.Context(), c.App.Door.DB.Read(), leaf.Op, "in", &said); err != nil {
			t.Fatal(err)
		}
		if n := optest.Leaves(t, c.App.Door, c.Garden) - before; n != 1 || leaf.Name != "label.print_labels" || said.Kind != "unit" || len(said.IDs) != 3 {
			t.Errorf("%d leaves, the last %s of %v", n, leaf.Name, said)
		}
		other := c.SignIn(t, "limin", c.Garden, access.Manager)
		if at := other.Get(p.Path); at.Status != http.StatusNotFound {
			t.Errorf("somebody else's print: %d", at.Status)
		}
	})
}

// All rows of what a list shows are printed without being ticked, narrowed as the list was, in its order; nothing ticked is told.
func TestTicked_AllThatTheListShows(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	for page, want := range map[string]string{"/units?sort=-code": "1-1-104 1-1-103 1-1-102 1-1-101", "/units?q=102": "1-1-102"} {
		p := clerk.Submit(page, "/label/unit", url.Values{"all": {"1"}})
		if p.Status != http.StatusOK {
			t.Fatalf("%s: %d at %s", page, p.Status, p.Path)
		}
		_, text := printed(t, clerk.Get(p.Path+"?pdf=1").Body)
		if got := strings.Join(regexp.MustCompile(`1-1-\d+`).FindAllString(text, -1), " "); got != want {
			t.Errorf("%s: labels of %q, want %q", page, got, want)
		}
	}
	if p := clerk.Submit("/households", "/label/household", url.Values{"all": {"1"}}); p.Status != http.StatusOK || pagetest.Count(t, p.Body, ".sheet") != 1 {
		t.Errorf("households: %d at %s", p.Status, p.Path)
	}
	for path, kind := range map[string]string{"/vehicles": "vehicle", "/leases": "lease", "/volumes": "volume", "/papers": "item"} {
		pagetest.In(t, clerk.Get(path).Body, "form.batch[action=/label/"+kind+"] button", "打印标签")
	}
	for page, values := range map[string]url.Values{"/units": nil, "/units?stay=let": {"all": {"1"}}} { // nothing ticked; no such rows, by a filter of a room above
		if p := clerk.Submit(page, "/label/unit", values); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "先勾选") {
			t.Errorf("%s: %d", page, p.Status)
		}
	}
}

// Who may not print labels sees no boxes; what is not his, or carries none, is not there, and nothing of the rest is printed.
func TestTicked_OfOthers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk, finance := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "caiwu", c.Garden, access.Finance)
		pagetest.NotIn(t, finance.Get("/units").Body, ".pick")
		pagetest.NotIn(t, finance.Get("/units").Body, ".batch")
		form := clerk.Form("/units", "/label/unit")
		if p := finance.Send(finance.Form("/account/password", "/account/password"), "/label/unit", url.Values{"id": ids(c.Flats[0])}); p.Status != http.StatusForbidden {
			t.Errorf("finance: %d", p.Status)
		}
		for what, in := range map[string]struct {
			action string
			values url.Values
		}{
			"another estate's":      {"/label/unit", url.Values{"id": ids(c.Office)}},
			"one among one's own":   {"/label/unit", url.Values{"id": ids(c.Flats[0], c.Office)}},
			"nobody's":              {"/label/unit", url.Values{"id": {"77"}}},
			"an estate's":           {"/label/estate", url.Values{"id": {fmt.Sprint(c.Garden)}}},
			"all of no list":        {"/label/unit", url.Values{"all": {"1"}, "list": {"estate.nothing"}}},
			"all of another's rows": {"/label/vehicle", url.Values{"all": {"1"}}},
		} {
			form["_token"] = []string{what}
			if p := clerk.Send(form, in.action, in.values); p.Status != http.StatusNotFound {
				t.Errorf("%s: %d at %s", what, p.Status, p.Path)
			}
		}
		codes, err := label.Codes(t.Context(), c.App.Door.DB.Read(), "unit", int64(c.Flats[0]), int64(c.Office))
		if err != nil || len(codes) != 0 {
			t.Errorf("codes %v, %v", codes, err)
		}
		head := c.SignIn(t, "limin", access.Company, access.Manager)
		if p := head.Submit("/units", "/label/unit", url.Values{"id": ids(c.Flats[0], c.Office)}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "先在顶部选一个项目") {
			t.Errorf("of two estates: %d", p.Status)
		}
	})
}

// More than one print has are told, ticked or as all of a list, and nothing is printed; as many as it has are.
func TestTicked_NoMoreThanOnePrintHas(t *testing.T) {
	c := apptest.Open(t)
	clerk, head := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), optest.As(t.Context(), 1, access.Company, access.Manager)
	all := ids(c.Flats...)
	for n := len(all); n <= label.Most; n++ {
		unit, err := op.Run(head, c.App.Door, estate.AddUnit, estate.AddUnitIn{Estate: c.Garden, UnitFacts: estate.UnitFacts{Building: "2", Room: fmt.Sprint(1000 + n), Kind: estate.Flat}})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ref.Text(unit.Out))
	}
	for _, values := range []url.Values{{"all": {"1"}}, {"id": all}} {
		if p := clerk.Submit("/units", "/label/unit", values); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "500") {
			t.Errorf("%d of %d: %d at %s", len(all), label.Most, p.Status, p.Path)
		}
	}
	if p := clerk.Submit("/units", "/label/unit", url.Values{"id": all[1:]}); p.Status != http.StatusOK || pagetest.Count(t, p.Body, ".sheet") != label.Most {
		t.Errorf("%d: %d at %s", label.Most, p.Status, p.Path)
	}
}
