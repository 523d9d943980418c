package setting

import (
	"context"
	"database/sql"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// held is the value with the day it began; an empty day for the default.
func (n Number) held(ctx context.Context, q db.Querier, estate access.EstateID, date string) (v int64, from string, err error) {
	v = n.Default
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&v, &from) },
		`SELECT value, valid_from FROM setting_value WHERE name = ? AND estate IN (?, 0) AND valid_from <= ?
		ORDER BY CASE WHEN estate = 0 THEN 1 ELSE 0 END, valid_from DESC LIMIT 1`, n.Name, int64(estate), date)
	return v, from, err
}

// kept are the rows of a setting that hold for an estate, its own and the company's.
func (n Number) kept(ctx context.Context, q db.Querier, estate access.EstateID) (rows []value, err error) {
	err = q.Select(&rows).Where("name = ?", n.Name).Where("estate IN (?, 0)", int64(estate)).Scan(ctx)
	return rows, err
}

// nameOf is the setting that a row keeps a value of.
func nameOf(ctx context.Context, q db.Querier, row int64) (name string, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&name) }, `SELECT name FROM setting_value WHERE id = ?`, row)
	return name, err
}
