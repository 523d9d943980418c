package web

import (
	"crypto/subtle"
	"io"
	"net/http"
	"net/url"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// onward is where somebody goes on once he has signed in. With a ticket it is one account's way back into its own form, and
// why says what became of what was sent.
type onward struct {
	Back  string `form:"back"`
	Whose string `form:"whose"` // the ticket (account.SealReturn); empty for an address anybody may go on to
	Why   string `form:"why"`
}

// What became of what was sent after the session had ended.
const (
	whyKept   = "kept"   // the text is kept
	whyUndone = "undone" // an act of one click was not carried out
)

const backParam = "back"

func onwardOf(r *http.Request) onward {
	q := r.URL.Query()
	return onward{Back: page.Local(q.Get(backParam)), Whose: q.Get("whose"), Why: q.Get("why")}
}

// onTo is where the sign-in form shown leads.
func onTo(f *page.Form) onward {
	return onward{Back: f.Value(backParam), Whose: f.Value("whose"), Why: f.Value("why")}
}

// at is the address of a sign-in page that leads there.
func (o onward) at(path string) string {
	q := url.Values{backParam: {o.Back}}
	if o.Whose != "" {
		q.Set("whose", o.Whose)
		q.Set("why", o.Why)
	}
	return path + "?" + q.Encode()
}

// byCard is the address at which a work card signs in; by itself it leads home.
func (o onward) byCard() string {
	if o.Whose == "" {
		return switchPath
	}
	return o.at(switchPath)
}

// byPassword is the address at which a password signs in, though somebody else is signed in.
func (o onward) byPassword() string {
	if o.Whose == "" {
		return signInPath + "?" + another + "=1"
	}
	return o.at(signInPath) + "&" + another + "=1"
}

// returns reports whether a way back belongs to an account.
func (s *Site) returns(me account.ID, on onward) bool {
	to, ok := s.cfg.Accounts.ReturnOf(on.Whose, on.Back)
	return ok && to.Account == me
}

// enterOn gives the browser its new session and leads on; whoever came in at another's place begins at home.
func (s *Site) enterOn(w http.ResponseWriter, r *http.Request, cookie string, on onward) error {
	s.Enter(w, r, cookie)
	if on.Whose == "" {
		return s.kit.Redirect(w, r, page.Local(on.Back))
	}
	from := browser(r)
	from.Cookie = cookie
	session, _, err := s.cfg.Accounts.Find(r.Context(), from)
	if err != nil {
		return err
	}
	to, _ := s.cfg.Accounts.ReturnOf(on.Whose, on.Back)
	if !s.returns(session.ID(), on) {
		return s.kit.Redirect(w, r, "/")
	}
	if err := s.cfg.Accounts.Choose(r.Context(), session, to.Estate); err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	return s.kit.Redirect(w, r, page.Local(on.Back))
}

// ownForm reports a form that was opened by whoever sends it, in this session or in one of his that ended: signing in again in
// another window does not make a page worthless.
func (s *Site) ownForm(r *http.Request, session account.Session) bool {
	token := page.SessionOf(r)
	if subtle.ConstantTimeCompare([]byte(token), []byte(session.Form)) == 1 {
		return true
	}
	who, err := s.cfg.Accounts.TypedBy(r.Context(), token)
	return err == nil && who != 0 && who == session.ID()
}

// hold keeps the text of a form whose session has ended, as a draft of the account that opened the form, and leads to the
// sign-in that goes back into it. Nothing of it is sent to the browser before that account is signed in again.
func (s *Site) hold(w http.ResponseWriter, r *http.Request) {
	who, err := s.cfg.Accounts.TypedBy(r.Context(), page.SessionOf(r))
	switch {
	case err != nil:
		s.kit.Fail(w, r, err)
		return
	case who == 0 && account.From(r.Context()).ID() != 0:
		s.kit.Fail(w, r, errs.E(errs.Forbidden, "web.error.form"))
		return
	case who == 0:
		s.kit.Fail(w, r, errs.E(errs.Forbidden, "web.error.session"))
		return
	}
	h, err := page.Hold(w, r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	on := onward{Back: h.Page, Why: whyUndone}
	if h.Fields != nil {
		on.Why = whyKept
		owner := access.With(r.Context(), access.Actor{Account: int64(who)})
		if _, err := (draft.Store{Door: s.cfg.Door}).Save(owner, h.Form, h.Fields); err != nil {
			s.kit.Fail(w, r, err)
			return
		}
	}
	on.Whose = s.cfg.Accounts.SealReturn(account.Return{Account: who, Estate: access.EstateID(h.Chosen), Back: on.Back})
	s.signInAgain(w, r, on)
}

// signInAgain leads to the sign-in: the browser at once, the page's script by a panel above what stands there.
func (s *Site) signInAgain(w http.ResponseWriter, r *http.Request, on onward) {
	to := on.at(signInPath)
	switch {
	case r.URL.Path == page.DraftsPath || r.URL.Path == page.StayPath:
		s.tellScript(w, r, to)
	case r.Header.Get("HX-Request") != "":
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

// tellScript answers what the page's script sends by itself: two lines of text, and where to sign in.
func (s *Site) tellScript(w http.ResponseWriter, r *http.Request, to string) {
	ctx := i18n.With(r.Context(), s.cfg.Bundle, langOf(r))
	h := w.Header()
	h.Set(page.HeaderSignIn, to)
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusForbidden)
	_, _ = io.WriteString(w, i18n.T(ctx, "web.error.ended")+"\n"+i18n.T(ctx, "web.sign_in.do")) // who left is nobody to tell
}

// ways leads from the refusals of an ended session to the sign-in.
func ways(r *http.Request, e *errs.Error) []page.Action {
	if e.Key != "web.error.ended" && e.Key != "web.error.session" {
		return nil
	}
	to := onward{Back: page.CameFrom(r)}.at(signInPath)
	return []page.Action{{Key: "sign_in", Label: i18n.T(r.Context(), "web.sign_in.do"), Href: to, Primary: true}}
}
