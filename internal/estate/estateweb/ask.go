package estateweb

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// asking is a page with one form. Most forms of people, vehicles and leases are one.
type asking struct {
	current string // key of the module
	title   string
	clauses []string
	lead    string      // what the form will do, where that is not plain
	known   []page.Fact // what it goes by, which is not typed again
	form    *page.Form
	thing   *thing // what it edits; nil for something new
	estate  bool   // asks for the estate while the header stands on all
	groups  []group
	save    string
	danger  bool
	back    page.Link
}

// group are the fields of a form that belong together.
type group struct {
	title  string
	pairs  bool
	fields []page.Input
}

// thing is a row as a form knows it.
type thing struct {
	ref     string
	version int64
	path    string    // its own address
	back    page.Link // the page it is shown on
	current string
	title   string // of the form that ends it
	save    string

	// of a form that shows what somebody else made of it meanwhile
	told told
	now  page.Values
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, a asking) error {
	status := http.StatusOK
	if a.form.Err != nil {
		status = errs.KindOf(a.form.Err).Status()
	}
	if t := a.thing; errs.Is(a.form.Err, errs.Conflict) && t != nil && t.now != nil {
		if err := historyweb.Conflict(r, p.Door, a.form, t.told.row, t.ref, t.told.columns, t.now); err != nil {
			return err
		}
	}
	return p.Kit.Render(w, r, status, page.Page{Title: a.title, Current: a.current, Err: a.form.Err, Body: askBody(a)})
}

// answer carries out an operation with what a form sent: on to a page, or the same page again with what is wrong.
func answer[In, Out any](p Pages, w http.ResponseWriter, r *http.Request, o *op.Op[In, Out], in *In, ref, to string, again func(*page.Form) error) error {
	_, err := opform.Send(r, p.Door, o, in, ref)
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		return again(page.Refused(r.URL.RequestURI(), page.Typed(r), err))
	})
}

// click carries out an operation of one press.
func click[ID ~int64, Out any](p Pages, w http.ResponseWriter, r *http.Request, o *op.Op[ID, Out], id ID, ref, to string) error {
	if _, err := opform.Run(r, p.Door, o, id, ref); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, to)
}

// periods serves what ends a thing and takes the ending back: a form that asks from when and why, and one press.
func periods[ID ~int64](p Pages, mux *http.ServeMux, path string, end *op.Op[estate.EndIn[ID], ID], restore *op.Op[ID, ID], find func(*http.Request) (ID, thing, error)) {
	posts := estate.MayChangeUnits()
	show := func(w http.ResponseWriter, r *http.Request, t thing, f *page.Form) error {
		return p.ask(w, r, asking{current: t.current, title: t.title, clauses: end.Clauses()[:1], form: f, thing: &t, save: t.save, danger: true, back: t.back,
			groups: []group{{fields: []page.Input{
				{Name: "why", Label: i18n.T(r.Context(), "period.why"), Max: 100, Focus: true},
				{Name: "on", Label: i18n.T(r.Context(), "period.off"), Hint: i18n.T(r.Context(), "period.on.hint"), Kind: page.Date, Optional: true},
			}}}})
	}
	p.Kit.For(posts, mux, "GET "+path+"/end", func(w http.ResponseWriter, r *http.Request) error {
		_, t, err := find(r)
		if err != nil {
			return err
		}
		return show(w, r, t, page.NewForm(t.path+"/end", nil))
	})
	p.Kit.For(posts, mux, "POST "+path+"/end", func(w http.ResponseWriter, r *http.Request) error {
		id, t, err := find(r)
		if err != nil {
			return err
		}
		in := estate.EndIn[ID]{ID: id}
		return answer(p, w, r, end, &in, t.ref, t.back.Href, func(f *page.Form) error { return show(w, r, t, f) })
	})
	p.Kit.For(posts, mux, "POST "+path+"/restore", func(w http.ResponseWriter, r *http.Request) error {
		id, t, err := find(r)
		if err != nil {
			return err
		}
		return click(p, w, r, restore, id, t.ref, t.back.Href)
	})
}

// deskScope is what a request may see of people, vehicles and leases.
func deskScope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(access.Desk, access.Chosen(r.Context()))
}

// may reports whether the person holds one of the posts in an estate.
func may(r *http.Request, e access.EstateID, posts []access.Post) bool {
	_, ok := access.From(r.Context()).Holding(e, posts)
	return ok
}
