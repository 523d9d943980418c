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
	Current string // key of the module
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
	Current string
	Title   string // of the form that ends it
	Save    string

	// of a form that shows what somebody else made of it meanwhile
	History Tracked
	Now     page.Values
}

// ShowForm answers with a page of one form: with what is wrong with it, and, where somebody else changed the row meanwhile, with both sides.
func (s Site) ShowForm(w http.ResponseWriter, r *http.Request, a FormPage) error {
	status, wrong := cmp.Or(a.Status, http.StatusOK), cmp.Or(a.Form, &page.Form{}).Err
	if t := a.Edits; errs.Is(wrong, errs.Conflict) && t != nil && t.Now != nil {
		if err := historyweb.Conflict(r, s.Door, a.Form, t.History.Row, t.Ref, t.History.Columns, t.Now); err != nil {
			return err
		}
		wrong = a.Form.Err
	}
	if a.Dialog != nil && a.Dialog.Err != nil {
		wrong = a.Dialog.Err
	}
	if wrong != nil {
		status = errs.KindOf(wrong).Status()
	}
	return s.Kit.Render(w, r, status, page.Page{Title: a.Title, Current: a.Current, About: a.About, Estate: a.In, Bare: a.Bare, Err: wrong, Body: formBody(a)})
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

// Periods serves what ends a thing and takes the ending back: a form that asks from when and why, and one press.
func Periods[ID ~int64](s Site, mux *http.ServeMux, path string, posts []access.Post, end *op.Op[record.EndIn[ID], ID], restore *op.Op[ID, ID], find func(*http.Request) (ID, Edited, error)) {
	show := func(w http.ResponseWriter, r *http.Request, t Edited, f *page.Form) error {
		return s.ShowForm(w, r, FormPage{Current: t.Current, Title: t.Title, Clauses: end.Clauses()[:1], Form: f, Edits: &t, Save: t.Save, Danger: true, Back: t.Back,
			Groups: []Group{{Fields: []page.Input{
				{Name: "why", Label: i18n.T(r.Context(), "period.why"), Max: 100, Focus: true},
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
