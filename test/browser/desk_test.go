package browser

import (
	"os"
	"path/filepath"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
	bt "hudang/test/browser/browsertest"
)

const deskPIN = "836194"

// carded gives one of the demonstration's people a password, a card and a PIN, as he does himself, and gives the number.
func carded(t *testing.T, login string) string {
	t.Helper()
	ctx, keeper := t.Context(), served.app.Accounts
	id, err := keeper.ByLogin(ctx, login)
	if err != nil {
		t.Fatal(err)
	}
	in := account.ResetAccountIn{Account: id}
	secret := in.Invite()
	program := access.With(ctx, access.ProgramActor())
	if _, err := op.Run(program, served.app.Door, account.ResetAccount, in); err != nil {
		t.Fatal(err)
	}
	cookie, err := keeper.SignInByLink(ctx, secret, account.Browser{})
	if err != nil {
		t.Fatal(err)
	}
	cookie, err = keeper.ChangePassword(ctx, session(t, cookie), account.NewPassword{New: ownPassword, Again: ownPassword}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := keeper.SetPIN(ctx, session(t, cookie), account.NewPIN{Password: ownPassword, PIN: deskPIN, Again: deskPIN}, ""); err != nil {
		t.Fatal(err)
	}
	admin := access.With(ctx, access.Actor{Grants: []access.Grant{{Post: access.SecurityAdmin}}})
	if _, err := op.Run(admin, served.app.Door, account.IssueCard, account.AccountIn{Account: id}); err != nil {
		t.Fatal(err)
	}
	card, err := account.CardOf(ctx, served.app.Door.DB.Read(), id)
	if err != nil {
		t.Fatal(err)
	}
	return card.Number
}

func session(t *testing.T, cookie string) account.Session {
	t.Helper()
	s, found, err := served.app.Accounts.Find(t.Context(), account.Browser{Cookie: cookie})
	if err != nil || !found {
		t.Fatal("no session", err)
	}
	return s
}

// One computer, two people: registered once, then a scan and six digits, wherever the cursor is; F9 asks for a card too.
func TestDesk_ChangingPlacesByScan(t *testing.T) {
	base, link := demo(t, "zhengjie")
	number := carded(t, "zhouqian")
	b := bt.Open(t, base)
	b.Do(enter(link)...)
	b.Do(bt.Goto("/accounts/pcs"), bt.Type("#f-name", "前台1"), bt.Press("Ctrl+s"), bt.Wait(".note", "本机已登记为“前台1”"), bt.Axe(), bt.Overflow(),
		bt.Goto("/accounts"), bt.Type("#q", "3"), bt.Scan(number),
		bt.Wait("h1", "换人"), bt.Axe(), bt.Overflow(), shot(t, "switch"), bt.Count(), bt.Type("#f-pin", deskPIN), bt.Press("Enter"))
	if r := b.Do(bt.Wait(".top", "周倩")); r.Keys != 1 || len(r.Violations) > 0 {
		t.Errorf("%d keys beside the PIN, %v", r.Keys, r.Violations)
	}
	b.Do(bt.Press("F9"), bt.Wait(".main p.m", "现由 周倩 使用"), bt.Scan(number), bt.Type("#f-pin", "111112"), bt.Press("Enter"),
		bt.Wait(".summary", "卡号或 PIN 不对"), bt.Click("[data-back]"), bt.Wait(".top", "周倩"))
}

// Columns and an own view, by mouse; the filter's rows come by htmx and the menus go along.
func TestList_ColumnsAndOwnView(t *testing.T) {
	base, link := demo(t, "chenli")
	b := bt.Open(t, base)
	b.Do(enter(link)...)
	r := b.Do(bt.Goto("/units"), bt.Click(".bar details:nth-of-type(1) summary"), bt.Wait(".fold", "显示所选"), bt.Axe(), bt.Overflow(), shot(t, "columns"),
		bt.Goto("/units"), bt.Type(".filters input[name=q]", "1801"), bt.Wait(".chips .tag", "1801"),
		bt.Click(".bar details:nth-of-type(2) summary"), bt.Type(".fold input[name=name]", "顶层"), bt.Axe(), bt.Overflow(), shot(t, "view"), bt.Press("Enter"),
		bt.Wait(".tabs [aria-current=page]", "顶层"), bt.Overflow(), shot(t, "view-kept"),
		bt.Click(".bar details:nth-of-type(2) summary"), bt.Click(".fold [name=drop]"), bt.Wait("h1", ""))
	for _, v := range r.Violations {
		t.Errorf("%s: %s %v", v.ID, v.Help, v.At)
	}
}

// shot takes a picture when make shots asks for pictures.
func shot(t *testing.T, name string) bt.Step {
	dir := os.Getenv("HUDANG_SHOTS")
	if dir == "" {
		return bt.Count()
	}
	return bt.Shot(filepath.Join(dir, "desk-"+name+".png"))
}
