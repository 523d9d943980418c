package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/record"
)

// FindCheck is a check of a scope; NotFound for one outside it.
func FindCheck(ctx context.Context, q db.Querier, s access.Scope, id CheckID) (*Check, error) {
	return record.Find[Check](ctx, q, s, id)
}

// FindCheckLine is a line of a check of a scope.
func FindCheckLine(ctx context.Context, q db.Querier, s access.Scope, id CheckLineID) (*CheckLine, error) {
	return record.Find[CheckLine](ctx, q, s, id)
}

// LinesOfCheck are the lines of a check, in their order.
func LinesOfCheck(ctx context.Context, q db.Querier, id CheckID) ([]CheckLine, error) {
	var rows []CheckLine
	return rows, q.Select(&rows).Where("of_check = ?", id).OrderExpr("seq").Scan(ctx)
}

// ChecksOf are the checks of a household's shelf, the newest first.
func ChecksOf(ctx context.Context, q db.Querier, id ID) ([]Check, error) {
	var rows []Check
	return rows, q.Select(&rows).Where("household = ?", id).OrderExpr("id DESC").Limit(20).Scan(ctx)
}

// lostOf are the papers of households that were reported lost, with the day, unless a later check found them.
func lostOf(ctx context.Context, q db.Querier, households []ID) (map[archive.ItemID]string, error) {
	var rows []CheckLine
	err := q.Select(&rows).Column("item", "settled_on").Where("?TableAlias.settled = ? AND ?TableAlias.item IS NOT NULL", Reported).
		Where("?TableAlias.of_check IN (SELECT id FROM household_check WHERE household IN (?))", bun.List(households)).
		Where(`NOT EXISTS (SELECT 1 FROM household_check_line later WHERE later.item = ?TableAlias.item AND later.of_check > ?TableAlias.of_check
			AND (later.finding IN (?) OR later.settled = ?))`, bun.List([]Finding{There, Count}), Found).OrderExpr("id").Scan(ctx)
	lost := make(map[archive.ItemID]string, len(rows))
	for _, l := range rows {
		lost[l.Item] = l.SettledOn
	}
	return lost, err
}

// DifferencesOf are the differences that the checks of a household's shelf found, in their order.
func DifferencesOf(ctx context.Context, q db.Querier, id ID) ([]CheckLine, error) {
	var rows []CheckLine
	return rows, q.Select(&rows).Where("of_check IN (SELECT id FROM household_check WHERE household = ?)", id).Where("finding <> ?", There).
		OrderExpr("of_check, seq").Scan(ctx)
}

// unsettled are the differences of an estate that nobody has settled.
type unsettled struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Open       int64           `bun:"open_lines"`
	Checks     int64           `bun:"checks"`
	First      CheckID         `bun:"first_check"`
}

func unsettledByEstate(ctx context.Context, q db.Querier, s access.Scope) ([]unsettled, error) {
	var rows []unsettled
	err := evidence.Within(q.Select((*Check)(nil)), s).Where("unsettled > 0").
		ColumnExpr("?TableAlias.estate AS estate, SUM(?TableAlias.unsettled) AS open_lines, COUNT(*) AS checks, MIN(?TableAlias.id) AS first_check").
		ColumnExpr(estate.NameColumn).
		GroupExpr("?TableAlias.estate").OrderExpr("?TableAlias.estate").Scan(ctx, &rows)
	return rows, err
}

// checkedSince counts the shelf checks of a scope since a day, those with a difference that is not settled, and says when the
// first of these was made, and which it is.
func checkedSince(ctx context.Context, q db.Querier, s access.Scope, day string) (all, open int64, oldest string, first CheckID, err error) {
	var found struct {
		All    int64   `bun:"everything"`
		Open   int64   `bun:"open_ones"`
		Oldest string  `bun:"oldest"`
		First  CheckID `bun:"first_check"`
	}
	err = evidence.Within(q.Select((*Check)(nil)), s).Where("(?TableAlias.checked_on >= ? OR ?TableAlias.unsettled > 0)", day).
		ColumnExpr("COUNT(*) AS everything").ColumnExpr("COALESCE(SUM(CASE WHEN ?TableAlias.unsettled > 0 THEN 1 ELSE 0 END), 0) AS open_ones").
		ColumnExpr("COALESCE(MIN(CASE WHEN ?TableAlias.unsettled > 0 THEN ?TableAlias.checked_on END), '') AS oldest").
		ColumnExpr("COALESCE(MIN(CASE WHEN ?TableAlias.unsettled > 0 THEN ?TableAlias.id END), 0) AS first_check").Scan(ctx, &found)
	return found.All, found.Open, found.Oldest, found.First, err
}
