package importsweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/setting"
)

var emptyClause = regexp.MustCompile(`class="clause"[^>]*></`)

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
		home := keeper.Get("/").Body
		pagetest.In(t, home, ".duty", "我的申请：已执行", "导出号码完整的花名册")
		if emptyClause.MatchString(home) {
			t.Error("a duty of no clause shows an empty one")
		}
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
		pagetest.In(t, keeper.Get("/").Body, ".duty", "我的申请：未批准")
		pagetest.In(t, keeper.Get(at).Body, "main", "未批准", "给隐去的就行")
		other := keeper.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"公安核查"}}).Path
		pagetest.In(t, keeper.Submit(other, other+"/withdraw", nil).Body, "main", "已撤回")
	})
}

// Whoever asks reads who could agree; an office whose posts are in one hand, with one manager, goes on by a reason, which the log keeps.
func TestClear_SaysWhoCouldAgreeAndNeverStopsASmallOffice(t *testing.T) {
	c := apptest.Bare(t)
	manager := c.SetUp(t, "江湾一号", "limin", "老猫昨夜偷吃了三条小黄鱼")
	ctx := access.With(t.Context(), access.Actor{Account: 1, Name: "limin", Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}})
	all, err := estate.Estates(ctx, c.App.Door.DB.Read(), access.ProgramActor().Scope([]access.Post{access.Program}, access.Company))
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	for _, room := range []string{"101", "102", "103"} {
		unit := estate.AddUnitIn{Estate: all[0].ID, UnitFacts: estate.UnitFacts{Building: "1", Entrance: "1", Room: room, Kind: estate.Flat, GrossArea: 8950}}
		if _, err := op.Run(ctx, c.App.Door, estate.AddUnit, unit); err != nil {
			t.Fatal(err)
		}
	}
	limit(t, manager, "2")
	pagetest.In(t, manager.Get(imports.ClearPath).Body, "main", "没有另一位经理", "用途、时间、操作人记入日志")
	if p := manager.Submit(imports.ClearPath, imports.ClearPath, nil); isSheet(p) {
		t.Error("taken without a reason")
	}
	if p := manager.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"街道办核对人口"}}); !isSheet(p) {
		t.Errorf("an office with one manager is stopped: %d at %s", p.Status, p.Path)
	}
	other := c.SignIn(t, "chenli", all[0].ID, access.Manager) // who can do his work has a password
	other.Submit(account.PasswordPath, account.PasswordPath, url.Values{"new": {"白鹭清晨又衔走了两片银杏叶"}, "again": {"白鹭清晨又衔走了两片银杏叶"}})
	auditor := c.SignIn(t, "gaoyuan", access.Company, access.Auditor)
	auditor.Submit("/", "/estate", url.Values{"estate": {strconv.FormatInt(int64(all[0].ID), 10)}})
	if log := auditor.Get("/log").Body; !strings.Contains(log, "导出号码完整的花名册") || !strings.Contains(log, "limin") {
		t.Error("the log does not tell of it")
	}
	pagetest.In(t, manager.Get(imports.ClearPath).Body, "main", "可以批准的人：chenli")
	p := manager.Submit(imports.ClearPath, imports.ClearPath, url.Values{"why": {"街道办核对人口"}})
	if !strings.HasPrefix(p.Path, "/approvals/") {
		t.Fatalf("with another manager: %d at %s", p.Status, p.Path)
	}
	pagetest.In(t, p.Body, "main", "chenli")
}
