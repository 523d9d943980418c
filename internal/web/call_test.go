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
