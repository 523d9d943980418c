package accountweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// totpView is the page that sets up the second step.
type totpView struct {
	form *page.Form
	key  account.TOTPKey
	has  bool // there is one already
	must bool // nothing else is open before
}

func (p Pages) totpPage(w http.ResponseWriter, r *http.Request) error {
	return p.renderTOTP(w, r, http.StatusOK, page.NewForm(account.TOTPPath, nil))
}

// setTOTP shows the recovery codes in its answer, since nothing keeps them.
func (p Pages) setTOTP(w http.ResponseWriter, r *http.Request) error {
	var in account.NewTOTP
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	ctx := r.Context()
	recovery, err := p.Accounts.SetUpTOTP(ctx, account.From(ctx), in, p.Address(r))
	if errs.Is(err, errs.Invalid) {
		return p.renderTOTP(w, r, http.StatusUnprocessableEntity, page.Refused(account.TOTPPath, page.Typed(r), err))
	}
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "account.totp.done")
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: title, Body: recoveryBody(title, recovery)})
}

func (p Pages) renderTOTP(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	ctx, me := r.Context(), account.From(r.Context())
	offered, err := p.Accounts.OffersTOTP(ctx, me)
	if err != nil {
		return err
	}
	if !offered {
		return errs.E(errs.NotFound, "error.not_found")
	}
	v := totpView{form: f, must: me.MustCode}
	if v.has, err = account.HasTOTP(ctx, p.Door.DB.Read(), me.ID()); err != nil {
		return err
	}
	if v.key, err = p.Accounts.NewTOTPKey(ctx, me, f.Value("nonce")); err != nil {
		return err
	}
	f.Plain, f.NoDraft = true, true // its answer shows the recovery codes, and must not be asked for again by the way back
	title := i18n.T(ctx, "account.totp.set")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Err: f.Err, Bare: v.must, Body: totpBody(title, v)})
}

// ownActions are what one may do to one's own account.
func ownActions(ctx context.Context, v ownView) []page.Action {
	actions := []page.Action{
		{Key: "password", Label: i18n.T(ctx, "account.password.change"), Href: account.PasswordPath, Primary: true},
		{Key: "pin", Label: i18n.T(ctx, "account.pin.set"), Href: account.PINPath},
	}
	if v.offered {
		actions = append(actions, page.Action{Key: "totp", Label: i18n.T(ctx, "account.totp.set"), Href: account.TOTPPath})
	}
	return actions
}

// ownFacts are what one sees of oneself; the second step only where it is offered.
func ownFacts(ctx context.Context, v ownView) []page.FactGroup {
	groups := []page.FactGroup{{Title: i18n.T(ctx, "account.facts"), Facts: []page.Fact{
		{Label: i18n.T(ctx, "account.name"), Text: v.account.Name},
		{Label: i18n.T(ctx, "account.login"), Text: v.account.Login},
		{Label: i18n.T(ctx, "account.posts"), Text: v.posts},
	}}, cardFacts(ctx, v.card, v.pin)}
	if v.offered {
		groups = append(groups, totpFacts(ctx, v))
	}
	return groups
}

func totpFacts(ctx context.Context, v ownView) page.FactGroup {
	state, word := page.Unknown, i18n.T(ctx, "account.totp.none")
	if v.totp {
		state, word = page.OK, i18n.T(ctx, "account.totp.on")
	}
	return page.FactGroup{Title: i18n.T(ctx, "account.totp"), Facts: []page.Fact{{Label: i18n.T(ctx, "account.state"), State: state, Chip: word}}}
}
