package listweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

func TestPersonal_ColumnsAndViewsWithoutScript(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		wide := pagetest.Count(t, clerk.Get("/units").Body, "thead th[scope=col]")
		form := clerk.Form("/units?q=10", "/units/columns")
		kept := form["column"]
		form["column"] = kept[:1]
		p := clerk.Send(form, "/units/columns", nil)
		if n := pagetest.Count(t, p.Body, "thead th[scope=col]"); p.Status != http.StatusOK || n != 2 || wide != len(kept)+1 || !strings.Contains(p.Body, `value="10"`) {
			t.Errorf("two of %d columns: %d, %d shown", wide, p.Status, n)
		}
		p = clerk.Submit("/units", "/units/columns", url.Values{"reset": {"1"}})
		if n := pagetest.Count(t, p.Body, "thead th[scope=col]"); n != wide {
			t.Errorf("as designed: %d columns", n)
		}
		pagetest.NotIn(t, p.Body, "form[action=/units/views]") // nothing is asked yet that a view could keep
		p = clerk.Submit("/units?q=101", "/units/views", url.Values{"name": {"一楼东"}})
		pagetest.In(t, p.Body, ".tabs a[aria-current=page]", "一楼东", "1")
		p = clerk.Submit("/units?q=101", "/units/views/change", url.Values{"name": {"东户"}})
		pagetest.In(t, p.Body, ".tabs a[aria-current=page]", "东户")
		other := c.SignIn(t, "limin", c.Garden, access.Manager)
		if p := other.Get("/units"); strings.Contains(p.Body, "东户") {
			t.Error("a view of somebody else's")
		}
		p = clerk.Submit("/units?q=101", "/units/views/change", url.Values{"drop": {"1"}})
		if p.Path != "/units" || strings.Contains(p.Body, "东户") {
			t.Errorf("deleted: %d at %s", p.Status, p.Path)
		}
		form = clerk.Form("/units", "/units/columns")
		if p := clerk.Send(form, "/units/views", url.Values{"name": {""}, "query": {"q=1"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "写视图名称") {
			t.Errorf("a view without a name: %d", p.Status)
		}
		stranger := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		if p := stranger.Send(stranger.Form("/account/password", "/account/password"), "/units/columns", nil); p.Status != http.StatusForbidden {
			t.Errorf("somebody who may not read the list: %d", p.Status)
		}
	})
}
