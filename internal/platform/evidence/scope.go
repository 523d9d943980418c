package evidence

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
)

// Within narrows a query over an evidential table to a scope: the border every reading of a room passes.
func Within(q *bun.SelectQuery, s access.Scope) *bun.SelectQuery {
	switch {
	case s.All():
		return q
	case len(s.Estates()) == 0:
		return q.Where("1 = 0")
	}
	return q.Where("?TableAlias.estate IN (?)", bun.List(s.Estates()))
}

// Find loads a row by the id it holds, within a scope; NotFound for one outside it, as if it did not exist.
func Find(ctx context.Context, q db.Querier, s access.Scope, row Record) error {
	err := Within(q.Select(row), s).WherePK().Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return errs.E(errs.NotFound, "error.not_found")
	}
	return err
}
