package estate

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
)

// within narrows a query to a scope.
func within(q *bun.SelectQuery, s access.Scope) *bun.SelectQuery {
	switch {
	case s.All():
		return q
	case len(s.Estates()) == 0:
		return q.Where("1 = 0")
	}
	return q.Where("?TableAlias.estate IN (?)", bun.List(s.Estates()))
}

// Estates are the estates of a scope, by name.
func Estates(ctx context.Context, q db.Querier, s access.Scope) ([]Estate, error) {
	var rows []Estate
	err := within(q.Select(&rows), s).Order("name").Scan(ctx)
	return rows, err
}

// FindUnit is one unit of a scope; NotFound for one outside it, as if it did not exist.
func FindUnit(ctx context.Context, q db.Querier, s access.Scope, id UnitID) (*Unit, error) {
	u := &Unit{}
	err := within(q.Select(u), s).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return u, err
}

// UnitRow is a unit in a list, with the name of its estate.
type UnitRow struct {
	Unit       `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
}

func unitsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return within(q.Select((*UnitRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr("(SELECT name FROM estate_estate WHERE id = ?TableAlias.estate) AS estate_name")
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

func buildingIs(q *bun.SelectQuery, value, _ string) *bun.SelectQuery {
	return q.Where("?TableAlias.building = ?", value)
}

func kindIs(q *bun.SelectQuery, value, _ string) *bun.SelectQuery {
	return q.Where("?TableAlias.kind = ?", value)
}

func inForce(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.valid_to IS NULL") }
func over(q *bun.SelectQuery) *bun.SelectQuery    { return q.Where("?TableAlias.valid_to IS NOT NULL") }

// buildingsOf are the buildings of a scope, in their order.
func buildingsOf(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	var names []string
	err := within(q.Select((*Unit)(nil)), s).ColumnExpr("building").Where("building IS NOT NULL").GroupExpr("building").
		OrderExpr("MIN(sorting)").Scan(ctx, &names)
	options := make([]list.Option, len(names))
	for i, name := range names {
		options[i] = list.Option{Value: name, Label: name}
	}
	return options, err
}
