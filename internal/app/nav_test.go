package app_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

// The navigation has a module's entries only while one of them is open; a phone's bar has four and the way to all others.
func TestNavigation_FitsItsPlace(t *testing.T) {
	c := apptest.Open(t)
	manager := c.SignIn(t, "chenli", access.Company, access.Manager)
	home := manager.Get("/").Body
	nav := pagetest.In(t, home, ".nav", "今日", "业户", "档案", "审批", "制度", "设置")
	if strings.Contains(nav, "租户") || strings.Contains(nav, "案卷") {
		t.Errorf("on the home page the navigation is %q", nav)
	}
	pagetest.In(t, manager.Get("/leases").Body, ".nav", "找户", "房屋", "车辆", "导入")
	pagetest.In(t, manager.Get("/volumes").Body, ".nav [aria-current]", "案卷")
	pagetest.In(t, home, ".foot", "今日 找户 上报变化 档案 更多")
	pagetest.In(t, home, "#more", "案卷", "车辆", "后台处理", "制度对照")
	admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin).Get("/").Body
	pagetest.In(t, admin, ".nav", "人员") // the only entry of its group stands for it
	pagetest.In(t, admin, ".foot", "今日 更多")
}

// A register that says of which estate each row is can be narrowed to one of them.
func TestRegisters_NarrowToAnEstate(t *testing.T) {
	c := apptest.Open(t)
	manager := c.SignIn(t, "chenli", access.Company, access.Manager)
	for _, path := range []string{"/units", "/vehicles", "/leases", "/households", "/summary", "/observations", "/access-requests", "/imports", "/import-rows", "/import-left", "/papers", "/volumes"} {
		body := manager.Get(path).Body
		pagetest.In(t, body, "main", "项目")
		if pagetest.Count(t, body, "main [name=estate]") == 0 {
			t.Errorf("%s cannot be narrowed to an estate", path)
		}
	}
}

// A later page of any register can be asked for, also where there is none.
func TestRegisters_LaterPages(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		asked := map[string]bool{}
		for login, post := range map[string]access.Post{"chenli": access.Manager, "zhengjie": access.SecurityAdmin, "fangyuan": access.Auditor} {
			who := c.SignIn(t, login, access.Company, post)
			for _, pattern := range c.App.Patterns {
				path, get := strings.CutPrefix(pattern, "GET ")
				if !get || strings.Contains(path, "{") || strings.HasPrefix(path, page.LivePath) {
					continue
				}
				if p := who.Get(path + "?page=2"); p.Status >= http.StatusInternalServerError {
					t.Errorf("%s asks for page 2 of %s: %d", login, path, p.Status)
				} else if pagetest.Count(t, p.Body, "main .list") > 0 {
					asked[path] = true
				}
			}
		}
		if len(asked) < 16 {
			t.Errorf("only %d registers were asked for: %v", len(asked), slices.Sorted(maps.Keys(asked)))
		}
	})
}
