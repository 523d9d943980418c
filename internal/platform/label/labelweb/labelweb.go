// Package labelweb opens the thing a label stands on: /c/ and the ten digits, as scanned, photographed or typed.
//
// It may import label, page and ref. Always true: a label leads only those to a thing who may see it.
package labelweb

import (
	"net/http"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

const base = "/c/"

// Path is the address behind a label's QR code.
func Path(code string) string { return base + code }

// Routes serves the labels of the kinds given.
func Routes(mux *http.ServeMux, kit *page.Kit, d *op.Door, kinds ref.Kinds) {
	kit.For(access.Posts, mux, "GET "+base+"{code}", func(w http.ResponseWriter, r *http.Request) error {
		code := strings.ReplaceAll(r.PathValue("code"), " ", "")
		to, err := label.Find(r.Context(), d.DB.Read(), code)
		if err != nil {
			return err
		}
		thing, err := kinds.Resolve(r.Context(), d.DB.Read(), access.From(r.Context()), to)
		if err != nil {
			return err
		}
		return kit.Redirect(w, r, thing.Href)
	})
}
