package draftweb_test

import (
	"bytes"
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

const (
	newUnit = "/units/new"
	planted = "15827360194"
)

// clerk is somebody who types, as the script does it.
type clerk struct {
	*apptest.Client
	t *testing.T
}

func hire(t *testing.T, c *apptest.Company, login string) clerk {
	return clerk{c.SignIn(t, login, c.Garden, access.Custodian), t}
}

// types keeps a draft of a form with some of its fields typed into.
func (c clerk) types(at, form string, typed url.Values) apptest.Page {
	c.t.Helper()
	fields := c.Form(at, form)
	fields.Set("_form", form)
	p := c.Send(fields, "/drafts", typed)
	if p.Status != http.StatusOK || !strings.Contains(p.Body, "草稿已存") {
		c.t.Fatalf("%d %s", p.Status, p.Body)
	}
	return p
}

func resumed(at, form string) string { return at + "?" + url.Values{"draft": {form}}.Encode() }

func TestDraft_IsOfferedFilledInAndGoneOnceSaved(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		me := hire(t, c, "zhouqian")
		if p := me.types(newUnit, newUnit, url.Values{"building": {"9"}, "note": {"业主电话 " + planted}}); p.Body != "草稿已存 09:00" {
			t.Errorf("%q", p.Body)
		}
		p := me.Get(newUnit)
		pagetest.In(t, p.Body, "main .note.due", "09:00", "继续填写", "丢弃草稿")
		if v := pagetest.Attr(t, p.Body, "input[name=building]", "value"); v != "" {
			t.Errorf("it is filled in unasked: %s", v)
		}
		if href := pagetest.Attr(t, p.Body, ".note.due a", "href"); href != resumed(newUnit, newUnit) {
			t.Errorf("going on leads to %s", href)
		}
		full := me.Form(resumed(newUnit, newUnit), newUnit)
		if full.Get("building") != "9" || !strings.Contains(full.Get("note"), planted) {
			t.Fatalf("the form holds %v", full)
		}
		if p = me.Send(full, newUnit, url.Values{"room": {""}}); p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("%d", p.Status)
		}
		pagetest.In(t, me.Get(newUnit).Body, ".note.due", "继续填写")
		if p = me.Send(full, newUnit, url.Values{"room": {"902"}}); p.Status != http.StatusOK {
			t.Fatalf("%d %s", p.Status, p.Path)
		}
		pagetest.NotIn(t, me.Get(newUnit).Body, ".note")
	})
}

// A draft that was offered and not decided about outlives whatever else is sent by the form: refused, and then accepted.
func TestDraft_UndecidedIsNotWrittenOver(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		me := hire(t, c, "zhouqian")
		me.types(newUnit, newUnit, url.Values{"building": {"9"}, "note": {"围挡未拆"}})
		other := me.Form(newUnit, newUnit)
		p := me.Send(other, newUnit, url.Values{"building": {"8"}, "room": {""}})
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("%d", p.Status)
		}
		pagetest.In(t, p.Body, "main .note.due", "继续填写", "丢弃草稿")
		if href := pagetest.Attr(t, p.Body, "main .note.due a", "href"); href != resumed(newUnit, newUnit) {
			t.Errorf("going on leads to %s", href)
		}
		if held := pagetest.Attr(t, p.Body, "form[data-draft]", "data-held"); held == "" {
			t.Error("what is typed now would be kept in its place")
		}
		if p = me.Send(other, newUnit, url.Values{"building": {"8"}, "room": {"801"}}); p.Status != http.StatusOK {
			t.Fatalf("%d %s", p.Status, p.Path)
		}
		if full := me.Form(resumed(newUnit, newUnit), newUnit); full.Get("building") != "9" || full.Get("note") != "围挡未拆" {
			t.Errorf("the draft holds %v", full)
		}
	})
}

func TestDraft_OutlivesTheSession(t *testing.T) {
	c := apptest.Open(t)
	me := hire(t, c, "zhouqian")
	me.types(newUnit, newUnit, url.Values{"building": {"9"}})
	c.Clock.Move(31 * time.Minute)
	if p := me.Get(newUnit); p.Path != "/sign-in" || !strings.Contains(p.Body, `value="/units/new"`) {
		t.Fatalf("the session goes on, or the way back is lost: %s", p.Path)
	}
	id, err := c.App.Accounts.ByLogin(t.Context(), "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := c.App.Accounts.NewLink(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	me.Post("/enter/"+secret, nil)
	pagetest.In(t, me.Get(newUnit).Body, ".note.due", "09:00")
}

func TestDraft_KeepsTheVersionItWasBegunWith(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		me, other := hire(t, c, "zhouqian"), hire(t, c, "limin")
		at := "/units/" + ref.Text(c.Flats[0]) + "/change"
		me.types(at, at, url.Values{"note": {"漏水"}})
		other.Submit(at, at, url.Values{"net_area": {"70.01"}})
		p := me.Send(me.Form(resumed(at, at), at), at, nil)
		if p.Status != http.StatusConflict {
			t.Fatalf("the other's change was run over: %d", p.Status)
		}
		again := apptest.Fields(p.Body, at)
		if again.Get("_take.net_area") != "theirs" || again.Get("_take.note") != "mine" {
			t.Errorf("proposed is %v", again)
		}
		me.Send(again, at, nil)
		if now := me.Form(at, at); now.Get("net_area") != "70.01" || now.Get("note") != "漏水" {
			t.Errorf("saved is %v", now)
		}
	})
}

func TestDraft_MistakeKeepsTheVersionToo(t *testing.T) {
	c := apptest.Open(t)
	me, other := hire(t, c, "zhouqian"), hire(t, c, "limin")
	at := "/units/" + ref.Text(c.Flats[0]) + "/change"
	form := me.Form(at, at)
	other.Submit(at, at, url.Values{"net_area": {"70.01"}})
	p := me.Send(form, at, url.Values{"room": {""}})
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatal(p.Status)
	}
	if p = me.Send(apptest.Fields(p.Body, at), at, url.Values{"room": {"101"}}); p.Status != http.StatusConflict {
		t.Errorf("mending a mistake ran over the other's change: %d", p.Status)
	}
}

func TestDraft_IsNobodyElses(t *testing.T) {
	c := apptest.Open(t)
	me, other := hire(t, c, "zhouqian"), hire(t, c, "limin")
	me.types(newUnit, newUnit, url.Values{"building": {"9"}})
	pagetest.NotIn(t, other.Get(newUnit).Body, ".note")
	if got := other.Form(resumed(newUnit, newUnit), newUnit).Get("building"); got != "" {
		t.Errorf("another reads %q", got)
	}
	other.Submit(newUnit, newUnit, url.Values{"building": {"9"}, "room": {"903"}})
	session := url.Values{"_session": {other.Form(newUnit, newUnit).Get("_session")}}
	for _, form := range []string{newUnit, "", "x", "/%00", "/%ff", "/" + strings.Repeat("a", 500)} {
		if p := other.Send(session, "/drafts/drop?form="+form, nil); p.Status != http.StatusOK {
			t.Errorf("dropping %q: %d", form, p.Status)
		}
	}
	pagetest.In(t, me.Get(newUnit).Body, ".note.due", "继续填写")
	if p := c.Stranger(t).Post("/drafts", url.Values{"_form": {newUnit}, "building": {"9"}}); p.Status != http.StatusForbidden {
		t.Errorf("a stranger keeps a draft: %d", p.Status)
	}
}

func TestDraft_IsDroppedAndForgotten(t *testing.T) {
	c := apptest.Open(t)
	me := hire(t, c, "zhouqian")
	me.types(newUnit, newUnit, url.Values{"building": {"9"}})
	drop := pagetest.Attr(t, me.Get(newUnit).Body, ".note.due form", "action")
	if p := me.Submit(newUnit, drop, nil); p.Path != newUnit {
		t.Errorf("dropping leads to %s", p.Path)
	}
	pagetest.NotIn(t, me.Get(newUnit).Body, ".note")

	me.types(newUnit, newUnit, url.Values{"building": {"9"}})
	c.Clock.Move(7*24*time.Hour + time.Minute)
	keeper, who := draft.Store{Door: c.App.Door}, as(t, c, "zhouqian")
	if kept, err := keeper.Kept(who); err != nil || len(kept) != 0 {
		t.Errorf("after a week there is %v %v", kept, err)
	}
	if err := keeper.Expire(who); err != nil {
		t.Fatal(err)
	}
	if n := rows(t, c); n != 0 {
		t.Errorf("%d rows lie there for ever", n)
	}
}

func TestDraft_BoundsAndWhatIsNeverKept(t *testing.T) {
	c := apptest.Open(t)
	keeper, who := draft.Store{Door: c.App.Door}, as(t, c, hired(t, c))
	ok := func(form string, fields map[string][]string) error {
		_, err := keeper.Save(who, form, fields)
		return err
	}
	if ok("/a", map[string][]string{"note": {strings.Repeat("长", 1_000_000)}}) == nil || ok("elsewhere", nil) == nil || ok("/"+strings.Repeat("a", 400), nil) == nil {
		t.Error("too much was kept")
	}
	if err := ok("/a", map[string][]string{"password": {"x"}, "sign.pin": {"x"}, "_token": {"x"}, "_session": {"x"}, "_seen": {"unit:1=2"}, "note": {"x"}}); err != nil {
		t.Fatal(err)
	}
	if kept, err := keeper.Open(who, "/a"); err != nil || len(kept) != 2 || kept["note"] == nil || kept["_seen"] == nil {
		t.Errorf("kept are %v %v", kept, err)
	}
	for i := range 60 {
		c.Clock.Move(time.Second)
		if err := ok("/"+strings.Repeat("b", i+1), map[string][]string{"note": {"x"}}); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := keeper.Kept(who); err != nil || len(kept) != 50 || kept["/a"] != "" {
		t.Errorf("%d drafts are kept, the oldest with them: %v", len(kept), err)
	}
}

// What is typed lies nowhere in clear: not in the database, not in its journal, not in the program's own log.
func TestDraft_LiesSealed(t *testing.T) {
	c := apptest.Open(t)
	me := hire(t, c, "zhouqian")
	me.types(newUnit, newUnit, url.Values{"note": {planted}})
	err := filepath.WalkDir(c.Data, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(file)
		if bytes.Contains(raw, []byte(planted)) {
			t.Errorf("%s tells the number", filepath.Base(file))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.Log.Text(), planted) {
		t.Error("the log tells the number")
	}
	if rows(t, c) != 1 {
		t.Error("there is no draft to look for")
	}
}

func hired(t *testing.T, c *apptest.Company) string {
	c.SignIn(t, "zhouqian", c.Garden, access.Custodian)
	return "zhouqian"
}

func as(t *testing.T, c *apptest.Company, login string) context.Context {
	t.Helper()
	id, err := c.App.Accounts.ByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	return access.With(t.Context(), access.Actor{Account: int64(id)})
}

func rows(t *testing.T, c *apptest.Company) (n int) {
	t.Helper()
	err := db.Rows(t.Context(), c.App.Door.DB.Read(), func(r *sql.Rows) error { return r.Scan(&n) }, `SELECT COUNT(*) FROM draft_form`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
