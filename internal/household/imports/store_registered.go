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

// identitiesOf are the identity numbers in force of everybody in the households.
func identitiesOf(ctx context.Context, q db.Querier, ids []household.ID) (map[estate.PartyID][]estate.Identity, error) {
	var rows []estate.Identity
	err := q.Select(&rows).Where("valid_to IS NULL").
		Where("party IN (SELECT party FROM household_occupancy WHERE until IS NULL AND household IN (?))", bun.List(ids)).Scan(ctx)
	found := map[estate.PartyID][]estate.Identity{}
	for _, i := range rows {
		found[i.Party] = append(found[i.Party], i)
	}
	return found, err
}

func vehiclesAt(ctx context.Context, q db.Querier, units []estate.UnitID) ([]estate.Vehicle, error) {
	var rows []estate.Vehicle
	return rows, q.Select(&rows).Where("unit IN (?)", bun.List(units)).Where("valid_to IS NULL").Scan(ctx)
}

func leasesAt(ctx context.Context, q db.Querier, units []estate.UnitID) ([]estate.Lease, error) {
	var rows []estate.Lease
	return rows, q.Select(&rows).Where("unit IN (?)", bun.List(units)).Where("left_on IS NULL").Scan(ctx)
}
