package accountweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/page/pagetest"
)

var digits = regexp.MustCompile(`[0-9]+$`)

// TestMode_MergedAndParted merges posts, gives one person two, and parts them again, all on pages.
func TestMode_MergedAndParted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		first := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		hire := func(login, name, post string) (id string, b *apptest.Client) {
			page, enter := add(t, first, url.Values{"name": {name}, "login": {login}, "company": {post}})
			return digits.FindString(page), settle(t, c, enter)
		}
		system, machine := hire("wulei", "吴磊", "system_admin")
		security, admin := hire("chenli", "陈丽", "security_admin")
		auditor, _ := hire("qianjin", "钱进", "auditor")

		p := admin.Get(account.ModePath)
		pagetest.In(t, p.Body, ".facts", "三员分立", "吴磊", "陈丽", "钱进")
		pagetest.In(t, p.Body, "main", "一个人可以既改权限、又办业务")
		merge := account.ModePath + "/merge"
		p = admin.Submit(account.ModePath, merge, url.Values{"password": {"wrong"}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a wrong password: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "密码不对", "写明原因")
		p = admin.Submit(account.ModePath, merge, url.Values{"password": {password}, "reason": {"暂无人接任"}})
		pagetest.In(t, p.Body, ".facts", "三员合一")
		pagetest.In(t, p.Body, ".time", "改回三员合一", "暂无人接任", "陈丽")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		told := func(b *apptest.Client) bool { return strings.Contains(b.Get("/").Body, "三员合一：") }
		if !told(first) || told(clerk) {
			t.Errorf("the banner: %v for an administrator, %v for a clerk", told(first), told(clerk))
		}

		// Now the machine's administrator may be a cashier too.
		first.Submit("/accounts/"+system+"/posts", "/accounts/"+system+"/posts", url.Values{"company": {"system_admin", "cashier"}})
		if p = machine.Get("/"); p.Path != "/sign-in" {
			t.Errorf("his posts changed under his session: %s", p.Path)
		}
		separate := account.ModePath + "/separate"
		three := url.Values{"system": {system}, "security": {security}, "auditor": {auditor}, "password": {password}, "reason": {"人员到齐"}}
		twice := url.Values{"system": {system}, "security": {security}, "auditor": {system}, "password": {password}, "reason": {"人员到齐"}}
		p = admin.Submit(account.ModePath, separate, twice)
		pagetest.In(t, p.Body, ".summary", "三个岗位由三个人担任")
		p = admin.Submit(account.ModePath, separate, three)
		pagetest.In(t, p.Body, ".facts", "三员分立")
		pagetest.In(t, p.Body, ".time", "改为三员分立", "人员到齐")
		if told(first) {
			t.Error("the banner stands after posts were parted")
		}
		p = first.Get("/accounts/" + system)
		if strings.Contains(p.Body, "收款员</dd>") {
			t.Error("the cashier's post is still held")
		}
		pagetest.In(t, p.Body, ".time", "收回：收款员")
	})
}
