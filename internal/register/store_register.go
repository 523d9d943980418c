package register

import (
	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// rowsOf are the rows of a register in a scope, the void ones too.
func rowsOf[T any](q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*T)(nil)), s).ColumnExpr("?TableColumns").ColumnExpr(estate.NameColumn)
}
