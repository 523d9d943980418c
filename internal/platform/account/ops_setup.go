package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// SetUpIn is the first account of an installation, and whether posts that stand apart may be in one hand.
type SetUpIn struct {
	Login  string `form:"login"`
	Name   string `form:"name"`
	Merged bool   `form:"merged"`
	hash   string
}

// SetUp makes the first account, with a password. Once there is an account it is refused for ever.
var SetUp = op.Define("account.set_up", op.Spec[SetUpIn, ID]{
	Clauses: []string{"D5"},
	Posts:   []access.Post{access.Program},
	Check:   func(in *SetUpIn, _ cn.Date, f *errs.Fields) { checkPerson(&in.Login, &in.Name, f) },
	Subject: func(context.Context, op.Tx, SetUpIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Allow: func(ctx context.Context, tx op.Tx, _ SetUpIn, _ op.Subject) error {
		there, err := tx.Select((*Account)(nil)).Exists(ctx)
		if err == nil && there {
			return errs.Rule("D5", "account.error.set_up")
		}
		return err
	},
	Do: func(ctx context.Context, tx op.Tx, in SetUpIn) (ID, error) {
		o := &office{Merged: in.Merged}
		o.ID = theOffice
		if err := tx.Insert(ctx, o); err != nil {
			return 0, err
		}
		first := &Account{Login: in.Login, Name: in.Name, PasswordSet: tx.Now().UnixMicro()}
		a, err := insertAccount(ctx, tx, first, firstPosts(in.Merged))
		if err != nil {
			return 0, err
		}
		return a.ID, putSecret(ctx, tx, a.ID, in.hash, regular)
	},
})
