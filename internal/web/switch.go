package web

import (
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

const (
	switchPath = account.SwitchPath
	another    = "another" // of the sign-in page: by password, though somebody is signed in
)

// switchPage asks for a work card and its PIN. A scanned card comes in the address.
func (s *Site) switchPage(w http.ResponseWriter, r *http.Request) error {
	values := page.Fill(onwardOf(r))
	values.Set("card", r.URL.Query().Get("card"))
	return s.renderSwitch(w, r, http.StatusOK, page.NewForm(switchPath, values))
}

// switchIn is the form of a work card.
type switchIn struct {
	account.CardIn
	onward
}

// switchPerson gives the place to the card's holder. He begins at home, what stood on the screen being another's, unless he
// was led here out of his own form.
func (s *Site) switchPerson(w http.ResponseWriter, r *http.Request) error {
	var in switchIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	cookie, err := s.cfg.Accounts.SwitchByCard(r.Context(), in.CardIn, browser(r))
	if errs.Is(err, errs.Invalid) {
		return s.renderSwitch(w, r, http.StatusUnprocessableEntity, page.Refused(switchPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	if in.Whose == "" {
		in.Back = "/"
	}
	return s.enterOn(w, r, cookie, in.onward)
}

func (s *Site) renderSwitch(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	pc, err := s.cfg.Accounts.PCOf(r.Context(), browser(r))
	if err != nil {
		return err
	}
	f.Plain, f.NoDraft = true, true // the answer is another page with another cookie
	v := switchView{form: f, pc: pc.Name, now: account.From(r.Context()).Actor.Name}
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "web.switch"), Bare: true, Err: f.Err, Body: switchBody(v)})
}

// switchView is the page of changing places.
type switchView struct {
	form *page.Form
	pc   string // name of the registered computer; empty at any other
	now  string // who has the place; empty for nobody
}

const pcCookie = "hudang-pc"

// pcCookieName is named as the session's cookie is.
func pcCookieName(r *http.Request) string {
	if r.TLS != nil {
		return hostPrefix + pcCookie
	}
	return pcCookie
}

func pcOf(r *http.Request) string {
	if c, err := r.Cookie(pcCookieName(r)); err == nil {
		return c.Value
	}
	return ""
}

// Mark gives the browser the cookie of a computer just registered.
func (s *Site) Mark(w http.ResponseWriter, r *http.Request, secret string) {
	setCookie(w, pcCookieName(r), secret, year)
}

// Browser is where a request comes from.
func (s *Site) Browser(r *http.Request) account.Browser { return browser(r) }
