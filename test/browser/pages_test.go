package browser

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

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
	account := "/accounts/" + id.String()
	return []visit{
		{"", map[string]string{"sign-in": "/sign-in"}},
		{"chenli", map[string]string{
			"home": "/", "units": "/units", "units-filtered": "/units?building=3&kind=flat", "units-none": "/units?q=zzz", "units-print": "/units/print?building=3",
			"unit": unit, "unit-end": unit + "#end", "unit-new": "/units/new", "unit-change": unit + "/change", "unit-print": unit + "/print",
			"search": "/search?q=12", "not-found": "/nowhere", "settings": "/settings", "setting": "/settings/web.look_ahead",
		}},
		{"zhengjie", map[string]string{
			"accounts": "/accounts", "accounts-disabled": "/accounts?tab=disabled", "accounts-print": "/accounts/print", "account-new": "/accounts/new",
			"account": account, "account-posts": account + "/posts", "account-disable": account + "#disable", "account-reset": account + "#reset",
			"own": "/account", "password": "/account/password", "forbidden": "/units",
		}},
		{"qianjin", map[string]string{"log": "/log"}},
	}
}

// walk opens every page at every size in both languages.
func walk(t *testing.T, look func(b *bt.Browser, name, path, lang string, size bt.Size)) {
	base, _ := demo(t, "chenli")
	for _, v := range visits(t) {
		b := bt.Open(t, base)
		home := "/sign-in"
		if v.login != "" {
			_, link := demo(t, v.login)
			b.Do(enter(link)...)
			home = "/"
		}
		for _, lang := range []string{"zh", "en"} {
			if b.Resize(bt.Desk); lang == "en" {
				b.Do(bt.Goto(home), bt.Click("button[name=lang]"), bt.Wait("html[lang=en]", ""))
			}
			for _, size := range bt.Sizes {
				b.Resize(size)
				for _, name := range slices.Sorted(maps.Keys(v.pages)) {
					look(b, name, v.pages[name], lang, size)
				}
			}
		}
	}
}

// Every page there is: no violation of WCAG 2.2 AA and no sideways scrolling, at every size, in both languages.
func TestPages_AccessibleAndWithinTheirWindow(t *testing.T) {
	walk(t, func(b *bt.Browser, _, path, lang string, size bt.Size) {
		for _, v := range b.Do(bt.Goto(path), bt.Axe(), bt.Overflow()).Violations {
			t.Errorf("%s in %s at %s: %s %s %v", path, lang, size, v.ID, v.Help, v.At)
		}
	})
}

// TestShots takes the pictures of make shots, for looking.
func TestShots(t *testing.T) {
	dir := os.Getenv("HUDANG_SHOTS")
	if dir == "" {
		t.Skip("make shots takes pictures")
	}
	walk(t, func(b *bt.Browser, name, path, lang string, size bt.Size) {
		b.Do(bt.Goto(path), bt.Shot(filepath.Join(dir, fmt.Sprintf("%s-%s-%s.png", name, lang, size))))
	})
}
