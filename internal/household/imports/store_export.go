package imports

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// unitsOf are an estate's units of today, in its order.
func unitsOf(ctx context.Context, q db.Querier, e access.EstateID) ([]estate.Unit, error) {
	var rows []estate.Unit
	return rows, q.Select(&rows).Where("estate = ?", e).Where("valid_to IS NULL").OrderExpr("sorting, id").Scan(ctx)
}

// householdsOf are the households in force that hold some units.
func householdsOf(ctx context.Context, q db.Querier, units []estate.Unit) ([]household.Household, error) {
	ids := make([]estate.UnitID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return householdsAt(ctx, q, ids)
}

// partiesOf are the people and companies of households in force, by their id.
func partiesOf(ctx context.Context, q db.Querier, ids []household.ID) (map[estate.PartyID]*estate.Party, error) {
	var rows []*estate.Party
	err := q.Select(&rows).Where("id IN (SELECT party FROM household_occupancy WHERE until IS NULL AND household IN (?))", bun.List(ids)).Scan(ctx)
	found := make(map[estate.PartyID]*estate.Party, len(rows))
	for _, p := range rows {
		found[p.ID] = p
	}
	return found, err
}
