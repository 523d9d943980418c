package upkeep

import (
	"context"
	"database/sql"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

const shelfTable = "archive_shelf"

// checkedOn says when each shelf was last looked at, µs UTC; those never looked at are left out.
func checkedOn(ctx context.Context, q db.Querier) (map[int64]int64, error) {
	at := map[int64]int64{}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var shelf, checked int64
		err := rows.Scan(&shelf, &checked)
		at[shelf] = checked
		return err
	}, `SELECT shelf, checked FROM archive_shelf`)
	return at, err
}

func putShelf(ctx context.Context, tx op.Tx, shelf int64) error {
	_, err := tx.Exec(ctx, shelfTable, `INSERT INTO archive_shelf (shelf, checked) VALUES (?, ?)
		ON CONFLICT (shelf) DO UPDATE SET checked = excluded.checked`, shelf, tx.Now().UnixMicro())
	return err
}

// fileRow is what is known of a file that some paper refers to.
type fileRow struct {
	id     archive.BlobID
	estate access.EstateID
	stored string
	damage DamageID // the open incident; 0 for none
}

// filesOn are the files that rows refer to whose names begin so.
func filesOn(ctx context.Context, q db.Querier, prefix string) (all []fileRow, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var f fileRow
		err := rows.Scan(&f.id, &f.estate, &f.stored, &f.damage)
		all = append(all, f)
		return err
	}, `SELECT b.id, b.estate, b.stored, COALESCE(d.id, 0) FROM archive_blob b
		LEFT JOIN archive_damage d ON d.stored = b.stored AND d.mended IS NULL
		WHERE b.stored >= ? AND b.stored < ? ORDER BY b.stored`, prefix, prefix+"g") // no hex digit is behind f
	return all, err
}

// hasFiles reports whether there is anything to look after.
func hasFiles(ctx context.Context, q db.Querier) (bool, error) {
	return q.Select((*archive.Blob)(nil)).Exists(ctx)
}

// openDamage reports whether a file has an open incident.
func openDamage(ctx context.Context, q db.Querier, stored string) (bool, error) {
	return q.Select((*Damage)(nil)).Where("stored = ?", stored).Where("mended IS NULL").Exists(ctx)
}

// estateRow are the open incidents of one estate.
type estateRow struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Files      int             `bun:"files"`
	Oldest     int64           `bun:"oldest"`
}

func openByEstate(ctx context.Context, q db.Querier, s access.Scope) (rows []estateRow, err error) {
	err = evidence.Within(q.Select((*Damage)(nil)), s).Where("mended IS NULL").
		ColumnExpr("?TableAlias.estate, COUNT(*) AS files, MIN(found_at) AS oldest").
		ColumnExpr(estate.NameColumn).
		GroupExpr("?TableAlias.estate").OrderExpr("oldest").Scan(ctx, &rows)
	return rows, err
}

// Incident is an incident as it is shown, with the papers that can be read by it no more.
type Incident struct {
	Damage     `bun:",extend"`
	EstateName string         `bun:"estate_name,scanonly"`
	Item       archive.ItemID `bun:"item,scanonly"` // the newest paper that has it
}

// Incidents are those of a scope, the open ones first, the newest first.
func Incidents(ctx context.Context, q db.Querier, s access.Scope) (rows []Incident, err error) {
	err = evidence.Within(q.Select(&rows), s).ColumnExpr("?TableColumns").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("COALESCE((SELECT MAX(v.item) FROM archive_page p JOIN archive_version v ON v.id = p.leaf_of WHERE p.blob = ?TableAlias.file), 0) AS item").
		OrderExpr("CASE WHEN mended IS NULL THEN 0 ELSE 1 END, ?TableAlias.id DESC").Limit(mostShown).Scan(ctx)
	return rows, err
}

// mostShown is how many incidents a page shows.
const mostShown = 200
