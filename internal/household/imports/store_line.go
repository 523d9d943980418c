package imports

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

const (
	lineTable   = "household_import_line"
	linesAtOnce = 500 // of one statement
)

const lineColumns = `id, import, estate, n, sheet, row_no, upto, part, fate, room, unit, household, other, joined, adds, problem, args, problems, by_account, said, sealed`

// insertLines keeps what became of some rows, the text of those set aside sealed.
func insertLines(ctx context.Context, tx op.Tx, lines []Line) error {
	for some := range slices.Chunk(lines, linesAtOnce) {
		var args []any
		for i := range some {
			l := &some[i]
			if l.ID = tx.NewID(); l.text != "" {
				sealed, err := tx.Seal(ctx, keyOf(l.Import), bindLine(l), []byte(l.text))
				if err != nil {
					return err
				}
				l.Sealed = sealed
			}
			args = append(args, l.ID, l.Import, l.Estate, l.N, l.Sheet, l.Row, l.Upto, l.Part, l.Fate, null(l.Room), null(l.Unit), null(l.Household), null(l.Other),
				null(l.Joined), null(l.Adds), null(l.Problem), null(l.Args), l.Problems, null(l.By), null(l.Said), l.Sealed)
		}
		marks := strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?), ", len(some)), ", ")
		if _, err := tx.Exec(ctx, lineTable, `INSERT INTO household_import_line (`+lineColumns+`) VALUES `+marks, args...); err != nil {
			return err
		}
	}
	return nil
}

// null is a value, or NULL for the zero of its type.
func null[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// linesFrom are the lines of an import from a place up to another.
func linesFrom(ctx context.Context, q db.Querier, id ID, from, to int64) ([]Line, error) {
	rows := []Line{}
	return rows, q.Select(&rows).Where("import = ?", id).Where("n >= ?", from).Where("n < ?", to).OrderExpr("n").Scan(ctx)
}

// looseLines are lines that no hash is over.
func looseLines(ctx context.Context, q db.Querier) ([]Line, error) {
	var rows []Line
	return rows, q.Select(&rows).Where(`NOT EXISTS (SELECT 1 FROM household_import_fate f
		WHERE f.import = ?TableAlias.import AND ?TableAlias.n >= f.start AND ?TableAlias.n < f.start + f.lines)`).OrderExpr("import, n").Limit(1000).Scan(ctx)
}

// lineWith is a line by its id.
func lineWith(ctx context.Context, q db.Querier, id int64) (*Line, error) {
	var rows []*Line
	if err := q.Select(&rows).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return rows[0], nil
}

func bindLine(l *Line) []byte { return fmt.Appendf(nil, "import:%d:line:%d", l.Import, l.N) }

// linesOf counts the rows of an import whose fate is kept, and finds where the next of them goes on.
func linesOf(ctx context.Context, q db.Querier, id ID) (next int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&next) },
		`SELECT COALESCE(MAX(n) + 1, 0) FROM household_import_line WHERE import = ?`, id)
	return next, err
}

// FatesOf counts an import's rows by what became of them.
func FatesOf(ctx context.Context, q db.Querier, id ID) (map[Fate]int64, error) {
	all := map[Fate]int64{}
	return all, db.Rows(ctx, q, func(rows *sql.Rows) error {
		var f Fate
		var n int64
		err := rows.Scan(&f, &n)
		all[f] = n
		return err
	}, `SELECT fate, SUM(upto - row_no + 1) FROM household_import_line WHERE import = ? GROUP BY fate`, id)
}

// OfHousehold are the rows that told something of a household, with the imports they came in.
func OfHousehold(ctx context.Context, q db.Querier, s access.Scope, id household.ID) ([]LineRow, error) {
	var rows []LineRow
	err := linesIn(q, s).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.household = ?", id).WhereOr("?TableAlias.other = ?", id)
	}).OrderExpr("?TableAlias.id").Limit(200).Scan(ctx, &rows)
	return rows, err
}

// linesIn are the rows of a scope's imports.
func linesIn(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*LineRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr("i.file AS file").ColumnExpr("i.state AS state").ColumnExpr("i.uploads AS uploads").ColumnExpr("i.by_account AS importer").ColumnExpr("u.code AS code").
		ColumnExpr("(SELECT name FROM account_account WHERE id = ?TableAlias.by_account) AS by_name").
		ColumnExpr(estate.NameColumn).
		Join("JOIN household_import AS i ON i.id = ?TableAlias.import").
		Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.unit")
}

func fatesIn(fates ...Fate) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.fate IN (?)", bun.List(fates)) }
}

func setAside(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("(?TableAlias.fate = ? OR ?TableAlias.fate LIKE ?)", FateEmpty, fateAside+"%")
}

// atRow narrows to the line of a row; what is no number finds nothing.
func atRow(q *bun.SelectQuery, value, _ string) *bun.SelectQuery {
	row := int64(0)
	if _, err := fmt.Sscan(value, &row); err != nil {
		return q.Where("1 = 0")
	}
	return q.Where("?TableAlias.row_no <= ?", row).Where("?TableAlias.upto >= ?", row)
}

// importOptions are the latest imports of a scope.
func importOptions(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	var rows []Import
	err := evidence.Within(q.Select(&rows), s).Where("state IN (?)", bun.List([]State{Running, Done, Undoing, Undone})).OrderExpr("id DESC").Limit(200).Scan(ctx)
	options := make([]list.Option, len(rows))
	for i := range rows {
		options[i] = list.Option{Value: ref.Text(rows[i].ID), Label: rows[i].File + " " + rows[i].When()}
	}
	return options, err
}
