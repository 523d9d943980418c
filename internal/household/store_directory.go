package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
)

// versionsOf are the stored directories of a kind, the newest first.
func versionsOf(ctx context.Context, q db.Querier, k Kind) ([]DirectoryRow, error) {
	var rows []DirectoryRow
	return rows, q.Select(&rows).Where("kind = ?", k).OrderExpr("no DESC").Scan(ctx)
}

// inForceOn are the stored directories in force on a day, one of a kind at most.
func inForceOn(ctx context.Context, q db.Querier, day string) ([]DirectoryRow, error) {
	var rows []DirectoryRow
	return rows, q.Select(&rows).Where("valid_from <= ?", day).
		Where("no = (SELECT MAX(d.no) FROM household_directory d WHERE d.kind = ?TableAlias.kind AND d.valid_from <= ?)", day).Scan(ctx)
}

// linesOf are the lines of stored directories, in their order.
func linesOf(ctx context.Context, q db.Querier, ids []DirectoryID) (map[DirectoryID][]Line, error) {
	found := map[DirectoryID][]Line{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []lineRow
	err := q.Select(&rows).Where("directory IN (?)", bun.List(ids)).OrderExpr("directory, seq").Scan(ctx)
	for _, l := range rows {
		found[l.Directory] = append(found[l.Directory], Line{l.Code, l.Section, l.Title, l.Need})
	}
	return found, err
}

// marksOf are the marks on the files of households, those taken back left out.
func marksOf(ctx context.Context, q db.Querier, ids ...ID) (map[ID][]MarkRow, error) {
	found := map[ID][]MarkRow{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []MarkRow
	err := q.Select(&rows).Where("household IN (?)", bun.List(ids)).Where("mark IS NOT NULL").OrderExpr("id").Scan(ctx)
	for _, m := range rows {
		found[m.Household] = append(found[m.Household], m)
	}
	return found, err
}

// markIDs are the rows of marks on a household's file by code, those taken back too.
func markIDs(ctx context.Context, q db.Querier, id ID) (map[string]markID, error) {
	var rows []MarkRow
	err := q.Select(&rows).Where("household = ?", id).Scan(ctx)
	found := make(map[string]markID, len(rows))
	for _, m := range rows {
		found[m.Code] = m.ID
	}
	return found, err
}

// storedNames are the lines of all stored directories, those of the past too, by kind.
func storedNames(ctx context.Context, q db.Querier) (map[Kind][]Line, error) {
	var rows []struct {
		Kind  Kind   `bun:"kind"`
		Code  string `bun:"code"`
		Title string `bun:"title"`
	}
	err := q.Select((*lineRow)(nil)).Distinct().ColumnExpr("d.kind, ?TableAlias.code, ?TableAlias.title").
		Join("JOIN household_directory AS d ON d.id = ?TableAlias.directory").OrderExpr("1, 2, 3").Scan(ctx, &rows)
	found := map[Kind][]Line{}
	for _, r := range rows {
		found[r.Kind] = append(found[r.Kind], Line{Code: r.Code, Title: r.Title})
	}
	return found, err
}
