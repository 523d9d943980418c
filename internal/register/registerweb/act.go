package registerweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/register"
)

// Act is the pages of an act: its form, and its undo of one press. ActOf makes one.
type Act[T any, ID ~int64] interface {
	serve(s recordweb.Site, mux *http.ServeMux, at string, find func(*http.Request) (entry[T, ID], error))
	// action is the act, or its undo once it was carried out, as a record's page offers it to its posts.
	action(context.Context, entry[T, ID]) ([]access.Post, page.Action)
}

// ActOf are the pages of a register's act, for Serve.
func ActOf[T any, G comparable, ID ~int64](a *register.Act[T, G, ID]) Act[T, ID] {
	return act[T, G, ID]{a}
}

type act[T any, G comparable, ID ~int64] struct{ *register.Act[T, G, ID] }

func (a act[T, G, ID]) serve(s recordweb.Site, mux *http.ServeMux, at string, find func(*http.Request) (entry[T, ID], error)) {
	recordweb.Edit(s.To(a.MayDo, mux), at+"/"+a.Verb, a.Do, find, func(e entry[T, ID]) (register.ChangeIn[ID, G], string, string) {
		return register.ChangeIn[ID, G]{ID: e.id}, e.Ref, e.Path
	}, func(r *http.Request, _ entry[T, ID]) page.Values { return begun(s, r, a.Fields) }, func(w http.ResponseWriter, r *http.Request, e entry[T, ID], f *page.Form) error {
		ctx := r.Context()
		e.Now, e.History.Columns = page.Fill(*a.Of(e.row)), recordweb.Columns(a.Fields, nil)
		return s.ShowForm(w, r, recordweb.FormPage{Nav: e.Nav, Title: i18n.T(ctx, "register.act.title", i18n.Key(a.Label), e.Back.Label), Clauses: a.Do.Clauses(), Form: f, Edits: &e.Edited,
			Save: i18n.T(ctx, a.Label), Back: e.Back, Groups: []recordweb.Group{{Pairs: true, Fields: recordweb.Inputs(ctx, a.Fields)}}})
	})
	recordweb.Press(s.To(a.MayDo, mux), at+"/"+a.UndoVerb, a.Undo, find, func(e entry[T, ID]) (ID, string, string) { return e.id, e.Ref, e.Path })
}

func (a act[T, G, ID]) action(ctx context.Context, e entry[T, ID]) ([]access.Post, page.Action) {
	if a.Done(e.row) {
		return a.MayDo, page.Action{Key: a.UndoVerb, Label: i18n.T(ctx, a.UndoLabel), Href: e.Path + "/" + a.UndoVerb, Post: true, Seen: page.SeenParam(e.Ref, e.Version)}
	}
	return a.MayDo, page.Action{Key: a.Verb, Label: i18n.T(ctx, a.Label), Href: e.Path + "/" + a.Verb, Primary: true}
}
