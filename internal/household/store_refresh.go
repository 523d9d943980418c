package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// known is the local date to which a household's facts are known to hold: when they were last confirmed, else when it began.
// One that says neither was never known.
const known = "COALESCE(?TableAlias.checked, ?TableAlias.since, '')"

// freshness is how many households of a building are confirmed and how many are not.
type freshness struct {
	estate.Place `bun:",extend"`
	All          int64  `bun:"everything"`
	Stale        int64  `bun:"stale"`
	Soon         int64  `bun:"soon"`   // stale, or will be in some days
	Done         int64  `bun:"done"`   // confirmed on the day itself
	Oldest       string `bun:"oldest"` // known date of the one that waits longest; empty: never known
}

func (f *freshness) Add(b freshness) {
	f.All, f.Stale, f.Soon, f.Done, f.Oldest = f.All+b.All, f.Stale+b.Stale, f.Soon+b.Soon, f.Done+b.Done, min(f.Oldest, b.Oldest)
}

// freshByBuilding counts the households in force by building.
func freshByBuilding(ctx context.Context, q db.Querier, s access.Scope, r refresh) ([]freshness, error) {
	return estate.Kept(ctx, q, s, "confirmed files", r.stale+" "+r.soon+" "+r.day, func(s access.Scope) (rows []freshness, err error) {
		return rows, evidence.Within(q.Select((*Household)(nil)), s).Apply(rowsInForce).
			Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.first_unit").
			ColumnExpr("?TableAlias.estate AS estate, COALESCE(u.building, '') AS building, COUNT(*) AS everything").
			ColumnExpr(estate.NameColumn).
			ColumnExpr("SUM(CASE WHEN "+known+" < ? THEN 1 ELSE 0 END) AS stale", r.stale).
			ColumnExpr("SUM(CASE WHEN "+known+" < ? THEN 1 ELSE 0 END) AS soon", r.soon).
			ColumnExpr("SUM(CASE WHEN ?TableAlias.checked = ? THEN 1 ELSE 0 END) AS done", r.day).
			ColumnExpr("MIN("+known+") AS oldest").
			GroupExpr("?TableAlias.estate, u.building").OrderExpr("?TableAlias.estate, u.building").Scan(ctx, &rows)
	})
}

// knownBefore narrows to the households whose facts are known to hold only before a day.
func knownBefore(q *bun.SelectQuery, day, _ string) *bun.SelectQuery {
	return q.Where(known+" < ?", day)
}
