package household

import (
	"context"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/db"
	"hudang/internal/platform/search"
)

// stale says which households are found otherwise once rows of a table were touched.
var stale = map[string]search.Stale{
	"household_household": staleBy("SELECT household FROM household_holding WHERE unit IN (SELECT unit FROM household_holding WHERE household IN (?))"),
	"household_holding":   staleBy("SELECT household FROM household_holding WHERE unit IN (SELECT unit FROM household_holding WHERE id IN (?))"),
	"estate_lease":        staleBy("SELECT household FROM household_holding WHERE unit IN (SELECT unit FROM estate_lease WHERE id IN (?))"),
	"household_occupancy": staleBy("SELECT household FROM household_occupancy WHERE id IN (?)"),
	"estate_unit":         staleBy("SELECT household FROM household_holding WHERE unit IN (?)"),
	"estate_vehicle":      staleBy("SELECT household FROM household_holding h JOIN estate_vehicle v ON v.unit = h.unit WHERE v.id IN (?)"),
	"estate_party":        householdsWith("SELECT id FROM estate_party WHERE id IN (?)"),
	"estate_former_name":  householdsWith("SELECT party FROM estate_former_name WHERE id IN (?)"),
	"estate_contact":      householdsWith("SELECT party FROM estate_contact WHERE id IN (?)"),
	"estate_identity":     householdsWith("SELECT party FROM estate_identity WHERE id IN (?)"),
}

// householdsWith are the households with one of some parties, or with one that was merged into it.
func householdsWith(parties string) search.Stale {
	return staleBy("SELECT household FROM household_occupancy WHERE party IN (" + parties + ")" +
		" OR party IN (SELECT id FROM estate_party WHERE merged_into IN (" + parties + "))")
}

// staleBy turns rows of a table into what is found otherwise, by a SELECT of ids; each (?) in it becomes the rows' ids.
func staleBy(query string) search.Stale {
	return func(ctx context.Context, q db.Querier, rows []int64) (ids []int64, err error) {
		text, args := spread(query, rows)
		err = db.Rows(ctx, q, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, text, args...)
		return ids, err
	}
}

// spread writes ids for each (?) of a query.
func spread(query string, ids []int64) (string, []any) {
	var args []any
	for range strings.Count(query, "(?)") {
		for _, id := range ids {
			args = append(args, id)
		}
	}
	marks := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ") + ")"
	return strings.ReplaceAll(query, "(?)", marks), args
}

// peopled are those of some parties who are, or were, of any household.
func peopled(ctx context.Context, q db.Querier, parties []estate.PartyID) (map[estate.PartyID]bool, error) {
	found := map[estate.PartyID]bool{}
	if len(parties) == 0 {
		return found, nil
	}
	var ids []estate.PartyID
	err := q.Select((*Occupancy)(nil)).Distinct().ColumnExpr("party").Where("party IN (?)", bun.List(parties)).Scan(ctx, &ids)
	for _, id := range ids {
		found[id] = true
	}
	return found, err
}

// householdsByID are households as they stand, whatever the scope: for the index, which asks for the scope itself.
func householdsByID(ctx context.Context, q db.Querier, ids []int64) (rows []*Household, err error) {
	return rows, q.Select(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
}

// householdsAfter lists households in the order of their ids.
func householdsAfter(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	err = q.Select((*Household)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
	return ids, err
}

// householdsInOrder sorts households that fit equally well: those of today, owners before tenants, then their rooms from the first.
func householdsInOrder(ctx context.Context, q db.Querier, ids []int64) ([]int64, error) {
	var sorted []int64
	err := q.Select((*Household)(nil)).ColumnExpr("?TableAlias.id").Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.first_unit").
		Where("?TableAlias.id IN (?)", bun.List(ids)).
		OrderExpr("CASE WHEN ?TableAlias.until IS NULL THEN 0 ELSE 1 END, CASE WHEN ?TableAlias.kind IN (?) THEN 1 ELSE 0 END, ?TableAlias.estate, u.sorting, ?TableAlias.id DESC", users).Scan(ctx, &sorted)
	return sorted, err
}
