package kept

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
)

// moment are forms whose text is of the moment: signing in and one's own secrets.
var moment = []string{"/account/password", "/account/pin", "/account/two-step", "/switch", "/sign-in"}

// TestEnded_EveryForm ends the session at every form there is: what was typed is there after signing in again at the same place, field
// by field, and somebody else who may open the same page sees none of it.
func TestEnded_EveryForm(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		r, tried := made(t, c), 0
		all := crowd(t, c)
		first, seen := append(starts(r), troubled(t, all[0])...), map[string]bool{}
		for _, who := range all {
			for i, f := range forms(t, who, first, seen) {
				if len(f.typed) == 0 || slices.Contains(moment, f.action) {
					continue
				}
				tried++
				ended(t, c, who, f, i)
			}
		}
		if tried < 80 {
			t.Errorf("only %d forms have fields to type into: the walk misses most", tried)
		}
		t.Logf("%d forms", tried)
	})
}

func ended(t *testing.T, c *apptest.Company, who person, f form, n int) {
	t.Helper()
	typed := url.Values{}
	for i, name := range f.typed {
		mark := fmt.Sprintf("甲%d乙%d", n, i)
		if most := f.most[name]; most > 0 {
			mark = string([]rune(mark)[:min(most, len([]rune(mark)))])
		}
		typed.Set(name, mark)
	}
	fields := apptest.FieldsWith(who.client.Get(f.page).Body, f.action, f.typed[0])
	end(t, c, who.id)
	var p apptest.Page
	if f.multipart {
		p = who.client.SendFiles(fields, f.action, typed, apptest.File{Name: "收房 合同.pdf", Content: []byte("%PDF-1.4")})
	} else {
		p = who.client.Send(fields, f.action, typed)
	}
	if p.Path != "/sign-in" || p.Status != http.StatusOK {
		t.Errorf("%s on %s: after the session ended: %d at %s", f.action, f.page, p.Status, p.Path)
		signIn(who, apptest.Fields(who.client.Get("/sign-in").Body, "/sign-in"))
		return
	}
	if strings.Contains(p.Body, "甲") {
		t.Errorf("%s: the sign-in page tells what was typed", f.action)
	}
	form := apptest.Fields(p.Body, "/sign-in")
	if theirs := who.twin.Get(form.Get("back")); strings.Contains(theirs.Body, "甲") && !strings.Contains(theirs.Body, "甲方") {
		t.Errorf("%s: somebody else sees it at %s", f.action, form.Get("back"))
	}
	p = signIn(who, form)
	stands := apptest.FieldsWith(p.Body, f.action, f.typed[0])
	for name, want := range typed {
		if stands.Get(name) != want[0] {
			t.Errorf("%s on %s: %s is %q at %s (%d), typed was %q", f.action, f.page, name, stands.Get(name), p.Path, p.Status, want[0])
		}
	}
	if f.multipart && !strings.Contains(p.Body, "收房 合同.pdf") {
		t.Errorf("%s on %s: the file to be chosen again is not named at %s", f.action, f.page, p.Path)
	}
	who.client.Post("/drafts/drop?form="+url.QueryEscape(f.action), fields)
}

func signIn(who person, form url.Values) apptest.Page {
	return who.client.Send(form, "/sign-in", url.Values{"login": {who.login}, "password": {password}})
}

// However a session ends, its form is kept; and whoever else signs in at that place begins at home and finds nothing of it, in no
// page and at no address.
func TestEnded_HoweverAndForNobodyElse(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		all := crowd(t, c)
		who, head := all[0], all[1]
		head.client = who.client
		for name, ends := range map[string]func(){
			"rested":        func() { c.Clock.Move(31 * time.Minute) },
			"twelve hours":  func() { c.Clock.Move(13 * time.Hour) },
			"the officer":   func() { end(t, c, who.id) },
			"other posts":   func() { grant(t, c, who.id, access.Custodian, access.Finance) },
			"another tab":   func() { who.client.Post("/sign-out", who.client.Form("/units", "/sign-out")) },
			"no session":    func() { end(t, c, who.id); who.client.Get("/units") },
			"new in a tab":  func() { end(t, c, who.id); signIn(who, apptest.Fields(who.client.Get("/sign-in").Body, "/sign-in")) },
			"another's now": func() { signIn(head, apptest.Fields(who.client.Get("/sign-in?another=1").Body, "/sign-in")) },
		} {
			fields := who.client.Form("/units/new", "/units/new")
			typed := url.Values{"building": {"9"}, "room": {"9901"}, "kind": {"flat"}, "note": {"甲乙丙丁" + name}, "gross_area": {"错"}}
			ends()
			p := who.client.Send(fields, "/units/new", typed)
			if name == "new in a tab" { // his own page: it is taken as it is, and its mistake shown
				if p.Status != http.StatusUnprocessableEntity || apptest.Fields(p.Body, "/units/new").Get("note") != typed.Get("note") {
					t.Errorf("%s: %d at %s", name, p.Status, p.Path)
				}
				continue
			}
			form := apptest.Fields(p.Body, "/sign-in")
			other := c.SignIn(t, "other"+strings.ToLower(strings.NewReplacer(" ", "", "'", "").Replace(name)), c.Garden, access.Custodian)
			for _, page := range []string{form.Get("back"), "/units/new?draft=/units/new", "/units/new", "/"} {
				if body := other.Get(page).Body; strings.Contains(body, "甲乙丙丁") {
					t.Errorf("%s: somebody else sees it at %s", name, page)
				}
			}
			p = signIn(who, form)
			if got := apptest.Fields(p.Body, "/units/new"); p.Path != "/units/new" || got.Get("note") != typed.Get("note") || got.Get("gross_area") != "错" {
				t.Errorf("%s: %d at %s, the note is %q", name, p.Status, p.Path, got.Get("note"))
			}
		}
	})
}

// Who signs in at the place of somebody else is not led into his page.
func TestEnded_TheNextPersonBeginsAtHome(t *testing.T) {
	c := apptest.Open(t)
	all := crowd(t, c)
	me, head := all[0], all[1]
	fields := me.client.Form("/units/new", "/units/new")
	end(t, c, me.id)
	p := me.client.Send(fields, "/units/new", url.Values{"note": {"甲乙丙丁"}})
	form := apptest.Fields(p.Body, "/sign-in")
	head.client = me.client
	if p := signIn(head, form); p.Path != "/" || strings.Contains(p.Body, "甲乙丙丁") {
		t.Errorf("the next person is at %s", p.Path)
	}
	form.Set("back", "/accounts")
	if p := me.client.Send(form, "/sign-in", url.Values{"login": {me.login}, "password": {password}}); p.Path != "/" {
		t.Errorf("a way back that was changed leads to %s", p.Path)
	}
}

// The script that keeps drafts is told where to sign in again; what it sent is kept for whoever opened the page, and for nobody
// without that page's token.
func TestEnded_TellsTheScript(t *testing.T) {
	c := apptest.Open(t)
	who := crowd(t, c)[0]
	fields := who.client.Form("/units/new", "/units/new")
	end(t, c, who.id)
	p := who.client.Send(fields, "/drafts", url.Values{"_form": {"/units/new"}, "note": {"甲乙丙丁"}})
	to := p.Header.Get("X-Sign-In")
	if p.Status != http.StatusForbidden || !strings.HasPrefix(to, "/sign-in?") {
		t.Fatalf("the script hears %d %q", p.Status, to)
	}
	forged := c.Stranger(t).Send(fields, "/drafts", url.Values{"_form": {"/units/new"}, "_session": {fields.Get("_session")[:40] + "AAAA"}, "note": {"另一个人塞的"}})
	if forged.Header.Get("X-Sign-In") != "" {
		t.Error("a draft was taken without the token of a page")
	}
	if p := signIn(who, apptest.Fields(who.client.Get(to).Body, "/sign-in")); apptest.Fields(p.Body, "/units/new").Get("note") != "甲乙丙丁" {
		t.Errorf("the note is gone at %s", p.Path)
	}
	if p := who.client.Part("/search?q=1", "found"); p.Status != http.StatusOK {
		t.Errorf("searching: %d", p.Status)
	}
	end(t, c, who.id)
	if p := who.client.Part("/search?q=1", "found"); p.Header.Get("HX-Redirect") != "" || !strings.Contains(p.Body, "/sign-in?") {
		t.Error("a part of a page takes the page away from who types on it")
	}
}

func grant(t *testing.T, c *apptest.Company, who account.ID, posts ...access.Post) {
	t.Helper()
	in := account.ChangeGrantsIn{Account: who}
	for _, p := range posts {
		in.Grants = append(in.Grants, access.Grant{Post: p, Estate: c.Garden})
	}
	guard := access.With(t.Context(), access.Actor{Account: 1, Name: "guard", Grants: []access.Grant{{Post: access.SecurityAdmin, Estate: access.Company}}})
	if _, err := op.Run(guard, c.App.Door, account.ChangeGrants, in); err != nil {
		t.Fatal(err)
	}
}
