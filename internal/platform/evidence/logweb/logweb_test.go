package logweb_test

import (
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
)

func TestLog_ForAuditorsOfThatLogOnly(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		auditor := c.SignIn(t, "qianjin", access.Company, access.Auditor)
		auditor.Get("/units") // refused, but not an operation: no leaf
		p := auditor.Get("/log")
		for _, want := range []string{"新增项目", "登录", "qianjin", "审计员", "hudang/"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the company's log lacks %s", want)
			}
		}
		if strings.Contains(p.Body, "新增房屋") {
			t.Error("the company's log shows an estate's leaves")
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get("/log"); p.Status != http.StatusForbidden {
			t.Errorf("a clerk reads the log: %d", p.Status)
		}
	})
}
