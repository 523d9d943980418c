package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// IssueCard gives an account a work card; the one before is void from then on. The number alone opens nothing.
var IssueCard = op.Define("account.issue_card", onCard(func(ctx context.Context, tx op.Tx, a *Account) error {
	if a.Disabled != 0 {
		return errs.Rule("D5", "account.error.disabled", a.Name)
	}
	if err := voidCard(ctx, tx, a.ID); err != nil {
		return err
	}
	card := &Card{Account: a.ID, Number: newCardNumber()}
	card.ID = cardID(tx.NewID())
	return tx.Insert(ctx, card)
}))

// VoidCard ends an account's work card: lost, or given back.
var VoidCard = op.Define("account.void_card", onCard(func(ctx context.Context, tx op.Tx, a *Account) error {
	return voidCard(ctx, tx, a.ID)
}))

// onCard is an operation on one account's card. One's own too: without the own password a card has no PIN.
func onCard(do func(context.Context, op.Tx, *Account) error) op.Spec[AccountIn, ID] {
	return op.Spec[AccountIn, ID]{
		Clauses: []string{"D5"},
		Posts:   mayManage,
		Subject: func(ctx context.Context, tx op.Tx, in AccountIn) (op.Subject, error) {
			_, s, err := lockAccount(ctx, tx, in.Account)
			return s, err
		},
		Do: func(ctx context.Context, tx op.Tx, in AccountIn) (ID, error) {
			a, _, err := lockAccount(ctx, tx, in.Account)
			if err == nil {
				err = do(ctx, tx, a)
			}
			return in.Account, err
		},
	}
}

func voidCard(ctx context.Context, tx op.Tx, id ID) error {
	card, err := CardOf(ctx, tx, id)
	if err != nil || card.ID == 0 {
		return err
	}
	if err := tx.Lock(ctx, &card); err != nil {
		return err
	}
	card.Ended = tx.Now().UnixMicro()
	return tx.Update(ctx, &card)
}

// SetPINIn is a new PIN of an account, hashed already, with the password that was proven for it.
type SetPINIn struct {
	Account ID
	hash    string
	secret  string
}

// SetPIN sets one's own PIN.
var SetPIN = op.Define("account.set_pin", op.Spec[SetPINIn, ID]{
	NoClause: "one's own PIN serves no clause of its own; D5 rests on it",
	Posts:    access.Posts,
	Subject: func(ctx context.Context, tx op.Tx, in SetPINIn) (op.Subject, error) {
		_, s, err := lockAccount(ctx, tx, in.Account)
		return s, err
	},
	Allow: func(_ context.Context, tx op.Tx, in SetPINIn, _ op.Subject) error {
		return onlyOneself(tx.Actor(), in.Account)
	},
	Do: func(ctx context.Context, tx op.Tx, in SetPINIn) (ID, error) {
		if now, err := secretOf(ctx, tx, in.Account); err != nil || now == "" || now != in.secret {
			return 0, orRefused(err, "account.error.password_changed")
		}
		return in.Account, putPIN(ctx, tx, in.Account, in.hash)
	},
})
