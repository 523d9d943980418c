// Package paperweb shows a print in the browser: the pages as they will come out, a button that prints them, and the
// same pages as a PDF.
//
// It may import page and paper. Always true: preview, print and PDF come from one layout of one paper.Doc.
package paperweb

import (
	"embed"
	"fmt"
	"net/http"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/paper"
)

// Locales are the words of the preview's tool bar.
//
//go:embed locales/*.json
var Locales embed.FS

//go:embed static
var static embed.FS

const (
	base   = "/paper/" // where the stylesheets of sheets are served
	asPDF  = "pdf"     // the parameter that asks for the PDF
	script = "print.js"
)

// Routes serves the stylesheets and the script of previews.
func Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+base+"{name}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if css, ok := paper.Style(name); ok {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(css)
			return
		}
		http.ServeFileFS(w, r, static, "static/"+name)
	})
}

// Choice is another paper that a print may come out on.
type Choice struct {
	Label, Href string
	Current     bool
}

// Serve shows a print, with the papers to choose from, or sends it as PDF when the address asks for that.
func Serve(kit *page.Kit, w http.ResponseWriter, r *http.Request, doc paper.Doc, papers ...Choice) error {
	pages, err := paper.Layout(doc)
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	if r.URL.Query().Has(asPDF) {
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", "inline")
		return paper.PDF(w, pages)
	}
	query := r.URL.Query()
	query.Set(asPDF, "1")
	return kit.Render(w, r, http.StatusOK, preview(pages, r.URL.Path+"?"+query.Encode(), papers))
}

// Printed is the foot of a print which an operation has just recorded as a leaf of a log.
func Printed(r *http.Request, d *op.Door, log access.EstateID, leaf int64, clauses ...string) paper.Printed {
	return paper.Printed{By: access.From(r.Context()).Name, At: d.Clock.Now().In(clock.China), Leaf: evidence.LeafNo(log, leaf), Key: d.Log.Fingerprint(),
		Clause: strings.Join(clauses, " ")}
}
