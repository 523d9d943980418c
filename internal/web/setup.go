package web

import (
	"context"
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// Setup is the first start of an installation without accounts. Composition does it, since it makes an estate too.
type Setup struct {
	Waiting func() bool
	Do      func(ctx context.Context, in SetupIn, from account.Browser) (cookie string, err error)
}

// SetupIn is the form of the first start.
type SetupIn struct {
	Code   string      `form:"code"`
	Estate SetupEstate `form:"estate"`
	account.FirstAccount
}

// SetupEstate is the company's first estate.
type SetupEstate struct {
	Name    string `form:"name"`
	Address string `form:"address"`
}

func (s *Site) waiting() bool { return s.cfg.Setup.Waiting != nil && s.cfg.Setup.Waiting() }

func (s *Site) setupPage(w http.ResponseWriter, r *http.Request) error {
	if !s.waiting() {
		return s.kit.NotFound(w, r)
	}
	values := page.Values{}
	values.Set("merged", "1") // a small office begins with one person (realities 4)
	return s.renderSetup(w, r, http.StatusOK, page.NewForm(setupPath, values))
}

func (s *Site) setUp(w http.ResponseWriter, r *http.Request) error {
	if s.cfg.Setup.Do == nil {
		return s.kit.NotFound(w, r)
	}
	var in SetupIn
	err := page.Decode(r, &in)
	if err != nil {
		return err
	}
	cookie, err := s.cfg.Setup.Do(r.Context(), in, browser(r))
	if errs.Is(err, errs.Invalid) {
		return s.renderSetup(w, r, http.StatusUnprocessableEntity, page.Refused(setupPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	if cookie == "" {
		return s.kit.Redirect(w, r, signInPath)
	}
	s.Enter(w, r, cookie)
	return s.kit.Redirect(w, r, FirstDayPath)
}

func (s *Site) renderSetup(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	f.Plain = true // the answer is another page with another cookie
	return s.kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "web.setup"), Bare: true, Err: f.Err, Body: setupBody(f)})
}
