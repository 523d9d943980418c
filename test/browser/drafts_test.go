package browser

import (
	"fmt"
	"net/url"
	"strconv"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	bt "hudang/test/browser/browsertest"
)

// What was typed lies with the server after a pause, is offered when the form is opened again, and is gone once it was saved.
func TestDraft_LeftContinuedSaved(t *testing.T) {
	both(t, "limin", func(n int) []bt.Step {
		room := fmt.Sprintf("980%d", n)
		return []bt.Step{
			bt.Click(".top details summary"), bt.Click("button[name=estate]:last-of-type"), bt.Wait(".top summary", "澜庭花园"),
			bt.Goto("/units/new"), bt.Type("#f-building", "9"), bt.Type("#f-entrance", "1"), bt.Type("#f-room", room),
			bt.Wait("[data-kept]", "草稿已存"), bt.Axe(), bt.Overflow(),
			bt.Goto("/units"), bt.Wait("h1", "房屋"), // nothing asks: nothing would be lost
			bt.Goto("/units/new"), bt.Wait(".note.due", "没填完"), bt.Axe(), bt.Overflow(),
			bt.Type("#f-note", "别的"), bt.Wait("[data-kept]", "先处理上面的草稿"), bt.Press("Ctrl+a"), bt.Press("Delete"),
			bt.Script("dispatchEvent(new Event('pagehide')); document.querySelector('form[data-draft]').dispatchEvent(new CustomEvent('hd:kept', { bubbles: true }))"),
			bt.Click(".note.due a"), bt.Wait(".note", "已填入"), bt.Wait("#f-room", room), bt.Axe(), bt.Overflow(),
			bt.Click("#f-room"), bt.Press("Ctrl+s"), bt.Wait(".list h1", "房屋"),
			bt.Goto("/units/new"), bt.Wait("h1", "新增房屋"), bt.Wait("main:not(:has(.note))", ""),
			bt.Count(),
		}
	})
}

// While an input method composes nothing is kept; what it made is.
func TestDraft_WaitsForTheInputMethod(t *testing.T) {
	base, link := demo(t, "limin")
	b := bt.Open(t, base)
	b.Do(enter(link)...)
	b.Do(bt.Goto("/units/new"), bt.Click("#f-note"), bt.Compose("loushui"), bt.Wait("#f-note", "loushui"),
		bt.Script("await new Promise((go) => setTimeout(go, 2500))"), bt.Wait("form:has([data-kept]:empty)", ""), bt.Commit("漏水"), bt.Wait("[data-kept]", "草稿已存"),
		bt.Goto("/units/new"), bt.Click(".note.due button"), bt.Wait("main:not(:has(.note))", ""))
}

// A draft that somebody's change overtook: each field is decided by itself, and the choice shows in its field.
func TestConflict_ChosenFieldByField(t *testing.T) {
	both(t, "limin", func(int) []bt.Step {
		at := overtaken(t, "limin")
		return []bt.Step{
			bt.Goto(at), bt.Wait(".note", "已填入"), bt.Click("#f-note"), bt.Press("Ctrl+s"),
			bt.Wait(".summary:focus h2", "周倩 "), bt.Wait("[data-take=net_area][value=theirs]:checked", ""), bt.Wait("[data-take=note][value=mine]:checked", ""),
			bt.Wait("#f-net_area", "70.01"), bt.Wait("#f-note", "我写的"), bt.Axe(), bt.Overflow(),
			bt.Click("[data-take=note][value=theirs]"), bt.Wait("#f-note", "别人写的"), bt.Click("[data-take=note][value=mine]"), bt.Wait("#f-note", "我写的"),
			bt.Click("[data-take=note][value=theirs]"), bt.Type("#f-note", "，又补"), bt.Wait("[data-take=note][value=mine]:checked", ""),
			bt.Press("Ctrl+s"), bt.Wait(".time", "别人写的 → "), bt.Wait(".time", "又补"), bt.Wait(".facts", "70.01"),
			bt.Count(),
		}
	})
}

// overtaken keeps a draft of a unit's form in which the note is changed, lets somebody else change the unit, and gives the
// address at which the form goes on.
func overtaken(t *testing.T, login string) string {
	t.Helper()
	ctx, d := t.Context(), served.app.Door
	id, err := served.app.Accounts.ByLogin(ctx, login)
	if err != nil {
		t.Fatal(err)
	}
	other, err := served.app.Accounts.ByLogin(ctx, "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	manager := access.With(ctx, access.Actor{Account: int64(other), Name: "test", Grants: []access.Grant{{Post: access.Manager}}})
	unit := estate.ParseUnitID(firstUnit(t)[len("/units/"):])
	u, err := estate.FindUnit(ctx, d.DB.Read(), access.From(manager).Scope(access.Desk, access.Company), unit)
	if err != nil {
		t.Fatal(err)
	}
	form := u.Path() + "/change"
	_, err = draft.Store{Door: d}.Save(access.With(ctx, access.Actor{Account: int64(id)}), form, map[string][]string{
		"_seen": {"unit:" + ref.Text(u.ID) + "=" + strconv.FormatInt(u.Version, 10)}, "building": {u.Building}, "entrance": {u.Entrance}, "room": {u.Room}, "floor": {u.Floor},
		"kind": {string(u.Kind)}, "gross_area": {u.GrossArea.String()}, "net_area": {u.NetArea.String()}, "valid_from": {u.ValidFrom}, "note": {"我写的"}})
	if err != nil {
		t.Fatal(err)
	}
	facts := estate.UnitFacts{Building: u.Building, Entrance: u.Entrance, Room: u.Room, Floor: u.Floor, Kind: u.Kind, GrossArea: u.GrossArea, NetArea: 7001,
		ValidFrom: u.ValidFrom, Note: "别人写的"}
	if _, err := op.Run(manager, d, estate.ChangeUnit, estate.ChangeUnitIn{ID: u.ID, UnitFacts: facts}); err != nil {
		t.Fatal(err)
	}
	return form + "?" + url.Values{"draft": {form}}.Encode()
}

// Before a session that rests ends, a strip says so and keeps it; when it has ended, signing in leads back.
func TestIdle_WarnsAndKeeps(t *testing.T) {
	ago := func(minutes int) bt.Step {
		return bt.Script(fmt.Sprintf("localStorage.setItem('hd-asked', Date.now() - %d * 60000); dispatchEvent(new Event('storage'))", minutes))
	}
	both(t, "limin", func(int) []bt.Step {
		return []bt.Step{
			bt.Goto("/units"), ago(20), bt.Wait("body:not(:has(#idle:not([hidden])))", ""),
			ago(28), bt.Wait("#idle", "约 2 分钟后退出"), bt.Axe(), bt.Overflow(),
			bt.Click("[data-stay]"), bt.Wait("body:not(:has(#idle:not([hidden])))", ""),
			bt.Script("await fetch('/sign-out', { method: 'POST', headers: { 'X-Session-Token': document.querySelector('meta[name=hd-session]').content } })"),
			ago(31), bt.Wait("#f-login", ""), bt.Wait("form:has(input[name=back][value='/units'])", ""), bt.Count(),
		}
	})
}
