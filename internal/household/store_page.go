package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/record"
)

// FindPerson is somebody's part in a household of a scope.
func FindPerson(ctx context.Context, q db.Querier, s access.Scope, id OccupancyID) (*Occupancy, error) {
	return record.Find[Occupancy](ctx, q, s, id)
}

// FindHolding is a household's unit, in a scope.
func FindHolding(ctx context.Context, q db.Querier, s access.Scope, id HoldingID) (*Holding, error) {
	return record.Find[Holding](ctx, q, s, id)
}

// tracesOf reads what else tells of parties and units.
func tracesOf(ctx context.Context, q db.Querier, parties []estate.PartyID, units []estate.UnitID) (t Traces, err error) {
	if len(parties) > 0 {
		of := bun.List(parties)
		if err = q.Select(&t.Parties).Where("id IN (?)", of).Scan(ctx); err != nil {
			return t, err
		}
		if err = q.Select(&t.Contacts).Where("party IN (?)", of).OrderExpr("rank, id").Scan(ctx); err != nil {
			return t, err
		}
		if err = q.Select(&t.Identities).Where("party IN (?)", of).OrderExpr("id").Scan(ctx); err != nil {
			return t, err
		}
	}
	if len(units) == 0 {
		return t, nil
	}
	of := bun.List(units)
	err = q.Select(&t.Cars).ColumnExpr("?TableColumns").ColumnExpr("s.code AS space").Join("LEFT JOIN estate_unit AS s ON s.id = ?TableAlias.parking").
		Where("?TableAlias.unit IN (?)", of).OrderExpr("?TableAlias.id").Scan(ctx)
	if err != nil {
		return t, err
	}
	err = q.Select(&t.Lets).ColumnExpr("?TableColumns").ColumnExpr("p.name AS tenant_name").
		ColumnExpr("(SELECT MAX(o.household) FROM household_occupancy o JOIN household_household h ON h.id = o.household"+
			" WHERE o.party = ?TableAlias.tenant AND o.until IS NULL AND h.until IS NULL) AS tenant_household").
		Join("JOIN estate_party AS p ON p.id = ?TableAlias.tenant").Where("?TableAlias.unit IN (?)", of).OrderExpr("?TableAlias.id DESC").Scan(ctx)
	if err != nil {
		return t, err
	}
	return t, q.Select(&t.Observations).Where("unit IN (?)", of).OrderExpr("noted DESC").Scan(ctx)
}

// peopleOfOthers are the people of the other households that units have, or had: a vehicle is its holder's, not the unit's.
func peopleOfOthers(ctx context.Context, q db.Querier, h ID, units []estate.UnitID) (map[estate.PartyID]bool, error) {
	others := map[estate.PartyID]bool{}
	if len(units) == 0 {
		return others, nil
	}
	var ids []estate.PartyID
	err := q.Select((*Occupancy)(nil)).Distinct().ColumnExpr("party").Where("household <> ?", h).
		Where("household IN (SELECT household FROM household_holding WHERE unit IN (?))", bun.List(units)).Scan(ctx, &ids)
	for _, id := range ids {
		others[id] = true
	}
	return others, err
}

// before are the households that a household followed in its units.
func before(ctx context.Context, q db.Querier, id ID) ([]ID, error) {
	var ids []ID
	return ids, q.Select((*Household)(nil)).ColumnExpr("id").Where("next = ?", id).OrderExpr("id").Scan(ctx, &ids)
}

// holdingsOfUnit are the holdings of a unit in a scope over all its years, the newest first; those without a day last.
func holdingsOfUnit(ctx context.Context, q db.Querier, s access.Scope, unit estate.UnitID) ([]Holding, error) {
	var rows []Holding
	return rows, evidence.Within(q.Select(&rows), s).Where("unit = ?", unit).
		OrderExpr("CASE WHEN until IS NULL THEN 0 ELSE 1 END, COALESCE(until, '') DESC, COALESCE(since, '') DESC, id DESC").Scan(ctx)
}

// householdsIn are households by id.
func householdsIn(ctx context.Context, q db.Querier, ids []ID) (map[ID]*Household, error) {
	found := make(map[ID]*Household, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []*Household
	err := q.Select(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	for _, h := range rows {
		found[h.ID] = h
	}
	return found, err
}

// partiesByHash are the parties of an estate that have, or had, a number with one of the hashes.
func partiesByHash(ctx context.Context, q db.Querier, e access.EstateID, hashes [][]byte) ([]estate.Party, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	var rows []estate.Party
	of := bun.List(hashes)
	return rows, q.Select(&rows).Where("?TableAlias.estate = ?", e).Where("merged_into IS NULL").
		Where("id IN (SELECT party FROM estate_contact WHERE value_hash IN (?) AND valid_to IS NULL UNION SELECT party FROM estate_identity WHERE number_hash IN (?) AND valid_to IS NULL)", of, of).
		OrderExpr("id").Limit(10).Scan(ctx)
}

// partiesCalled are the parties of an estate of one name.
func partiesCalled(ctx context.Context, q db.Querier, e access.EstateID, name string) (rows []estate.Party, err error) {
	if name == "" {
		return nil, nil
	}
	return rows, q.Select(&rows).Where("?TableAlias.estate = ?", e).Where("merged_into IS NULL").Where("name = ?", name).OrderExpr("id").Limit(10).Scan(ctx)
}

// HomeIn is the household of today in which somebody has a part and that has a unit; 0 for none.
func HomeIn(ctx context.Context, q db.Querier, party estate.PartyID, unit estate.UnitID) (ID, error) {
	var ids []ID
	err := q.Select((*Occupancy)(nil)).ColumnExpr("?TableAlias.household").Join("JOIN household_household AS h ON h.id = ?TableAlias.household").
		Join("JOIN household_holding AS d ON d.household = h.id").Where("?TableAlias.party = ?", party).Where("?TableAlias.until IS NULL").
		Where("h.until IS NULL").Where("d.unit = ?", unit).Where("d.until IS NULL").OrderExpr("h.id").Limit(1).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// LessorOf is who lets a unit as far as its file says: its owner, or for a sublet the tenant of today; 0 for nobody known.
func LessorOf(ctx context.Context, q db.Querier, unit estate.UnitID, kind estate.LeaseKind) (estate.PartyID, error) {
	if kind == estate.Sublet {
		leases, err := estate.LeasesOf(ctx, q, unit)
		for _, l := range leases[unit] {
			if l.InForce() && l.Kind != estate.Sublet {
				return l.Tenant, err
			}
		}
		return 0, err
	}
	id, err := ownerOf(ctx, q, unit)
	if err != nil || id == 0 {
		return 0, err
	}
	return headOf(ctx, q, id)
}

// partsOf are the parts parties play today, in households in force.
func partsOf(ctx context.Context, q db.Querier, parties []estate.PartyID) ([]Occupancy, error) {
	var rows []Occupancy
	if len(parties) == 0 {
		return nil, nil
	}
	return rows, q.Select(&rows).Join("JOIN household_household AS h ON h.id = ?TableAlias.household").
		Where("?TableAlias.party IN (?)", bun.List(parties)).Where("?TableAlias.until IS NULL").Where("h.until IS NULL").OrderExpr("?TableAlias.id").Scan(ctx)
}

// OfParty are the households of a scope that somebody is or was of.
func OfParty(ctx context.Context, q db.Querier, s access.Scope, party estate.PartyID) ([]Named, error) {
	var rows []*Household
	err := evidence.Within(q.Select(&rows), s).Where("id IN (SELECT household FROM household_occupancy WHERE party = ? OR party IN (SELECT id FROM estate_party WHERE merged_into = ?))", party, party).
		OrderExpr("id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]ID, len(rows))
	for i, h := range rows {
		ids[i] = h.ID
	}
	details, err := Details(ctx, q, ids...)
	all := make([]Named, len(rows))
	for i, h := range rows {
		all[i] = Named{h, details[h.ID]}
	}
	return all, err
}
