package browsertest

import (
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const head = `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>收款</title><link rel="icon" href="data:,"></head><body>`

// site is a small product: a form that answers with a page, keys that a script counts, and pages with one fault each.
func site(t *testing.T) string {
	pages := map[string]string{
		"/": head + `<main><h1>收款</h1><form action="/done"><label for="payer">付款人</label> <input id="payer" name="payer">
<button id="pay">收款</button></form><p id="keys"></p></main><script src="/keys.js"></script>`,
		"/keys.js": `addEventListener('keydown', (e) => {
  if (e.ctrlKey && e.key === 'Enter') { document.getElementById('pay').click(); }
  if (e.key === 'F2') { document.getElementById('payer').focus(); e.preventDefault(); }
  document.getElementById('keys').textContent += e.key + ' ';
});`,
		"/grey":    head + `<main><h1>灰</h1><p style="color:#bbb">看不清</p></main>`,
		"/wide":    head + `<main><h1>宽</h1><div id="broad" style="width:2000px">宽</div></main>`,
		"/boxed":   head + `<main><h1>宽</h1><div style="overflow-x:auto" tabindex="0"><div style="width:2000px">宽</div></div></main>`,
		"/foreign": head + `<main><h1>外</h1><img src="http://elsewhere.example/a.png" alt="x"></main>`,
		"/throws":  head + `<main><h1>错</h1></main><script src="/throws.js"></script>`,
		"/refused": head + `<main><h1>禁</h1></main><script>alert(1)</script>`,
		"/broken":  head + `<main><h1>缺</h1></main><script src="/none.js"></script>`,
	}
	pages["/throws.js"] = `console.error('said so'); nothing.here()`
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'self'")
		kind := "text/html; charset=utf-8"
		if strings.HasSuffix(r.URL.Path, ".js") {
			kind = "text/javascript"
		}
		w.Header().Set("Content-Type", kind)
		switch text, ok := pages[r.URL.Path]; {
		case r.URL.Path == "/done":
			w.Write([]byte(head + `<main><h1>已收</h1><p id="from">` + r.FormValue("payer") + `</p></main>`))
		case !ok:
			w.WriteHeader(http.StatusNotFound)
		default:
			w.Write([]byte(text))
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// The same small flow in both browsers, at every size: keys counted, no violation, no overflow, nothing foreign.
func TestBoth(t *testing.T) {
	base := site(t)
	for _, size := range Sizes {
		t.Run(size.String(), func(t *testing.T) {
			r := Both(t, base, size,
				Goto("/"), Press("Tab"), Count(),
				Press("F2"), Type("", "张三 13800138000"), Wait("#keys", "F2 "), Overflow(), Axe(),
				Press("Ctrl+Enter"), Wait("#from", "张三 13800138000"), Axe())
			if r.Keys != 2 {
				t.Errorf("%d keys, want F2 and Ctrl+Enter", r.Keys)
			}
			r = Both(t, base, size, Goto("/"), Type("#payer", "李四"), Click("#pay"), Wait("#from", "李四"))
			if r.Keys != 0 || r.Clicks != 1 {
				t.Errorf("%d keys, %d clicks, want one click", r.Keys, r.Clicks)
			}
		})
	}
}

// Each fault is seen by both browsers.
func TestFaults(t *testing.T) {
	base := site(t)
	b := Open(t, base)
	for path, want := range map[string]string{
		"/wide": "scrolls sideways: 2", "/foreign": "another host: http://elsewhere.example/a.png", "/throws": "nothing is not defined",
		"/refused": "Content Security Policy", "/broken": "404: ", "/boxed": "",
	} {
		t.Run(path[1:], func(t *testing.T) {
			b.Do(Goto(path), Wait("h1", ""), Overflow())
			expect(t, "present", b.Problems(), want)
			expect(t, "109", In109(t, base, Desk, Goto(path), Wait("h1", ""), Overflow()).Problems, want)
		})
	}
}

func expect(t *testing.T, browser string, problems []string, want string) {
	t.Helper()
	found := slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, want) })
	if want == "" && len(problems) > 0 || want != "" && !found {
		t.Errorf("%s: want %q, found %q", browser, want, problems)
	}
}

func TestAxe_SeesGreyText(t *testing.T) {
	base := site(t)
	steps := []Step{Goto("/grey"), Axe()}
	for browser, found := range map[string][]Violation{
		"present": Open(t, base).Do(steps...).Violations, "109": In109(t, base, Desk, steps...).Violations,
	} {
		if len(found) != 1 || found[0].ID != "color-contrast" || !slices.Equal(found[0].At, []string{"p"}) {
			t.Errorf("%s: %+v", browser, found)
		}
	}
}

func TestIn109_NamesTheStepThatFailed(t *testing.T) {
	r := In109(t, site(t), Desk, Goto("/"), Press("Enter"), Step{Do: "dance"}, Press("Enter"))
	if !r.Failed || r.Keys != 1 || !slices.ContainsFunc(r.Problems, func(p string) bool { return strings.Contains(p, "step 3 (dance )") }) {
		t.Errorf("%+v", r)
	}
}

func TestShots(t *testing.T) {
	base, dir := site(t), t.TempDir()
	for _, size := range Sizes {
		now, old := filepath.Join(dir, size.String()+".png"), filepath.Join(dir, "109", size.String()+".png")
		Screenshot(t, base, size, now)
		In109(t, base, size, Goto(""), Shot(old))
		for _, file := range []string{now, old} {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			picture, err := png.DecodeConfig(f)
			f.Close()
			if err != nil || int64(picture.Width) != size.W || int64(picture.Height) != size.H {
				t.Errorf("%s: %dx%d, %v", file, picture.Width, picture.Height, err)
			}
		}
	}
}

// A failing test keeps a picture and the page.
func TestTrace(t *testing.T) {
	inner := &failing{TB: t}
	b := Open(t, site(t))
	b.Do(Goto("/"))
	b.t = inner
	b.end()
	trace := tracePath(t)
	html, err := os.ReadFile(trace + ".html")
	if err != nil || !strings.Contains(string(html), "付款人") {
		t.Errorf("page: %v", err)
	}
	if _, err := os.Stat(trace + ".png"); err != nil {
		t.Error(err)
	}
	b.t = t
	os.Remove(trace + ".html")
	os.Remove(trace + ".png")
}

// failing is a test that has failed without failing the one around it.
type failing struct{ testing.TB }

func (failing) Failed() bool { return true }
