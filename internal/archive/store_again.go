package archive

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
)

// openLook says it of files that have to be looked at, wholly or from some page on; there is an index for exactly this.
const openLook = "(state = 'unseen' OR flags LIKE '%rest:%')"

// toLookAt are files that have to be looked at, the oldest first, some left out.
func toLookAt(ctx context.Context, q db.Querier, except []BlobID, most int64) (rows []Blob, err error) {
	found := q.Select(&rows).Where(openLook).OrderExpr("id").Limit(most)
	if len(except) > 0 {
		found = found.Where("id NOT IN (?)", bun.List(except))
	}
	return rows, found.Scan(ctx)
}

// findBlob is a file's row.
func findBlob(ctx context.Context, q db.Querier, id BlobID) (*Blob, error) {
	b := &Blob{}
	b.ID = id
	return b, q.Select(b).WherePK().Scan(ctx)
}

// holdersOf are the items in whose pages in force a file stands.
func holdersOf(ctx context.Context, q db.Querier, id BlobID) (ids []ItemID, err error) {
	return ids, q.Select((*Item)(nil)).Join("JOIN archive_page AS p ON p.leaf_of = ?TableAlias.current").Where("p.blob = ?", id).
		ColumnExpr("DISTINCT ?TableAlias.id").OrderExpr("?TableAlias.id").Scan(ctx, &ids)
}
