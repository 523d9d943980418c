package browser

import (
	"net/http/httptest"
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
		bt.Goto("/accounts"), bt.Press("Alt+n"), bt.Wait("h1", "新增账号"), bt.Axe(), bt.Overflow(),
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
