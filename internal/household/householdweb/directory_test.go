package householdweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

func TestDirectory_MarksCountAndPrint(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		tab, to := c.Home.Path()+"?tab=directory", c.Home.Path()+"/directory"
		p := clerk.Get(tab)
		pagetest.In(t, p.Body, ".bar", "有 0 · 缺 10 · 不适用 0")
		pagetest.In(t, p.Body, "tbody", "入住与身份", "消防安全责任书", "如有")
		pagetest.In(t, clerk.Submit(tab, to, url.Values{"do": {"not_applicable"}}).Body, ".summary", "至少勾选一项")
		pagetest.In(t, clerk.Submit(tab, to, url.Values{"codes": {"handover"}, "do": {"not_applicable"}}).Body, ".summary", "写明原因")
		p = clerk.Submit(tab, to, url.Values{"codes": {"handover", "signoff"}, "do": {"not_applicable"}, "why": {"二手房"}})
		pagetest.In(t, p.Body, ".bar", "有 0 · 缺 8 · 不适用 2")
		pagetest.In(t, p.Body, "tbody", "不适用 · 二手房 · zhouqian · 2026-11-23")
		p = clerk.Submit(tab, to, url.Values{"codes": {"renovation"}, "do": {"expected"}})
		pagetest.In(t, p.Body, ".bar", "缺 9")
		p = clerk.Submit(tab, to, url.Values{"codes": {"signoff"}, "do": {"none"}})
		pagetest.In(t, p.Body, ".bar", "缺 10 · 不适用 1")
		pagetest.In(t, clerk.Get(c.Home.Path()+"?kind=papers").Body, ".time", "标记户档目录", "不适用")
		print := clerk.Get(c.Home.Path() + "/directory/print")
		if !strings.Contains(print.Body, "不适用") || !strings.Contains(print.Body, "二手房") {
			t.Error("the print does not say why a line does not apply")
		}
	})
}

func TestDirectories_ANewVersionHoldsFromItsDay(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		at := "/directories/owner_home"
		p := manager.Submit(at, at, url.Values{"valid_from": {"2026-01-01"}})
		pagetest.In(t, p.Body, ".summary", "生效日不能早于今天")
		p = manager.Submit(at, at, url.Values{"lines.1.title": {""}, "lines.14.title": {"电动车充电承诺书"}, "lines.14.need": {"required"}, "reason": {"消防检查"}})
		if p.Path != "/directories" {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		p = manager.Get(c.Home.Path() + "?tab=directory")
		pagetest.In(t, p.Body, ".bar", "第 2 版")
		pagetest.In(t, p.Body, "tbody", "电动车充电承诺书")
		if strings.Contains(pagetest.In(t, p.Body, "tbody"), "登记表、家庭") {
			t.Error("the line taken out is still there")
		}
		pagetest.In(t, manager.Get(at).Body, ".ticks", "第 2 版", "第 1 版")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(at); p.Status != http.StatusForbidden {
			t.Errorf("a clerk edits the directory: %d", p.Status)
		}
	})
}

// A whole old file is ticked with one form; the papers are items of the household's volume and stand on its timeline.
func TestDirectory_TicksAWholeFileOnPaper(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		tab, to := c.Home.Path()+"?tab=directory", c.Home.Path()+"/directory"
		p := clerk.Submit(tab, to, url.Values{"codes": {"notice", "register", "identity"}, "do": {"paper"}, "why": {"B-02-4"}})
		pagetest.In(t, p.Body, ".bar", "有 3 · 缺 7")
		pagetest.In(t, p.Body, "tbody", "原件", "B-02-4")
		p = clerk.Submit(tab, to, url.Values{"codes": {"notice", "title"}, "do": {"paper"}})
		pagetest.In(t, p.Body, ".bar", "有 4 · 缺 6")
		pagetest.In(t, clerk.Get(c.Home.Path()+"?kind=papers").Body, ".time", "登记纸质资料", "入住（收铺）通知书")
		pagetest.In(t, clerk.Get(c.Home.Path()).Body, ".rec .chip.due", "档案 4/10")
		if p := clerk.Get(c.Home.Path() + "/directory/print"); strings.Count(p.Body, "原件") != 4 {
			t.Errorf("the print has %d originals, want 4", strings.Count(p.Body, "原件"))
		}
	})
}
