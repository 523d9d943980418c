package estateweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

// A second estate is made on a page that the header, the list and the search box lead to; the header then stands on it, and
// its page says what it lacks and who sees it.
func TestEstate_MadeOnAPage(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		pagetest.In(t, manager.Get("/").Body, ".top details a[href='/estates/new']", "新建项目")
		pagetest.In(t, manager.Get("/search?q=%3Exjxm").Body, "a[href='/estates/new']", "新建项目")
		pagetest.In(t, manager.Get("/estates").Body, "tbody", "澜庭花园", "金融中心", "4", "1")
		p := manager.Submit("/estates/new", "/estates/new", url.Values{"name": {" 澜庭花园 "}, "address": {"滨江路 8 号"}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a name twice: %d", p.Status)
		}
		pagetest.In(t, p.Body, "#f-name-err", "已有同名项目")
		p = manager.Submit("/estates/new", "/estates/new", url.Values{"name": {"望江苑"}, "address": {"滨江路 8 号"}})
		if !strings.HasPrefix(p.Path, "/estates/") || p.Path == "/estates/new" {
			t.Fatalf("made: %d at %s", p.Status, p.Path)
		}
		pagetest.In(t, p.Body, "h1", "望江苑")
		pagetest.In(t, p.Body, ".top summary .who", "望江苑")
		pagetest.In(t, p.Body, ".duty", "给在这里上班的人岗位", "由安全管理员")
		pagetest.In(t, p.Body, ".duty a[href='/imports/new']", "上传花名册")
		pagetest.In(t, p.Body, ".facts", "滨江路 8 号", "谁在这里上班", "chenli", "客服经理")
		if units := manager.Get("/units").Body; strings.Contains(units, "1-1-101") {
			t.Error("the header does not stand on the new estate")
		}
		if home := manager.Get("/").Body; !strings.Contains(home, "还没有房屋") {
			t.Error("the new estate's roster is nobody's duty")
		}
		if p := c.SignIn(t, "zhouqian", c.Garden, access.Manager).Get(p.Path); p.Status != http.StatusNotFound {
			t.Errorf("who has no post in it sees it: %d", p.Status)
		}
	})
}

// A manager of one estate corrects it, and is told who makes another one; nobody else is offered it.
func TestEstate_OnlyWhoMayInAllMakesAnother(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		own := c.SignIn(t, "wangfang", c.Garden, access.Manager)
		pagetest.NotIn(t, own.Get("/").Body, ".top details a[href='/estates/new']")
		pagetest.In(t, own.Get("/estates/new").Body, ".note", "你只管部分项目")
		garden := "/estates/" + idOf(c.Garden)
		p := own.Submit(garden+"/change", garden+"/change", url.Values{"name": {"澜庭花园一期"}, "reason": {"二期另立"}})
		pagetest.In(t, p.Body, "h1", "澜庭花园一期")
		pagetest.In(t, p.Body, ".time", "澜庭花园一期", "二期另立")
		if p := own.Get("/estates/" + idOf(c.Tower)); p.Status != http.StatusNotFound {
			t.Errorf("another estate: %d", p.Status)
		}
		if p := c.SignIn(t, "limin", c.Garden, access.Custodian).Get("/estates/new"); p.Status != http.StatusForbidden {
			t.Errorf("a custodian: %d", p.Status)
		}
	})
}
