package householdweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/page/pagetest"
)

const secret = "梧桐树下埋着第三把旧钥匙"

// keeper is a custodian of the garden who has a password, and the household's file with two papers on the shelf.
func keeper(t *testing.T, c *apptest.Company) *apptest.Client {
	t.Helper()
	k := c.SignIn(t, "limin", c.Garden, access.Custodian)
	k.Submit(c.Home.Path()+"?tab=directory", c.Home.Path()+"/directory", url.Values{"codes": {"register", "identity"}, "do": {"paper"}, "why": {"B-02-4"}})
	if p := k.Submit(account.PasswordPath, account.PasswordPath, url.Values{"new": {secret}, "again": {secret}}); p.Status != http.StatusOK {
		t.Fatalf("setting a password: %d", p.Status)
	}
	return k
}

func TestCheck_SignedWithThePasswordThenSettledAndPrinted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		k, at := keeper(t, c), c.Home.CheckPath()
		pagetest.In(t, k.Get(c.Home.Path()+"?tab=directory").Body, ".bar", "核对架上")
		p := k.Submit(at, at, url.Values{"found.0.finding": {"there"}, "password": {"wrong"}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		pagetest.In(t, p.Body, ".summary", "密码不对", "选择这件的核对结果")
		if strings.Contains(p.Body, "wrong") {
			t.Error("the password came back")
		}
		fields := url.Values{"found.0.finding": {"there"}, "found.1.finding": {"missing"}, "found.1.note": {"昨日借出"}, "extra.0.title": {"旧租约"}, "password": {secret}}
		p = k.Submit(at, at, fields)
		if !strings.HasPrefix(p.Path, "/shelf-checks/") {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, pagetest.In(t, p.Body, "main"))
		}
		pagetest.In(t, p.Body, "main", "差异 2 项，待处理 2 项", "昨日借出", "旧租约", "limin（核对人）2026-11-23")
		pagetest.In(t, k.Get("/").Body, ".duty", "核对差异待处理", "1 次核对，2 项差异")
		settle := actions(p.Body, "/settle")
		if len(settle) != 2 {
			t.Fatalf("to settle: %v", settle)
		}
		pagetest.In(t, k.Submit(p.Path, settle[0], url.Values{"settled": {"found"}}).Body, ".summary", "写明怎样处理")
		done := k.Submit(p.Path, settle[0], url.Values{"settled": {"found"}, "how": {"夹在邻户卷内"}})
		pagetest.In(t, done.Body, "main", "待处理 1 项", "已找到 · 夹在邻户卷内 · limin")
		sheet := k.Get(p.Path + "/print").Body
		for _, words := range []string{"户档账实核对表", "目录外", "已找到", "以密码签名"} {
			if !strings.Contains(sheet, words) {
				t.Errorf("the print does not say %s", words)
			}
		}
		pagetest.In(t, k.Get(at).Body, "main", "以往核对", "差异 2 项，待处理 1 项")
	})
}

func TestCheck_OfAnotherEstateAndByAnotherPost(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		k := keeper(t, c)
		done := k.Submit(c.Home.CheckPath(), c.Home.CheckPath(), url.Values{"found.0.finding": {"there"}, "found.1.finding": {"there"}, "password": {secret}})
		pagetest.In(t, done.Body, "main", "账实相符：2 件全部在架")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(c.Home.CheckPath()); p.Status != http.StatusForbidden {
			t.Errorf("a clerk checks the shelf: %d", p.Status)
		}
		if p := clerk.Get(done.Path); p.Status != http.StatusOK {
			t.Errorf("a clerk reads a check: %d", p.Status)
		}
		other := c.SignIn(t, "other", c.Tower, access.Custodian)
		for _, path := range []string{c.Home.CheckPath(), done.Path, done.Path + "/print"} {
			if p := other.Get(path); p.Status != http.StatusNotFound {
				t.Errorf("another estate's %s: %d", path, p.Status)
			}
		}
	})
}

// actions are the addresses of the forms whose address ends so.
func actions(body, end string) []string {
	var all []string
	for _, part := range strings.Split(body, `action="`)[1:] {
		if to, _, _ := strings.Cut(part, `"`); strings.HasSuffix(to, end) {
			all = append(all, to)
		}
	}
	return all
}
