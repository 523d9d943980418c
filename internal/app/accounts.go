package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/account/accountweb"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/web"
)

// accounts is the register of accounts, with the estates' names in it.
var accounts = account.List(places)

// places are all estates, for those who give posts in them.
func places(ctx context.Context, q db.Querier) ([]account.Place, error) {
	all, err := estate.Estates(ctx, q, access.ProgramActor().Scope([]access.Post{access.Program}, access.Company))
	known := make([]account.Place, len(all))
	for i, e := range all {
		known[i] = account.Place{ID: e.ID, Name: e.Name}
	}
	return known, err
}

// placeNames are the words no password may be made of.
func (a *App) placeNames(ctx context.Context) ([]string, error) {
	all, err := places(ctx, a.Door.DB.Read())
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names, err
}

func (a *App) accountPages(site *web.Site) accountweb.Pages {
	return accountweb.Pages{Kit: site.Kit(), Door: a.Door, Accounts: a.Accounts, List: accounts, Places: places, EstateName: estate.NameOf,
		Enter: site.Enter, Address: web.AddressOf, Browser: site.Browser, Mark: site.Mark, Office: a.office, Alone: loopback}
}

// BeginSetup opens the set-up of an installation without accounts and gives its code, which nothing else knows; empty
// when there are accounts. Until it is done every page leads to it.
func (a *App) BeginSetup(ctx context.Context) (code string, err error) {
	if there, err := a.Accounts.Any(ctx); err != nil || there {
		return "", err
	}
	setup, code := account.NewSetupCode()
	a.setup.Store(setup)
	return code, nil
}

func (a *App) setupWaits() bool { return a.setup.Load().Waiting() }

// setUp makes the first estate and the first account. All mistakes are found before anything is made; an estate that an
// interrupted set-up left is taken as it is.
func (a *App) setUp(ctx context.Context, in web.SetupIn, from account.Browser) (cookie string, err error) {
	a.settingUp.Lock()
	defer a.settingUp.Unlock()
	setup := a.setup.Load()
	if !setup.Waiting() {
		return "", errs.Rule("D5", "account.error.set_up")
	}
	program := access.With(ctx, access.ProgramActor())
	facts := estate.CreateEstateIn{Name: strings.TrimSpace(in.Estate.Name), Address: in.Estate.Address}
	there, err := a.hasPlace(ctx, facts.Name)
	if err != nil {
		return "", err
	}
	var f errs.Fields
	f.Check(setup.Fits(in.Code), "code", "account.error.code")
	if !there {
		_, err = op.Run(program, a.Door, estate.CreateEstate, facts, op.Dry())
		err = gather(&f, "estate.", err)
	}
	if err == nil {
		err = gather(&f, "", a.Accounts.Check(ctx, in.FirstAccount, facts.Name))
	}
	if err = errors.Join(err, f.Err()); err != nil {
		return "", err
	}
	if !there {
		if _, err := op.Run(program, a.Door, estate.CreateEstate, facts); err != nil {
			return "", err
		}
	}
	cookie, err = a.Accounts.SetUp(ctx, in.FirstAccount, from)
	if err == nil {
		setup.Used()
	}
	return cookie, err
}

// gather adds the fields of an Invalid error under a prefix; any other error is given back.
func gather(f *errs.Fields, prefix string, err error) error {
	if !errs.Is(err, errs.Invalid) {
		return err
	}
	for _, field := range errs.As(err).Fields {
		f.Add(prefix+field.Name, field.Key, field.Args...)
	}
	return nil
}

func (a *App) hasPlace(ctx context.Context, name string) (bool, error) {
	all, err := places(ctx, a.Door.DB.Read())
	return slices.ContainsFunc(all, func(p account.Place) bool { return p.Name == name }), err
}

// NewUser is an account to add from the command line.
type NewUser struct {
	Login, Name string
	Posts       []string // POST or POST@ESTATE, the estate by name or number
}

// AddUser adds an account and gives the path of its one-time sign-in link.
func (a *App) AddUser(ctx context.Context, u NewUser) (path string, err error) {
	in := account.AddAccountIn{Login: u.Login, Name: u.Name}
	all, err := places(ctx, a.Door.DB.Read())
	if err != nil {
		return "", err
	}
	for _, text := range u.Posts {
		post, where, at := strings.Cut(text, "@")
		g := access.Grant{Post: access.Post(post)}
		if at {
			i := slices.IndexFunc(all, func(p account.Place) bool {
				return p.Name == where || strconv.FormatInt(int64(p.ID), 10) == where
			})
			if i < 0 {
				return "", errs.E(errs.Invalid, "account.error.estate", where)
			}
			g.Estate = all[i].ID
		}
		in.Grants = append(in.Grants, g)
	}
	secret := in.Invite()
	_, err = op.Run(access.With(ctx, access.ProgramActor()), a.Door, account.AddAccount, in)
	return account.EnterPath + secret, err
}

// ResetUser takes an account's password away and gives the path of a one-time sign-in link.
func (a *App) ResetUser(ctx context.Context, login string) (path string, err error) {
	id, err := a.Accounts.ByLogin(ctx, login)
	if err == nil && id == 0 {
		err = errs.E(errs.NotFound, "account.error.unknown", login)
	}
	if err != nil {
		return "", err
	}
	in := account.ResetAccountIn{Account: id}
	secret := in.Invite()
	_, err = op.Run(access.With(ctx, access.ProgramActor()), a.Door, account.ResetAccount, in)
	return account.EnterPath + secret, err
}
