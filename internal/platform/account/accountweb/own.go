package accountweb

import (
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// ownView is what one's own page shows.
type ownView struct {
	account  *account.Account
	posts    string
	card     account.Card
	pin      bool
	offered  bool // the second step
	totp     bool // is set up
	sessions []account.SignedIn
}

func (p Pages) showOwn(w http.ResponseWriter, r *http.Request) error {
	ctx, me := r.Context(), account.From(r.Context())
	a, err := account.Find(ctx, p.Door.DB.Read(), me.ID())
	if err != nil {
		return err
	}
	places, err := p.places(ctx)
	if err != nil {
		return err
	}
	v := ownView{account: a, posts: account.GrantsText(ctx, me.Actor.Grants, places)}
	if v.card, v.pin, err = p.card(ctx, a.ID); err != nil {
		return err
	}
	if v.offered, err = p.Accounts.OffersTOTP(ctx, me); err != nil {
		return err
	}
	if v.totp, err = account.HasTOTP(ctx, p.Door.DB.Read(), a.ID); err != nil {
		return err
	}
	if v.sessions, err = p.Accounts.Sessions(ctx, a.ID); err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: i18n.T(ctx, "account.own"), Body: ownBody(v)})
}

// endOwn signs out one other browser, or all others.
func (p Pages) endOwn(w http.ResponseWriter, r *http.Request) error {
	me := account.From(r.Context())
	in := me.Others()
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	r = r.WithContext(access.With(r.Context(), account.Everywhere(me.Actor)))
	if _, err := opform.Run(r, p.Door, account.EndOwnSessions, in, ""); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, account.OwnPath)
}

func (p Pages) passwordPage(w http.ResponseWriter, r *http.Request) error {
	return p.renderPassword(w, r, http.StatusOK, page.NewForm(account.PasswordPath, nil))
}

func (p Pages) setPassword(w http.ResponseWriter, r *http.Request) error {
	ctx, me := r.Context(), account.From(r.Context())
	var in account.NewPassword
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	cookie, err := p.Accounts.ChangePassword(ctx, me, in, p.Address(r))
	if errs.Is(err, errs.Invalid) {
		return p.renderPassword(w, r, http.StatusUnprocessableEntity, page.Refused(account.PasswordPath, nil, err))
	}
	if err != nil {
		return err
	}
	p.Enter(w, r, cookie)
	to := account.OwnPath
	if me.MustSet {
		to = "/"
	}
	return p.Kit.Redirect(w, r, to)
}

// renderPassword shows the form: alone, without the way to anything else, for whoever must set one first.
func (p Pages) renderPassword(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	ctx, me := r.Context(), account.From(r.Context())
	a, err := account.Find(ctx, p.Door.DB.Read(), me.ID())
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "account.password.change")
	if a.PasswordSet == 0 {
		title = i18n.T(ctx, "account.password.first")
	}
	protected, err := p.Accounts.Protected(ctx)
	if err != nil {
		return err
	}
	f.Plain, f.NoDraft = true, true // the answer sets another cookie and leads elsewhere
	return p.Kit.Render(w, r, status, page.Page{Title: title, Err: f.Err, Bare: me.MustSet, Body: passwordBody(title, a, f, me.MustSet, protected)})
}
