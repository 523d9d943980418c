package estate

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
)

// FindUnit is one unit of a scope; NotFound for one outside it, as if it did not exist.
func FindUnit(ctx context.Context, q db.Querier, s access.Scope, id UnitID) (*Unit, error) {
	return record.Find[Unit](ctx, q, s, id)
}

// UnitRow is a unit in a list, with the name of its estate.
type UnitRow struct {
	Unit       `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
	Stands     string `bun:"-"` // what it is used for today, as a room above fills it in
}

func unitsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*UnitRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(NameColumn)
}

// FindUnits are the units in force of a scope whose code has what was typed, in the order of their codes.
func FindUnits(ctx context.Context, q db.Querier, s access.Scope, typed string, most int) ([]UnitRow, error) {
	if strings.IndexFunc(strings.ToUpper(typed), inCode) < 0 {
		return nil, nil // nothing of a code in it
	}
	var rows []UnitRow
	err := inForce(unitLike(unitsOf(q, s), typed, "")).OrderExpr("?TableAlias.sorting").Limit(int64(most)).Model(&rows).Scan(ctx)
	return rows, err
}

// unitsInOrder sorts units as their numbers count.
func unitsInOrder(ctx context.Context, q db.Querier, ids []int64) ([]int64, error) {
	var sorted []int64
	err := q.Select((*UnitRow)(nil)).ColumnExpr("?TableAlias.id").Where("?TableAlias.id IN (?)", bun.List(ids)).OrderExpr("?TableAlias.estate, ?TableAlias.sorting, ?TableAlias.id").Scan(ctx, &sorted)
	return sorted, err
}

// unitsByID are units as they stand, whatever the scope: for the index, which asks for the scope itself.
func unitsByID(ctx context.Context, q db.Querier, ids []int64) ([]UnitRow, error) {
	var rows []UnitRow
	err := unitsOf(q, everywhere).Where("?TableAlias.id IN (?)", bun.List(ids)).Model(&rows).Scan(ctx)
	return rows, err
}

// unitsAfter lists units in the order of their ids.
func unitsAfter(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	err = q.Select((*Unit)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
	return ids, err
}

// everywhere is all estates.
var everywhere = access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)

// unitLike finds units by any part of the code, as typed: 3-1202, 3栋1202 and 1202 all work on 3-1-1202.
func unitLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	var b strings.Builder
	b.WriteByte('%')
	for _, part := range strings.FieldsFunc(strings.ToUpper(typed), notInCode) {
		b.WriteString(part + "%")
	}
	return q.Where("?TableAlias.code LIKE ?", b.String())
}

func inCode(r rune) bool { return !notInCode(r) }

func notInCode(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }

func inForce(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.valid_to IS NULL") }
func noArea(q *bun.SelectQuery) *bun.SelectQuery {
	return inForce(q).Where("?TableAlias.gross_area IS NULL")
}
func over(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.valid_to IS NOT NULL") }

// unmeasured is how many units of a place have no area.
type unmeasured struct {
	Place          `bun:",extend"`
	Units, Missing int
}

func (u *unmeasured) Add(b unmeasured) { u.Units, u.Missing = u.Units+b.Units, u.Missing+b.Missing }

// unmeasuredByBuilding are the buildings of a scope that have units without an area.
func unmeasuredByBuilding(ctx context.Context, q db.Querier, s access.Scope) ([]unmeasured, error) {
	return Kept(ctx, q, s, "unmeasured units", "", func(s access.Scope) (rows []unmeasured, err error) {
		lacking := evidence.Within(q.Select((*Unit)(nil)), s).Where("valid_to IS NULL").Where("gross_area IS NULL").ColumnExpr("1")
		return rows, evidence.Within(q.Select((*Unit)(nil)), s).Where("valid_to IS NULL").Where("EXISTS (?)", lacking).
			ColumnExpr("?TableAlias.estate AS estate").ColumnExpr(NameColumn).
			ColumnExpr("COALESCE(building, '') AS building").ColumnExpr("COUNT(*) AS units").
			ColumnExpr("SUM(CASE WHEN gross_area IS NULL THEN 1 ELSE 0 END) AS missing").
			GroupExpr("?TableAlias.estate, building").Having("SUM(CASE WHEN gross_area IS NULL THEN 1 ELSE 0 END) > 0").
			OrderExpr("?TableAlias.estate, MIN(sorting)").Scan(ctx, &rows)
	})
}

// eachBuilding is every name of a building once: a step along the index for each, however many units.
const eachBuilding = `WITH RECURSIVE each_building (name) AS (
		SELECT (SELECT building FROM estate_unit WHERE building IS NOT NULL ORDER BY building LIMIT 1)
		UNION ALL
		SELECT (SELECT u.building FROM estate_unit u WHERE u.building > each_building.name ORDER BY u.building LIMIT 1)
		FROM each_building WHERE each_building.name IS NOT NULL)
	SELECT name FROM each_building WHERE name IS NOT NULL`

// Buildings are the buildings of a scope, in the order of their units.
func Buildings(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	query := q.Select(nil).TableExpr("(" + eachBuilding + ") AS b").ColumnExpr("b.name")
	if !s.All() {
		query = query.Where("EXISTS (?)", evidence.Within(q.Select((*Unit)(nil)), s).ColumnExpr("1").Where("?TableAlias.building = b.name"))
	}
	var names []string
	err := query.Scan(ctx, &names)
	places := make(map[string]string, len(names)) // in the order, as a unit's Sorting begins
	for _, name := range names {
		places[name] = padded(name) + "-"
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(places[a], places[b]) })
	options := make([]list.Option, len(names))
	for i, name := range names {
		options[i] = list.Option{Value: name, Label: name}
	}
	return options, err
}

// Filter narrows a list to one of the estates, while several are chosen.
var Filter = list.Filter{Key: "estate", Label: "unit.estate", Kind: list.FilterSelect, Across: true, Options: choices, Apply: ofEstate}

// Column is the column of a list that names its rows' estate (NameColumn), for whoever looks at several; within one the list is sorted by
// the expressions given.
func Column[T any](name func(T) string, within ...string) list.Column[T] {
	return list.Column[T]{Key: "estate", Label: "unit.estate", Across: true, Narrow: list.NoPhone, By: strings.Join(append([]string{"estate_name"}, within...), ","), Width: 4, Cell: list.Text(name)}
}

func choices(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	all, err := Estates(ctx, q, s)
	options := make([]list.Option, len(all))
	for i, e := range all {
		options[i] = list.Option{Value: strconv.FormatInt(int64(e.ID), 10), Label: e.Name}
	}
	return options, err
}

func ofEstate(q *bun.SelectQuery, id, _ string) *bun.SelectQuery {
	n, _ := strconv.ParseInt(id, 10, 64)
	return q.Where("?TableAlias.estate = ?", n)
}

// UnitsLike are the units in force of an estate that a room, typed in any notation, names: one when it is exact, more when
// a part of it is missing.
func UnitsLike(ctx context.Context, q db.Querier, e access.EstateID, typed string) ([]Unit, error) {
	readings := cn.ParseHouses(typed, cn.Known{})
	if len(readings) != 1 || len(readings[0].Houses) != 1 {
		return nil, nil
	}
	facts := FactsOfHouse(readings[0].Houses[0])
	u := Unit{UnitFacts: facts}
	u.name()
	query := q.Select((*Unit)(nil)).Where("estate = ?", e).Where("valid_to IS NULL")
	switch {
	case u.Building == "":
		query = query.Where("room = ?", u.Room)
	case u.Entrance == "":
		query = query.Where("building = ?", u.Building).Where("room = ?", u.Room)
	default:
		query = query.Where("sorting = ?", u.Sorting)
	}
	var rows []Unit
	return rows, query.OrderExpr("sorting, id").Limit(20).Scan(ctx, &rows)
}

// UnitsNamed are the units in force of an estate with exactly the code typed; failing that, those a notation of it names.
func UnitsNamed(ctx context.Context, q db.Querier, e access.EstateID, typed string) ([]Unit, error) {
	var rows []Unit
	err := q.Select(&rows).Where("estate = ?", e).Where("code = ?", strings.ToUpper(strings.TrimSpace(typed))).Where("valid_to IS NULL").Scan(ctx)
	if err != nil || len(rows) > 0 {
		return rows, err
	}
	return UnitsLike(ctx, q, e, typed)
}
