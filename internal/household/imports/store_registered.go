package imports

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

func unitsAt(ctx context.Context, q db.Querier, e access.EstateID, places []string) ([]estate.Unit, error) {
	var rows []estate.Unit
	if len(places) == 0 {
		return nil, nil
	}
	return rows, q.Select(&rows).Where("estate = ?", e).Where("sorting IN (?)", bun.List(places)).Where("valid_to IS NULL").Scan(ctx)
}

// householdsAt are the households in force that hold one of the units.
func householdsAt(ctx context.Context, q db.Querier, units []estate.UnitID) ([]household.Household, error) {
	var rows []household.Household
	return rows, q.Select(&rows).Where("until IS NULL").
		Where("id IN (SELECT household FROM household_holding WHERE until IS NULL AND unit IN (?))", bun.List(units)).OrderExpr("id").Scan(ctx)
}
