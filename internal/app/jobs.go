package app

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
)

// actorOf is as whom an account acts now: for a job it started, a request it made.
func actorOf(ctx context.Context, q db.Querier, id int64) (access.Actor, error) {
	return account.ActorOf(ctx, q, account.ID(id))
}
