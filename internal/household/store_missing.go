package household

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// lostPapers are the papers reported lost, unless a later check found them.
const lostPapers = `SELECT l.item FROM household_check_line l WHERE l.settled = 'reported' AND l.item IS NOT NULL AND NOT EXISTS (SELECT 1 FROM household_check_line later
	WHERE later.item = l.item AND later.of_check > l.of_check AND (later.finding IN ('there', 'count') OR later.settled = 'found'))`

// hasLine is the condition that a household's file has a paper of a line, or that somebody said why there will be none.
func hasLine(code string) string {
	return `(EXISTS (SELECT 1 FROM archive_volume v JOIN archive_item i ON i.volume = v.id WHERE v.subject_kind = 'household' AND v.subject = ?TableAlias.id
		AND i.voided IS NULL AND i.paper = ` + code + ` AND i.id NOT IN (` + lostPapers + `))
		OR EXISTS (SELECT 1 FROM household_mark m WHERE m.household = ?TableAlias.id AND m.code = ` + code + ` AND m.mark IN ('not_applicable', 'lost_long_ago')))`
}

// newestDirectory is the stored directory of a kind in force on a day.
const newestDirectory = `SELECT d.id FROM household_directory d WHERE d.kind = ?TableAlias.kind AND d.valid_from <= ?
	AND d.no = (SELECT MAX(n.no) FROM household_directory n WHERE n.kind = d.kind AND n.valid_from <= ?)`

// lacksPapers is the condition that a household's file lacks a paper which the directory of its kind requires on a day, or which
// was marked as expected. The day stands in it three times.
var lacksPapers = func() string {
	var builtin []string
	for _, k := range Kinds {
		var lines []string
		for _, l := range BuiltIn(k).Lines {
			if l.Need == Required {
				lines = append(lines, "NOT "+hasLine("'"+l.Code+"'"))
			}
		}
		if len(lines) > 0 {
			builtin = append(builtin, fmt.Sprintf("?TableAlias.kind = '%s' AND (%s)", k, strings.Join(lines, " OR ")))
		}
	}
	return `((?TableAlias.kind NOT IN (SELECT d.kind FROM household_directory d WHERE d.valid_from <= ?) AND (` + strings.Join(builtin, " OR ") + `))
		OR EXISTS (SELECT 1 FROM household_directory_line r WHERE r.directory IN (` + newestDirectory + `) AND r.need = 'required' AND NOT ` + hasLine("r.code") + `)
		OR EXISTS (SELECT 1 FROM household_mark x WHERE x.household = ?TableAlias.id AND x.mark = 'expected' AND NOT ` + hasLine("x.code") + `))`
}()

// withoutPapers narrows to the households whose files lack papers by the directories of a day.
func withoutPapers(q *bun.SelectQuery, day, _ string) *bun.SelectQuery {
	return q.Where(lacksPapers, day, day, day)
}

// incompleteFiles is how many files of a building lack papers.
type incompleteFiles struct {
	estate.Place `bun:",extend"`
	All          int `bun:"everything"`
	Lacking      int `bun:"lacking"`
}

func (f *incompleteFiles) Add(b incompleteFiles) { f.All, f.Lacking = f.All+b.All, f.Lacking+b.Lacking }

func incompleteByBuilding(ctx context.Context, q db.Querier, s access.Scope, day string) ([]incompleteFiles, error) {
	return estate.Kept(ctx, q, s, "incomplete files", day, func(s access.Scope) (rows []incompleteFiles, err error) {
		return rows, evidence.Within(q.Select((*Household)(nil)), s).Apply(rowsInForce).
			Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.first_unit").
			ColumnExpr("?TableAlias.estate AS estate, COALESCE(u.building, '') AS building, COUNT(*) AS everything").
			ColumnExpr(estate.NameColumn).
			ColumnExpr("SUM(CASE WHEN "+lacksPapers+" THEN 1 ELSE 0 END) AS lacking", day, day, day).
			GroupExpr("?TableAlias.estate, u.building").OrderExpr("?TableAlias.estate, u.building").Scan(ctx, &rows)
	})
}
