package series

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

const table = "series_counter"

// Series is a series that the operation has to itself until it ends: who needs a number of it meanwhile waits.
type Series struct {
	tx   op.Tx
	name string
	last int64
}

// Hold takes a series for the operation: who decides whether he needs a number waits here for whoever has it. A series that many
// use at once is a bottleneck on PostgreSQL: one per till, not one for all (door.md 11).
func Hold(ctx context.Context, tx op.Tx, name string) (*Series, error) {
	row, there, err := tx.LockBound(ctx, table, "name = ?", name)
	if err == nil && !there { // its first number; two who begin it at once wait for each other here
		_, err = tx.Exec(ctx, table, `INSERT INTO series_counter (name, last) VALUES (?, 0) ON CONFLICT (name) DO UPDATE SET last = series_counter.last`, name)
		if err == nil {
			row, _, err = tx.LockBound(ctx, table, "name = ?", name)
		}
	}
	return &Series{tx, name, row.Int("last")}, err
}

// Take gives the next n numbers of the series, and returns the first of them; a series begins with 1. With Hold they cost one row, read and
// written once.
func (s *Series) Take(ctx context.Context, n int) (first int64, err error) {
	first, s.last = s.last+1, s.last+int64(n)
	bound, err := db.Bind(s.tx, table, db.Row{"name": s.name, "last": s.last})
	if err != nil {
		return 0, err
	}
	return first, s.tx.Send(ctx, table, `UPDATE series_counter SET last = ?, bound = ? WHERE name = ?`, s.last, bound, s.name)
}
