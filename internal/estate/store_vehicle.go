package estate

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
)

// FindVehicle is one vehicle of a scope; NotFound for one outside it, as if it did not exist.
func FindVehicle(ctx context.Context, q db.Querier, s access.Scope, id VehicleID) (*Vehicle, error) {
	return record.Find[Vehicle](ctx, q, s, id)
}

// VehiclesOf are the vehicles of units, past ones too, those in force first. The caller has found the units within a scope.
func VehiclesOf(ctx context.Context, q db.Querier, units ...UnitID) (map[UnitID][]*Vehicle, error) {
	return ofUnits(ctx, q, units, "CASE WHEN ?TableAlias.valid_to IS NULL THEN 0 ELSE 1 END, ?TableAlias.valid_from, ?TableAlias.id",
		func(v *Vehicle) UnitID { return v.Unit })
}

// VehiclesOfParty are the vehicles that are or were a party's.
func VehiclesOfParty(ctx context.Context, q db.Querier, id PartyID) (rows []*Vehicle, err error) {
	return rows, q.Select(&rows).Where("party = ? OR party IN (SELECT id FROM estate_party WHERE merged_into = ?)", id, id).OrderExpr("valid_to, id").Scan(ctx)
}

// ofUnits are rows that belong to units, by the unit.
func ofUnits[R any](ctx context.Context, q db.Querier, units []UnitID, order string, unit func(*R) UnitID) (map[UnitID][]*R, error) {
	all := map[UnitID][]*R{}
	if len(units) == 0 {
		return all, nil
	}
	var rows []*R
	err := q.Select(&rows).Where("?TableAlias.unit IN (?)", bun.List(units)).OrderExpr(order).Scan(ctx)
	for _, r := range rows {
		all[unit(r)] = append(all[unit(r)], r)
	}
	return all, err
}

// UnitCodes are the codes of units by their ids, which the caller has found within a scope.
func UnitCodes(ctx context.Context, q db.Querier, ids ...UnitID) (map[UnitID]string, error) {
	codes := map[UnitID]string{}
	if len(ids) == 0 {
		return codes, nil
	}
	var rows []Unit
	err := q.Select(&rows).Column("id", "code").Where("id IN (?)", bun.List(ids)).Scan(ctx)
	for _, u := range rows {
		codes[u.ID] = u.Code
	}
	return codes, err
}

// plateAt is the code of the unit another vehicle in force with the same plate is registered for; empty for none.
func plateAt(ctx context.Context, q db.Querier, v *Vehicle) (string, error) {
	var codes []string
	err := q.Select((*Vehicle)(nil)).ColumnExpr("(SELECT code FROM estate_unit WHERE id = ?TableAlias.unit)").Where("estate = ?", v.Estate).
		Where("plate = ?", v.Plate).Where("valid_to IS NULL").Where("id <> ?", v.ID).Limit(1).Scan(ctx, &codes)
	if err != nil || len(codes) == 0 {
		return "", err
	}
	return codes[0], nil
}

// VehicleRow is a vehicle in its register, with its unit and whose it is.
type VehicleRow struct {
	Vehicle     `bun:",extend"`
	EstateName  string   `bun:"estate_name,scanonly"`
	UnitCode    string   `bun:"unit_code,scanonly"`
	UnitSorting string   `bun:"unit_sorting,scanonly"`
	ParkingCode string   `bun:"parking_code,scanonly"`
	Holder      *Party   `bun:"-"`
	Phone       *Contact `bun:"-"` // tried first
}

func vehiclesOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*VehicleRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(NameColumn).
		ColumnExpr("(SELECT code FROM estate_unit WHERE id = ?TableAlias.unit) AS unit_code").
		ColumnExpr("(SELECT sorting FROM estate_unit WHERE id = ?TableAlias.unit) AS unit_sorting").
		ColumnExpr("COALESCE((SELECT code FROM estate_unit WHERE id = ?TableAlias.parking), '') AS parking_code")
}

// vehicleLike finds vehicles by any part of the plate, of the unit's code or of the holder's name.
func vehicleLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	plate := cn.ParsePlate(typed).Number
	if plate == "" {
		plate = typed
	}
	like := list.Like(typed)
	return q.Where(`LOWER(?TableAlias.plate) LIKE ? ESCAPE '!' OR ?TableAlias.unit IN (SELECT id FROM estate_unit WHERE LOWER(code) LIKE ? ESCAPE '!')
		OR ?TableAlias.party IN (SELECT id FROM estate_party WHERE LOWER(name) LIKE ? ESCAPE '!')`, list.Like(plate), like, like)
}

// VehiclesHeld counts the vehicles in force of a scope, and those of which nobody knows whose they are.
func VehiclesHeld(ctx context.Context, q db.Querier, s access.Scope) (all, unknown int64, err error) {
	if all, err = inForce(evidence.Within(q.Select((*Vehicle)(nil)), s)).Count(ctx); err != nil {
		return 0, 0, err
	}
	unknown, err = noHolder(evidence.Within(q.Select((*Vehicle)(nil)), s)).Count(ctx)
	return all, unknown, err
}

func noHolder(q *bun.SelectQuery) *bun.SelectQuery {
	return inForce(q).Where("?TableAlias.party IS NULL")
}
