package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

// under asks for the list under the box, as it is asked while somebody types.
func under(t *testing.T, c *apptest.Client, typed string) string {
	t.Helper()
	return c.Part("/search?q="+url.QueryEscape(typed), "found").Body
}

// Behind ">" pages and acts are named: in Chinese, by pinyin or its initials, in English; only those he may use are there.
func TestPalette_NamesPagesAndActs(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
	for typed, leads := range map[string]string{">新增房屋": "/units/new", ">xzfw": "/units/new", "＞xinzengfangwu": "/units/new", "》ADD UNIT": "/units/new", ">zhaohu": "/households"} {
		if p := search(clerk, typed); p.Path != leads {
			t.Errorf("%q leads to %s", typed, p.Path)
		}
		if body := under(t, clerk, typed); !strings.Contains(body, `href="`+leads+`" data-for`) {
			t.Errorf("%q offers %s", typed, body)
		}
	}
	all := under(t, clerk, ">")
	pagetest.In(t, all, "h3", "页面", "操作")
	pagetest.In(t, all, "a[href=/units]", "房屋")
	pagetest.In(t, all, "a[href=/households]", "找户", "业户", "Alt+2")
	for _, href := range []string{"/accounts", "/settings", "/settings/web.look_ahead", "/accounts/new"} {
		if strings.Contains(all, `href="`+href+`"`) {
			t.Errorf("a clerk is offered %s", href)
		}
	}
	if p := search(clerk, ">"); p.Path != "/search" || !strings.Contains(p.Body, `href="/units/new"`) { // without script
		t.Errorf("all of them, as a page: %d %s", p.Status, p.Path)
	}
	if p := search(clerk, ">没有这一页"); p.Status != http.StatusOK || !strings.Contains(p.Body, "换一个说法") {
		t.Errorf("nothing of that name: %d", p.Status)
	}
	manager := c.SignIn(t, "wu", access.Company, access.Manager)
	pagetest.In(t, under(t, manager, ">今日页"), "a", "设置")
}

// What was opened last stands first; another person's is not there, and what he may not see by now is left out.
func TestPalette_OpenedLast(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
	clerk.Get(c.Home.Path())
	clerk.Get(c.Firm.Path()) // of another estate: not found, and not kept
	pagetest.In(t, under(t, clerk, ">"), "h3", "最近打开")
	if n := strings.Count(under(t, clerk, ">"), c.Home.Path()); n != 1 {
		t.Errorf("the household opened last stands there %d times", n)
	}
	other := c.SignIn(t, "limin", c.Garden, access.Assistant)
	if strings.Contains(under(t, other, ">"), c.Home.Path()) {
		t.Error("somebody else's record")
	}
}

// A page stands among the answers to an ordinary search; it is opened at once only when nothing else is called so.
func TestSearch_Pages(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
	if p := search(clerk, "车辆"); p.Path != "/vehicles" {
		t.Errorf("a page by its name: %s", p.Path)
	}
	pagetest.In(t, under(t, clerk, "车"), "h3", "页面")
	if p := search(clerk, "张伟"); p.Path != c.Home.Path() {
		t.Errorf("a person: %s", p.Path)
	}
}
