package accountweb

import (
	"context"
	"net/http"

	"hudang/internal/platform/account"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

func (p Pages) issueCard(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err == nil {
		_, err = opform.Run(r, p.Door, account.IssueCard, account.AccountIn{Account: a.ID}, "")
	}
	return p.back(w, r, a, err)
}

func (p Pages) voidCard(w http.ResponseWriter, r *http.Request) error {
	a, err := p.account(r)
	if err == nil {
		_, err = opform.Run(r, p.Door, account.VoidCard, account.AccountIn{Account: a.ID}, "")
	}
	return p.back(w, r, a, err)
}

// card is an account's work card, and whether it has a PIN.
func (p Pages) card(ctx context.Context, id account.ID) (account.Card, bool, error) {
	card, err := account.CardOf(ctx, p.Door.DB.Read(), id)
	if err != nil {
		return card, false, err
	}
	pin, err := account.HasPIN(ctx, p.Door.DB.Read(), id)
	return card, pin, err
}

func (p Pages) pinPage(w http.ResponseWriter, r *http.Request) error {
	return p.renderPIN(w, r, http.StatusOK, page.NewForm(account.PINPath, nil))
}

func (p Pages) setPIN(w http.ResponseWriter, r *http.Request) error {
	var in account.NewPIN
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	err := p.Accounts.SetPIN(r.Context(), account.From(r.Context()), in, p.Address(r))
	return opform.After(p.Kit, w, r, err, account.OwnPath, func(err error) error {
		return p.renderPIN(w, r, http.StatusUnprocessableEntity, page.Refused(account.PINPath, nil, err))
	})
}

func (p Pages) renderPIN(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	title := i18n.T(r.Context(), "account.pin.set")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Err: f.Err, Body: pinBody(title, f)})
}

// cardFacts say which card an account has, with its bars.
func cardFacts(ctx context.Context, card account.Card, pin bool) page.FactGroup {
	group := page.FactGroup{Title: i18n.T(ctx, "account.card.group")}
	if card.Number == "" {
		group.Facts = append(group.Facts, page.Fact{Label: i18n.T(ctx, "account.card"), Text: i18n.T(ctx, "account.card.none")})
	} else {
		group.Facts = append(group.Facts, page.Fact{Label: i18n.T(ctx, "account.card"), Body: cardBars(card)})
	}
	state, word := page.Unknown, i18n.T(ctx, "account.pin.none")
	if pin {
		state, word = page.OK, i18n.T(ctx, "account.pin.is_set")
	}
	group.Facts = append(group.Facts, page.Fact{Label: i18n.T(ctx, "account.pin"), State: state, Chip: word})
	return group
}
