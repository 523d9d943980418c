package browser

import (
	"net/url"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	bt "hudang/test/browser/browsertest"
)

const endedPassword = "老猫昨夜偷吃了三条小黄鱼"

// The session ends while somebody types: the page says so beside the buttons, and signing in at the same window leads back to
// all that was typed. Somebody else who signs in there finds none of it, nor by the way back.
func TestEnded_TypedTextComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	c := apptest.Open(t)
	for _, login := range []string{"zhouqian", "limin"} {
		client := c.SignIn(t, login, c.Garden, access.Custodian)
		client.Submit(account.PasswordPath, account.PasswordPath, url.Values{"new": {endedPassword}, "again": {endedPassword}})
	}
	b := bt.Open(t, c.URL)
	signIn := func(login string) []bt.Step {
		return []bt.Step{bt.Wait("#f-login", ""), bt.Type("#f-login", login), bt.Type("#f-password", endedPassword), bt.Click("form .btn.pri")}
	}
	do := func(steps ...[]bt.Step) {
		for _, s := range steps {
			b.Do(s...)
		}
	}
	nowhere := `for (const text of ["水管总阀", JSON.stringify({...sessionStorage}), JSON.stringify({...localStorage})].slice(1).concat(document.documentElement.outerHTML, [...document.querySelectorAll("input,textarea")].map((el) => el.value)))
		if (text.includes("水管总阀")) throw new Error("the text of another person is in the browser");`
	do([]bt.Step{bt.Goto("/sign-in?back=/units/new")}, signIn("zhouqian"), []bt.Step{bt.Wait("h1", "新增房屋"), bt.Type("#f-room", "9901"), bt.Wait("[data-kept]", "草稿已存")})
	endAll(t, c, "zhouqian")
	do([]bt.Step{bt.Type("#f-note", "水管总阀在门后"), bt.Wait("[data-kept]", "登录已结束"), bt.Wait("#alerts .panel", "登录已结束"), bt.Axe(), bt.Overflow(),
		bt.Type("#f-note", "，钥匙在前台"), bt.Click("[data-kept] a"), bt.Wait(".note", "已经存好"), bt.Axe(), bt.Overflow()},
		signIn("zhouqian"), []bt.Step{bt.Wait(".note", "已填入"), bt.Wait("#f-room", "9901"), bt.Wait("#f-note", "水管总阀在门后，钥匙在前台")})

	endAll(t, c, "zhouqian")
	do([]bt.Step{bt.Type("#f-building", "9"), bt.Press("Ctrl+s"), bt.Wait(".note", "已经存好"), bt.Script(nowhere)}, signIn("limin"), []bt.Step{bt.Wait("h1", "今日"), bt.Script(nowhere)})
	for range 4 {
		do([]bt.Step{bt.Script("setTimeout(() => history.back(), 20)")})
		time.Sleep(time.Second) // the page goes away under the script's feet: nothing can be waited for in it
		do([]bt.Step{bt.Script(nowhere)})
	}
	do([]bt.Step{bt.Goto("/units/new"), bt.Wait("h1", "新增房屋"), bt.Script(nowhere),
		bt.Script(`await fetch('/sign-out', { method: 'POST', headers: { 'X-Session-Token': document.querySelector('meta[name=hd-session]').content } })`), bt.Goto("/sign-in?back=/units/new")},
		signIn("zhouqian"), []bt.Step{bt.Wait(".note.due", "没填完"), bt.Click(".note.due a"), bt.Wait("#f-building", "9"), bt.Wait("#f-note", "水管总阀在门后，钥匙在前台")})
	for _, p := range b.Problems() {
		t.Error(p)
	}
}

func endAll(t *testing.T, c *apptest.Company, login string) {
	t.Helper()
	id, err := c.App.Accounts.ByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	guard := access.With(t.Context(), access.Actor{Account: 1, Name: "guard", Grants: []access.Grant{{Post: access.SecurityAdmin, Estate: access.Company}}})
	if _, err := op.Run(guard, c.App.Door, account.EndSessions, account.EndSessionsIn{Account: id}); err != nil {
		t.Fatal(err)
	}
}
