package web

import (
	"net/http"
	"strconv"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

const year = 365 * 24 * 60 * 60

func (s *Site) signInPage(w http.ResponseWriter, r *http.Request) error {
	on := onwardOf(r)
	me := account.From(r.Context()).ID()
	if me != 0 && !r.URL.Query().Has(another) && (on.Whose == "" || s.returns(me, on)) {
		return s.kit.Redirect(w, r, page.Local(on.Back))
	}
	return s.renderSignIn(w, r, http.StatusOK, page.NewForm(signInPath, page.Fill(on)))
}

// signInIn is the sign-in form.
type signInIn struct {
	Login    string `form:"login"`
	Password string `form:"password,raw"`
	onward
}

// signIn answers whatever is wrong in the same way.
func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	var in signInIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	cookie, err := s.cfg.Accounts.SignInByPassword(r.Context(), in.Login, in.Password, browser(r))
	if asked, err := s.askCode(w, r, err, in.onward); asked {
		return err
	}
	if errs.Is(err, errs.Invalid) {
		return s.renderSignIn(w, r, http.StatusUnprocessableEntity, page.Refused(signInPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	return s.enterOn(w, r, cookie, in.onward)
}

func (s *Site) renderSignIn(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	pc, err := s.cfg.Accounts.PCOf(r.Context(), browser(r))
	if err != nil {
		return err
	}
	f.Plain, f.NoDraft = true, true // the answer is another page with another cookie
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Err: f.Err, Body: signInBody(f, pc.Name)})
}

func browser(r *http.Request) account.Browser {
	return account.Browser{Address: AddressOf(r), Cookie: cookieOf(r), PC: pcOf(r)}
}

// enter shows the one-time link's button: a link alone must not sign in, since chat programs open links to look at them.
func (s *Site) enter(w http.ResponseWriter, r *http.Request) error {
	whose, _, err := s.cfg.Accounts.LinkUntil(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	if whose == 0 {
		return s.lateLink(w, r)
	}
	form := page.NewForm(r.URL.Path, nil)
	return s.kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Body: enterBody(form)})
}

// lateLink says that a link holds no longer, whether it was used, is over or never was, and what to do.
func (s *Site) lateLink(w http.ResponseWriter, r *http.Request) error {
	return s.kit.Render(w, r, http.StatusForbidden, page.Page{Title: i18n.T(r.Context(), "web.enter.late"), Bare: true, Body: lateBody()})
}

func (s *Site) enterByLink(w http.ResponseWriter, r *http.Request) error {
	cookie, err := s.cfg.Accounts.SignInByLink(r.Context(), r.PathValue("secret"), browser(r))
	if errs.Is(err, errs.Forbidden) {
		return s.lateLink(w, r)
	}
	if err != nil {
		return err
	}
	s.Enter(w, r, cookie)
	return s.kit.Redirect(w, r, "/")
}

// typeCode asks for a one-time code that was read out or stands on a slip.
func (s *Site) typeCode(w http.ResponseWriter, r *http.Request) error {
	return s.renderEnter(w, r, http.StatusOK, page.NewForm(enterPath, nil))
}

func (s *Site) enterByCode(w http.ResponseWriter, r *http.Request) error {
	cookie, err := s.cfg.Accounts.SignInByLink(r.Context(), page.Typed(r).Get("code"), browser(r))
	if errs.Is(err, errs.Forbidden) {
		var f errs.Fields
		f.Add("code", "web.enter.code.wrong")
		return s.renderEnter(w, r, http.StatusUnprocessableEntity, page.Refused(enterPath, page.Typed(r), f.Err()))
	}
	if err != nil {
		return err
	}
	s.Enter(w, r, cookie)
	return s.kit.Redirect(w, r, "/")
}

func (s *Site) renderEnter(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	f.Plain, f.NoDraft = true, true // the answer is another page with another cookie
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Err: f.Err, Body: enterCodeBody(f)})
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.cfg.Accounts.End(r.Context(), cookieOf(r)); err != nil {
		return err
	}
	setCookie(w, cookieName(r), "", -1)
	return s.kit.Redirect(w, r, signInPath)
}

// stay answers somebody who goes on working: that his session rests no longer, the guard has noted.
func (s *Site) stay(w http.ResponseWriter, _ *http.Request) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// display keeps the person's language and letter size in this browser.
func (s *Site) display(w http.ResponseWriter, r *http.Request) error {
	if big := r.PostFormValue("big"); big != "" {
		setCookie(w, "big", big, year)
	}
	if lang := r.PostFormValue("lang"); lang != "" {
		setCookie(w, "lang", lang, year)
	}
	return s.kit.Redirect(w, r, page.Local(r.PostFormValue("back")))
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
