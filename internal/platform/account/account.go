package account

import (
	"context"
	"database/sql"
	"embed"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// ID names an account.
type ID int64

// Account is somebody who may sign in.
type Account struct {
	bun.BaseModel `bun:"table:account_account,alias:account"`
	evidence.Row[ID]
	Login    string `bun:"login"`
	Name     string `bun:"name"`
	Disabled int64  `bun:"disabled,nullzero"` // µs UTC
}

type grantID int64

// grant is a post held; the actor of a request is made of the grants not ended.
type grant struct {
	bun.BaseModel `bun:"table:account_grant,alias:held"`
	evidence.Row[grantID]
	Account  ID              `bun:"account"`
	Post     access.Post     `bun:"post"`
	AtEstate access.EstateID `bun:"at_estate"`
	Ended    int64           `bun:"ended,nullzero"` // µs UTC
}

// Files are the package's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var Files embed.FS

// Tables are the package's tables.
var Tables = []evidence.Table{
	evidence.Of[Account](),
	evidence.Of[grant](),
	evidence.Exempt("account_session", "sessions come and go; signing in leaves a leaf"),
	evidence.Exempt("account_link", "one-time links, gone when used"),
}

// Ops are the package's operations.
var Ops = []op.Any{AddAccount, SignIn}

// Names are the display names of accounts, for history and lists; unknown ids are left out.
func Names(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	names := map[int64]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []Account
	err := q.Select(&rows).Column("id", "name").Where("id IN (?)", bun.List(ids)).Scan(ctx)
	for _, a := range rows {
		names[int64(a.ID)] = a.Name
	}
	return names, err
}

// actorOf is the actor an account acts as: its grants in force.
func actorOf(ctx context.Context, q db.Querier, id ID) (access.Actor, error) {
	var a Account
	err := q.Select(&a).Where("id = ?", id).Where("disabled IS NULL").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return access.Actor{}, nil
	}
	if err != nil {
		return access.Actor{}, err
	}
	var held []grant
	if err := q.Select(&held).Where("account = ?", id).Where("ended IS NULL").Order("id").Scan(ctx); err != nil {
		return access.Actor{}, err
	}
	actor := access.Actor{Account: int64(a.ID), Name: a.Name}
	for _, g := range held {
		actor.Grants = append(actor.Grants, access.Grant{Post: g.Post, Estate: g.AtEstate})
	}
	return actor, nil
}

// ByLogin is the account of a login; 0 when there is none.
func (k Keeper) ByLogin(ctx context.Context, login string) (ID, error) {
	var a Account
	err := k.Door.DB.Read().Select(&a).Where("login = ?", login).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return a.ID, err
}
