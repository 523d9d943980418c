package imports

import (
	"context"
	"database/sql"
	"strings"

	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
)

// since are the rows that others wrote in the estate's log since an import began: few, where the import's own may be a million.
const since = `SELECT t.tbl, t.row, t.version
	FROM (SELECT l.log, l.pos FROM household_import_piece p JOIN evidence_leaf l ON l.op = p.op WHERE p.import = ? ORDER BY p.seq LIMIT 1) AS began
	CROSS JOIN evidence_leaf l CROSS JOIN evidence_touched t
	WHERE l.log = began.log AND l.pos > began.pos AND t.log = l.log AND t.leaf = l.pos
	AND NOT EXISTS (SELECT 1 FROM household_import_piece p WHERE p.op = l.op AND p.import = ?)`

// changedSince are the rows an import wrote that somebody else has changed since.
const changedSince = `SELECT DISTINCT s.tbl, s.row FROM (` + since + `) AS s WHERE EXISTS (
	SELECT 1 FROM evidence_touched r CROSS JOIN evidence_leaf l CROSS JOIN household_import_piece p
	WHERE r.tbl = s.tbl AND r.row = s.row AND r.version < s.version AND l.log = r.log AND l.pos = r.leaf
	AND p.op = l.op AND p.import = ? AND r.seq < p.upto)`

// addedSince are the rows of a table that were added since to households of an import.
func addedSince(table string) string {
	return `SELECT s.tbl, s.row FROM (` + since + `) AS s CROSS JOIN ` + table + ` x CROSS JOIN household_household h
		WHERE s.tbl = ? AND s.version = 1 AND x.id = s.row AND h.id = x.household AND h.batch = ?`
}

// touchedRow is a row that stands in the way of an import's undoing.
type touchedRow struct {
	table string
	id    int64
}

// touchedSince are the rows an import wrote that somebody else has changed since, and what was added to its households.
func touchedSince(ctx context.Context, q db.Querier, id ID) (touched []touchedRow, err error) {
	add := func(rows *sql.Rows) error {
		var r touchedRow
		err := rows.Scan(&r.table, &r.id)
		touched = append(touched, r)
		return err
	}
	if err = db.Rows(ctx, q, add, changedSince+` ORDER BY 1, 2`, id, id, id); err != nil {
		return nil, err
	}
	for _, table := range []string{"household_occupancy", "household_holding"} {
		if err := db.Rows(ctx, q, add, addedSince(table)+` ORDER BY 2`, id, id, table, id); err != nil {
			return nil, err
		}
	}
	return touched, nil
}

// owners say, by the names of the rooms' kinds, to which thing the rows of a table belong: its kind, and the column that names it.
var owners = map[string]struct{ kind, column string }{
	"household_household": {"household", "id"},
	"household_occupancy": {"household", "household"},
	"household_holding":   {"household", "household"},
	"household_remark":    {"household", "household"},
	"estate_unit":         {"unit", "id"},
	"estate_vehicle":      {"vehicle", "id"},
	"estate_lease":        {"lease", "id"},
	"estate_party":        {"party", "id"},
	"estate_contact":      {"party", "party"},
	"estate_identity":     {"party", "party"},
	"archive_volume":      {"volume", "id"},
	"archive_item":        {"item", "id"},
}

// Touched is a thing of an import on which somebody has built since.
type Touched struct {
	Ref  ref.Ref // zero for what has no page of its own
	Rows int     // of it that were changed or added
}

// mostTouched is of how many rows it is told what they are.
const mostTouched = 2000

// Built are the things that stand in the way of an import's undoing, in the order of their kinds and numbers, and how many rows
// of them there are.
func Built(ctx context.Context, q db.Querier, id ID) (things []Touched, rows int, err error) {
	touched, err := touchedSince(ctx, q, id)
	if err != nil {
		return nil, 0, err
	}
	place := map[ref.Ref]int{}
	note := func(r ref.Ref, rows int) {
		if _, known := place[r]; !known {
			place[r], things = len(things), append(things, Touched{Ref: r})
		}
		things[place[r]].Rows += rows
	}
	byTable := map[string][]any{}
	var tables []string
	for _, r := range touched[:min(len(touched), mostTouched)] {
		if byTable[r.table] == nil {
			tables = append(tables, r.table)
		}
		byTable[r.table] = append(byTable[r.table], r.id)
	}
	for _, table := range tables {
		found, owner, ids := 0, owners[table], byTable[table]
		if owner.kind != "" {
			err := db.Rows(ctx, q, func(rows *sql.Rows) error {
				var of, n int64
				err := rows.Scan(&of, &n)
				note(ref.Ref{Kind: owner.kind, ID: of}, int(n))
				found += int(n)
				return err
			}, `SELECT `+owner.column+`, COUNT(*) FROM `+table+` WHERE id IN (?`+strings.Repeat(", ?", len(ids)-1)+`) GROUP BY `+owner.column+` ORDER BY 1`, ids...)
			if err != nil {
				return nil, 0, err
			}
		}
		if rest := len(ids) - found; rest > 0 {
			note(ref.Ref{}, rest)
		}
	}
	return things, len(touched), nil
}
