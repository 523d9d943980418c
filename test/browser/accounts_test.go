package browser

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"hudang/internal/app"
	bt "hudang/test/browser/browsertest"
)

const ownPassword = "my aunt keeps nine goats"

// fresh is an installation nobody has set up, with its code.
func fresh(t *testing.T) (base, code string) {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	a, err := app.Open(t.Context(), app.Options{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler)
	t.Cleanup(func() {
		server.Close()
		_ = a.Close(t.Context())
	})
	if code, err = a.BeginSetup(t.Context()); err != nil {
		t.Fatal(err)
	}
	return server.URL, code
}

// setUp does the first start by keyboard, with one mistake, and adds a colleague.
func setUp(code string) []bt.Step {
	return []bt.Step{
		bt.Goto("/units"), bt.Wait("h1", "首次设置"), bt.Axe(), bt.Overflow(),
		bt.Type("#f-code", code), bt.Type("#f-estate-name", "江湾一号"), bt.Type("#f-name", "李敏"), bt.Type("#f-login", "limin"),
		bt.Type("#f-password", "short"), bt.Type("#f-again", "short"), bt.Press("Ctrl+s"), bt.Wait(".err", "密码至少 12 个字"), bt.Axe(), bt.Overflow(),
		bt.Type("#f-password", ownPassword), bt.Type("#f-again", ownPassword), bt.Press("Ctrl+s"), bt.Wait(".banner", "一人兼任"),
		bt.Goto("/accounts"), bt.Press("Alt+n"), bt.Wait("h1", "新增人员"), bt.Axe(), bt.Overflow(),
		bt.Type("#f-name", "周倩"), bt.Type("#f-login", "zhouqian"), bt.Click("[name='at.0.posts'][value=assistant]"), bt.Press("Ctrl+s"),
		bt.Wait(".note", "周倩 的登录链接"), bt.Axe(), bt.Overflow(),
		bt.Goto("/account"), bt.Wait("h1", "我的账号"), bt.Axe(), bt.Overflow(),
	}
}

func TestSetUp_ByKeyboardThenAColleague(t *testing.T) {
	t.Run("present", func(t *testing.T) {
		base, code := fresh(t)
		for _, v := range bt.Open(t, base).Do(setUp(code)...).Violations {
			t.Errorf("%s: %s %v", v.ID, v.Help, v.At)
		}
	})
	t.Run("109", func(t *testing.T) {
		base, code := fresh(t)
		r := bt.In109(t, base, bt.Desk, setUp(code)...)
		for _, p := range r.Problems {
			t.Error(p)
		}
		for _, v := range r.Violations {
			t.Errorf("%s: %s %v", v.ID, v.Help, v.At)
		}
	})
}

func TestAccounts_AccessibleAndWithinTheirWindow(t *testing.T) {
	base, link := demo(t, "zhengjie")
	b := bt.Open(t, base)
	look := func(lang string, pages ...string) {
		for _, size := range bt.Sizes {
			b.Resize(size)
			for _, path := range pages {
				for _, v := range b.Do(bt.Goto(path), bt.Axe(), bt.Overflow()).Violations {
					t.Errorf("%s in %s at %s: %s %s %v", path, lang, size, v.ID, v.Help, v.At)
				}
			}
		}
		b.Resize(bt.Desk)
	}
	id, err := served.app.Accounts.ByLogin(t.Context(), "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	one := "/accounts/" + id.String()
	pages := []string{"/accounts", "/accounts?tab=disabled", "/accounts/new", one, one + "/posts", "/account", "/account/password"}
	look("zh", "/sign-in")
	b.Do(enter(link)...)
	look("zh", pages...)
	b.Do(bt.Goto("/"), bt.Click("button[name=lang]"), bt.Wait("html[lang=en]", ""))
	look("en", pages...)
}

// TestAccountShots takes pictures of the pages of accounts, as TestShots does of the others.
func TestAccountShots(t *testing.T) {
	dir := os.Getenv("HUDANG_SHOTS")
	if dir == "" {
		t.Skip("make shots takes pictures")
	}
	shots := func(b *bt.Browser, lang string, pages map[string]string) {
		for _, size := range []bt.Size{bt.Desk, bt.Phone} {
			b.Resize(size)
			for name, path := range pages {
				b.Do(bt.Goto(path), bt.Shot(filepath.Join(dir, fmt.Sprintf("%s-%s-%s.png", name, lang, size))), bt.Overflow())
			}
		}
		b.Resize(bt.Desk)
	}
	english := []bt.Step{bt.Click("button[name=lang]"), bt.Wait("html[lang=en]", "")}
	first, _ := fresh(t)
	b := bt.Open(t, first)
	shots(b, "zh", map[string]string{"setup": "/setup"})
	b.Do(bt.Press("Ctrl+s"), bt.Wait(".summary", "需要更正"), bt.Shot(filepath.Join(dir, "setup-refused-zh.png")))
	b.Do(append([]bt.Step{bt.Goto("/setup")}, english...)...)
	shots(b, "en", map[string]string{"setup": "/setup"})

	base, link := demo(t, "zhengjie")
	door := bt.Open(t, base)
	door.Do(bt.Goto("/sign-in"), bt.Type("#f-login", "zhengjie"), bt.Type("#f-password", ownPassword), bt.Press("Enter"), bt.Wait(".summary", ""),
		bt.Shot(filepath.Join(dir, "sign-in-refused-zh.png")))
	shots(door, "zh", map[string]string{"sign-in": "/sign-in", "enter": link})
	door.Do(append([]bt.Step{bt.Goto("/sign-in")}, english...)...)
	shots(door, "en", map[string]string{"sign-in": "/sign-in"})

	invited := bt.Open(t, base)
	invited.Do(bt.Goto(invitation(t)), bt.Click("form .btn.pri"), bt.Wait("h1", "设置密码"))
	shots(invited, "zh", map[string]string{"password-first": "/"})
	invited.Do(english...)
	shots(invited, "en", map[string]string{"password-first": "/"})

	admin := bt.Open(t, base)
	admin.Do(append(enter(link), bt.Goto("/accounts/new"), bt.Type("#f-name", "刘洋"), bt.Type("#f-login", "liuyang"),
		bt.Click("[name='at.0.posts'][value=assistant]"), bt.Click("[name='at.1.posts'][value=cashier]"), bt.Press("Ctrl+s"), bt.Wait(".note", "登录链接"),
		bt.Shot(filepath.Join(dir, "account-link-zh.png")))...)
	admin.Resize(bt.Phone)
	admin.Do(bt.Shot(filepath.Join(dir, "account-link-zh-phone.png")))
	admin.Resize(bt.Desk)
	id, err := served.app.Accounts.ByLogin(t.Context(), "liuyang")
	if err != nil {
		t.Fatal(err)
	}
	one := "/accounts/" + id.String()
	admin.Do(bt.Goto(one+"/posts"), bt.Click("[name='at.1.posts'][value=finance]"), bt.Type("#f-reason", "兼管财务"), bt.Press("Ctrl+s"), bt.Wait("h1", "刘洋"))
	pages := map[string]string{"accounts": "/accounts", "account": one, "account-posts": one + "/posts", "account-new": "/accounts/new",
		"account-disable": one + "#disable", "account-reset": one + "#reset", "own": "/account", "password": "/account/password", "accounts-print": "/accounts/print"}
	shots(admin, "zh", pages)
	admin.Do(append([]bt.Step{bt.Goto("/")}, english...)...)
	shots(admin, "en", pages)
}

// invitation is a link as an administrator gives one: a password comes first.
func invitation(t *testing.T) string {
	t.Helper()
	path, err := served.app.ResetUser(t.Context(), "sunhao")
	if err != nil {
		t.Fatal(err)
	}
	return path
}
