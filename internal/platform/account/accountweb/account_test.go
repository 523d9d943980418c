package accountweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

const password = "老猫昨夜偷吃了三条小黄鱼"

var link = regexp.MustCompile(`/enter/[A-Za-z0-9_-]+`)

var slipAt = regexp.MustCompile(`/accounts/[0-9]+/slip`)

func idOf(e access.EstateID) string { return strconv.FormatInt(int64(e), 10) }

// add adds somebody through the page and gives the path of his page and of his link.
func add(t *testing.T, admin *apptest.Client, values url.Values) (page, enter string) {
	t.Helper()
	form := admin.Form("/accounts/new", "/accounts/new")
	p := admin.Send(form, "/accounts/new", values)
	pagetest.In(t, p.Body, ".note a[href=/accounts/new]", "再新增一个账号")
	pagetest.In(t, p.Body, ".note", "只有装着户档的这台电脑打得开", "--addr") // its address is of this computer
	if enter = link.FindString(p.Body); p.Status != http.StatusOK || enter == "" {
		t.Fatalf("adding: %d at %s", p.Status, p.Path)
	}
	again := admin.Send(form, "/accounts/new", values) // the same form once more: no second account, no second link
	if again.Status != http.StatusOK || link.MatchString(again.Body) || !strings.HasPrefix(again.Path, "/accounts/") {
		t.Errorf("the form sent twice: %d at %s", again.Status, again.Path)
	}
	return again.Path, enter
}

// settle enters by a link and sets the password.
func settle(t *testing.T, c *apptest.Company, enter string) *apptest.Client {
	t.Helper()
	b := c.Stranger(t)
	b.Submit(enter, enter, nil)
	if p := b.Submit("/account/password", "/account/password", url.Values{"new": {password}, "again": {password}}); p.Path != "/" {
		t.Fatalf("first password: %d at %s", p.Status, p.Path)
	}
	return b
}

func TestAccounts_AddedGivenPostsDisabledReset(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		places := admin.Form("/accounts/new", "/accounts/new")
		at := "0"
		if places.Get("at.1.estate") == idOf(c.Garden) {
			at = "1"
		}
		empty := admin.Submit("/accounts/new", "/accounts/new", url.Values{"name": {""}, "login": {" "}}).Body
		pagetest.In(t, empty, ".summary a[href=#f-login]", "登录名：不能空着") // not the rule of its form
		pagetest.In(t, empty, ".summary a[href=#f-name]", "不能空着")
		page, enter := add(t, admin, url.Values{"name": {"周倩"}, "login": {"ZhouQian"}, "at." + at + ".posts": {"assistant", "cashier"}})
		clerk := settle(t, c, enter)
		if p := clerk.Get("/units"); p.Status != http.StatusOK || strings.Contains(p.Body, "A-501") {
			t.Errorf("the clerk at the units: %d", p.Status)
		}
		p := admin.Get("/accounts?q=周")
		pagetest.In(t, p.Body, "tbody tr", "周倩", "zhouqian", "客服助理（澜庭花园）、收款员（澜庭花园）", "在用")
		p = admin.Submit(page+"/posts", page+"/posts", url.Values{"at." + at + ".posts": {"custodian"}, "reason": {"转岗"}})
		pagetest.In(t, p.Body, ".time li", "收回：客服助理（澜庭花园）、收款员（澜庭花园）；给予：档案管理员（澜庭花园）；转岗", "zhengjie")
		if p := clerk.Get("/units"); p.Path != "/sign-in" {
			t.Errorf("with other posts the clerk is at %s", p.Path)
		}
		if p := admin.Submit(page, page+"/disable", url.Values{"reason": {" "}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("disabling without a reason: %d", p.Status)
		}
		p = admin.Submit(page, page+"/disable", url.Values{"reason": {"离职"}})
		pagetest.In(t, p.Body, ".time li", "离职")
		pagetest.In(t, admin.Get("/accounts?tab=disabled").Body, "tbody tr", "周倩", "2026-11-23 停用")
		pagetest.NotIn(t, p.Body, "#reset")
		if p = admin.Submit(page, page+"/enable", nil); p.Path != page || !strings.Contains(p.Body, "恢复账号") {
			t.Errorf("enabling: %d at %s", p.Status, p.Path)
		}
		p = admin.Submit(page, page+"/reset", nil)
		second := link.FindString(p.Body)
		if second == "" || second == enter {
			t.Fatalf("reset: %d, link %q", p.Status, second)
		}
		settle(t, c, second)
	})
}

func TestAccounts_RefusalsStayInTheForm(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		send := func(v url.Values) apptest.Page { return admin.Submit("/accounts/new", "/accounts/new", v) }
		p := send(url.Values{"name": {""}, "login": {"周"}})
		pagetest.In(t, p.Body, ".err", "不能空着", "登录名用", "至少勾一个岗位")
		p = send(url.Values{"name": {"吴磊"}, "login": {"wulei"}, "company": {"system_admin", "manager"}})
		if p.Status != http.StatusConflict {
			t.Errorf("posts that stand apart: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "也不兼业务岗位", "D5")
		pagetest.In(t, p.Body, `input[value=吴磊]`)
		if p = send(url.Values{"name": {"又一个"}, "login": {"zhengjie"}, "company": {"auditor"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "已有人用") {
			t.Errorf("a login twice: %d", p.Status)
		}
		own := admin.Get("/accounts?q=zhengjie")
		me := regexp.MustCompile(`/accounts/[0-9]+`).FindString(own.Body)
		p = admin.Get(me)
		pagetest.NotIn(t, p.Body, `a[href=#disable]`)
		if p = admin.Submit(me+"/posts", me+"/posts", url.Values{"company": {"manager"}}); p.Status != http.StatusConflict || !strings.Contains(p.Body, "另一位安全管理员") {
			t.Errorf("one's own posts: %d", p.Status)
		}
	})
}

func TestAccounts_OnlyTheSecurityAdministrator(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		page, _ := add(t, admin, url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "company": {"assistant"}})
		for _, post := range []access.Post{access.Manager, access.Custodian, access.SystemAdmin, access.Auditor} {
			b := c.SignIn(t, "x."+strings.ReplaceAll(string(post), "_", "-"), access.Company, post)
			for _, path := range []string{"/accounts", "/accounts/new", "/accounts/print", "/accounts/xlsx", page, page + "/posts"} {
				if p := b.Get(path); p.Status != http.StatusForbidden || strings.Contains(p.Body, "周倩") {
					t.Errorf("%s at %s: %d", post, path, p.Status)
				}
			}
			form := b.Form("/account/password", "/account/password")
			for _, path := range []string{"/accounts/new", page + "/posts", page + "/disable", page + "/enable", page + "/reset", page + "/sessions"} {
				if p := b.Send(form, path, url.Values{"reason": {"x"}}); p.Status != http.StatusForbidden {
					t.Errorf("%s posts to %s: %d", post, path, p.Status)
				}
			}
			if strings.Contains(b.Get("/").Body, `href="/accounts"`) {
				t.Errorf("%s sees the way to the accounts", post)
			}
		}
	})
}

func TestAccounts_PrintAndExport(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := admin.Get("/accounts/print"); !strings.Contains(p.Body, "人员账号表") || !strings.Contains(p.Body, "客服助理（澜庭花园）") {
			t.Errorf("print: %d", p.Status)
		}
		if p := admin.Get("/accounts/xlsx"); !strings.HasPrefix(p.Body, "PK") {
			t.Errorf("xlsx: %d", p.Status)
		}
		form := admin.Form("/", "/estate")
		admin.Send(form, "/estate", url.Values{"estate": {idOf(c.Tower)}})
		if p := admin.Get("/accounts"); strings.Contains(p.Body, "zhouqian") || !strings.Contains(p.Body, "zhengjie") {
			t.Error("with the tower chosen, the garden's clerk is listed, or the company's administrator is not")
		}
	})
}

func TestOwn_PasswordAndSessions(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		page, enter := add(t, admin, url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "company": {"assistant"}})
		here := settle(t, c, enter)
		signIn := func() *apptest.Client {
			b := c.Stranger(t)
			b.Submit("/sign-in", "/sign-in", url.Values{"login": {"zhouqian"}, "password": {password}})
			return b
		}
		there := signIn()
		if n := pagetest.Count(t, here.Get("/account").Body, "tbody tr"); n != 2 {
			t.Errorf("%d sessions, want 2", n)
		}
		here.Submit("/account", "/account/sessions", url.Values{"ref": {""}})
		if here.Get("/units").Path != "/units" || there.Get("/units").Path != "/sign-in" {
			t.Error("signing out the others")
		}
		there = signIn()
		change := func(old string) apptest.Page {
			return here.Submit("/account/password", "/account/password", url.Values{"old": {old}, "new": {"my aunt keeps nine goats"}, "again": {"my aunt keeps nine goats"}})
		}
		if p := change("not the old one"); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "原密码不对") {
			t.Errorf("a wrong old password: %d", p.Status)
		}
		if p := change(password); p.Path != "/account" || there.Get("/units").Path != "/sign-in" {
			t.Errorf("changing: %d at %s", p.Status, p.Path)
		}
		if p := admin.Submit(page, page+"/sessions", url.Values{"ref": {""}}); p.Path != page || here.Get("/units").Path != "/sign-in" {
			t.Errorf("the administrator ends the sessions: %d", p.Status)
		}
	})
}

// The administrator registers the desk's computer and issues a card; its holder sets a PIN and takes the place by it.
func TestDesk_FromRegisteringToChangingPlaces(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		page, enter := add(t, admin, url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "company": {"assistant"}})
		if p := admin.Submit("/accounts/pcs", "/accounts/pcs", url.Values{"name": {""}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a computer without a name: %d", p.Status)
		}
		form := admin.Form("/accounts/pcs", "/accounts/pcs")
		p := admin.Send(form, "/accounts/pcs", url.Values{"name": {"前台1"}})
		pagetest.In(t, p.Body, ".note", "本机已登记为“前台1”")
		if p = admin.Send(form, "/accounts/pcs", url.Values{"name": {"前台1"}}); pagetest.Count(t, p.Body, "tbody tr") != 1 {
			t.Errorf("the form sent twice: %d", p.Status)
		}
		p = admin.Submit(page, page+"/card", nil)
		number := strings.ReplaceAll(cardNumber.FindString(p.Body), " ", "")
		if pagetest.In(t, p.Body, ".facts", "未设 PIN"); number == "" {
			t.Fatal("no card on the account's page")
		}
		own := settle(t, c, enter)
		if p := own.Submit("/account/pin", "/account/pin", url.Values{"password": {"not it"}, "pin": {"123456"}, "again": {"1"}}); p.Status != http.StatusUnprocessableEntity || strings.Count(p.Body, `class="err"`) != 3 {
			t.Errorf("three mistakes: %d", p.Status)
		}
		own.Submit("/account/pin", "/account/pin", url.Values{"password": {password}, "pin": {"836194"}, "again": {"836194"}})
		pagetest.In(t, own.Get("/account").Body, ".facts", "已设 PIN")
		if p := own.Get("/switch"); strings.Contains(p.Body, `name="pin"`) || !strings.Contains(p.Body, "本机没有登记") {
			t.Errorf("changing places at a computer nobody registered: %d", p.Status)
		}
		pagetest.In(t, admin.Get("/switch?card="+number).Body, "p", "现由 zhengjie 使用")
		if p := admin.Submit("/switch?card="+number, "/switch", url.Values{"pin": {"111112"}}); p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, "111112") {
			t.Errorf("a wrong PIN: %d", p.Status)
		}
		if p := admin.Submit("/switch?card="+number, "/switch", url.Values{"pin": {"836194"}}); p.Path != "/" || !strings.Contains(p.Body, "周倩") || !strings.Contains(p.Body, `href="/switch"`) {
			t.Errorf("changing places: %d at %s", p.Status, p.Path)
		}
		if p := admin.Get("/accounts"); p.Status != http.StatusForbidden {
			t.Errorf("the clerk in the administrator's place opens the accounts: %d", p.Status)
		}
		admin.Submit("/", "/sign-out", nil)
		pagetest.In(t, admin.Get("/sign-in").Body, `a[href=/switch]`, "刷工作卡登录")
		if p := admin.Submit("/switch", "/switch", url.Values{"card": {number}, "pin": {"836194"}}); p.Path != "/" {
			t.Errorf("by card where nobody is signed in: %d at %s", p.Status, p.Path)
		}
	})
}

var cardNumber = regexp.MustCompile(`\b0\d{3} \d{3} \d{3}\b`)

func TestDesk_RegistrationTakenBackAndCardVoided(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		admin := c.SignIn(t, "zhengjie", access.Company, access.SecurityAdmin)
		page, _ := add(t, admin, url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "company": {"assistant"}})
		first := cardNumber.FindString(admin.Submit(page, page+"/card", nil).Body)
		second := cardNumber.FindString(admin.Submit(page, page+"/card", nil).Body)
		if first == "" || second == "" || first == second {
			t.Errorf("cards %q and %q", first, second)
		}
		pagetest.In(t, admin.Submit(page, page+"/card/void", nil).Body, ".facts", "没有发卡")
		admin.Submit("/accounts/pcs", "/accounts/pcs", url.Values{"name": {"前台1"}})
		pagetest.In(t, admin.Get("/accounts/pcs").Body, "dialog", "取消登记", "立即退出登录") // asked first
		if p := admin.Submit("/accounts/pcs", "/accounts/pcs/end", nil); p.Path != "/sign-in" || strings.Contains(p.Body, "刷工作卡登录") {
			t.Errorf("after taking it back: %d at %s", p.Status, p.Path)
		}
		clerk := c.SignIn(t, "limin", access.Company, access.Manager)
		form := clerk.Form("/account/password", "/account/password")
		for _, path := range []string{"/accounts/pcs", "/accounts/pcs/end", page + "/card", page + "/card/void"} {
			if p := clerk.Send(form, path, url.Values{"name": {"x"}}); p.Status != http.StatusForbidden {
				t.Errorf("a manager posts to %s: %d", path, p.Status)
			}
		}
	})
}
