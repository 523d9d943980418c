package web_test

import (
	"fmt"
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
	"hudang/internal/platform/sheet"
)

func TestControls_StripAndPageFollowTheState(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", c.Garden, access.Manager)
		pagetest.In(t, manager.Get("/").Body, "main", "制度对照", "未核实 A1 C3 C7 D1 D4 D5 D6 D7 D8 D9 E2 E4")
		pagetest.In(t, manager.Get("/controls").Body, "tbody", "户档半年核实一次", "还没有设启用日", "档案管理员", "《业户档案管理规定》", "4.7 资料随时更新，至少半年一次", "2.2.9 每日工作日记、交班记录", "软件里还没有这一条的检查", "还没有检查：装修、投诉")

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

// What the page shows is printed and exported, in its state and estate, with a leaf and places to sign.
func TestControls_ArePrintedAndExported(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", c.Garden, access.Manager)
		page := manager.Get("/controls?state=unproven").Body
		pagetest.In(t, page, "a[data-key=F8][href='/controls/print?state=unproven']", "打印")
		printed := manager.Get("/controls/print?state=unproven").Body
		pagetest.In(t, printed, ".sheet text", "制度对照表", "只列：未核实", "截至 2026-11-23", "澜庭花园", "D8", "户档半年核实一次", "每半年", "未核实", "还没有设启用", "档案管理员", "《业户档案管理规定》", "制表：chenli", "经理", "第 1 页 共 2 页")
		if strings.Contains(printed, "金融中心") {
			t.Error("another estate's clauses are printed")
		}
		pagetest.In(t, manager.Get("/controls/print").Body, "svg[width='210mm']", "")
		if p := manager.Get("/controls/print?pdf=1"); !strings.HasPrefix(p.Body, "%PDF") {
			t.Errorf("pdf: %d", p.Status)
		}
		p := manager.Get("/controls/xlsx?state=unproven")
		book, err := sheet.Open(strings.NewReader(p.Body), int64(len(p.Body)), "x.xlsx", sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		rows := ""
		for row, err := range book.Sheets()[0].Rows() {
			rows += fmt.Sprint(row, err)
		}
		for _, want := range []string{"责任岗位", "陪同查阅、查阅登记", "D8", "户档半年核实一次", "每半年", "还没有设启用日"} {
			if !strings.Contains(rows, want) {
				t.Errorf("no %s in %s", want, rows)
			}
		}
		// Who looks at two of the estates says which; the company's manager prints all of them at once.
		if p := c.SignIn(t, "head", access.Company, access.Manager).Get("/controls/print"); !strings.Contains(p.Body, "所有项目") || !strings.Contains(p.Body, "金融中心") {
			t.Errorf("all estates: %d", p.Status)
		}
		if p := c.SignIn(t, "zhouqian", c.Garden, access.Assistant).Get("/controls/print"); p.Status != http.StatusForbidden {
			t.Errorf("a clerk: %d", p.Status)
		}
	})
}

// The end of a month gone by is chosen on the page as it was written down, and printed and exported as such; today's findings do not
// change it, another estate's manager sees his own, and a month of which nothing was kept says so.
func TestControls_OfAMonth(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		head, at := c.SignIn(t, "head", access.Company, access.Manager), setting.PathOf(control.Start.Name)
		head.Submit(at, at, url.Values{"value": {"20261123"}, "why": {"启用"}})
		c.Clock.Move(10 * 24 * time.Hour) // 3 December, nothing was done since
		c.App.KeepMonths(t.Context())
		manager := c.SignIn(t, "chenli", c.Garden, access.Manager)
		manager.Submit(c.Home.Path(), c.Home.Path()+"/confirm", nil)
		pagetest.In(t, manager.Get("/controls?state=met").Body, "tbody", "1 / 1 户")
		page := manager.Get("/controls?month=2026-11&state=due").Body
		pagetest.In(t, page, "tbody", "户档半年核实一次", "0 / 1 户")
		pagetest.In(t, page, ".note", "这是 2026-11-30 当天结束时记下的")
		pagetest.In(t, page, "select[name=month] option[selected]", "2026-11 月底")
		pagetest.In(t, page, "a[data-key=F8][href='/controls/print?month=2026-11&state=due']", "打印")
		pagetest.In(t, page, "nav.tabs a[href='/controls?month=2026-11']", "全部 48")
		if rows := pagetest.In(t, c.SignIn(t, "tower", c.Tower, access.Manager).Get("/controls?month=2026-11").Body, "tbody", "金融中心"); strings.Contains(rows, "澜庭花园") {
			t.Error("another estate's month is shown")
		}
		none := manager.Get("/controls?month=2026-10").Body
		pagetest.In(t, none, "tbody", "这个月底没有记下")
		pagetest.In(t, none, "select[name=month] option[selected]", "2026-10 月底（没有记下）")
		pagetest.In(t, manager.Get("/controls?month=2026-12").Body, "select[name=month] option[selected]", "今天")
		for _, at := range []string{"/controls?month=2027-02", "/controls?month=now", "/controls/print?month=2027-02", "/controls/xlsx?month=2027-02"} {
			if p := manager.Get(at); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "不晚于本月 2026-12") {
				t.Errorf("%s: %d", at, p.Status)
			}
		}
		pagetest.In(t, manager.Get("/controls/print?month=2026-11&state=due").Body, ".sheet text", "截至 2026-11-30", "0 / 1 户")
		if p := manager.Get("/controls/xlsx?month=2026-11"); !strings.Contains(p.Header.Get("Content-Disposition"), "2026-11-30") {
			t.Errorf("%d %v", p.Status, p.Header)
		}
		c.Clock.Move(2 * 365 * 24 * time.Hour)
		manager = c.SignIn(t, "later", c.Garden, access.Manager)
		pagetest.In(t, manager.Get("/controls?month=2026-11").Body, "select[name=month] option[selected]", "2026-11 月底")
		pagetest.In(t, manager.Get("/controls?month=2020-01").Body, "select[name=month] option[selected]", "2020-01 月底（没有记下）")
		if all := manager.Get("/controls").Body; !strings.Contains(all, `value="2026-11"`) {
			t.Error("a month that was kept two years ago is not offered")
		}
	})
}
