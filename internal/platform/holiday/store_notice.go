package holiday

import (
	"context"

	"hudang/internal/platform/db"
)

// recorded are the notices brought in, of all years.
func recorded(ctx context.Context, q db.Querier) (notices []notice, err error) {
	err = q.Select(&notices).Order("year").Scan(ctx)
	return notices, err
}
