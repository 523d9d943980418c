package app

import (
	"context"

	"hudang/internal/platform/db"
)

// LookAtTables has the engine check its tables against its indexes, beside the work at hand, and remembers what is wrong
// for the banner: an index that leaves a row out hides it from whoever looks by that index.
func (a *App) LookAtTables(ctx context.Context) {
	flaws, _, err := db.Integrity(ctx, a.Door.DB.Read())
	if err != nil {
		a.Log.Error("tables and indexes", "error", err)
		return
	}
	for _, f := range flaws[:min(len(flaws), toldFlaws)] {
		a.Log.Error("tables and indexes", "table", f.Table, "row", f.Row, "engine", f.Detail)
	}
	a.flaws.Store(int64(len(flaws)))
}
