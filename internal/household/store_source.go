package household

import (
	"context"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/search"
)

// stale says which households are found otherwise once rows of a table were touched.
var stale = map[string]search.Stale{
	"household_household": search.Itself,
	"household_holding":   householdsOf("SELECT household FROM household_holding WHERE id"),
	"household_occupancy": householdsOf("SELECT household FROM household_occupancy WHERE id"),
	"estate_unit":         householdsOf("SELECT household FROM household_holding WHERE unit"),
	"estate_vehicle":      householdsOf("SELECT household FROM household_holding h JOIN estate_vehicle v ON v.unit = h.unit WHERE v.id"),
	"estate_party":        householdsOf("SELECT household FROM household_occupancy WHERE party"),
	"estate_former_name":  householdsOf("SELECT household FROM household_occupancy o JOIN estate_former_name n ON n.party = o.party WHERE n.id"),
	"estate_contact":      householdsOf("SELECT household FROM household_occupancy o JOIN estate_contact c ON c.party = o.party WHERE c.id"),
	"estate_identity":     householdsOf("SELECT household FROM household_occupancy o JOIN estate_identity i ON i.party = o.party WHERE i.id"),
}

// householdsOf turns rows of a table into households by a SELECT that ends in the column the rows' ids are compared with.
func householdsOf(query string) search.Stale {
	return func(ctx context.Context, q db.Querier, rows []int64) (ids []int64, err error) {
		args := make([]any, len(rows))
		for i, id := range rows {
			args[i] = id
		}
		err = db.Rows(ctx, q, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, query+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(rows)), ", ")+")", args...)
		return ids, err
	}
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

func estateNames(ctx context.Context, q db.Querier) (map[access.EstateID]string, error) {
	all, err := estate.Estates(ctx, q, access.ProgramActor().Scope([]access.Post{access.Program}, access.Company))
	names := map[access.EstateID]string{}
	for _, e := range all {
		names[e.ID] = e.Name
	}
	return names, err
}
