package accountweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

// accountView is what an account's page shows.
type accountView struct {
	account  *account.Account
	version  int64
	posts    string
	seen     string
	card     account.Card
	pin      bool
	sessions []account.SignedIn
	history  []page.Event
	disable  *page.Form
	own      bool   // nobody changes his own
	link     string // a one-time link just made: shown now and never again
	code     string // the same, to be read out
	added    bool   // the account was made just now
	alone    bool   // the link opens on the server only
}

func refOf(a *account.Account) string { return "account:" + ref.Text(a.ID) }

func (p Pages) showAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	return p.renderAccount(w, r, http.StatusOK, a, accountView{})
}

// renderAccount shows an account's page; v says what is special about this showing.
func (p Pages) renderAccount(w http.ResponseWriter, r *http.Request, status int, a *account.Account, v accountView) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	if v.disable == nil {
		v.disable = page.NewForm(a.Path()+"/disable", nil)
	}
	places, err := p.places(ctx)
	if err != nil {
		return err
	}
	held, err := account.Grants(ctx, q, a.ID)
	if err != nil {
		return err
	}
	if v.version, err = account.Version(ctx, p.Door, a); err != nil {
		return err
	}
	seen, err := account.SeenAt(ctx, q, a.ID)
	if err != nil {
		return err
	}
	if v.card, v.pin, err = p.card(ctx, a.ID); err != nil {
		return err
	}
	if v.sessions, err = p.Accounts.Sessions(ctx, a.ID); err != nil {
		return err
	}
	if v.history, err = p.history(ctx, a, places); err != nil {
		return err
	}
	if seen != 0 {
		v.seen = clock.Moment(seen)
	}
	v.account, v.posts, v.own = a, account.GrantsText(ctx, held, places), a.ID == account.From(ctx).ID()
	return p.Kit.Render(w, r, status, page.Page{Title: a.Name, Nav: NavAccounts, Err: v.disable.Err, Body: accountBody(v)})
}

// history tells an account's changes, the newest first.
func (p Pages) history(ctx context.Context, a *account.Account, places []account.Place) ([]page.Event, error) {
	changes, err := account.History(ctx, p.Door, a)
	if err != nil {
		return nil, err
	}
	return p.events(ctx, changes, func(c account.Change) string { return told(ctx, c, places) })
}

// told says what a change did to the posts, and why.
func told(ctx context.Context, c account.Change, places []account.Place) string {
	var parts []string
	if len(c.Lost) > 0 {
		parts = append(parts, i18n.T(ctx, "account.lost", account.GrantsText(ctx, c.Lost, places)))
	}
	if len(c.Gained) > 0 {
		parts = append(parts, i18n.T(ctx, "account.gained", account.GrantsText(ctx, c.Gained, places)))
	}
	if c.Reason != "" {
		parts = append(parts, c.Reason)
	}
	text := ""
	for i, part := range parts {
		if i > 0 {
			text += i18n.T(ctx, "account.then")
		}
		text += part
	}
	return text
}

func (p Pages) disable(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	var f errs.Fields
	f.Check(page.Typed(r).Get(opform.FieldReason) != "", opform.FieldReason, "account.error.why")
	if err = f.Err(); err == nil {
		_, err = opform.Run(r, p.Door, account.DisableAccount, account.AccountIn{Account: a.ID}, refOf(a))
	}
	if errs.Is(err, errs.Invalid) {
		return p.renderAccount(w, r, http.StatusUnprocessableEntity, a, accountView{disable: page.Refused(a.Path()+"/disable", page.Typed(r), err)})
	}
	return p.back(w, r, a, err)
}

func (p Pages) enable(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err == nil {
		_, err = opform.Run(r, p.Door, account.EnableAccount, account.AccountIn{Account: a.ID}, "")
	}
	return p.back(w, r, a, err)
}

// reset shows the new link in its answer, since nothing keeps it; sent again, the same form shows the account only.
func (p Pages) reset(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	in := account.ResetAccountIn{Account: a.ID}
	secret := in.Invite()
	done, err := opform.Run(r, p.Door, account.ResetAccount, in, "")
	if err != nil || done.Replayed {
		return p.back(w, r, a, err)
	}
	return p.showLink(w, r, a.ID, secret, false)
}

// showLink shows an account as it is now with the link to it.
func (p Pages) showLink(w http.ResponseWriter, r *http.Request, id account.ID, secret string, added bool) error {
	a, err := account.Find(r.Context(), p.Door.DB.Read(), id)
	if err != nil {
		return err
	}
	return p.renderAccount(w, r, http.StatusOK, a, accountView{link: p.linkTo(r, secret), code: account.SpokenCode(secret), added: added, alone: p.Alone(p.Office(r.Host))})
}

// linkTo is the whole address of a one-time link, for handing over: by the office's own address when the administrator sits at
// the server, whose 127.0.0.1 is another computer everywhere else.
func (p Pages) linkTo(r *http.Request, secret string) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + p.Office(r.Host) + account.EnterPath + secret
}

func (p Pages) endSessions(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err != nil {
		return err
	}
	in := account.EndSessionsIn{Account: a.ID}
	if err = page.Decode(r, &in); err == nil {
		_, err = opform.Run(r, p.Door, account.EndSessions, in, "")
	}
	return p.back(w, r, a, err)
}

func (p Pages) back(w http.ResponseWriter, r *http.Request, a *account.Account, err error) error {
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, a.Path())
}
