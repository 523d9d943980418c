package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/setting"
)

func TestControls_StripAndPageFollowTheState(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", c.Garden, access.Manager)
		pagetest.In(t, manager.Get("/").Body, "main", "制度对照", "未核实 D8")
		pagetest.In(t, manager.Get("/controls").Body, "tbody", "户档半年核实一次", "还没有设启用日", "档案管理员")

		head, at := c.SignIn(t, "head", access.Company, access.Manager), setting.PathOf(control.Start.Name)
		pagetest.In(t, head.Submit(at, at, url.Values{"value": {"13-45"}, "why": {"启用"}}).Body, ".summary", "新值")
		if p := head.Submit(at, at, url.Values{"value": {"20261123"}, "why": {"启用"}}); p.Path != "/settings" {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		pagetest.In(t, head.Get("/settings").Body, "tbody", "2026-11-23")
		home := manager.Get("/").Body
		pagetest.In(t, home, "main", "待办 D8")
		pagetest.In(t, home, ".duty", "半年核实 · 澜庭花园 1 栋", "待核实 1 户，今日 1 户", "D8")
		pagetest.In(t, manager.Get("/controls?state=due").Body, "tbody", "0 / 1 户", "澜庭花园")
		pagetest.In(t, manager.Get("/households?known=2026-06-23").Body, "tbody", "1-1-101")

		manager.Submit(c.Home.Path(), c.Home.Path()+"/confirm", nil)
		pagetest.In(t, manager.Get("/controls?state=met").Body, "tbody", "1 / 1 户", "全部在 183 天内核实过")
		c.Clock.Move(184 * 24 * time.Hour)
		later := c.SignIn(t, "later", c.Garden, access.Manager)
		pagetest.In(t, later.Get("/controls?state=broken").Body, "tbody", "1 户超过 183 天未核实")
	})
}

func TestControls_AreTheManagers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get("/controls"); p.Status != http.StatusForbidden {
			t.Errorf("a clerk: %d", p.Status)
		}
		tower := c.SignIn(t, "tower", c.Tower, access.Manager)
		if rows := pagetest.In(t, tower.Get("/controls").Body, "tbody", "金融中心"); strings.Contains(rows, "澜庭花园") {
			t.Error("another estate's clauses are shown")
		}
	})
}
