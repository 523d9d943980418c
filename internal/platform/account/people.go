package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// People are the enabled accounts that hold one of some posts in an estate, by name: to whom work there can be given.
func People(ctx context.Context, q db.Querier, e access.EstateID, posts []access.Post) ([]access.Actor, error) {
	ids, err := holdersOf(ctx, q, posts)
	if err != nil {
		return nil, err
	}
	var people []access.Actor
	for _, id := range ids {
		who, err := ActorOf(ctx, q, id)
		if err != nil {
			return nil, err
		}
		if _, holds := who.Holding(e, posts); holds && who.Account != 0 {
			people = append(people, who)
		}
	}
	return people, nil
}

// Everybody is every account there ever was, by name.
func Everybody(ctx context.Context, q db.Querier) ([]*Account, error) {
	var all []*Account
	err := q.Select(&all).OrderExpr("COALESCE(sorting, name), id").Scan(ctx)
	return all, err
}
