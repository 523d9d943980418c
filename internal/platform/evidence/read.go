package evidence

import (
	"context"
	"database/sql"
	"math"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Leaves are a log's newest leaves before an index (0: from the newest), at most n, the newest first.
func (l *Log) Leaves(ctx context.Context, q db.Querier, log access.EstateID, before int64, n int) ([]Leaf, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	var leaves []Leaf
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var raw []byte
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		leaf, err := DecodeLeaf(raw)
		leaves = append(leaves, leaf)
		return err
	}, `SELECT leaf FROM evidence_leaf WHERE log = ? AND pos < ? ORDER BY pos DESC LIMIT ?`, int64(log), before, n)
	return leaves, err
}

// Head is a log as it stands now, unsigned.
func (l *Log) Head(ctx context.Context, q db.Querier, log access.EstateID) (Checkpoint, error) {
	c := Checkpoint{Origin: l.Origin(log)}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var peaks []byte
		if err := rows.Scan(&c.Size, &peaks); err != nil {
			return err
		}
		tree, err := decodeMerkle(c.Size, peaks)
		c.Root = tree.head()
		return err
	}, headOf, int64(log))
	return c, err
}

// LastInstant is when the newest leaf of all logs was written, µs UTC; 0 for empty logs.
func LastInstant(ctx context.Context, q db.Querier) (last int64, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var raw []byte
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		leaf, err := DecodeLeaf(raw)
		last = max(last, leaf.At)
		return err
	}, `SELECT leaf FROM evidence_leaf l WHERE pos = (SELECT MAX(pos) FROM evidence_leaf x WHERE x.log = l.log)`)
	return last, err
}
