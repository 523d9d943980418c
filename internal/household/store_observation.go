package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
)

// observationRows are the observations of a scope, with the names of a register.
func observationRows(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*ObservationRow)(nil)), s).ColumnExpr("?TableColumns").ColumnExpr("u.code AS code").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.noted_by) AS noted_name").
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.settled_by) AS settled_name").
		Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.unit")
}

func observationsIn(state ObservationState) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.state = ?", state) }
}

// observedBuildings are the buildings somebody noted something in.
func observedBuildings(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	var names []string
	err := evidence.Within(q.Select((*Observation)(nil)), s).ColumnExpr("u.building").
		Join("JOIN estate_unit AS u ON u.id = ?TableAlias.unit").Where("u.building IS NOT NULL").GroupExpr("u.building").
		OrderExpr("MIN(u.sorting)").Scan(ctx, &names)
	options := make([]list.Option, len(names))
	for i, name := range names {
		options[i] = list.Option{Value: name, Label: name}
	}
	return options, err
}

// livingIn is the household in a unit today, that of its tenant before that of its owner; 0 for none.
func livingIn(ctx context.Context, q db.Querier, unit estate.UnitID) (ID, error) {
	var ids []ID
	err := q.Select((*Holding)(nil)).ColumnExpr("?TableAlias.household").Join("JOIN household_household AS h ON h.id = ?TableAlias.household").
		Where("?TableAlias.unit = ?", unit).Where("?TableAlias.until IS NULL").Where("h.until IS NULL").
		OrderExpr("CASE WHEN h.kind IN (?) THEN 0 ELSE 1 END, ?TableAlias.id", bun.List([]Kind{TenantHome, ShopTenant, OfficeTenant})).Limit(1).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// waitingIn is how many observations wait in a place, and since when; a building without a name is a room nobody knows.
type waitingIn struct {
	estate.Place `bun:",extend"`
	N            int   `bun:"n"`
	First        int64 `bun:"first"`
}

func (w *waitingIn) Add(b waitingIn) { w.N, w.First = w.N+b.N, min(w.First, b.First) }

// waitingByBuilding are the buildings of a scope with observations that wait.
func waitingByBuilding(ctx context.Context, q db.Querier, s access.Scope) ([]waitingIn, error) {
	var rows []waitingIn
	err := evidence.Within(q.Select((*Observation)(nil)), s).Where("?TableAlias.state = ?", Waiting).
		Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.unit").
		ColumnExpr("?TableAlias.estate AS estate").ColumnExpr(estate.NameColumn).
		ColumnExpr("COALESCE(u.building, '') AS building").ColumnExpr("COUNT(*) AS n").ColumnExpr("MIN(?TableAlias.noted) AS first").
		GroupExpr("?TableAlias.estate, COALESCE(u.building, '')").OrderExpr("estate, building").Scan(ctx, &rows)
	return rows, err
}

// observationsSince counts what was noticed in a scope since a moment and what of before still waits, what waits, and says when the
// oldest of that was noted.
func observationsSince(ctx context.Context, q db.Querier, s access.Scope, since int64) (all, waiting, oldest int64, err error) {
	return standing(ctx, evidence.Within(q.Select((*Observation)(nil)), s), "?TableAlias.noted", since, Waiting)
}
