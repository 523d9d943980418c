package estate

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/record"
)

// NameColumn is the name of the estate of a query's rows, as their column estate_name.
const NameColumn = "(SELECT name FROM estate_estate WHERE id = ?TableAlias.estate) AS estate_name"

// estatesOf are the estates of a scope with the number of their units in force.
func estatesOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*EstateRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr("(SELECT COUNT(*) FROM estate_unit WHERE estate_unit.estate = ?TableAlias.id AND estate_unit.valid_to IS NULL) AS units")
}

// FindEstate is one estate of a scope; NotFound for one outside it, as if it did not exist.
func FindEstate(ctx context.Context, q db.Querier, s access.Scope, id access.EstateID) (*Estate, error) {
	return record.Find[Estate](ctx, q, s, id)
}

// UnitsIn is how many units of an estate are in force.
func UnitsIn(ctx context.Context, q db.Querier, id access.EstateID) (int64, error) {
	return q.Select((*Unit)(nil)).Where("estate = ?", id).Where("valid_to IS NULL").Count(ctx)
}

// Estates are the estates of a scope, in the order of a Chinese list.
func Estates(ctx context.Context, q db.Querier, s access.Scope) ([]Estate, error) {
	var rows []Estate
	err := evidence.Within(q.Select(&rows), s).Scan(ctx)
	slices.SortFunc(rows, func(a, b Estate) int { return strings.Compare(cn.SortKey(a.Name), cn.SortKey(b.Name)) })
	return rows, err
}

// idsOf are the estates of a scope, in the order of their ids.
func idsOf(ctx context.Context, q db.Querier, s access.Scope) (ids []access.EstateID, err error) {
	return ids, evidence.Within(q.Select((*Estate)(nil)), s).Column("id").OrderExpr("id").Scan(ctx, &ids)
}

// several reports whether a scope has more than one estate.
func several(ctx context.Context, q db.Querier, s access.Scope) (bool, error) {
	n, err := evidence.Within(q.Select((*Estate)(nil)), s).Count(ctx)
	return n > 1, err
}

// Empty are the estates of a scope that have no unit yet.
func Empty(ctx context.Context, q db.Querier, s access.Scope) (rows []Estate, err error) {
	err = evidence.Within(q.Select(&rows), s).Where("NOT EXISTS (SELECT 1 FROM estate_unit WHERE estate_unit.estate = ?TableAlias.id)").Scan(ctx)
	return rows, err
}

// NameOf is an estate's name as prints carry it; all estates together when it is the company.
func NameOf(ctx context.Context, q db.Querier, id access.EstateID) (string, error) {
	if id == access.Company {
		return printAllEstates, nil
	}
	e := &Estate{}
	e.ID = id
	err := q.Select(e).WherePK().Scan(ctx)
	return e.Name, err
}
