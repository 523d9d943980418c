package estateweb_test

import (
	"net/http"
	"net/url"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

func TestUnitForm_EveryMistakeAtOnceByName(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		p := manager.Submit("/units/new", "/units/new", url.Values{"building": {"9"}, "gross_area": {"约90"}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary h2", "有 3 处需要更正")
		pagetest.In(t, p.Body, ".summary a[href=#f-estate]", "项目：不能空着")
		pagetest.In(t, p.Body, ".summary a[href=#f-room]", "室号：不能空着")
		pagetest.In(t, p.Body, ".summary a[href=#f-gross_area]", "建筑面积：面积写成 89.50 这样")
		pagetest.In(t, p.Body, "#f-estate-err", "不能空着")
		p = manager.Submit("/units/new", "/units/new", url.Values{"estate": {idOf(c.Tower)}, "building": {"9"}, "room": {"901"}})
		if p.Path != "/units" {
			t.Errorf("with an estate: %d at %s", p.Status, p.Path)
		}
	})
}

func TestUnitForm_AsksForTheEstateOnlyWhenItMust(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	p := clerk.Get("/units/new")
	if n := pagetest.Count(t, p.Body, "#f-estate option"); n != 1 {
		t.Errorf("%d estates to choose from, want the clerk's own", n)
	}
	clerk.Submit("/", "/estate", url.Values{"estate": {idOf(c.Garden)}})
	pagetest.NotIn(t, clerk.Get("/units/new").Body, "#f-estate")
	if p := clerk.Submit("/units/new", "/units/new", url.Values{"building": {"9"}, "room": {"902"}}); p.Path != "/units" {
		t.Errorf("in the estate chosen: %d at %s", p.Status, p.Path)
	}
	p = clerk.Submit("/units/new", "/units/new", url.Values{"building": {"A&B"}, "room": {"1"}, "next": {"1"}})
	if got := pagetest.Attr(t, p.Body, "#f-building", "value"); got != "A&B" {
		t.Errorf("the next unit is in building %q", got)
	}
}

func TestUnit_EndDialogComesBackOpen(t *testing.T) {
	c := apptest.Open(t)
	unit := "/units/" + ref.Text(c.Flats[0])
	custodian := c.SignIn(t, "limin", c.Garden, access.Custodian)
	pagetest.NotIn(t, custodian.Get(unit).Body, "dialog#end[open]")
	p := custodian.Submit(unit, unit+"/end", url.Values{"why": {" "}})
	pagetest.In(t, p.Body, "dialog#end[open][data-auto] .summary a[href=#f-why]", "原因：写明注销原因")
}
