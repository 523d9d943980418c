package listweb_test

import (
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

// A row's preview has all its columns, also those left out of the page, masked as there; what the page does not show is not
// found, and who may not read the list gets none.
func TestPreview_IsTheListsOwnRow(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		home, firm := strings.TrimPrefix(c.Home.Path(), "/households/"), strings.TrimPrefix(c.Firm.Path(), "/households/")
		p := clerk.Part("/households/preview?id="+home, "household-households-drawer")
		pagetest.In(t, p.Body, "header a[href="+c.Home.Path()+"]", "打开")
		pagetest.In(t, p.Body, "dl", "张伟", "138****8000", "上次核实")
		if strings.Contains(p.Body, "13800138000") || strings.Contains(p.Body, "<title>") {
			t.Error("in clear, or with a title for the window")
		}
		pagetest.In(t, clerk.Get("/households/preview?id="+home).Body, "main .facts", "张伟") // without script
		for _, path := range []string{"/households/preview?id=" + firm, "/households/preview?id=x", "/households/preview", "/households/preview?tab=ended&id=" + home} {
			if p := clerk.Get(path); p.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, p.Status)
			}
		}
		stranger := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		if p := stranger.Get("/households/preview?id=" + home); p.Status != http.StatusForbidden {
			t.Errorf("somebody who may not read the list: %d", p.Status)
		}
	})
}
