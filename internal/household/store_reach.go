package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// unreached is the choice of the list's filter by how a household can be reached.
const unreached = "none"

// nobodyReached is the condition that no owner or tenant of today is known with a telephone, or with his word that he has none. By whom
// a household is called is one of them, and nearly always reached: he is asked about first. COALESCE keeps SQLite from looking for
// each kind and part of a list by itself: a party has few contacts.
const nobodyReached = `NOT EXISTS (SELECT 1 FROM estate_contact c WHERE c.party = ?TableAlias.head AND c.valid_to IS NULL AND COALESCE(c.kind, '') IN (?))
	AND NOT EXISTS (SELECT 1 FROM household_occupancy o JOIN estate_contact c ON c.party = o.party
	WHERE o.household = ?TableAlias.id AND o.until IS NULL AND COALESCE(o.part, '') IN (?) AND c.valid_to IS NULL AND COALESCE(c.kind, '') IN (?))`

// reaching are the kinds of contact by which somebody is called, or said that he cannot be.
var reaching = []estate.ContactKind{estate.Mobile, estate.Landline, estate.OtherWay, estate.NoPhone}

func withoutReach(q *bun.SelectQuery, _, _ string) *bun.SelectQuery {
	return q.Where(nobodyReached, bun.List(reaching), bun.List(Heads), bun.List(reaching))
}

// reachIn is how many households of an estate are in force, and how many of them nobody can reach.
type reachIn struct{ All, Nobody int64 }

// reachOf counts the households in force of an estate, and those of them that nobody can reach.
func reachOf(ctx context.Context, q db.Querier, e access.EstateID) (reachIn, error) {
	return evidence.Kept(ctx, q, e, "whom nobody reaches", "", func() (r reachIn, err error) {
		return r, evidence.Within(q.Select((*Household)(nil)), access.Only(e)).Apply(rowsInForce).ColumnExpr("COUNT(*)").
			ColumnExpr("COALESCE(SUM(CASE WHEN "+nobodyReached+" THEN 1 ELSE 0 END), 0)", bun.List(reaching), bun.List(Heads), bun.List(reaching)).Scan(ctx, &r.All, &r.Nobody)
	})
}
