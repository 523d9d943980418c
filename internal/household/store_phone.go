package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// phoneless is the condition that an owner or tenant of today said before a day that he has no telephone.
const phoneless = `?TableAlias.id IN (SELECT o.household FROM estate_contact c JOIN household_occupancy o ON o.party = c.party
	WHERE c.kind = 'none' AND c.valid_to IS NULL AND c.valid_from < ? AND o.until IS NULL AND o.part IN (?))`

func phonelessBefore(q *bun.SelectQuery, day, _ string) *bun.SelectQuery {
	return q.Where(phoneless, day, bun.List(Heads))
}

// phonelessSince counts the households in force of an estate whose owner or tenant said so before a day.
func phonelessSince(ctx context.Context, q db.Querier, e access.EstateID, before string) (int64, error) {
	return evidence.Kept(ctx, q, e, "no telephone", before, func() (int64, error) {
		return evidence.Within(q.Select((*Household)(nil)), access.Only(e)).Apply(rowsInForce).Where(phoneless, before, bun.List(Heads)).Count(ctx)
	})
}
