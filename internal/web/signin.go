package web

import (
	"net/http"
	"strconv"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

const year = 365 * 24 * 60 * 60

func (s *Site) signInPage(w http.ResponseWriter, r *http.Request) error {
	if sessionOf(r.Context()).Actor.Account != 0 {
		return s.kit.Redirect(w, r, "/")
	}
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Body: signInBody()})
}

// enter shows the one-time link's button: a link alone must not sign in, since chat programs open links to look at them.
func (s *Site) enter(w http.ResponseWriter, r *http.Request) error {
	form := page.NewForm(r.URL.Path, nil)
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Body: enterBody(form)})
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	cookie, err := s.cfg.Accounts.ByLink(r.Context(), r.PathValue("secret"), addressOf(r))
	if err != nil {
		return err
	}
	setCookie(w, r, cookieName(r), cookie, 0)
	return s.kit.Redirect(w, r, "/")
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.cfg.Accounts.End(r.Context(), cookieOf(r)); err != nil {
		return err
	}
	setCookie(w, r, cookieName(r), "", -1)
	return s.kit.Redirect(w, r, signInPath)
}

// display keeps the person's language and letter size in this browser.
func (s *Site) display(w http.ResponseWriter, r *http.Request) error {
	if big := r.PostFormValue("big"); big != "" {
		setCookie(w, r, "big", big, year)
	}
	if lang := r.PostFormValue("lang"); lang != "" {
		setCookie(w, r, "lang", lang, year)
	}
	return s.kit.Redirect(w, r, local(r.PostFormValue("back")))
}

func bigOf(r *http.Request) bool {
	c, err := r.Cookie("big")
	if err != nil {
		return false
	}
	big, err := strconv.ParseBool(c.Value)
	return err == nil && big
}

func langOf(r *http.Request) i18n.Lang {
	if c, err := r.Cookie("lang"); err == nil && c.Value == string(i18n.English) {
		return i18n.English
	}
	return i18n.Chinese
}
