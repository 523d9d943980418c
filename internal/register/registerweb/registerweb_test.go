package registerweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

// entered is the address of a key that was entered.
func (d desk) entered(door string) string {
	d.t.Helper()
	a := d.form("/keys/new", url.Values{"door": {door}, "copies": {"2"}})
	if a.status != http.StatusSeeOther {
		d.t.Fatalf("entering: %d\n%s", a.status, a.body)
	}
	return a.to
}

// What is wrong is told at its field and nothing typed is lost; what is right is shown and printed, beginning with the time it is now.
func TestEnter(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		wrong := d.form("/keys/new", url.Values{"door": {"the door of the cellar"}, "copies": {"many"}})
		if wrong.status != http.StatusUnprocessableEntity {
			t.Errorf("wrong: %d", wrong.status)
		}
		pagetest.In(t, wrong.body, ".summary a[href=#f-door]")
		pagetest.In(t, wrong.body, ".summary a[href=#f-copies]")
		if got := pagetest.Attr(t, wrong.body, "#f-door", "value"); got != "the door of the cellar" {
			t.Errorf("what was typed is %q", got)
		}
		pagetest.In(t, d.get(d.entered("cellar")).body, "dl", "cellar", "2026-11-23 09:00", "2")
		pagetest.In(t, d.get("/keys/print?q=CELL").body, ".sheet", "Keys", "cellar")
		pagetest.NotIn(t, d.get("/keys?q=attic").body, "tbody a")
	})
}

// A correction says in the history what was, what is and why; one from an older page shows both sides.
func TestCorrect(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		at := d.entered("cellar")
		stale := url.Values(pagetest.Fields(t, d.get(at+"/correct").body, "form[action="+at+"/correct]"))
		if a := d.form(at+"/correct", url.Values{"door": {"attic"}, "reason": {"misread"}}); a.status != http.StatusSeeOther || a.to != at {
			t.Fatalf("corrected: %d to %s", a.status, a.to)
		}
		pagetest.In(t, d.get(at).body, ".time", "corrected", "cellar", "attic", "misread")
		stale.Set("door", "garage")
		a := d.post(at+"/correct", stale)
		if a.status != http.StatusConflict {
			t.Errorf("from an older page: %d", a.status)
		}
		pagetest.In(t, a.body, "main", "attic", "garage")
	})
}

// What is void stays, with its reason and in a tab of its own, is not changed, and is restored by one press.
func TestVoid(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		at := d.entered("cellar")
		if a := d.form(at+"/void", url.Values{"why": {" "}}); a.status != http.StatusUnprocessableEntity {
			t.Errorf("without a reason: %d", a.status)
		}
		if a := d.form(at+"/void", url.Values{"why": {"entered twice"}}); a.to != at {
			t.Fatalf("voided: %d\n%s", a.status, a.body)
		}
		shown := d.get(at).body
		pagetest.In(t, shown, "main", "2026-11-23", "entered twice")
		pagetest.NotIn(t, shown, "a[href="+at+"/correct]")
		if a := d.form(at+"/correct", url.Values{"door": {"attic"}}); a.status != http.StatusConflict {
			t.Errorf("a void one is corrected: %d", a.status)
		}
		pagetest.NotIn(t, d.get("/keys").body, "tbody a[href="+at+"]")
		pagetest.In(t, d.get("/keys?tab=void").body, "tbody a[href="+at+"]")
		if a := d.send(at, at+"/restore", nil); a.to != at {
			t.Errorf("restored: %d", a.status)
		}
		pagetest.In(t, d.get("/keys").body, "tbody a[href="+at+"]")
		pagetest.In(t, d.get(at).body, ".time", "restored", "entered twice")
	})
}

// An act asks for its facts, is done once, moves the record to its tab, and is taken back by one press.
func TestAct(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		at := d.entered("cellar")
		if a := d.form(at+"/lend", nil); a.status != http.StatusUnprocessableEntity {
			t.Errorf("to nobody: %d", a.status)
		}
		if a := d.form(at+"/lend", url.Values{"lent_to": {"cellar"}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "A door borrows no key") {
			t.Errorf("lent to its own door: %d", a.status)
		}
		again := url.Values(pagetest.Fields(t, d.get(at+"/lend").body, "form[action="+at+"/lend]"))
		if a := d.form(at+"/lend", url.Values{"lent_to": {"Mr Zhao"}}); a.to != at {
			t.Fatalf("lent: %d\n%s", a.status, a.body)
		}
		pagetest.In(t, d.get(at).body, "dl", "Mr Zhao")
		pagetest.In(t, d.get("/keys?tab=lent").body, "tbody", "cellar", "Mr Zhao")
		pagetest.NotIn(t, d.get("/keys").body, "tbody a[href="+at+"]")
		for _, seen := range [][]string{again["_seen"], nil} {
			again["_seen"], again["lent_to"] = seen, []string{"Mr Qian"}
			if a := d.post(at+"/lend", again); a.status != http.StatusConflict {
				t.Errorf("lent twice: %d", a.status)
			}
			again.Set("_token", "another")
		}
		if a := d.send(at, at+"/return", nil); a.to != at {
			t.Errorf("taken back: %d", a.status)
		}
		pagetest.In(t, d.get(at).body, ".time", "returned", "Mr Zhao")
		pagetest.In(t, d.get("/keys").body, "tbody a[href="+at+"]")
	})
}

// A record of another estate does not exist, whatever is asked of it; who holds no post of the register is refused.
func TestStrangers(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		at := d.entered("cellar")
		for _, path := range []string{at, at + "/correct", at + "/void", at + "/lend"} {
			r := func() *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }
			if a := d.ask(r(), d.tower, access.Manager); a.status != http.StatusNotFound {
				t.Errorf("%s from another estate: %d", path, a.status)
			}
			if a := d.ask(r(), d.garden, access.Finance); a.status != http.StatusForbidden {
				t.Errorf("%s by finance: %d", path, a.status)
			}
		}
		for _, act := range []string{"correct", "void", "restore", "lend", "return", "papers"} {
			r := httptest.NewRequest(http.MethodPost, at+"/"+act, nil)
			if a := d.ask(r, d.tower, access.Manager); a.status != http.StatusNotFound {
				t.Errorf("%s from another estate: %d", act, a.status)
			}
		}
		shown := d.ask(httptest.NewRequest(http.MethodGet, at, nil), d.garden, access.Assistant).body
		pagetest.NotIn(t, shown, "a[href="+at+"/void]")
	})
}

// A record carries a label that leads to it, alone and among ticked rows; its photos lie in a volume about it.
func TestLabelAndPapers(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		at := d.entered("cellar")
		id := strings.TrimPrefix(at, "/keys/")
		pagetest.In(t, d.get("/label/key/"+id).body, ".sheet", "cellar")
		pagetest.In(t, d.get(at).body, "dl", "标签号码")
		if a := d.send("/keys", "/label/key", url.Values{"id": {id}}); a.status != http.StatusSeeOther {
			t.Errorf("labels of ticked rows: %d", a.status)
		}
		first, second := d.send(at, at+"/papers", nil), d.send(at, at+"/papers", nil)
		if !strings.HasPrefix(first.to, "/volumes/") || second.to != first.to {
			t.Errorf("papers lie in %q, then in %q", first.to, second.to)
		}
		volume := ref.ParseID[archive.VolumeID](strings.TrimPrefix(first.to, "/volumes/"))
		if v, err := archive.FindVolume(t.Context(), d.door.DB.Read(), access.From(estatetest.Manager(t)).Scope(access.Desk, d.garden), volume); err != nil || v.Class != archive.ClassRunning {
			t.Errorf("its volume: %+v %v", v, err)
		}
		photo := archive.NewItem{ItemFacts: archive.ItemFacts{Title: "photo of the key", Original: archive.IsOriginal}}
		if _, err := op.Run(estatetest.Manager(t), d.door, archive.AddItems, archive.AddItemsIn{Volume: volume, Items: []archive.NewItem{photo}}); err != nil {
			t.Fatal(err)
		}
		pagetest.In(t, d.get(at).body, "dl", "photo of the key")
	})
}
