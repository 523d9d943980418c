package control

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// keptIn are the findings kept of a month in an estate.
func keptIn(ctx context.Context, q db.Querier, e access.EstateID, m YearMonth) (rows []kept, err error) {
	return rows, q.Select(&rows).Where("estate = ?", e).Where("month = ?", m).OrderExpr("id").Scan(ctx)
}

func isKept(ctx context.Context, q db.Querier, e access.EstateID, m YearMonth) (bool, error) {
	n, err := q.Select((*kept)(nil)).Where("estate = ?", e).Where("month = ?", m).Count(ctx)
	return n > 0, err
}

// KeptMonths are the months of which findings of some of the estates were kept.
func KeptMonths(ctx context.Context, q db.Querier, estates []access.EstateID) (months []YearMonth, err error) {
	if len(estates) == 0 {
		return nil, nil
	}
	return months, q.Select((*kept)(nil)).ColumnExpr("DISTINCT month").Where("estate IN (?)", bun.List(estates)).OrderExpr("month DESC").Scan(ctx, &months)
}
