package household

import (
	"context"

	"github.com/uptrace/bun"
)

// standing counts rows that came since a moment, in µs, or are open however long: what was forgotten for years is not met. open is
// the state of the open ones; oldest is when the first of them came, 0 for none.
func standing(ctx context.Context, rows *bun.SelectQuery, came string, since int64, open any) (all, left, oldest int64, err error) {
	const isOpen = "?TableAlias.state = ?"
	var found struct {
		All    int64 `bun:"everything"`
		Open   int64 `bun:"open_ones"`
		Oldest int64 `bun:"oldest"`
	}
	err = rows.Where("("+came+" >= ? OR "+isOpen+")", since, open).ColumnExpr("COUNT(*) AS everything").
		ColumnExpr("COALESCE(SUM(CASE WHEN "+isOpen+" THEN 1 ELSE 0 END), 0) AS open_ones", open).
		ColumnExpr("COALESCE(MIN(CASE WHEN "+isOpen+" THEN "+came+" END), 0) AS oldest", open).Scan(ctx, &found)
	return found.All, found.Open, found.Oldest, err
}
