package logweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/pagetest"
)

// rows are the lines of a page of the log.
func rows(t *testing.T, body string) int { return pagetest.Count(t, body, "tbody tr") }

func TestLog_ForAuditorsOfThatLogOnly(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		auditor.Get("/units") // refused, but not an operation: no leaf
		p := auditor.Get("/log")
		pagetest.In(t, p.Body, "main", "共 3 份日志", "新增项目", "新增房屋", "登录", "qianjin", "审计员", "程序")
		pagetest.In(t, p.Body, "select[name=log]", "公司")
		company := auditor.Get("/log?log=0").Body
		pagetest.In(t, company, "tbody", "登录", "公司", "0/0")
		if text := pagetest.In(t, company, "tbody"); strings.Contains(text, "新增房屋") {
			t.Error("the company's log shows an estate's leaves")
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		for _, path := range []string{"/log", "/log/heads", "/log/0/0", "/log/print", "/log/xlsx"} {
			if p := clerk.Get(path); p.Status != http.StatusForbidden {
				t.Errorf("a clerk reads %s: %d", path, p.Status)
			}
		}
	})
}

// What an operation was about is told by kind and number; a name only where it is nobody's secret.
func TestLog_SaysWhatOperationsWereAbout(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		home := strings.TrimPrefix(c.Home.Path(), "/households/")
		all := auditor.Get("/log").Body
		pagetest.In(t, all, "tbody", "业户 "+home, "人员 qianjin")
		for _, secret := range []string{"张伟", "13800138000"} {
			if strings.Contains(all, secret) {
				t.Errorf("the log shows %s", secret)
			}
		}
		pagetest.In(t, auditor.Get("/log?op=estate.create_estate").Body, "tbody", "项目 澜庭花园")
		manager := c.SignIn(t, "chenli", access.Company, access.Manager)
		manager.Submit("/settings/web.look_ahead", "/settings/web.look_ahead", url.Values{"value": {"9"}, "why": {"旺季"}})
		pagetest.In(t, auditor.Get("/log?op=setting.change").Body, "tbody", "设置 今日页提前列出")
	})
}

// Persons, operations, results and days narrow the log, alone and together, and stay in the addresses of print and export.
func TestLog_Filters(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		clerk.Get("/units/print")
		body := auditor.Get("/log").Body
		who := regexp.MustCompile(`<option value="(\d+)"[^>]*>zhouqian`).FindStringSubmatch(body)
		if who == nil {
			t.Fatal("nobody to choose")
		}
		today := clock.Date(c.App.Door.Clock.Now())
		for query, want := range map[string]int{
			"op=estate.print_units": 1, "op=estate.print_units&who=" + who[1]: 1, "op=estate.print_units&who=program": 0, "who=nobody": 0,
			"op=estate.print_units&day.from=" + today: 1, "op=estate.print_units&day.to=" + today: 1, "op=estate.print_units&day.to=2020-01-01": 0, "op=estate.print_units&day.from=2099-01-01": 0, "op=nothing": 0, "op=" + strings.Repeat("x", 60): 0,
			"no=0/0": 1, "no=0": 3, "no=zz": 0, "tab=refused": 0,
		} {
			p := auditor.Get("/log?" + query)
			if n := rows(t, p.Body); p.Status != http.StatusOK || n != want {
				t.Errorf("%s: %d, %d lines, want %d", query, p.Status, n, want)
			}
		}
		page := auditor.Get("/log?op=estate.print_units&who=" + who[1]).Body
		for _, way := range []string{"print", "xlsx"} {
			if !strings.Contains(page, `href="/log/`+way+"?op=estate.print_units&amp;who="+who[1]+`"`) {
				t.Errorf("%s takes more than is shown", way)
			}
		}
		program := auditor.Get("/log?who=program").Body
		pagetest.In(t, program, "tbody", "新增账号 人员 qianjin 程序")
		if text := pagetest.In(t, program, "tbody"); strings.Contains(text, "登录") || strings.Contains(text, "未登录者") {
			t.Error("the program signed in")
		}
		elsewhere(t, c)
	})
}

// elsewhere has somebody be refused who is nobody: who has no account is told apart from the program.
func elsewhere(t *testing.T, c *apptest.Company) {
	t.Helper()
	_, err := op.Run(t.Context(), c.App.Door, account.AddAccount, account.AddAccountIn{Login: "wangwu", Name: "王五"})
	if !errs.Is(err, errs.Forbidden) {
		t.Fatal(err)
	}
	auditor := c.SignIn(t, "qian2", access.Company, access.Auditor)
	p := auditor.Get("/log?who=nobody")
	pagetest.In(t, p.Body, "tbody", "新增账号", "未登录者", "无权拒绝")
	if n := rows(t, p.Body); n != 1 {
		t.Errorf("%d by nobody, want 1", n)
	}
}

// What was refused is found, with who tried and why.
func TestLog_Refused(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		refusedRule(t, c)
		p := auditor.Get("/log?tab=refused")
		pagetest.In(t, p.Body, "tbody", "按规定拒绝")
		if n := rows(t, p.Body); n != 1 {
			t.Errorf("%d refused, want 1", n)
		}
		pagetest.In(t, auditor.Get(pagetest.Attr(t, p.Body, "tbody th a", "href")).Body, "main", "拒绝原因", "D5")
	})
}

// refusedRule has a rule refuse somebody: an account cannot be given posts that stand apart.
func refusedRule(t *testing.T, c *apptest.Company) {
	t.Helper()
	admin := access.With(t.Context(), access.Actor{Account: 77, Grants: []access.Grant{{Post: access.SecurityAdmin}}})
	_, err := op.Run(admin, c.App.Door, account.AddAccount, account.AddAccountIn{Login: "wangwu", Name: "王五",
		Grants: []access.Grant{{Post: access.Auditor}, {Post: access.Manager}}})
	if !errs.Is(err, errs.Blocked) {
		t.Fatal(err)
	}
}

// A leaf's page has what docs/log-format.md asks for, and nothing anybody said.
func TestLeaf_CanBeCompared(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		full, err := c.App.Door.Log.LeafAt(t.Context(), c.App.Door.DB.Read(), c.Garden, 3, 9)
		if err != nil {
			t.Fatal(err)
		}
		path := "/log/" + strconv.FormatInt(int64(c.Garden), 10) + "/3"
		p := auditor.Get(path)
		pagetest.In(t, p.Body, "main", evidence.LeafNo(c.Garden, 3), full.Name, strconv.FormatInt(full.Op, 10), full.Rows[0].Table, full.Parts[0].Owner)
		pagetest.In(t, p.Body, ".head", "上一条", "下一条")
		in := auditor.Get("/log?op=account.sign_in").Body
		signIn := pagetest.Attr(t, in, "tbody th a", "href")
		pagetest.In(t, auditor.Get(signIn).Body, "main", "登录地址 127.0.0.1")
		for _, none := range []string{"/log/0/99999", "/log/0/x", "/log/7777/0"} {
			if p := auditor.Get(none); p.Status != http.StatusNotFound {
				t.Errorf("%s: %d", none, p.Status)
			}
		}
	})
}

// The log can be taken away: printed with the heads it ends with, and as a spreadsheet. Both leave a leaf.
func TestLog_PrintAndExport(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		head, err := c.App.Door.Log.Head(t.Context(), c.App.Door.DB.Read(), access.Company)
		if err != nil {
			t.Fatal(err)
		}
		pagetest.In(t, auditor.Get("/log/heads").Body, "main", "公司", head.Short(), c.App.Door.Log.Fingerprint())
		p := auditor.Get("/log/print?op=account.sign_in")
		for _, want := range []string{"操作日志", head.Short()[:40], "登录", "第 1 页", "公钥 "} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the print lacks %s", want)
			}
		}
		if p := auditor.Get("/log/xlsx"); !strings.HasPrefix(p.Body, "PK") {
			t.Errorf("no spreadsheet: %d", p.Status)
		}
		pagetest.In(t, auditor.Get("/log?log=0").Body, "tbody", "打印操作日志", "导出操作日志")
		pagetest.In(t, auditor.Get("/").Body, ".figs", "条今日操作", "条今日被拒绝")
	})
}
