package account

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// AddAccountIn names a new account and the posts it holds.
type AddAccountIn struct {
	Login  string `form:"login"`
	Name   string `form:"name"`
	Grants []access.Grant
}

// AddAccount makes an account. The security administrator does it; the program does at the first start.
var AddAccount = op.Define("account.add_account", op.Spec[AddAccountIn, ID]{
	Clauses: []string{"D5"},
	Posts:   mayManageAccounts,
	Check:   checkAccount,
	Subject: func(context.Context, op.Tx, AddAccountIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Do: addAccount,
})

var mayManageAccounts = []access.Post{access.SecurityAdmin, access.Program}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

func checkAccount(in *AddAccountIn, f *errs.Fields) {
	in.Login, in.Name = strings.ToLower(strings.TrimSpace(in.Login)), strings.TrimSpace(in.Name)
	f.Check(loginForm.MatchString(in.Login), "login", "account.error.login")
	f.Check(in.Name != "", "name", "error.required")
	for _, g := range in.Grants {
		f.Check(slices.Contains(access.Posts, g.Post), "grants", "account.error.post", string(g.Post))
	}
}

func addAccount(ctx context.Context, tx op.Tx, in AddAccountIn) (ID, error) {
	taken, err := tx.Select((*Account)(nil)).Where("login = ?", in.Login).Exists(ctx)
	if err != nil {
		return 0, err
	}
	if taken {
		var f errs.Fields
		f.Add("login", "account.error.taken")
		return 0, f.Err()
	}
	a := &Account{Login: in.Login, Name: in.Name}
	a.ID = ID(tx.NewID())
	if err := tx.Insert(ctx, a); err != nil {
		return 0, err
	}
	for _, g := range in.Grants {
		row := &grant{Account: a.ID, Post: g.Post, AtEstate: g.Estate}
		row.ID = grantID(tx.NewID())
		if err := tx.Insert(ctx, row); err != nil {
			return 0, err
		}
	}
	return a.ID, nil
}
