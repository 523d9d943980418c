package label

import "github.com/uptrace/bun"

// With adds the code of each thing of a kind to a query of such things, as the column label_code; empty where there is none.
func With(q *bun.SelectQuery, kind string) *bun.SelectQuery {
	return q.ColumnExpr("COALESCE((SELECT code FROM label_code WHERE kind = ? AND thing = ?TableAlias.id), '') AS label_code", kind)
}
