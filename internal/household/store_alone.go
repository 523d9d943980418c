package household

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/db"
	"hudang/internal/platform/search"
)

// isAlone says of a party that it is in no household and never was, neither itself nor as one merged into it.
const isAlone = `party.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM household_occupancy o WHERE o.party = party.id)
	AND NOT EXISTS (SELECT 1 FROM estate_party m JOIN household_occupancy o ON o.party = m.id WHERE m.merged_into = party.id)`

// lonerStale says who of those in no household is found otherwise once rows of a table were touched.
var lonerStale = map[string]search.Stale{
	"estate_party":        loners("SELECT id FROM estate_party WHERE id IN (?)"),
	"estate_former_name":  loners("SELECT party FROM estate_former_name WHERE id IN (?)"),
	"estate_contact":      loners("SELECT party FROM estate_contact WHERE id IN (?)"),
	"estate_identity":     loners("SELECT party FROM estate_identity WHERE id IN (?)"),
	"estate_lease":        loners("SELECT tenant FROM estate_lease WHERE id IN (?) UNION SELECT lessor FROM estate_lease WHERE id IN (?)"),
	"estate_vehicle":      loners("SELECT party FROM estate_vehicle WHERE id IN (?)"),
	"household_occupancy": joiners,
}

// loners are those of some parties who may be among the found: all but those whom a household has. One who was merged
// is no more.
func loners(parties string) search.Stale {
	return staleBy("SELECT party.id FROM estate_party party WHERE party.id IN (" + parties +
		" UNION SELECT merged_into FROM estate_party WHERE id IN (" + parties + ")) AND (party.merged_into IS NOT NULL OR " + isAlone + ")")
}

// joiners are the parties who came into a household and were there before it: nobody whom the same operation registered
// has ever been found alone, so that an import has none to take out.
var joiners = staleBy(`SELECT COALESCE(p.merged_into, p.id) FROM household_occupancy o JOIN estate_party p ON p.id = o.party
	WHERE o.id IN (?) AND NOT (p.version = 1 AND p.ev_op = o.ev_op)`)

// partiesAlone are those of some parties who are in no household.
func partiesAlone(ctx context.Context, q db.Querier, ids []int64) (rows []*estate.Party, err error) {
	return rows, q.Select(&rows).Where("?TableAlias.id IN (?)", bun.List(ids)).Where(isAlone).Scan(ctx)
}

// lonersAfter lists them in the order of their ids.
func lonersAfter(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	err = q.Select((*estate.Party)(nil)).ColumnExpr("?TableAlias.id").Where("?TableAlias.id > ?", after).Where(isAlone).
		OrderExpr("?TableAlias.id").Limit(int64(most)).Scan(ctx, &ids)
	return ids, err
}

const (
	theirs     = `IN (SELECT id FROM estate_party WHERE id IN (?) UNION SELECT id FROM estate_party WHERE merged_into IN (?))`
	rolesQuery = `SELECT COALESCE(p.merged_into, p.id), 'lessor', u.code FROM estate_lease l JOIN estate_party p ON p.id = l.lessor
			JOIN estate_unit u ON u.id = l.unit WHERE l.left_on IS NULL AND l.lessor ` + theirs + `
		UNION ALL SELECT COALESCE(p.merged_into, p.id), 'tenant', u.code FROM estate_lease l JOIN estate_party p ON p.id = l.tenant
			JOIN estate_unit u ON u.id = l.unit WHERE l.left_on IS NULL AND l.tenant ` + theirs + `
		UNION ALL SELECT COALESCE(p.merged_into, p.id), 'driver', u.code FROM estate_vehicle v JOIN estate_party p ON p.id = v.party
			JOIN estate_unit u ON u.id = v.unit WHERE v.valid_to IS NULL AND v.party ` + theirs + ` ORDER BY 2, 3`
)

// rolesOf are what parties are at units today: who lets, who rents, whose car stands there.
func rolesOf(ctx context.Context, q db.Querier, parties []int64) (map[estate.PartyID][]role, error) {
	found := map[estate.PartyID][]role{}
	if len(parties) == 0 {
		return found, nil
	}
	query, args := spread(rolesQuery, parties)
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var r role
		err := rows.Scan(&r.party, &r.what, &r.code)
		found[r.party] = append(found[r.party], r)
		return err
	}, query, args...)
	return found, err
}
