package account

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// AddAccountIn names a new account and the posts it holds.
type AddAccountIn struct {
	Login  string `form:"login"`
	Name   string `form:"name"`
	Grants []access.Grant
	link   []byte // hashed: not part of the log
}

// Invite adds a one-time link to the new account and gives its secret, which is shown once.
func (in *AddAccountIn) Invite() (secret string) {
	secret = newLinkCode()
	in.link = hash(secret)
	return secret
}

// AddAccount makes an account. The security administrator does it; the program does at the first start.
var AddAccount = op.Define("account.add_account", op.Spec[AddAccountIn, ID]{
	Clauses: []string{"D5"},
	Posts:   mayInvite,
	Check: func(in *AddAccountIn, _ cn.Date, f *errs.Fields) {
		checkPerson(&in.Login, &in.Name, f)
		checkGrants(&in.Grants, f)
	},
	Subject: func(context.Context, op.Tx, AddAccountIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Allow: func(ctx context.Context, tx op.Tx, in AddAccountIn, _ op.Subject) error {
		return apart(ctx, tx, in.Grants)
	},
	Do: func(ctx context.Context, tx op.Tx, in AddAccountIn) (ID, error) {
		a, err := insertAccount(ctx, tx, &Account{Login: in.Login, Name: in.Name}, in.Grants)
		if err == nil && in.link != nil {
			err = insertLink(ctx, tx, a.ID, in.link)
		}
		return a.ID, err
	},
})

// ChangeGrantsIn are the posts an account shall hold, all of them.
type ChangeGrantsIn struct {
	Account ID
	Grants  []access.Grant
}

// ChangeGrants gives an account other posts. It has to sign in anew, so that no page stands that it may not see any more.
var ChangeGrants = op.Define("account.change_grants", op.Spec[ChangeGrantsIn, ID]{
	Clauses: []string{"D5"},
	Posts:   mayManage,
	Check:   func(in *ChangeGrantsIn, _ cn.Date, f *errs.Fields) { checkGrants(&in.Grants, f) },
	Subject: func(ctx context.Context, tx op.Tx, in ChangeGrantsIn) (op.Subject, error) {
		_, s, err := lockAccount(ctx, tx, in.Account)
		return s, err
	},
	Allow: func(ctx context.Context, tx op.Tx, in ChangeGrantsIn, _ op.Subject) error {
		if err := notOneself(tx.Actor(), in.Account); err != nil {
			return err
		}
		return apart(ctx, tx, in.Grants)
	},
	Do: func(ctx context.Context, tx op.Tx, in ChangeGrantsIn) (ID, error) {
		_, err := becomes(ctx, tx, in.Account, in.Grants)
		return in.Account, err
	},
})

// AccountIn names an account that something is done to.
type AccountIn struct{ Account ID }

// DisableAccount ends an account's right to sign in, at once (E10).
var DisableAccount = op.Define("account.disable_account", onAccount([]string{"D5", "E10"}, func(ctx context.Context, tx op.Tx, a *Account) error {
	if a.Disabled == 0 { // the first day stands
		a.Disabled = tx.Now().UnixMicro()
	}
	if err := tx.Update(ctx, a); err != nil {
		return err
	}
	if err := deleteLinks(ctx, tx, a.ID); err != nil {
		return err
	}
	return endSessions(ctx, tx, a.ID, nil)
}))

// EnableAccount takes a disabling back. The password is as it was.
var EnableAccount = op.Define("account.enable_account", onAccount([]string{"D5"}, func(ctx context.Context, tx op.Tx, a *Account) error {
	a.Disabled = 0
	return tx.Update(ctx, a)
}))

// onAccount is an operation that changes one account, never one's own.
func onAccount(clauses []string, do func(context.Context, op.Tx, *Account) error) op.Spec[AccountIn, ID] {
	return op.Spec[AccountIn, ID]{
		Clauses: clauses,
		Posts:   mayManage,
		Subject: func(ctx context.Context, tx op.Tx, in AccountIn) (op.Subject, error) {
			_, s, err := lockAccount(ctx, tx, in.Account)
			return s, err
		},
		Allow: func(_ context.Context, tx op.Tx, in AccountIn, _ op.Subject) error {
			return notOneself(tx.Actor(), in.Account)
		},
		Do: func(ctx context.Context, tx op.Tx, in AccountIn) (ID, error) {
			a, _, err := lockAccount(ctx, tx, in.Account)
			if err == nil {
				err = do(ctx, tx, a)
			}
			if err == nil {
				err = settlePowers(ctx, tx, a)
			}
			return in.Account, err
		},
	}
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

func checkPerson(login, name *string, f *errs.Fields) {
	*login, *name = strings.ToLower(strings.TrimSpace(*login)), strings.TrimSpace(*name)
	f.Check(*name != "", "name", "error.required")
	f.Within("name", *name, 40)
	f.Check(*login != "", "login", "error.required")
	f.Check(*login == "" || loginForm.MatchString(*login), "login", "account.error.login")
}

// checkGrants drops what is said twice: a post held everywhere is held in each estate.
func checkGrants(grants *[]access.Grant, f *errs.Fields) {
	var once []access.Grant
	for _, g := range *grants {
		switch {
		case !slices.Contains(access.Posts, g.Post):
			f.Add("company", "account.error.post", string(g.Post))
		case g.Estate != access.Company && slices.Contains(Administrators, g.Post):
			f.Add("company", "account.error.company_post")
		case !slices.Contains(once, g) && !slices.Contains(once, access.Grant{Post: g.Post}):
			once = append(once, g)
		}
	}
	*grants = once
	f.Check(len(once) > 0, "company", "account.error.no_post")
}

func insertAccount(ctx context.Context, tx op.Tx, a *Account, grants []access.Grant) (*Account, error) {
	taken, err := tx.Select((*Account)(nil)).Where("login = ?", a.Login).Exists(ctx)
	if err != nil {
		return a, err
	}
	if taken {
		var f errs.Fields
		f.Add("login", "account.error.taken")
		return a, f.Err()
	}
	a.ID, a.Sorting = ID(tx.NewID()), cn.SortKey(a.Name)
	if err := tx.Insert(ctx, a); err != nil {
		return a, err
	}
	if err := insertGrants(ctx, tx, a.ID, grants); err != nil {
		return a, err
	}
	return a, settlePowers(ctx, tx, a)
}

func insertGrants(ctx context.Context, tx op.Tx, id ID, grants []access.Grant) error {
	for _, g := range grants {
		row := &grant{Account: id, Post: g.Post, AtEstate: g.Estate}
		row.ID = grantID(tx.NewID())
		if err := tx.Insert(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// becomes gives an account other posts; it has to sign in anew when they are.
func becomes(ctx context.Context, tx op.Tx, id ID, grants []access.Grant) (changed bool, err error) {
	a, _, err := lockAccount(ctx, tx, id)
	if err != nil {
		return false, err
	}
	if changed, err = replaceGrants(ctx, tx, id, grants); err != nil || !changed {
		return changed, err
	}
	if err := settlePowers(ctx, tx, a); err != nil {
		return changed, err
	}
	return changed, endSessions(ctx, tx, id, nil)
}

// replaceGrants ends what is no longer held and adds what is new.
func replaceGrants(ctx context.Context, tx op.Tx, id ID, grants []access.Grant) (changed bool, err error) {
	held, err := grantsOf(ctx, tx, id)
	if err != nil {
		return false, err
	}
	fresh := slices.Clone(grants)
	for i := range held {
		g := &held[i]
		if g.Ended != 0 {
			continue
		}
		if at := slices.Index(fresh, access.Grant{Post: g.Post, Estate: g.AtEstate}); at >= 0 {
			fresh = slices.Delete(fresh, at, at+1)
			continue
		}
		if err := tx.Lock(ctx, g); err != nil {
			return false, err
		}
		g.Ended, changed = tx.Now().UnixMicro(), true
		if err := tx.Update(ctx, g); err != nil {
			return false, err
		}
	}
	return changed || len(fresh) > 0, insertGrants(ctx, tx, id, fresh)
}

// lockAccount locks an account. Its version as a subject counts its grants' too: they are edited with it.
func lockAccount(ctx context.Context, tx op.Tx, id ID) (*Account, op.Subject, error) {
	a := &Account{}
	a.ID = id
	if err := tx.Lock(ctx, a); err != nil {
		return nil, op.Subject{}, err
	}
	held, err := grantsOf(ctx, tx, id)
	return a, op.Subject{Kind: "account", ID: int64(id), Estate: access.Company, Version: versionOf(a, held)}, err
}

func versionOf(a *Account, held []grant) int64 {
	version := a.Version
	for _, g := range held {
		version += g.Version
	}
	return version
}
