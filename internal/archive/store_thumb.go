package archive

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/db"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/op"
)

const thumbTable = "archive_thumb"

// putThumbs writes a row, in an operation or outside of one.
func putThumbs(ctx context.Context, exec func(ctx context.Context, query string, args ...any) (int64, error), file BlobID, t thumbs) error {
	wrapped := t.stored.Key
	if wrapped == nil {
		wrapped = []byte{}
	}
	_, err := exec(ctx, `INSERT INTO archive_thumb (file, first, stored, wrapped, sizes) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (file, first) DO UPDATE SET stored = excluded.stored, wrapped = excluded.wrapped, sizes = excluded.sizes`,
		int64(file), int64(t.first), t.stored.Name, wrapped, strings.Trim(fmt.Sprint(t.sizes), "[]"))
	return err
}

// thumbsWithin writes a row in an operation.
func thumbsWithin(ctx context.Context, tx op.Tx, file BlobID, all []thumbs) error {
	exec := func(ctx context.Context, query string, args ...any) (int64, error) {
		return tx.Exec(ctx, thumbTable, query, args...)
	}
	for _, t := range all {
		if err := putThumbs(ctx, exec, file, t); err != nil {
			return err
		}
	}
	return nil
}

// thumbsAt are the thumbnails of a file among which a page's is; none where there are none.
func thumbsAt(ctx context.Context, q db.Querier, b *Blob, page int64) (thumbs, error) {
	row, ok, err := db.BoundRow(ctx, q, thumbTable, `file = ? AND first = (SELECT MAX(first) FROM archive_thumb WHERE file = ? AND first <= ?)`, b.ID, b.ID, page)
	if err != nil || !ok {
		return thumbs{}, err
	}
	t := thumbs{first: int(row.Int("first")), stored: blob.Blob{Name: row.Text("stored"), Key: row.Bytes("wrapped")}}
	for _, size := range strings.Fields(row.Text("sizes")) {
		n := 0
		if _, err := fmt.Sscan(size, &n); err != nil {
			return thumbs{}, err
		}
		t.sizes, t.stored.Size = append(t.sizes, n), t.stored.Size+int64(n)
	}
	return t, nil
}

// withoutThumbs is the next file behind an id that should have thumbnails and has none for its first page; nil after the last.
func withoutThumbs(ctx context.Context, q db.Querier, after BlobID) (*Blob, error) {
	var rows []Blob
	err := q.Select(&rows).Where("?TableAlias.id > ?", after).Where("?TableAlias.state NOT IN (?, ?)", Broken, Unseen).
		Where("?TableAlias.type IN (?)", bun.List(filekind.Pictures)).
		Where("NOT EXISTS (SELECT 1 FROM archive_thumb AS t WHERE t.file = ?TableAlias.id AND t.first = 0)").
		OrderExpr("?TableAlias.id").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// ThumbsStored are the blobs of thumbnails whose names begin so.
func ThumbsStored(ctx context.Context, q db.Querier, prefix string) ([]string, error) {
	rows, err := db.BoundRows(ctx, q, thumbTable, `stored >= ? AND stored < ?`, prefix, prefix+"g") // no hex digit is behind f
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Text("stored")
	}
	return names, err
}

// ForgetThumbs takes the row of a blob that is damaged or lost away: the Looker makes its thumbnails anew.
func ForgetThumbs(ctx context.Context, tx op.Tx, stored string) error {
	_, err := tx.Exec(ctx, thumbTable, `DELETE FROM archive_thumb WHERE file IN (SELECT file FROM archive_thumb WHERE stored = ?)`, stored)
	return err
}
