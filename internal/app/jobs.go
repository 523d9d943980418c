package app

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
)

// actorOf is as whom a job acts: the account that started it, with the posts it holds now; nobody once it is disabled.
func actorOf(ctx context.Context, q db.Querier, id int64) (access.Actor, error) {
	a, err := account.Find(ctx, q, account.ID(id))
	if err != nil || a.Disabled != 0 {
		return access.Actor{}, err
	}
	grants, err := account.Grants(ctx, q, a.ID)
	return access.Actor{Account: id, Name: a.Name, Grants: grants}, err
}
