package page

import (
	"context"
	"net/http"
	"net/url"
)

// Drafts keeps what the signed-in person types into forms until they are accepted (ui §4.3). A form is named by the address
// it posts to.
type Drafts interface {
	// Kept says of each form with a draft when it was kept, as people read it.
	Kept(context.Context) (map[string]string, error)
	// Open is what stood in a form; nil when there is no draft.
	Open(ctx context.Context, form string) (map[string][]string, error)
	// Drop forgets a form's draft, if there is one.
	Drop(ctx context.Context, form string) error
}

// Where drafts are sent and dropped, and the field that names the form; where a session is kept from ending.
const (
	StayPath      = "/stay"
	DraftsPath    = "/drafts"
	DropDraftPath = "/drafts/drop"
	FieldForm     = "_form"
)

// paramDraft is the form that a page opens with its draft in it.
const paramDraft = "draft"

// drafting is how a form stands with its draft.
type drafting struct {
	keeps bool   // what is typed is kept
	kept  string // when the draft there is was kept; empty for none
	on    bool   // the form is filled with it; else it is offered
}

// draftOf finds how a form stands. One that comes back from the server holds what was typed already.
func draftOf(ctx context.Context, f *Form) (drafting, error) {
	a := asked(ctx)
	if a == nil || a.kit.cfg.Drafts == nil || a.token == "" || f.Download || f.NoDraft {
		return drafting{}, nil
	}
	a.forms = append(a.forms, f.Action)
	d := drafting{keeps: true}
	if a.request.Method != http.MethodGet {
		return d, nil
	}
	kept, err := a.keptDrafts(ctx)
	if err != nil {
		return d, err
	}
	d.kept = kept[f.Action]
	d.on = d.kept != "" && f.resumed
	return d, nil
}

// keptDrafts are the person's drafts, looked up once.
func (a *asking) keptDrafts(ctx context.Context) (map[string]string, error) {
	if a.drafts == nil {
		kept, err := a.kit.cfg.Drafts.Kept(ctx)
		if err != nil {
			return nil, err
		}
		a.drafts = kept
	}
	return a.drafts, nil
}

// Resume fills a form with its draft when the page was opened to go on with it. FormOf and Dialog do; a handler that counts a
// form's rows does before.
func Resume(ctx context.Context, f *Form) error {
	a := asked(ctx)
	if a == nil || f == nil || f.resumed || f.refused() || !a.resumes(f) {
		return nil
	}
	fields, err := a.kit.cfg.Drafts.Open(ctx, f.Action)
	if fields != nil {
		f.Values, f.resumed = fields, true
	}
	return err
}

func (a *asking) resumes(f *Form) bool {
	return a.kit.cfg.Drafts != nil && !f.NoDraft && a.request.Method == http.MethodGet && a.request.URL.Query().Get(paramDraft) == f.Action
}

// goOn is the page's own address, opened with the form's draft.
func goOn(ctx context.Context, f *Form) string {
	u, err := url.Parse(here(ctx))
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set(paramDraft, f.Action)
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

// dropHref drops the form's draft and comes back to the page without it.
func dropHref(ctx context.Context, f *Form) string {
	back, err := url.Parse(here(ctx))
	if err != nil {
		back = &url.URL{Path: "/"}
	}
	q := back.Query()
	q.Del(paramDraft)
	back.RawQuery = q.Encode()
	return DropDraftPath + "?" + url.Values{"form": {f.Action}, "back": {back.RequestURI()}}.Encode()
}

// accepted forgets the draft of the form a request sent. That it cannot be forgotten does not undo what was saved.
func (k *Kit) accepted(r *http.Request) {
	a := asked(r.Context())
	if r.Method != http.MethodPost || k.cfg.Drafts == nil || a == nil || a.token == "" {
		return
	}
	if err := k.cfg.Drafts.Drop(r.Context(), r.URL.RequestURI()); err != nil {
		k.cfg.Log.ErrorContext(r.Context(), "draft not dropped", "pattern", r.Pattern, "error", err.Error())
	}
}
