package registerweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
	"hudang/internal/register"
)

// pages are the pages of one register.
type pages[T, F any, ID ~int64, P register.Row[T, F, ID]] struct {
	recordweb.Site
	*register.Register[T, F, ID, P]
	acts []Act[T, ID]
}

// entry is the record that a request's address names, as its forms know it.
type entry[T any, ID ~int64] struct {
	recordweb.Edited
	id  ID
	row *T
}

// Serve adds the pages of a register and of its acts to a mux. Their key in the navigation is the list's name.
func Serve[T, F any, ID ~int64, P register.Row[T, F, ID]](s recordweb.Site, mux *http.ServeMux, r *register.Register[T, F, ID, P], acts ...Act[T, ID]) {
	p, at := pages[T, F, ID, P]{s, r, acts}, r.Path+"/{id}"
	listweb.Site{Kit: s.Kit, Door: s.Door, Estate: estate.NameOf}.Routes(mux, r.List, r.List.Name)
	s.Kit.For(r.MayRead, mux, "GET "+at, p.show)
	s.Kit.For(r.MayEnter, mux, "GET "+r.Path+"/new", p.ask)
	s.Kit.For(r.MayEnter, mux, "POST "+r.Path+"/new", p.enter)
	recordweb.Edit(s.To(r.MayEnter, mux), at+"/correct", r.Correct, p.find, func(e entry[T, ID]) (register.ChangeIn[ID, F], string, string) {
		return register.ChangeIn[ID, F]{ID: e.id}, e.Ref, e.Path
	}, func(_ *http.Request, e entry[T, ID]) page.Values { return e.Now }, p.correct)
	recordweb.Voids(s.To(r.MayVoid, mux), at, r.Void, r.Restore, p.find, func(e entry[T, ID]) (ID, recordweb.Edited) { return e.id, e.Edited })
	s.Kit.For(archive.MayChange(), mux, "POST "+at+"/papers", p.addPapers)
	for _, a := range acts {
		a.serve(s, mux, at, p.find)
	}
}

func (p pages[T, F, ID, P]) find(r *http.Request) (entry[T, ID], error) {
	row, err := record.Find[T, ID, P](r.Context(), p.Door.DB.Read(), access.From(r.Context()).Scope(p.MayRead, access.Company), ref.ParseID[ID](r.PathValue("id")))
	if err != nil {
		return entry[T, ID]{}, err
	}
	id := ID(row.Key())
	return entry[T, ID]{id: id, row: row, Edited: recordweb.Edited{Ref: p.Noun + ":" + ref.Text(id), Version: row.RowVersion(), Path: p.Href(id),
		Back: page.Link{Label: p.Called(row), Href: p.Href(id)}, Nav: p.List.Name, Now: page.Fill(*row.Facts()),
		History: recordweb.Tracked{Row: row, Columns: append(recordweb.Columns(p.Shown(), nil), recordweb.Column("voided", "register.voided"), recordweb.Column("void_reason", "period.why"))}}}, nil
}

func (p pages[T, F, ID, P]) ask(w http.ResponseWriter, r *http.Request) error {
	return p.enterForm(w, r, page.NewForm(p.Path+"/new", begun(p.Site, r, p.Fields)))
}

func (p pages[T, F, ID, P]) enter(w http.ResponseWriter, r *http.Request) error {
	in := register.EnterIn[F]{Estate: opform.Estate(r)}
	done, err := opform.Send(r, p.Door, p.Enter, &in, "")
	return opform.After(p.Kit, w, r, err, p.Href(done.Out), func(err error) error {
		return p.enterForm(w, r, page.Refused(p.Path+"/new", page.Typed(r), err))
	})
}

func (p pages[T, F, ID, P]) enterForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	ctx := r.Context()
	return p.ShowForm(w, r, recordweb.FormPage{Nav: p.List.Name, Title: i18n.T(ctx, p.Add), Clauses: p.Clauses, Form: f, Estate: true, Save: i18n.T(ctx, "register.save"),
		Back: page.Link{Label: i18n.T(ctx, p.Title), Href: p.Path}, Groups: []recordweb.Group{{Pairs: true, Fields: recordweb.Inputs(ctx, p.Fields)}}})
}

func (p pages[T, F, ID, P]) correct(w http.ResponseWriter, r *http.Request, e entry[T, ID], f *page.Form) error {
	ctx := r.Context()
	return p.ShowForm(w, r, recordweb.FormPage{Nav: e.Nav, Title: i18n.T(ctx, "register.correct.title", e.Back.Label), Clauses: p.Clauses, Form: f, Edits: &e.Edited, Save: i18n.T(ctx, "register.save"),
		Back: e.Back, Groups: []recordweb.Group{{Pairs: true, Fields: recordweb.Inputs(ctx, p.Fields)}, {Fields: []page.Input{recordweb.Reason(ctx)}}}})
}

// addPapers opens the volume of a record's photos and papers, and leads there.
func (p pages[T, F, ID, P]) addPapers(w http.ResponseWriter, r *http.Request) error {
	e, err := p.find(r)
	if err != nil {
		return err
	}
	in := archive.OpenVolumeIn{Estate: P(e.row).EstateKey(), Subject: p.Ref(e.id), VolumeFacts: archive.VolumeFacts{Title: e.Back.Label, Class: archive.ClassRunning}}
	done, err := opform.Run(r, p.Door, archive.OpenVolume, in, "")
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, done.Out.Path())
}

// begun is a form whose past days and moments say now.
func begun[F any](s recordweb.Site, r *http.Request, fields record.Fields[F]) page.Values {
	values := page.Values{}
	for _, f := range fields {
		switch f.Kind {
		case record.PastDay:
			values.Set(f.Name, page.Today(r.Context()))
		case record.Moment:
			values.Set(f.Name, clock.Moment(s.Door.Clock.Now().UnixMicro()))
		}
	}
	return values
}
