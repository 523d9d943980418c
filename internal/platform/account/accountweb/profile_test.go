package accountweb_test

import (
	"net/http"
	"net/url"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/setting"
)

// Whoever comes with a password that is not good any more reaches nothing but the page that changes it.
func TestPassword_ExpiredOpensNothingButItsChange(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		head := c.SignIn(t, "limin", access.Company, access.Manager)
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		_, enter := add(t, admin, url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "company": {"assistant"}})
		settle(t, c, enter)
		path := setting.PathOf(account.PasswordProfile.Name)
		if p := head.Submit(path, path, url.Values{"value": {"1"}, "why": {"等保检查"}}); p.Path != "/settings" {
			t.Fatalf("the profile: %d at %s", p.Status, p.Path)
		}
		b := c.Stranger(t)
		p := b.Submit("/sign-in", "/sign-in", url.Values{"login": {"zhouqian"}, "password": {password}})
		if p.Path != account.PasswordPath {
			t.Fatalf("signing in leads to %s", p.Path)
		}
		pagetest.In(t, p.Body, "main", "周倩，密码已满 90 天", "原密码", "三种")
		for _, closed := range []string{"/", "/units", "/account", "/account/pin", "/jobs", "/search?q=101"} {
			if p := b.Get(closed); p.Path != account.PasswordPath {
				t.Errorf("%s is open: %d at %s", closed, p.Status, p.Path)
			}
		}
		p = b.Submit(account.PasswordPath, account.PasswordPath, url.Values{"old": {password}, "new": {"my aunt keeps nine goats"}, "again": {"my aunt keeps nine goats"}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Errorf("one kind of characters: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "至少 3 种")
		fresh := "My aunt keeps 9 goats"
		if p = b.Submit(account.PasswordPath, account.PasswordPath, url.Values{"old": {password}, "new": {fresh}, "again": {fresh}}); p.Path != "/" {
			t.Errorf("three kinds: %d at %s", p.Status, p.Path)
		}
		if p = b.Get("/units"); p.Path != "/units" {
			t.Errorf("after the change: %s", p.Path)
		}
	})
}
