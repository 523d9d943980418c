package accountweb

import (
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// pcView is the page of registered computers.
type pcView struct {
	all  []account.PC
	here account.PC // the one being used; the zero PC when it is not registered
	form *page.Form
}

func (p Pages) showPCs(w http.ResponseWriter, r *http.Request) error {
	return p.renderPCs(w, r, http.StatusOK, page.NewForm(account.PCPath, nil))
}

// registerPC gives the browser its cookie with the answer; sent again, the same form only shows the page.
func (p Pages) registerPC(w http.ResponseWriter, r *http.Request) error {
	var in account.RegisterPCIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	secret := in.Mark(account.From(r.Context()))
	done, err := opform.Run(r, p.Door, account.RegisterPC, in, "")
	if errs.Is(err, errs.Invalid) {
		return p.renderPCs(w, r, http.StatusUnprocessableEntity, page.Refused(account.PCPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	if !done.Replayed {
		p.Mark(w, r, secret)
	}
	return p.Kit.Redirect(w, r, account.PCPath)
}

func (p Pages) endPC(w http.ResponseWriter, r *http.Request) error {
	var in account.PCIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, account.EndPC, in, ""); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, account.PCPath)
}

func (p Pages) renderPCs(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	ctx := r.Context()
	v := pcView{form: f}
	var err error
	if v.all, err = account.PCs(ctx, p.Door.DB.Read()); err != nil {
		return err
	}
	if v.here, err = p.Accounts.PCOf(ctx, p.Browser(r)); err != nil {
		return err
	}
	f.Plain = true // the answer sets a cookie
	return p.Kit.Render(w, r, status, page.Page{Title: i18n.T(ctx, "account.pcs"), Nav: NavAccounts, Err: f.Err, Body: pcBody(v)})
}
