package recordweb

import (
	"cmp"
	"context"
	"net/http"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// Site is what the pages of records need of the program. A room's Pages embed it.
type Site struct {
	Kit  *page.Kit
	Door *op.Door
}

// FormPage is a page with one form, as most forms about a record are.
type FormPage struct {
	Nav     string // key of the module
	Title   string
	Sub     string
	Clauses []string
	Actions []page.Action
	Top     templ.Component  // below the head: what was done just now, what the form adds to
	Facts   []page.FactGroup // beside the form
	Lead    string           // what the form will do, where that is not plain
	Known   []page.Fact      // what it goes by, which is not typed again
	Form    *page.Form       // nil where nothing can be sent
	Edits   *Edited          // what it edits; nil for something new
	Estate  bool             // asks for the estate while the header stands on all
	Groups  []Group
	Save    string
	Danger  bool
	Keep    string // what leaving the form is called, where it is not just left
	Back    page.Link
	Above   []page.Link      // what Back belongs to, for the crumbs
	Next    *page.ButtonView // another way to save; nil for none
	After   string           // said beside the buttons
	History []page.Event     // below the form
	Below   templ.Component
	Dialog  *page.Form      // of a dialog on the page, which may have come back instead of the form
	About   ref.Ref         // whom the page tells of, for the view log
	In      access.EstateID // of About
	Bare    bool            // the way to everything else is closed
	Status  int             // of the first showing; 0 for 200
}

// Group are the fields of a form that belong together; without a title and pairs they just follow what is above. Body is what is no
// plain field.
type Group struct {
	Title  string
	Pairs  bool
	Fields []page.Input
	Body   templ.Component
}

// Edited is a row as a form knows it.
type Edited struct {
	Ref     string
	Version int64
	Path    string    // its own address
	Back    page.Link // the page it is shown on
	Nav     string
	Title   string // of the form that ends it
	Save    string

	// of a form that shows what somebody else made of it meanwhile
	History Tracked
	Now     page.Values
}

// ShowForm answers with a page of one form: with what is wrong with it, and, where somebody else changed the row meanwhile, with both sides.
func (s Site) ShowForm(w http.ResponseWriter, r *http.Request, a FormPage) error {
	wrong := cmp.Or(a.Form, &page.Form{}).Err
	if t := a.Edits; errs.Is(wrong, errs.Conflict) && t != nil && t.Now != nil {
		if err := historyweb.Conflict(r, s.Door, a.Form, t.History.Row, t.Ref, t.History.Columns, t.Now); err != nil {
			return err
		}
		wrong = a.Form.Err
	}
	if a.Dialog != nil && a.Dialog.Err != nil {
		wrong = a.Dialog.Err
	}
	p := page.Page{Title: a.Title, Nav: a.Nav, About: a.About, Estate: a.In, Bare: a.Bare, Err: wrong, Body: formBody(a)}
	if wrong == nil && a.Status != 0 {
		return s.Kit.Render(w, r, a.Status, p)
	}
	return s.Show(w, r, p)
}

// Show answers with a page; with one whose form came back, by the kind of what is wrong.
func (s Site) Show(w http.ResponseWriter, r *http.Request, p page.Page) error {
	status := http.StatusOK
	if p.Err != nil {
		status = errs.KindOf(p.Err).Status()
	}
	return s.Kit.Render(w, r, status, p)
}

// Reason asks why a record is corrected; the history says it.
func Reason(ctx context.Context) page.Input {
	return page.Input{Name: opform.FieldReason, Label: i18n.T(ctx, "record.reason"), Hint: i18n.T(ctx, "record.reason.hint"), Optional: true, Max: 200}
}

// Answer carries out an operation with what a form sent: on to a page, or the same page again with what is wrong.
func Answer[In, Out any](s Site, w http.ResponseWriter, r *http.Request, o *op.Op[In, Out], in *In, ref, to string, again func(*page.Form) error) error {
	_, err := opform.Send(r, s.Door, o, in, ref)
	return opform.After(s.Kit, w, r, err, to, func(err error) error {
		return again(page.Refused(r.URL.RequestURI(), page.Typed(r), err))
	})
}

// Click carries out an operation of one press.
func Click[In, Out any](s Site, w http.ResponseWriter, r *http.Request, o *op.Op[In, Out], in In, ref, to string) error {
	if _, err := opform.Run(r, s.Door, o, in, ref); err != nil {
		return err
	}
	return s.Kit.Redirect(w, r, to)
}

// Doors are the addresses of pages that some posts may use.
type Doors struct {
	Site
	mux   *http.ServeMux
	posts []access.Post
}

// To makes doors for posts.
func (s Site) To(posts []access.Post, mux *http.ServeMux) Doors { return Doors{s, mux, posts} }

// Press serves an operation of one press. about says what goes into the operation, which row it changes, and where it leads.
func Press[T, In, Out any](d Doors, path string, o *op.Op[In, Out], find func(*http.Request) (T, error), about func(T) (in In, ref, to string)) {
	d.Kit.For(d.posts, d.mux, "POST "+path, func(w http.ResponseWriter, r *http.Request) error {
		t, err := find(r)
		if err != nil {
			return err
		}
		in, ref, to := about(t)
		return Click(d.Site, w, r, o, in, ref, to)
	})
}

// Edit serves a form about a thing, as Press does with what was sent; fill is what it begins with, nil for nothing.
func Edit[T, In, Out any](d Doors, path string, o *op.Op[In, Out], find func(*http.Request) (T, error), about func(T) (in In, ref, to string),
	fill func(*http.Request, T) page.Values, show func(http.ResponseWriter, *http.Request, T, *page.Form) error) {
	d.Kit.For(d.posts, d.mux, "GET "+path, func(w http.ResponseWriter, r *http.Request) error {
		t, err := find(r)
		if err != nil {
			return err
		}
		var values page.Values
		if fill != nil {
			values = fill(r, t)
		}
		return show(w, r, t, page.NewForm(page.Here(r), values))
	})
	Sent(d, path, o, find, about, show)
}

// Sent serves what a form sends that stands on a page of another address.
func Sent[T, In, Out any](d Doors, path string, o *op.Op[In, Out], find func(*http.Request) (T, error), about func(T) (in In, ref, to string), show func(http.ResponseWriter, *http.Request, T, *page.Form) error) {
	d.Kit.For(d.posts, d.mux, "POST "+path, func(w http.ResponseWriter, r *http.Request) error {
		t, err := find(r)
		if err != nil {
			return err
		}
		in, ref, to := about(t)
		return Answer(d.Site, w, r, o, &in, ref, to, func(f *page.Form) error { return show(w, r, t, f) })
	})
}

// Periods serves what ends a thing and takes the ending back: a form that asks from when and why, and one press.
func Periods[ID ~int64](s Site, mux *http.ServeMux, path string, posts []access.Post, end *op.Op[record.EndIn[ID], ID], restore *op.Op[ID, ID], find func(*http.Request) (ID, Edited, error)) {
	show := func(w http.ResponseWriter, r *http.Request, t Edited, f *page.Form) error {
		return s.ShowForm(w, r, FormPage{Nav: t.Nav, Title: t.Title, Clauses: end.Clauses()[:1], Form: f, Edits: &t, Save: t.Save, Danger: true, Back: t.Back,
			Groups: []Group{{Fields: []page.Input{
				{Name: "why", Label: i18n.T(r.Context(), "period.why"), Max: record.MaxWhy, Focus: true},
				{Name: "on", Label: i18n.T(r.Context(), "period.off"), Hint: i18n.T(r.Context(), "period.on.hint"), Kind: page.Date, Optional: true},
			}}}})
	}
	s.Kit.For(posts, mux, "GET "+path+"/end", func(w http.ResponseWriter, r *http.Request) error {
		_, t, err := find(r)
		if err != nil {
			return err
		}
		return show(w, r, t, page.NewForm(t.Path+"/end", nil))
	})
	s.Kit.For(posts, mux, "POST "+path+"/end", func(w http.ResponseWriter, r *http.Request) error {
		id, t, err := find(r)
		if err != nil {
			return err
		}
		in := record.EndIn[ID]{ID: id}
		return Answer(s, w, r, end, &in, t.Ref, t.Back.Href, func(f *page.Form) error { return show(w, r, t, f) })
	})
	s.Kit.For(posts, mux, "POST "+path+"/restore", func(w http.ResponseWriter, r *http.Request) error {
		id, t, err := find(r)
		if err != nil {
			return err
		}
		return Click(s, w, r, restore, id, t.Ref, t.Back.Href)
	})
}

// Voids serves what voids a thing and takes it back: a form that asks why, and one press. about says what is voided.
func Voids[T any, ID ~int64](d Doors, path string, void *op.Op[record.VoidIn[ID], ID], restore *op.Op[ID, ID], find func(*http.Request) (T, error), about func(T) (ID, Edited)) {
	Edit(d, path+"/void", void, find, func(t T) (record.VoidIn[ID], string, string) {
		id, e := about(t)
		return record.VoidIn[ID]{ID: id}, e.Ref, e.Back.Href
	}, nil, func(w http.ResponseWriter, r *http.Request, t T, f *page.Form) error {
		ctx := r.Context()
		_, e := about(t)
		return d.ShowForm(w, r, FormPage{Nav: e.Nav, Title: i18n.T(ctx, "record.void.title", e.Back.Label), Clauses: void.Clauses(), Form: f, Edits: &e, Lead: i18n.T(ctx, "record.void.lead"),
			Save: i18n.T(ctx, "record.void"), Danger: true, Back: e.Back, Groups: []Group{{Fields: []page.Input{{Name: "why", Label: i18n.T(ctx, "period.why"), Max: record.MaxWhy, Focus: true}}}}})
	})
	Press(d, path+"/restore", restore, find, func(t T) (ID, string, string) {
		id, e := about(t)
		return id, e.Ref, e.Back.Href
	})
}
