package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

func call(c *apptest.Client, number string) apptest.Page {
	return c.Get("/call?number=" + url.QueryEscape(number))
}

// A number in any form says who is calling, masked; Enter opens, Alt+N notes something about the household.
func TestCall_SaysWho(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
		for _, number := range []string{"13800138000", "+86 138-0013-8000", "１３８ ００１３ ８０００", "0086 138 0013 8000"} {
			p := call(clerk, number)
			said := pagetest.In(t, p.Body, ".call", "张伟", "业主", "1-1-101", "138****8000")
			pagetest.In(t, p.Body, ".call a[autofocus][href="+c.Home.Path()+"]", "打开")
			pagetest.In(t, p.Body, ".call a[data-key=Alt+N]", "上报变化")
			if strings.Contains(said, "李娟") || strings.Contains(said, "13800138000") {
				t.Errorf("%q tells more than who is calling: %s", number, said)
			}
		}
		body := under(t, clerk, "138 0013 8000")
		pagetest.In(t, body, "a[href="+c.Home.Path()+"]", "张伟", "业主")
		pagetest.In(t, body, "a[data-key=Alt+N]", "上报变化")
		if p := search(clerk, "138 0013 8000"); p.Path != c.Home.Path() {
			t.Errorf("Enter leads to %s", p.Path)
		}
	})
}

// Whoever finds no people by a number is told so, not that nobody has it; and the box offers him what he finds. From a room he asks
// for its file.
func TestCall_NotForEverybody(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		finance := c.SignIn(t, "zhaogang", c.Garden, access.Finance)
		for _, p := range []apptest.Page{call(finance, "13800138000"), search(finance, "13800138000")} {
			if said := pagetest.In(t, p.Body, ".call", "限客服组"); strings.Contains(said, "没有登记过") || strings.Contains(p.Body, `class="btn" href=""`) {
				t.Errorf("finance is told: %s", said)
			}
		}
		pagetest.In(t, search(finance, "张伟").Body, "main", "限客服组查找")
		if strings.Contains(finance.Get("/").Body, "手机任意四位") {
			t.Error("the box offers finance what it does not find")
		}
		unit := "/units/" + ref.Text(c.Flats[0])
		pagetest.In(t, finance.Get(unit).Body, "a[href=/access-requests/new?unit="+ref.Text(c.Flats[0])+"]", "申请查阅户档")
		if strings.Contains(finance.Get(unit).Body, "张伟") {
			t.Error("the room's page names people to finance")
		}
		refused := finance.Get("/controls")
		pagetest.In(t, refused.Body, ".panel", "没有办理此事的权限", "客服经理")
	})
}

// A number nobody has says what to do; another estate's is as if nobody had it; a number of no sense is no fault.
func TestCall_Nobody(t *testing.T) {
	c := apptest.Open(t)
	stranger := c.SignIn(t, "qian", c.Tower, access.Assistant)
	clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
	for _, p := range []apptest.Page{call(stranger, "13800138000"), call(clerk, "13712345678"), call(clerk, ""), call(clerk, "abc"), search(clerk, "13712345678")} {
		if p.Status != http.StatusOK {
			t.Fatalf("status %d", p.Status)
		}
		pagetest.In(t, p.Body, ".call a[href=/households]", "按房号找户")
		pagetest.In(t, p.Body, ".call", "没有登记过这个号码")
	}
}
