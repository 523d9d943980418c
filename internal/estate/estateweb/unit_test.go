package estateweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/ref"
)

func TestUnitForm_RefusedKeepsWhatWasTyped(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		typed := url.Values{"estate": {idOf(c.Garden)}, "building": {"9"}, "room": {""}, "gross_area": {"约90"}, "note": {"<b>朝南</b>"}}
		p := clerk.Submit("/units/new", "/units/new", typed)
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		for _, want := range []string{`value="约90"`, `value="9"`, "&lt;b&gt;朝南&lt;/b&gt;", "面积写成", "<title>错误："} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the refused form lacks %q", want)
			}
		}
	})
}

func TestUnit_AddChangeEndRestore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		custodian := c.SignIn(t, "limin", c.Garden, access.Custodian)
		p := custodian.Submit("/units/new", "/units/new", url.Values{"estate": {idOf(c.Garden)}, "building": {"2"}, "room": {"1203"}})
		if p.Status != http.StatusOK || p.Path != "/units" || !strings.Contains(p.Body, "2-1203") {
			t.Fatalf("adding: %d at %s", p.Status, p.Path)
		}
		unit := "/units/" + ref.Text(c.Flats[0])
		p = custodian.Submit(unit+"/change", unit+"/change", url.Values{"gross_area": {"91.20"}, "reason": {"产权证"}})
		if p.Path != unit || !strings.Contains(p.Body, "产权证") || !strings.Contains(p.Body, "89.50 → 91.20") || !strings.Contains(p.Body, "limin") {
			t.Errorf("changing: %d at %s", p.Status, p.Path)
		}
		if p = custodian.Submit(unit, unit+"/end", url.Values{"why": {" "}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("ending without a reason: %d", p.Status)
		}
		if p = custodian.Submit(unit, unit+"/end", url.Values{"why": {"与 102 合并"}}); p.Path != unit || !strings.Contains(p.Body, "与 102 合并") {
			t.Errorf("ending: %d at %s", p.Status, p.Path)
		}
		old := custodian.Form(unit, unit+"/restore")
		custodian.Submit(unit, unit+"/restore", nil)
		custodian.Submit(unit, unit+"/end", url.Values{"why": {"确已合并"}})
		if p = custodian.Send(old, unit+"/restore", url.Values{"_token": {"another click"}}); p.Status != http.StatusConflict {
			t.Errorf("restoring from an old page: %d, want 409", p.Status)
		}
		if p = custodian.Submit(unit, unit+"/restore", nil); p.Status != http.StatusOK || strings.Contains(p.Body, unit+"/restore") {
			t.Errorf("restoring: %d at %s", p.Status, p.Path)
		}
	})
}

func TestUnit_TwoClerksSeeEachOthersFields(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		first, second := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "limin", c.Garden, access.Custodian)
		unit := "/units/" + ref.Text(c.Flats[0])
		form := first.Form(unit+"/change", unit+"/change")
		second.Submit(unit+"/change", unit+"/change", url.Values{"net_area": {"70.01"}})
		p := first.Send(form, unit+"/change", url.Values{"net_area": {"70.99"}})
		if p.Status != http.StatusConflict {
			t.Fatalf("status %d, want 409", p.Status)
		}
		for _, want := range []string{"70.01", "70.99", "limin"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the conflict does not show %s", want)
			}
		}
		if p = first.Send(form, unit+"/change", url.Values{"net_area": {"70.99"}}); p.Status != http.StatusConflict {
			t.Errorf("the old form was taken after all: %d", p.Status)
		}
	})
}

func TestUnit_DoubleClickActsOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		form := clerk.Form("/units/new", "/units/new")
		in := url.Values{"estate": {idOf(c.Garden)}, "building": {"8"}, "room": {"801"}}
		for range 2 {
			if p := clerk.Send(form, "/units/new", in); p.Status != http.StatusOK {
				t.Errorf("status %d", p.Status)
			}
		}
		if p := clerk.Get("/units?q=8-801"); !strings.Contains(p.Body, "共 1 条") {
			t.Error("the unit is not there exactly once")
		}
	})
}

// Another estate's unit looks like none at all, byte for byte (design §3).
func TestUnit_OtherEstateLooksAbsent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		for _, part := range []string{"", "/change", "/print"} {
			there, nowhere := clerk.Get("/units/"+ref.Text(c.Office)+part), clerk.Get("/units/12345"+part)
			if there.Status != http.StatusNotFound || blank(there.Body) != blank(nowhere.Body) {
				t.Errorf("%s: %d, and the pages differ: %v", part, there.Status, blank(there.Body) != blank(nowhere.Body))
			}
		}
		if p := clerk.Get("/units"); strings.Contains(p.Body, "A-501") || !strings.Contains(p.Body, "1-1-104") {
			t.Error("the list does not keep to the estate")
		}
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		for _, path := range []string{"/units", "/units/new", "/units/xlsx", "/units/print"} {
			if p := auditor.Get(path); p.Status != http.StatusForbidden || strings.Contains(p.Body, "1-1-101") {
				t.Errorf("auditor at %s: %d", path, p.Status)
			}
		}
	})
}

func TestUnits_PrintAndExport(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get("/units/xlsx"); p.Status != http.StatusOK || !strings.HasPrefix(p.Body, "PK") || !strings.Contains(p.Header.Get("Content-Disposition"), ".xlsx") {
			t.Errorf("xlsx: %d %s", p.Status, p.Header)
		}
		if p := clerk.Get("/units/print?kind=flat"); p.Status != http.StatusOK || !strings.Contains(p.Body, "房屋登记册") || !strings.Contains(p.Body, "1-1-104") {
			t.Errorf("print: %d", p.Status)
		}
		if p := clerk.Get("/units/print?pdf=1"); !strings.HasPrefix(p.Body, "%PDF") {
			t.Errorf("pdf: %d", p.Status)
		}
		card := clerk.Get("/units/" + ref.Text(c.Flats[0]) + "/print")
		code := strings.ReplaceAll(spaced.FindString(card.Body), " ", "")
		if !strings.Contains(card.Body, "房屋资料卡") || code == "" {
			t.Fatalf("card: %d, code %q", card.Status, code)
		}
		if p := clerk.Get("/c/" + code); p.Path != "/units/"+ref.Text(c.Flats[0]) {
			t.Errorf("the label %s leads to %s (%d)", code, p.Path, p.Status)
		}
		if again := clerk.Get("/units/" + ref.Text(c.Flats[0]) + "/print"); !strings.Contains(again.Body, spaced.FindString(card.Body)) {
			t.Error("the second card has another code")
		}
		stranger := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant)
		if p := stranger.Get("/c/" + code); p.Status != http.StatusNotFound {
			t.Errorf("another estate's label: %d", p.Status)
		}
	})
}

func TestPages_NeedASessionAndItsToken(t *testing.T) {
	c := apptest.Open(t)
	stranger := c.Stranger(t)
	if p := stranger.Get("/units"); p.Path != "/sign-in" {
		t.Errorf("a stranger is at %s", p.Path)
	}
	if p := stranger.Post("/units/new", nil); p.Status != http.StatusForbidden {
		t.Errorf("a stranger posts: %d", p.Status)
	}
	if p := stranger.Post("/enter/invented", nil); p.Status != http.StatusForbidden {
		t.Errorf("an invented link: %d", p.Status)
	}
	clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	if p := clerk.Post("/units/new", url.Values{"room": {"1"}}); p.Status != http.StatusForbidden {
		t.Errorf("a form without the session's token: %d", p.Status)
	}
}

func idOf(e access.EstateID) string { return strconv.FormatInt(int64(e), 10) }

// blank takes out of a page what differs at every showing: its own address, tokens, the number of a failure.
func blank(body string) string {
	return changing.ReplaceAllString(body, "")
}

var spaced = regexp.MustCompile(`[0-9]{2} [0-9]{7} [0-9]`)

var changing = regexp.MustCompile(`value="[^"]*"|content="[^"]*"|/units/[0-9]+`)
