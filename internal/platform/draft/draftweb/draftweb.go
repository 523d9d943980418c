// Package draftweb takes what the script sends while somebody types, and drops a draft that is not wanted.
//
// It may import access, draft, i18n, op and page. Always true: both addresses speak of the drafts of whoever is signed in, and of nobody else's.
package draftweb

import (
	"io"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Routes serves drafts.
func Routes(mux *http.ServeMux, kit *page.Kit, d *op.Door) {
	drafts := draft.Store{Door: d}
	kit.For(access.Posts, mux, "POST "+page.DraftsPath, func(w http.ResponseWriter, r *http.Request) error {
		typed := page.Typed(r)
		when, err := drafts.Save(r.Context(), typed.Get(page.FieldForm), typed)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, i18n.T(r.Context(), "draft.saved", when)) // who left is nobody to tell
		return nil
	})
	kit.For(access.Posts, mux, "POST "+page.DropDraftPath, func(w http.ResponseWriter, r *http.Request) error {
		q := r.URL.Query()
		if err := drafts.Drop(r.Context(), q.Get("form")); err != nil {
			return err
		}
		return kit.Redirect(w, r, page.Local(q.Get("back")))
	})
}
