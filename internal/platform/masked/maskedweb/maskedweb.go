// Package maskedweb is where people ask to see a masked fact in clear: one address for the fields of all rooms (D5, C7).
//
// With script the value takes the mask's place for a minute; without, it stands on a page of its own that leaves by itself.
// It may import masked, op, page and the ground below. Always true: nothing is shown before its leaf is written.
package maskedweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// seconds is how long a value stands in clear (ui.md §5, Masked).
const seconds = 60

// View is a masked fact of a row with the way to see it, for those who may in the row's estate. label says what it is.
func View(ctx context.Context, f *masked.Field, row evidence.Record, v masked.Value, label string) page.MaskedView {
	m := page.MaskedView{Text: v.Mask, Label: label}
	if v.None() {
		return m
	}
	if m.Reveal = f.Path(access.From(ctx), row.EstateKey(), row.Key()); m.Reveal != "" {
		m.Reasons = reasons(ctx)
	}
	return m
}

func reasons(ctx context.Context) []page.Option {
	options := make([]page.Option, len(masked.Whys))
	for i, why := range masked.Whys {
		options[i] = page.Option{Value: string(why), Label: i18n.T(ctx, "masked.why."+string(why))}
	}
	return options
}

// site is what the handlers stand on.
type site struct {
	kit    *page.Kit
	door   *op.Door
	fields map[string]*masked.Field
}

// Routes serves the reveals of every field.
func Routes(mux *http.ServeMux, kit *page.Kit, d *op.Door, fields []*masked.Field) {
	s := site{kit, d, map[string]*masked.Field{}}
	var posts []access.Post
	for _, f := range fields {
		s.fields[f.Name] = f
		posts = append(posts, f.Posts...)
	}
	slices.Sort(posts)
	posts = slices.Compact(posts)
	kit.For(posts, mux, "GET /reveal/{field}/{id}", s.ask)
	kit.For(posts, mux, "POST /reveal/{field}/{id}", s.show)
}

// asked is what the form of a reveal says.
type asked struct {
	Why   masked.RevealReason `form:"why"`
	Words string              `form:"words"`
	Mask  string              `form:"mask"` // as it stood on the page, to be put back
	Back  string              `form:"back"` // where a page without script goes on
}

// request is a reveal asked for.
type request struct {
	asked
	field *masked.Field
	id    int64
	path  string
}

func (s site) read(r *http.Request) (q request, err error) {
	q.field, q.path = s.fields[r.PathValue("field")], r.URL.Path
	q.id, err = strconv.ParseInt(r.PathValue("id"), 10, 64)
	if q.field == nil || err != nil {
		return q, errs.E(errs.NotFound, "error.not_found")
	}
	if err := page.Decode(r, &q.asked); err != nil {
		return q, err
	}
	q.Back = back(r, q.Back)
	return q, nil
}

// back is the page somebody came from: only ever one of the program's own.
func back(r *http.Request, typed string) string {
	if typed == "" {
		typed = r.Referer()
	}
	u, err := url.Parse(typed)
	if err != nil || (u.Host != "" && u.Host != r.Host) || len(u.Path) < 2 || u.Path[:1] != "/" || u.Path[:2] == "//" || u.Path == r.URL.Path {
		return "/"
	}
	return u.RequestURI()
}

func (s site) ask(w http.ResponseWriter, r *http.Request) error {
	q, err := s.read(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.Masked(q.again(r.Context(), nil)), askBody(q, nil))
}

// show reveals the fact, or asks for the reason when none came, or one that says nothing.
func (s site) show(w http.ResponseWriter, r *http.Request) error {
	q, err := s.read(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if q.Why == "" {
		return s.render(w, r, http.StatusOK, page.Masked(q.again(ctx, nil)), askBody(q, nil))
	}
	got, err := q.field.Reveal(ctx, s.door, masked.RevealIn{ID: q.id, Why: q.Why, Words: q.Words})
	if errs.Is(err, errs.Invalid) {
		return s.render(w, r, http.StatusUnprocessableEntity, page.Masked(q.again(ctx, err)), askBody(q, err))
	}
	if err != nil {
		return err
	}
	again := page.MaskedView{Text: got.Mask, Reveal: q.path, Reasons: reasons(ctx)}
	clear := page.ClearView{Text: got.Clear, Mask: got.Mask, Seconds: seconds, Again: &again}
	if !part(r) {
		w.Header().Set("Refresh", strconv.Itoa(seconds)+"; url="+q.Back)
	}
	return s.render(w, r, http.StatusOK, page.Clear(clear), clearBody(q, got))
}

// again is the mask with its question open.
func (q request) again(ctx context.Context, err error) page.MaskedView {
	return page.MaskedView{Text: q.Mask, Reveal: q.path, Reasons: reasons(ctx), Asked: true, Why: string(q.Why), Words: q.Words, Err: err}
}

// render sends the part the script puts in the mask's place, or a page of its own.
func (s site) render(w http.ResponseWriter, r *http.Request, status int, inPlace, whole templ.Component) error {
	if part(r) {
		return s.kit.Render(w, r, status, inPlace)
	}
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "masked.ask.title"), Body: whole})
}

// part reports that the script asks for the mask's place only.
func part(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true"
}
