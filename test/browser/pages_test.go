package browser

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
	bt "hudang/test/browser/browsertest"
)

// visit is somebody and the pages that are his to see, by the name of their picture.
type visit struct {
	login string // empty: a stranger
	pages map[string]string
}

// visits are every page of the program, each by one who may see it.
func visits(t *testing.T) []visit {
	unit := firstUnit(t)
	id, err := served.app.Accounts.ByLogin(t.Context(), "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	account := "/accounts/" + ref.Text(id)
	home, over := firstHousehold(t, ""), firstHousehold(t, "ended")
	lease, vehicle, party := firstLease(t)
	volume, paper := first(t, archive.Volumes, ""), first(t, archive.Papers, "")
	return []visit{
		{"", map[string]string{"sign-in": "/sign-in", "sign-in-code": "/enter/", "encryption": "/ca"}},
		{"chenli", map[string]string{
			"home": "/", "first-day": "/first-day", "first-day-steps": "/first-day/steps", "first-day-keys": "/first-day/keys", "first-day-envelope": "/first-day/envelope", "estates": "/estates", "estate": first(t, estate.All, ""), "estate-new": "/estates/new", "units": "/units", "units-filtered": "/units?building=3&kind=flat", "units-none": "/units?q=zzz", "units-print": "/units/print?building=3",
			"unit": unit, "unit-end": unit + "#end", "unit-new": "/units/new", "unit-change": unit + "/change", "unit-print": unit + "/print",
			"households": "/households", "household": home, "household-directory": home + "?tab=directory", "household-people": home + "?tab=people",
			"household-looks": home + "?tab=looks", "household-papers": home + "/papers/new?line=title",
			"household-over": over, "household-close": home + "#close", "household-live-in": home + "/live-in", "household-new": "/households/new", "household-change": home + "/change",
			"household-transfer": home + "/transfer", "household-units": home + "/units", "household-person": home + "/people/new",
			"household-card": home + "/print", "household-directory-print": home + "/directory/print",
			"directories": "/directories", "directory": "/directories/owner_home", "observations": "/observations", "observation-new": "/observations/new",
			"leases": "/leases", "leases-ending": "/leases?tab=ending", "leases-print": "/leases/print", "lease": lease, "lease-print": lease + "/print",
			"lease-new": "/leases/new", "lease-change": lease + "/change", "lease-extend": lease + "/extend", "lease-end": lease + "/end",
			"vehicles": "/vehicles", "vehicles-print": "/vehicles/print", "vehicle": vehicle, "vehicle-new": "/vehicles/new", "vehicle-change": vehicle + "/change",
			"vehicle-holder": vehicle + "/holder", "party": party, "party-new": "/parties/new", "party-change": party + "/change", "party-merge": party + "/merge",
			"contacts-new": party + "/contacts/new", "identity-new": party + "/identities/new", "reveal": "/reveal/estate.reveal_contact/1",
			"summary": "/summary", "summary-print": "/summary/print?building=3", "summary-print-a3": "/summary/print?building=3&paper=A3", "views": "/views",
			"controls": "/controls", "controls-print": "/controls/print", "approvals": "/approvals", "shelf-check": home + "/check", "clear-roster": "/clear-roster", "setting-day": "/settings/control.start",
			"volumes": "/volumes", "volume": volume, "papers": "/papers", "paper": paper, "volume-label": "/label/volume/" + path.Base(volume),
			"party-label": "/label/party/" + path.Base(party) + "?size=30x20", "search": "/search?q=12", "palette": "/search?q=%3E", "call": "/call?number=13000010037", "call-nobody": "/call?number=13912345678",
			"gallery": "/_gallery", "gallery-list": "/_gallery/list", "preview": "/households/preview?id=" + strings.TrimPrefix(home, "/households/"), "not-found": "/nowhere", "marks": "/log/marks", "settings": "/settings", "holidays": "/settings/holidays", "setting": "/settings/web.look_ahead", "setting-choice": "/settings/account.password_profile",
		}},
		{"zhengjie", map[string]string{
			"accounts": "/accounts", "accounts-disabled": "/accounts?tab=disabled", "accounts-print": "/accounts/print", "account-new": "/accounts/new",
			"account": account, "account-posts": account + "/posts", "account-disable": account + "#disable", "account-reset": account + "#reset",
			"own": "/account", "password": "/account/password", "pin": "/account/pin", "two-step": "/account/two-step", "forbidden": "/units",
			"pcs": "/accounts/pcs", "mode": "/accounts/mode", "switch-unregistered": "/switch",
		}},
		{"qianjin", map[string]string{"log": "/log", "log-filtered": "/log?who=program&day.from=2020-01-01", "log-print": "/log/print?log=0", "log-heads": "/log/heads", "log-leaf": "/log/0/1", "auditor-home": "/"}},
		{"limin", map[string]string{"upkeep": "/archive/upkeep"}},
		{"chenli", importPages(t)},
		{"chenli", rarePages(t)},
		{"sunhao", map[string]string{"other-home": "/", "request-new": household.RequestPath + "?unit=" + path.Base(unit), "household-not-shown": home}},
	}
}

// firstHousehold is the page of the first household in a tab of the register.
func firstHousehold(t *testing.T, tab string) string { return first(t, household.Households, tab) }

// first is the page of the first thing in a tab of a list.
func first(t *testing.T, of list.Any, tab string) string {
	t.Helper()
	manager := list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}}
	v, err := of.View(t.Context(), served.app.Door.DB.Read(), manager, url.Values{"tab": {tab}})
	if err != nil || len(v.Rows) == 0 {
		t.Fatal(len(v.Rows), err)
	}
	return v.Rows[0].Href
}

// walk opens every page at every size in both languages, as many browsers at a time as there are processors.
func walk(t *testing.T, look func(t *testing.T, b *bt.Browser, name, path, lang string, size bt.Size)) {
	base, _ := demo(t, "chenli")
	all := visits(t)
	more, _ := linked(t, all)
	for n, v := range append(all, more...) {
		for _, lang := range []string{"zh", "en"} {
			t.Run(fmt.Sprintf("%s-%d-%s", cmp.Or(v.login, "stranger"), n, lang), func(t *testing.T) {
				t.Parallel()
				b := bt.Open(t, base)
				home := "/sign-in"
				if v.login != "" {
					_, link := demo(t, v.login)
					b.Do(enter(link)...)
					home = "/"
				}
				if lang == "en" {
					b.Do(bt.Goto(home), bt.Click("button[name=lang]"), bt.Wait("html[lang=en]", ""))
				}
				for _, size := range bt.Sizes {
					b.Resize(size)
					for _, name := range slices.Sorted(maps.Keys(v.pages)) {
						look(t, b, name, v.pages[name], lang, size)
					}
				}
			})
		}
	}
}

// Every page there is: no violation of WCAG 2.2 AA and no sideways scrolling, at every size, in both languages.
func TestPages_AccessibleAndWithinTheirWindow(t *testing.T) {
	walk(t, func(t *testing.T, b *bt.Browser, _, path, lang string, size bt.Size) {
		for _, v := range b.Do(bt.Goto(path), bt.Axe(), bt.Overflow()).Violations {
			t.Errorf("%s in %s at %s: %s %s %v", path, lang, size, v.ID, v.Help, v.At)
		}
	})
}

// TestPictures takes the pictures of the handbook and the README, into the folder named by HUDANG_PICTURES.
func TestPictures(t *testing.T) {
	dir := os.Getenv("HUDANG_PICTURES")
	if dir == "" {
		t.Skip("make pictures takes them")
	}
	base, link := demo(t, "chenli")
	b := bt.Open(t, base)
	b.Resize(bt.Desk)
	b.Do(enter(link)...)
	to := func(name string) bt.Step { return bt.Shot(filepath.Join(dir, name+".png")) }
	b.Do(bt.Goto("/search?q=3-1-1202"), to("search"), bt.Goto("/search?q="+url.QueryEscape("3-1-1202 王秀兰")), bt.Wait("h1", "张伟"), to("overview"),
		bt.Click("a[href$='tab=directory']"), bt.Wait("main", "档案"), to("household"),
		bt.Goto("/summary?building=3"), to("summary"), bt.Goto(openImport(t)+"?step=problems"), to("import-problems"),
		bt.Goto("/observations/new"), to("observation"))
}

// TestShots takes the pictures of make shots, for looking.
func TestShots(t *testing.T) {
	dir := os.Getenv("HUDANG_SHOTS")
	if dir == "" {
		t.Skip("make shots takes pictures")
	}
	walk(t, func(_ *testing.T, b *bt.Browser, name, path, lang string, size bt.Size) {
		b.Do(bt.Goto(path), bt.Shot(filepath.Join(dir, fmt.Sprintf("%s-%s-%s.png", name, lang, size))))
	})
}
