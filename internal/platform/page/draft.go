package page

import (
	"context"
	"net/http"
	"net/url"
)

// Drafts keeps what the signed-in person types into forms until they are accepted (ui §4.3). A form is named by the address
// it posts to.
type Drafts interface {
	// Key is the name under which the draft of a form is kept.
	Key(form string) string
	// Kept says of each form with a draft, by its Key, when it was kept, as people read it.
	Kept(context.Context) (map[string]string, error)
	// Save keeps what stands in a form, in the place of what was kept before, and says when, as people read it.
	Save(ctx context.Context, form string, fields map[string][]string) (when string, err error)
	// Open is what stood in a form; nil when there is no draft.
	Open(ctx context.Context, form string) (map[string][]string, error)
	// Drop forgets a form's draft, if there is one.
	Drop(ctx context.Context, form string) error
}

// Where drafts are sent and dropped, and the fields that name the form and say that one was offered; where a session is kept from ending.
const (
	StayPath      = "/stay"
	DraftsPath    = "/drafts"
	DropDraftPath = "/drafts/drop"
	FieldForm     = "_form"
	FieldOffered  = "_offered" // a draft stands offered above the form
)

// paramDraft is the form that a page opens with its draft in it.
const paramDraft = "draft"

// drafting is how a form stands with its draft.
type drafting struct {
	keeps bool   // what is typed is kept
	kept  string // when the draft there is was kept; empty for none
	on    bool   // the form is filled with it; else it is offered
}

// undecided reports a form sent while the draft offered above it was neither taken up nor dropped: that one stays as it is.
func undecided(r *http.Request) bool { return Typed(r).Get(FieldOffered) != "" }

// draftOf finds how a form stands. One that comes back from the server holds what was typed already.
func draftOf(ctx context.Context, f *Form) (drafting, error) {
	a := asked(ctx)
	if a == nil || a.kit.cfg.Drafts == nil || a.token == "" || f.Download || f.NoDraft {
		return drafting{}, nil
	}
	a.forms = append(a.forms, f.Action)
	d := drafting{keeps: true}
	if a.request.Method != http.MethodGet && !undecided(a.request) {
		return d, nil
	}
	kept, err := a.keptDrafts(ctx)
	if err != nil {
		return d, err
	}
	d.kept = kept[a.kit.cfg.Drafts.Key(f.Action)]
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

// Begun is a form written by hand: filled with its draft when the page was opened to go on with it, else with what stands there.
// A draft that cannot be read now is still offered later.
func Begun(ctx context.Context, action string, otherwise Values) *Form {
	f := NewForm(action, otherwise)
	_ = Resume(ctx, f)
	return f
}

// goesOn reports a page opened to go on with a form.
func goesOn(ctx context.Context, action string) bool {
	a := asked(ctx)
	return a != nil && a.resumes(NewForm(action, nil))
}

// goOn is the page's own address, opened with the form's draft.
func goOn(ctx context.Context, f *Form) string { return withDraft(formPage(ctx), f.Action) }

// dropHref drops the form's draft and comes back to the page without it.
func dropHref(ctx context.Context, f *Form) string {
	return DropDraftPath + "?" + url.Values{"form": {f.Action}, "back": {withoutDraft(formPage(ctx))}}.Encode()
}

// keep keeps what was typed into a form that cannot be carried out and does not come back by itself, and gives the way back to
// it; empty when nothing was typed. That it cannot be kept is no second failure.
func (k *Kit) keep(r *http.Request) (back string) {
	a := asked(r.Context())
	if r.Method != http.MethodPost || k.cfg.Drafts == nil || a == nil || a.token == "" || r.PostForm == nil {
		return ""
	}
	h := heldOf(r, nil)
	if h.Fields == nil {
		return ""
	}
	if _, err := k.cfg.Drafts.Save(r.Context(), h.Form, h.Fields); err != nil {
		k.cfg.Log.ErrorContext(r.Context(), "draft not kept", "pattern", r.Pattern, "error", err.Error())
		return ""
	}
	if isHTMX(r) {
		return "" // the form stands there as it was typed
	}
	return h.Page
}

// accepted forgets the draft of the form a request sent. That it cannot be forgotten does not undo what was saved.
func (k *Kit) accepted(r *http.Request) {
	a := asked(r.Context())
	if r.Method != http.MethodPost || k.cfg.Drafts == nil || a == nil || a.token == "" || undecided(r) {
		return
	}
	if err := k.cfg.Drafts.Drop(r.Context(), r.URL.RequestURI()); err != nil {
		k.cfg.Log.ErrorContext(r.Context(), "draft not dropped", "pattern", r.Pattern, "error", err.Error())
	}
}
