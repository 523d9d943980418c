package importsweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/setting"
)

// limit sets up to how many units a roster in clear goes out by one person's word.
func limit(t *testing.T, manager *apptest.Client, units string) {
	t.Helper()
	at := setting.PathOf(imports.ClearRows.Name)
	if p := manager.Submit(at, at, url.Values{"value": {units}, "why": {"试行"}}); p.Path != "/settings" {
		t.Fatalf("%d at %s", p.Status, p.Path)
	}
}

func isSheet(p apptest.Page) bool {
	return p.Status == http.StatusOK && strings.HasPrefix(p.Body, "PK") && strings.Contains(p.Header.Get("Content-Disposition"), "attachment")
}

func TestClear_AFewUnitsGoOutByOnesOwnWord(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		pagetest.In(t, keeper.Submit(imports.ClearPath, imports.ClearPath, nil).Body, ".summary", "不能空着")
		if p := keeper.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"街道办核对人口"}}); !isSheet(p) {
			t.Errorf("%d at %s", p.Status, p.Path)
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(imports.ClearPath); p.Status != http.StatusForbidden {
			t.Errorf("a clerk: %d", p.Status)
		}
	})
}

func TestClear_ManyUnitsWaitForAnotherPersonsLeave(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", c.Garden, access.Manager)
		limit(t, c.SignIn(t, "head", access.Company, access.Manager), "2")
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		p := keeper.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"街道办核对人口"}})
		if !strings.HasPrefix(p.Path, "/approvals/") {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		at := p.Path
		pagetest.In(t, p.Body, "main", "导出号码完整的花名册", "待审批", "街道办核对人口", "第 1 步 · 客服经理")
		if strings.Contains(p.Body, at+"/approve") {
			t.Error("who asked is offered to approve")
		}
		fetch := imports.ClearPath + strings.TrimPrefix(at, "/approvals")
		if p := keeper.Get(fetch); p.Status != http.StatusNotFound {
			t.Errorf("taken before anybody agreed: %d", p.Status)
		}
		pagetest.In(t, manager.Get("/").Body, ".duty", "待我审批", "1 项")
		pagetest.In(t, manager.Get("/approvals").Body, "main", "待我审批", "limin 街道办核对人口")
		pagetest.In(t, manager.Get(at).Body, "main", "批准后马上以 limin 的名义执行", "房屋套数")
		p = manager.Submit(at, at+"/approve", nil)
		pagetest.In(t, p.Body, "main", "已执行", "已批准")
		pagetest.In(t, keeper.Get(at).Body, "main", "取结果")
		if p := keeper.Get(fetch); !isSheet(p) {
			t.Errorf("%d at %s", p.Status, p.Path)
		}
		if p := manager.Get(fetch); p.Status != http.StatusNotFound {
			t.Errorf("taken by who agreed: %d", p.Status)
		}
		stranger := c.SignIn(t, "tower", c.Tower, access.Manager)
		if p := stranger.Get(at); p.Status != http.StatusNotFound {
			t.Errorf("another estate's manager reads it: %d", p.Status)
		}
		c.Clock.Move(25 * time.Hour)
		late := c.SignIn(t, "later", c.Garden, access.Custodian)
		if p := late.Get(fetch); p.Status != http.StatusNotFound {
			t.Errorf("taken by another custodian: %d", p.Status)
		}
	})
}

func TestClear_RefusedSaysWhy(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		limit(t, manager, "2")
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := keeper.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"街道办核对人口"}}).Path
		pagetest.In(t, manager.Submit(at, at+"/refuse", nil).Body, ".summary", "写明原因")
		manager.Submit(at, at+"/refuse", url.Values{"why": {"给隐去的就行"}})
		pagetest.In(t, keeper.Get(at).Body, "main", "未批准", "给隐去的就行")
		other := keeper.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"公安核查"}}).Path
		pagetest.In(t, keeper.Submit(other, other+"/withdraw", nil).Body, "main", "已撤回")
	})
}
