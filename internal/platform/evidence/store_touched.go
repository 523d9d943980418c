package evidence

import (
	"context"
	"database/sql"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Sizes is how many leaves each log has: what somebody who follows the logs compares with where he stands.
func Sizes(ctx context.Context, q db.Querier) (map[access.EstateID]int64, error) {
	sizes := map[access.EstateID]int64{}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log access.EstateID
		var size int64
		err := rows.Scan(&log, &size)
		sizes[log] = size
		return err
	}, `SELECT log, size FROM evidence_head`)
	return sizes, err
}

// TouchedSince lists the rows, by table and each once, that a log's leaves touched from one leaf on, and the leaf to go
// on from. It reads whole leaves, about as many as touched most rows, and never past size.
func TouchedSince(ctx context.Context, q db.Querier, log access.EstateID, leaf, size int64, most int) (map[string][]int64, int64, error) {
	next := size
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		err := rows.Scan(&next)
		next = max(next, leaf+1)
		return err
	}, `SELECT leaf FROM evidence_touched WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf, seq LIMIT 1 OFFSET ?`,
		int64(log), leaf, size, most)
	if err != nil {
		return nil, leaf, err
	}
	touched := map[string][]int64{}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var table string
		var row int64
		err := rows.Scan(&table, &row)
		touched[table] = append(touched[table], row)
		return err
	}, `SELECT DISTINCT tbl, row FROM evidence_touched WHERE log = ? AND leaf >= ? AND leaf < ?`, int64(log), leaf, next)
	return touched, next, err
}

// TouchedOf are the rows of a table that a log's leaves ever touched.
func TouchedOf(ctx context.Context, q db.Querier, log access.EstateID, table string) (ids []int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var row int64
		err := rows.Scan(&row)
		ids = append(ids, row)
		return err
	}, `SELECT DISTINCT row FROM evidence_touched WHERE log = ? AND tbl = ? ORDER BY row`, int64(log), table)
	return ids, err
}
