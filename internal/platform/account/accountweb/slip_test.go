package accountweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account/accountweb"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/paper"
)

// The slip is one sheet of A6 with everything a new colleague needs, however long his name and the office's address are.
func TestSlip_OneSheet(t *testing.T) {
	for _, s := range []accountweb.Slip{
		{Name: "周倩", Login: "zhouqian", Office: "http://192.168.1.20:8080", Code: "7K2M-9QXT-40BV-WC6D", Until: "2026-11-24 09:00"},
		{Name: "周倩", Login: "zhouqian", Office: "http://127.0.0.1:8420", Code: "7K2M-9QXT-40BV-WC6D", Until: "2026-11-24 09:00", Alone: true},
		{Name: strings.Repeat("欧阳", 10), Login: strings.Repeat("longlogin", 7), Office: "https://a-rather-long-name-of-a-server.office.example:18443", Code: "WWWW-WWWW-WWWW-WWWW", Until: "2026-11-24 09:00"},
	} {
		pages, err := paper.Layout(accountweb.SlipDoc(s, paper.Printed{By: "陈丽", At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}))
		if err != nil || len(pages.Pages) != 1 || len(pages.Missing) > 0 {
			t.Fatalf("%d pages, missing %v, %v", len(pages.Pages), pages.Missing, err)
		}
		if pages.W != 148 || pages.H != 105 {
			t.Errorf("%v × %v mm", pages.W, pages.H)
		}
		var svg strings.Builder
		if err := paper.HTML(&svg, pages, "/paper/"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{s.Code, "有效至 2026-11-24 09:00", "用一次性代码登录"} {
			if !strings.Contains(svg.String(), want) {
				t.Errorf("the slip lacks %s", want)
			}
		}
	}
}

// The slip is printed while its code is shown; afterwards nobody can make it again, and a used code prints nothing.
func TestSlip_WhileTheCodeIsShown(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		p := admin.Submit("/accounts/new", "/accounts/new", url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "at.0.posts": {"assistant"}})
		page := link.FindString(p.Body)
		account := slipAt.FindString(p.Body)
		fields := apptest.Fields(p.Body, account)
		if account == "" || fields.Get("code") == "" {
			t.Fatalf("no button for the slip beside the code at %s", p.Path)
		}
		if slip := admin.Send(fields, account, nil); slip.Status != http.StatusOK || !strings.HasPrefix(slip.Body, "%PDF") || slip.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("the slip: %d", slip.Status)
		}
		if slip := admin.Send(fields, account, url.Values{"code": {"0000-0000-0000-0000"}}); slip.Status != http.StatusConflict {
			t.Errorf("an invented code: %d", slip.Status)
		}
		if again := admin.Get(strings.TrimSuffix(account, "/slip")).Body; strings.Contains(again, fields.Get("code")) || strings.Contains(again, "/slip") {
			t.Error("the account's page still shows the code")
		}
		c.Clock.Move(25 * time.Hour)
		b := c.Stranger(t)
		for _, late := range []apptest.Page{b.Get(page), b.Post(page, nil)} {
			if late.Status != http.StatusForbidden {
				t.Errorf("a link of yesterday: %d", late.Status)
			}
			pagetest.In(t, late.Body, "main", "已过期", "24 小时", "安全管理员", "重置密码")
		}
		tomorrow := c.SignIn(t, "hewei", access.Company, access.SecurityAdmin)
		if slip := tomorrow.Send(tomorrow.Form("/accounts/new", "/accounts/new"), account, url.Values{"code": fields["code"]}); slip.Status != http.StatusConflict {
			t.Errorf("a slip of yesterday: %d", slip.Status)
		}
	})
}
