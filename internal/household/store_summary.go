package household

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// summaryOf are the units of a scope.
func summaryOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*SummaryRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(estate.NameColumn)
}

// heldBy is the condition that a household of today of some kinds holds the unit.
const heldBy = `EXISTS (SELECT 1 FROM household_holding d JOIN household_household h ON h.id = d.household
	WHERE d.unit = ?TableAlias.id AND d.until IS NULL AND h.until IS NULL AND h.kind IN (?))`

// letBy is the condition that somebody rents the unit: his household, or his lease.
const letBy = `(` + heldBy + ` OR EXISTS (SELECT 1 FROM estate_lease e WHERE e.unit = ?TableAlias.id AND e.left_on IS NULL AND e.kind <> 'mixed'))`

var users = bun.List([]Kind{TenantHome, ShopTenant, OfficeTenant})

func unitsInForce(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("?TableAlias.valid_to IS NULL")
}
func unitsLet(q *bun.SelectQuery) *bun.SelectQuery { return unitsInForce(q).Where(letBy, users) }
func unitsWithout(q *bun.SelectQuery) *bun.SelectQuery {
	return unitsInForce(q).Where(`NOT `+heldBy, bun.List(Kinds))
}

// What units stand as, in the words of their rows: let for mixed use; let at all; said of its owner's household.
const (
	unitMixed = `EXISTS (SELECT 1 FROM estate_lease e WHERE e.unit = ?TableAlias.id AND e.left_on IS NULL AND e.kind = 'mixed')`
	unitLet   = `(` + heldBy + ` OR EXISTS (SELECT 1 FROM estate_lease e WHERE e.unit = ?TableAlias.id AND e.left_on IS NULL))`
	unitSaid  = `EXISTS (SELECT 1 FROM household_holding d JOIN household_household h ON h.id = d.household
		WHERE d.unit = ?TableAlias.id AND d.until IS NULL AND h.until IS NULL AND h.stay = ? AND h.kind NOT IN (?))`
)

// summaryStay are the units that stand as chosen, as Standing says it.
func summaryStay(q *bun.SelectQuery, stay, _ string) *bun.SelectQuery {
	said := func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where(unitSaid, stay, users).Where("NOT "+unitLet, users)
	}
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		switch Stay(stay) {
		case Mixed:
			return q.WhereGroup(" OR ", said).WhereOr(unitMixed)
		case LetOut:
			return q.WhereGroup(" OR ", said).WhereOr(unitLet+" AND NOT "+unitMixed, users)
		}
		return said(q)
	})
}

// unitsStanding is what units are used for today, as Standing says it.
func unitsStanding(ctx context.Context, q db.Querier, units []estate.UnitID) (map[estate.UnitID]Stay, error) {
	found := map[estate.UnitID]Stay{}
	if len(units) == 0 {
		return found, nil
	}
	var held []struct {
		Unit estate.UnitID `bun:"unit"`
		Kind Kind          `bun:"kind"`
		Stay Stay          `bun:"stay"`
	}
	err := q.Select((*Holding)(nil)).ColumnExpr("?TableAlias.unit, h.kind, COALESCE(h.stay, '') AS stay").Join("JOIN household_household AS h ON h.id = ?TableAlias.household").
		Where("?TableAlias.unit IN (?)", bun.List(units)).Where("?TableAlias.until IS NULL").Where("h.until IS NULL").OrderExpr("h.id").Scan(ctx, &held)
	if err != nil {
		return nil, err
	}
	leases, err := estate.LeasesOf(ctx, q, units...)
	let := map[estate.UnitID]Stay{}
	for _, h := range held {
		switch {
		case !h.Kind.Owns():
			let[h.Unit] = LetOut
		case found[h.Unit] == "":
			found[h.Unit] = h.Stay
		}
	}
	for u, all := range leases {
		let[u] = letAs(all, let[u])
	}
	for u, as := range let {
		found[u] = Standing(found[u], as)
	}
	return found, err
}

// letAs is what a unit is let as by its leases; without one in force as was known before.
func letAs(leases []*estate.Lease, known Stay) Stay {
	for _, l := range leases {
		switch {
		case !l.InForce():
		case l.Kind == estate.Mixed:
			return Mixed
		default:
			known = LetOut
		}
	}
	return known
}

// summaryLike finds units by any part of their code, or of the name of somebody in one of their households.
func summaryLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("LOWER(?TableAlias.code) LIKE ? ESCAPE '!'", list.Like(typed)).
			WhereOr(`?TableAlias.id IN (SELECT d.unit FROM household_holding d JOIN household_occupancy o ON o.household = d.household
				JOIN estate_party n ON n.id = o.party WHERE d.until IS NULL AND o.until IS NULL AND LOWER(n.name) LIKE ? ESCAPE '!')`, list.Like(typed))
	})
}

func unitKinds(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(estate.UnitKinds))
	for i, k := range estate.UnitKinds {
		options[i] = list.Option{Value: string(k), Label: i18n.T(ctx, "unit.kind."+string(k))}
	}
	return options, nil
}

// fillSummary completes rows: one reading for each kind of fact, however many rows.
func fillSummary(ctx context.Context, q db.Querier, added []SummaryColumn, rows []SummaryRow) error {
	units := make([]estate.UnitID, len(rows))
	for i := range rows {
		units[i], rows[i].facts, rows[i].added = rows[i].ID, &unitFacts{}, map[string]string{}
	}
	if err := fillSides(ctx, q, units, rows); err != nil {
		return err
	}
	leases, err := estate.LeasesOf(ctx, q, units...)
	if err != nil {
		return err
	}
	vehicles, err := estate.VehiclesOf(ctx, q, units...)
	if err != nil {
		return err
	}
	for i := range rows {
		f := rows[i].facts
		f.let = letAs(leases[rows[i].ID], "")
		for _, l := range leases[rows[i].ID] {
			if l.InForce() {
				f.lease = l
			}
		}
		for _, v := range vehicles[rows[i].ID] {
			if v.InForce() {
				f.vehicles = append(f.vehicles, v)
			}
		}
	}
	for _, a := range added {
		told, err := a.Load(ctx, q, units)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].added[a.Key] = told[rows[i].ID]
		}
	}
	return nil
}

// fillSides gives each unit the household that owns it and the first that uses it.
func fillSides(ctx context.Context, q db.Querier, units []estate.UnitID, rows []SummaryRow) error {
	var held []struct {
		Household `bun:",extend"`
		Unit      estate.UnitID `bun:"unit,scanonly"`
	}
	err := q.Select(&held).ColumnExpr("?TableColumns").ColumnExpr("d.unit").
		Join("JOIN household_holding AS d ON d.household = ?TableAlias.id").
		Where("d.unit IN (?)", bun.List(units)).Where("d.until IS NULL").Where("?TableAlias.until IS NULL").OrderExpr("?TableAlias.id").Scan(ctx)
	if err != nil || len(held) == 0 {
		return err
	}
	ids := make([]ID, len(held))
	for i, h := range held {
		ids[i] = h.ID
	}
	details, err := Details(ctx, q, ids...)
	if err != nil {
		return err
	}
	var leads []estate.PartyID
	for _, d := range details {
		for _, p := range d.People {
			if p.Part == Owner && p.InForce() {
				leads = append(leads, p.Whom)
			}
		}
	}
	identities, err := estate.IdentitiesOf(ctx, q, leads...)
	if err != nil {
		return err
	}
	at := make(map[estate.UnitID]*unitFacts, len(rows))
	for i := range rows {
		at[rows[i].ID] = rows[i].facts
	}
	for _, h := range held {
		s := &side{Household: h.Household, Detail: details[h.ID], identities: identities}
		switch f := at[h.Unit]; {
		case h.Kind.Owns() && f.owner == nil:
			f.owner = s
		case !h.Kind.Owns() && f.user == nil:
			f.user = s
		}
	}
	return nil
}
