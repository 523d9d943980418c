package household

import (
	"context"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
)

// Find is one household of a scope; NotFound for one outside it, as if it did not exist.
func Find(ctx context.Context, q db.Querier, s access.Scope, id ID) (*Household, error) {
	return record.Find[Household](ctx, q, s, id)
}

// ownerOf is the household that owns a unit today; 0 for none.
func ownerOf(ctx context.Context, q db.Querier, unit estate.UnitID) (ID, error) {
	var ids []ID
	err := q.Select((*Holding)(nil)).ColumnExpr("?TableAlias.household").
		Join("JOIN household_household AS h ON h.id = ?TableAlias.household").
		Where("?TableAlias.unit = ?", unit).Where("?TableAlias.until IS NULL").Where("h.until IS NULL").
		Where("h.kind NOT IN (?)", bun.List([]Kind{TenantHome, ShopTenant, OfficeTenant})).Limit(1).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// holdingsOf are a household's units, past ones too.
func holdingsOf(ctx context.Context, q db.Querier, id ID) ([]*Holding, error) {
	var rows []*Holding
	return rows, q.Select(&rows).Where("household = ?", id).OrderExpr("id").Scan(ctx)
}

// unitsOf are the units a household has today.
func unitsOf(ctx context.Context, q db.Querier, id ID) ([]estate.UnitID, error) {
	var ids []estate.UnitID
	return ids, q.Select((*Holding)(nil)).ColumnExpr("unit").Where("household = ?", id).Where("until IS NULL").OrderExpr("id").Scan(ctx, &ids)
}

// headOf is by whom a household is called: its first owner or tenant of today; 0 for nobody.
func headOf(ctx context.Context, q db.Querier, id ID) (estate.PartyID, error) {
	var ids []estate.PartyID
	err := q.Select((*Occupancy)(nil)).ColumnExpr("party").Where("household = ?", id).Where("until IS NULL").
		Where("part IN (?)", bun.List(Heads)).OrderExpr("rank, id").Limit(1).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// rowsOf are the households of a scope, joined with the unit and the party they are sorted by. Every household has a
// first unit, of its own estate; SQLite takes a CROSS JOIN in the order written, so that it walks the units in theirs.
func rowsOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*Row)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(estate.NameColumn).
		ModelTableExpr("estate_unit AS u CROSS JOIN household_household AS ?TableAlias").
		Join("LEFT JOIN estate_party AS p ON p.id = ?TableAlias.head").
		Where("?TableAlias.first_unit = u.id").Apply(unitsWithin(s))
}

// rowsCounted are the same households for counting: units and parties are read only where a filter asks for them.
func rowsCounted(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*Row)(nil)), s).Join("LEFT JOIN estate_unit AS u ON u.id = ?TableAlias.first_unit")
}

// rowsPicked finds the units of some households first.
func rowsPicked(q *bun.SelectQuery, ids []int64) *bun.SelectQuery {
	return q.Where("u.id IN (SELECT first_unit FROM household_household WHERE id IN (?))", bun.List(ids))
}

// unitsWithin says of the units what the border says of the households.
func unitsWithin(s access.Scope) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		if s.All() || len(s.Estates()) == 0 {
			return q
		}
		return q.Where("u.estate IN (?)", bun.List(s.Estates()))
	}
}

func rowsInForce(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.until IS NULL") }

// rowsOver are few: their units are found first.
func rowsOver(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("?TableAlias.until IS NOT NULL").Where("u.id IN (SELECT first_unit FROM household_household WHERE until IS NOT NULL)")
}

// rowLike finds households by any part of the name of somebody in them, or of a unit's code.
func rowLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("LOWER(u.code) LIKE ? ESCAPE '!'", list.Like(typed)).
			WhereOr(`?TableAlias.id IN (SELECT o.household FROM household_occupancy o JOIN estate_party n ON n.id = o.party WHERE LOWER(n.name) LIKE ? ESCAPE '!')`, list.Like(typed))
	})
}

// Details are the units and people of households, in one query for each.
func Details(ctx context.Context, q db.Querier, ids ...ID) (map[ID]Detail, error) {
	found := make(map[ID]Detail, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var places []Place
	err := q.Select(&places).ColumnExpr("?TableColumns").ColumnExpr("u.code, u.kind AS unit_kind, COALESCE(u.gross_area, 0) AS gross_area, COALESCE(u.net_area, 0) AS net_area, COALESCE(u.valid_from, '') AS handed, COALESCE(u.former, '') AS former").
		Join("JOIN estate_unit AS u ON u.id = ?TableAlias.unit").Where("?TableAlias.household IN (?)", bun.List(ids)).
		OrderExpr("?TableAlias.household, u.sorting, ?TableAlias.id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		d := found[p.Household]
		d.Places = append(d.Places, p)
		found[p.Household] = d
	}
	var people []Person
	err = q.Select(&people).ColumnExpr("?TableColumns").ColumnExpr("p.id AS whom, p.name AS party_name, p.kind AS party_kind").
		Join("JOIN estate_party AS own ON own.id = ?TableAlias.party").Join("JOIN estate_party AS p ON p.id = COALESCE(own.merged_into, own.id)").Where("?TableAlias.household IN (?)", bun.List(ids)).
		OrderExpr("?TableAlias.household, CASE WHEN ?TableAlias.until IS NULL THEN 0 ELSE 1 END, ?TableAlias.rank, ?TableAlias.id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	parties := make([]estate.PartyID, 0, len(people))
	for _, p := range people {
		parties = append(parties, p.Whom)
	}
	contacts, err := estate.ContactsOf(ctx, q, parties...)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		d := found[p.Household]
		if d.Phones == nil {
			d.Phones = map[estate.PartyID][]estate.Contact{}
		}
		d.People, d.Phones[p.Party] = append(d.People, p), inForce(contacts[p.Whom])
		found[p.Household] = d
	}
	return found, nil
}

// inForce are the contacts that hold today, in the order they are tried.
func inForce(all []*estate.Contact) []estate.Contact {
	var held []estate.Contact
	for _, c := range all {
		if c.InForce() {
			held = append(held, *c)
		}
	}
	return held
}

func fillRows(ctx context.Context, q db.Querier, rows []Row) error {
	ids := make([]ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	details, err := Details(ctx, q, ids...)
	if err != nil {
		return err
	}
	lapses, err := LapsesOf(ctx, q, list.Today(ctx), ids...)
	if err != nil {
		return err
	}
	let, err := LetNow(ctx, q, ids...)
	for i, r := range rows {
		rows[i].Detail, rows[i].lapse = details[r.ID], lapses[r.ID]
		if rows[i].let = let[r.ID]; !r.InForce() {
			rows[i].let = ""
		}
	}
	return err
}

// LetNow says of owners' households as what their units are let today: by a lease in force, or a tenant's household in them.
func LetNow(ctx context.Context, q db.Querier, ids ...ID) (map[ID]Stay, error) {
	all := map[ID]Stay{}
	if len(ids) == 0 {
		return all, nil
	}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var id ID
		var mixed int64
		err := rows.Scan(&id, &mixed)
		if all[id] = LetOut; mixed != 0 {
			all[id] = Mixed
		}
		return err
	}, `SELECT d.household, MAX(CASE WHEN l.kind = 'mixed' THEN 1 ELSE 0 END) FROM household_holding d JOIN estate_lease l ON l.unit = d.unit AND l.left_on IS NULL
		JOIN household_household h ON h.id = d.household WHERE d.household IN (`+marks(len(ids))+`) AND d.until IS NULL AND h.kind NOT IN ('tenant_home', 'shop_tenant', 'office_tenant')
		GROUP BY d.household`, anyOf(ids)...)
	if err != nil {
		return nil, err
	}
	return all, db.Rows(ctx, q, func(rows *sql.Rows) error {
		var id ID
		err := rows.Scan(&id)
		if all[id] == "" {
			all[id] = LetOut
		}
		return err
	}, `SELECT DISTINCT d.household FROM household_holding d JOIN household_holding t ON t.unit = d.unit AND t.until IS NULL AND t.household <> d.household
		JOIN household_household u ON u.id = t.household AND u.until IS NULL AND u.kind IN ('tenant_home', 'shop_tenant', 'office_tenant')
		JOIN household_household h ON h.id = d.household AND h.kind NOT IN ('tenant_home', 'shop_tenant', 'office_tenant')
		WHERE d.household IN (`+marks(len(ids))+`) AND d.until IS NULL`, anyOf(ids)...)
}

// letUnit is the condition that a household owns a unit that is let today: for mixed use, or as a dwelling.
const (
	owns     = `?TableAlias.kind NOT IN (?) AND ?TableAlias.until IS NULL`
	mixedLet = owns + ` AND EXISTS (SELECT 1 FROM household_holding d JOIN estate_lease l ON l.unit = d.unit AND l.left_on IS NULL AND l.kind = 'mixed'
		WHERE d.household = ?TableAlias.id AND d.until IS NULL)`
	anyLet = owns + ` AND (EXISTS (SELECT 1 FROM household_holding d JOIN estate_lease l ON l.unit = d.unit AND l.left_on IS NULL WHERE d.household = ?TableAlias.id AND d.until IS NULL)
		OR EXISTS (SELECT 1 FROM household_holding d JOIN household_holding t ON t.unit = d.unit AND t.until IS NULL AND t.household <> d.household
		JOIN household_household u ON u.id = t.household AND u.until IS NULL AND u.kind IN (?) WHERE d.household = ?TableAlias.id AND d.until IS NULL))`
)

// standingAs are the households whose units stand as chosen, as Standing says it: let today, else as was said.
func standingAs(q *bun.SelectQuery, stay, _ string) *bun.SelectQuery {
	said := func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.stay = ?", stay).Where("NOT ("+anyLet+")", users, users)
	}
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		switch Stay(stay) {
		case Mixed:
			return q.WhereGroup(" OR ", said).WhereOr(mixedLet, users)
		case LetOut:
			return q.WhereGroup(" OR ", said).WhereOr("("+anyLet+") AND NOT ("+mixedLet+")", users, users, users)
		}
		return said(q)
	})
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anyOf(ids []ID) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = int64(id)
	}
	return all
}
