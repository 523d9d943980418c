package web

import (
	"errors"
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

const codePath = "/sign-in/code"

// secondIn is the form of the second step.
type secondIn struct {
	account.CodeIn
	onward
}

// askCode answers a right password where a code is to follow; false where something else went wrong.
func (s *Site) askCode(w http.ResponseWriter, r *http.Request, err error, on onward) (bool, error) {
	var step account.SecondStep
	if !errors.As(err, &step) {
		return false, nil
	}
	values := page.Fill(on)
	values.Set("ticket", step.Ticket)
	return true, s.renderCode(w, r, http.StatusOK, page.NewForm(codePath, values))
}

// codePage has nothing to show by itself: the password comes first.
func (s *Site) codePage(w http.ResponseWriter, r *http.Request) error {
	return s.kit.Redirect(w, r, signInPath)
}

func (s *Site) signInByCode(w http.ResponseWriter, r *http.Request) error {
	var in secondIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	cookie, err := s.cfg.Accounts.SignInByCode(r.Context(), in.CodeIn, browser(r))
	if errs.Is(err, errs.Invalid) {
		return s.renderCode(w, r, http.StatusUnprocessableEntity, page.Refused(codePath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	return s.enterOn(w, r, cookie, in.onward)
}

func (s *Site) renderCode(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	f.Plain, f.NoDraft = true, true // the answer is another page with another cookie
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "web.sign_in"), Bare: true, Err: f.Err, Body: codeBody(f)})
}
