package imports

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
)

// leftRows is what imports of a scope left over; what was taken back with its import leaves nothing.
func leftRows(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*LeftRow)(nil)), s).ColumnExpr("?TableColumns").ColumnExpr("u.code AS code").ColumnExpr("i.file AS file").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.given) AS given_name").
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.settled_by) AS settled_name").
		Join("JOIN household_import AS i ON i.id = ?TableAlias.import").
		Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.unit").
		Where("i.state IN (?)", bun.List([]State{Running, Done}))
}

func leftIn(states ...LeftState) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.state IN (?)", bun.List(states))
	}
}

func leftLate(q *bun.SelectQuery, today string) *bun.SelectQuery {
	return q.Where("?TableAlias.state = ?", LeftOpen).Where("?TableAlias.due < ?", today)
}

// problemOptions are the kinds of what imports of a scope left over; their labels are catalogue keys.
func problemOptions(ctx context.Context, q db.Querier, s access.Scope) ([]string, error) {
	var kinds []string
	return kinds, evidence.Within(q.Select((*Left)(nil)), s).ColumnExpr("DISTINCT problem").OrderExpr("problem").Scan(ctx, &kinds)
}

// givenOptions are those to whom something is given.
func givenOptions(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	var rows []struct {
		ID   string `bun:"id"`
		Name string `bun:"name"`
	}
	err := evidence.Within(q.Select((*Left)(nil)), s).ColumnExpr("a.id AS id").ColumnExpr("a.name AS name").
		Join("JOIN account_account AS a ON a.id = ?TableAlias.given").GroupExpr("a.id, a.name").OrderExpr("a.name").Scan(ctx, &rows)
	options := make([]list.Option, len(rows))
	for i, r := range rows {
		options[i] = list.Option{Value: r.ID, Label: r.Name}
	}
	return options, err
}

// leftFor is how much is open for a person in an estate, and from when on.
type leftFor struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Given      int64           `bun:"given"`
	Name       string          `bun:"name"`
	Open       int             `bun:"open"`
	All        int             `bun:"n"`
	First      string          `bun:"first"`
}

func leftByPerson(ctx context.Context, q db.Querier, s access.Scope) ([]leftFor, error) {
	var rows []leftFor
	err := evidence.Within(q.Select((*Left)(nil)), s).ColumnExpr("?TableAlias.estate AS estate").ColumnExpr("COALESCE(?TableAlias.given, 0) AS given").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("COALESCE((SELECT name FROM account_account WHERE id = ?TableAlias.given), '') AS name").
		ColumnExpr("SUM(CASE WHEN ?TableAlias.state = ? THEN 1 ELSE 0 END) AS open", LeftOpen).ColumnExpr("COUNT(*) AS n").
		ColumnExpr("COALESCE(MIN(CASE WHEN ?TableAlias.state = ? THEN ?TableAlias.due END), '') AS first", LeftOpen).
		Join("JOIN household_import AS i ON i.id = ?TableAlias.import").Where("i.state IN (?)", bun.List([]State{Running, Done})).
		GroupExpr("?TableAlias.estate, ?TableAlias.given").
		Having("SUM(CASE WHEN ?TableAlias.state = ? THEN 1 ELSE 0 END) > 0", LeftOpen).OrderExpr("first, estate, given").Scan(ctx, &rows)
	return rows, err
}

// leftStanding is how much the written imports of a scope left over, how much of it is open, and the first day of that.
func leftStanding(ctx context.Context, q db.Querier, s access.Scope) (all, open int64, first string, err error) {
	err = evidence.Within(q.Select((*Left)(nil)), s).ColumnExpr("COUNT(*)").
		ColumnExpr("COALESCE(SUM(CASE WHEN ?TableAlias.state = ? THEN 1 ELSE 0 END), 0)", LeftOpen).
		ColumnExpr("COALESCE(MIN(CASE WHEN ?TableAlias.state = ? THEN ?TableAlias.due END), '')", LeftOpen).
		Join("JOIN household_import AS i ON i.id = ?TableAlias.import").Where("i.state IN (?)", bun.List([]State{Running, Done})).
		Scan(ctx, &all, &open, &first)
	return all, open, first, err
}

// LeftOf is what imports left over of a household, what is open first.
func LeftOf(ctx context.Context, q db.Querier, s access.Scope, id household.ID) ([]LeftRow, error) {
	var rows []LeftRow
	err := leftRows(q, s).Where("?TableAlias.household = ?", id).OrderExpr("CASE WHEN ?TableAlias.state = ? THEN 0 ELSE 1 END, ?TableAlias.id", LeftOpen).
		Limit(200).Scan(ctx, &rows)
	return rows, err
}

// LeftOfRow is what an import left over of a row.
func LeftOfRow(ctx context.Context, q db.Querier, s access.Scope, imp ID, sheet string, row int64) ([]LeftRow, error) {
	var rows []LeftRow
	err := leftRows(q, s).Where("?TableAlias.import = ?", imp).Where("?TableAlias.sheet = ?", sheet).Where("?TableAlias.row_no = ?", row).
		OrderExpr("?TableAlias.id").Limit(200).Scan(ctx, &rows)
	return rows, err
}

// OpenLeft counts what imports left over and nobody has settled: of one import, or of one household.
func OpenLeft(ctx context.Context, q db.Querier, s access.Scope, imp ID, home household.ID) (int64, error) {
	query := leftRows(q, s).Where("?TableAlias.state = ?", LeftOpen)
	if imp != 0 {
		query = query.Where("?TableAlias.import = ?", imp)
	}
	if home != 0 {
		query = query.Where("?TableAlias.household = ?", home)
	}
	return query.Count(ctx)
}

// OpenOf are the ids of what is open of an import.
func OpenOf(ctx context.Context, q db.Querier, s access.Scope, imp ID) ([]LeftID, error) {
	var ids []LeftID
	return ids, evidence.Within(q.Select((*Left)(nil)), s).Column("id").Where("import = ?", imp).Where("state = ?", LeftOpen).OrderExpr("id").Scan(ctx, &ids)
}

// LinesAndLeft are all rows of an import that is written, and what it left over.
func LinesAndLeft(ctx context.Context, q db.Querier, s access.Scope, id ID) (rows []LineRow, left []LeftRow, err error) {
	if err := linesIn(q, s).Where("?TableAlias.import = ?", id).OrderExpr("?TableAlias.n").Scan(ctx, &rows); err != nil {
		return nil, nil, err
	}
	return rows, left, leftRows(q, s).Where("?TableAlias.import = ?", id).OrderExpr("?TableAlias.id").Scan(ctx, &left)
}
