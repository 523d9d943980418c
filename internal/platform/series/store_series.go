package series

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// Next is the next number of a series, from 1. On PostgreSQL it holds the series until the operation ends, so a series
// that many use at once is a bottleneck: one per till, not one for all (door.md 11).
func Next(ctx context.Context, tx op.Tx, name string) (int64, error) {
	_, err := tx.Exec(ctx, "series_counter", `INSERT INTO series_counter (name, last) VALUES (?, 1)
		ON CONFLICT (name) DO UPDATE SET last = series_counter.last + 1`, name)
	if err != nil {
		return 0, err
	}
	r, _, err := db.BoundRow(ctx, tx, "series_counter", "name = ?", name)
	return r.Int("last"), err
}

// Hold takes a series for the operation without a number: who decides whether he needs one waits here for whoever has it.
func Hold(ctx context.Context, tx op.Tx, name string) error {
	_, err := tx.Exec(ctx, "series_counter", `INSERT INTO series_counter (name, last) VALUES (?, 0)
		ON CONFLICT (name) DO UPDATE SET last = series_counter.last`, name)
	return err
}
