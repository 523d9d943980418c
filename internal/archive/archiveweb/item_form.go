package archiveweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
)

// conflict shows what somebody else made of the item beside what was typed; the form then stands on the new version.
func (p Pages) conflict(w http.ResponseWriter, r *http.Request, c correct, facts archive.ItemFacts) error {
	versions, err := page.SeenOf(r)
	if err != nil {
		return err
	}
	c.form.Values.Set(page.FieldToken, "") // another content needs another token
	d, err := historyweb.Conflict(r.Context(), p.Door, c.item, versions[seen(c.item)], columns, page.Fill(facts), c.form.Values)
	if err != nil {
		return err
	}
	c.diff = &d
	return p.renderCorrect(w, r, http.StatusConflict, c)
}

func (p Pages) renderCorrect(w http.ResponseWriter, r *http.Request, status int, c correct) error {
	title := i18n.T(r.Context(), "archive.correct.title", c.item.Title)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: c.form.Err, Body: correctBody(title, c)})
}
