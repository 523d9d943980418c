package paperweb_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

// A browser asks for /favicon.ico, which is not there, unless the page names its icon.
func TestServe_PreviewNamesItsIcon(t *testing.T) {
	bundle, err := i18n.New(page.Locales, paperweb.Locales)
	if err != nil {
		t.Fatal(err)
	}
	text := func() string { return "x" }
	kit := page.New(page.Config{Bundle: bundle, Lang: func(*http.Request) i18n.Lang { return i18n.Chinese }, Log: slog.New(slog.DiscardHandler),
		Shell: func(*http.Request) page.Shell { return page.Shell{} }, Reference: text, Token: text, Today: text})
	w := httptest.NewRecorder()
	kit.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		return paperweb.Serve(kit, w, r, paper.Doc{Form: "样张", Paper: paper.A4Portrait()})
	}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/print", nil))
	if got := pagetest.Attr(t, w.Body.String(), "link[rel=icon]", "href"); got != page.Asset("icon.svg") {
		t.Errorf("icon %q", got)
	}
}
