package estate

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
)

// FindLease is one lease of a scope; NotFound for one outside it, as if it did not exist.
func FindLease(ctx context.Context, q db.Querier, s access.Scope, id LeaseID) (*Lease, error) {
	return record.Find[Lease](ctx, q, s, id)
}

// LeasesOf are the leases of units, past ones too, those in force first. The caller has found the units within a scope.
func LeasesOf(ctx context.Context, q db.Querier, units ...UnitID) (map[UnitID][]*Lease, error) {
	return ofUnits(ctx, q, units, "CASE WHEN ?TableAlias.left_on IS NULL THEN 0 ELSE 1 END, ?TableAlias.valid_from DESC, ?TableAlias.id DESC",
		func(l *Lease) UnitID { return l.Unit })
}

// NextLet is the day from which a unit can be let again: the one after its last lease in force ends, else today.
func NextLet(ctx context.Context, q db.Querier, unit UnitID, today string) (string, error) {
	leases, err := LeasesOf(ctx, q, unit)
	for _, l := range leases[unit] {
		if l.InForce() {
			today = max(today, record.DayAfter(l.ValidTo))
		}
	}
	return today, err
}

// LeasesOfParty are the leases in which a party lets or rents.
func LeasesOfParty(ctx context.Context, q db.Querier, id PartyID) (rows []*Lease, err error) {
	const merged = "(SELECT id FROM estate_party WHERE id = ? OR merged_into = ?)"
	return rows, q.Select(&rows).Where("tenant IN "+merged+" OR lessor IN "+merged, id, id, id, id).OrderExpr("valid_from DESC, id DESC").Scan(ctx)
}

// LeaseRow is a lease in its register, with its unit and its parties.
type LeaseRow struct {
	Lease       `bun:",extend"`
	EstateName  string   `bun:"estate_name,scanonly"`
	UnitCode    string   `bun:"unit_code,scanonly"`
	UnitSorting string   `bun:"unit_sorting,scanonly"`
	TenantName  string   `bun:"-"`
	LessorName  string   `bun:"-"`
	Phone       *Contact `bun:"-"` // of the tenant, tried first
}

func leasesOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return evidence.Within(q.Select((*LeaseRow)(nil)), s).ColumnExpr("?TableColumns").
		ColumnExpr(NameColumn).
		ColumnExpr("(SELECT code FROM estate_unit WHERE id = ?TableAlias.unit) AS unit_code").
		ColumnExpr("(SELECT sorting FROM estate_unit WHERE id = ?TableAlias.unit) AS unit_sorting")
}

// leaseLike finds leases by any part of the unit's code or of the tenant's or lessor's name.
func leaseLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	like := list.Like(typed)
	return q.Where(`?TableAlias.unit IN (SELECT id FROM estate_unit WHERE LOWER(code) LIKE ? ESCAPE '!')
		OR ?TableAlias.tenant IN (SELECT id FROM estate_party WHERE LOWER(name) LIKE ? ESCAPE '!')
		OR ?TableAlias.lessor IN (SELECT id FROM estate_party WHERE LOWER(name) LIKE ? ESCAPE '!')`, like, like, like)
}

// leaseEnd is the last day of a lease whose end is known to the month or the year only, as lastDay says it.
const leaseEnd = `CASE LENGTH(?TableAlias.valid_to) WHEN 10 THEN ?TableAlias.valid_to WHEN 7 THEN ?TableAlias.valid_to || '-31' ELSE ?TableAlias.valid_to || '-12-31' END`

func leased(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.left_on IS NULL") }

func left(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.left_on IS NOT NULL") }

// endingSoon are the leases that end within the days of the form's second tab.
func endingSoon(q *bun.SelectQuery, today string) *bun.SelectQuery {
	return leased(q).Where(leaseEnd+" >= ?", today).Where(leaseEnd+" <= ?", daysOn(today, soonDays))
}

// overstayed are the leases that are over while nobody said that the tenant left.
func overstayed(q *bun.SelectQuery, today string) *bun.SelectQuery {
	return leased(q).Where(leaseEnd+" < ?", today)
}

// lacking are the leases in force whose form is not complete, as LeaseFacts.Complete asks for it.
func lacking(q *bun.SelectQuery) *bun.SelectQuery {
	return leased(q).Where("("+formLacks+")", Living)
}

const formLacks = "?TableAlias.use_as IS NULL OR ?TableAlias.valid_from IS NULL OR ?TableAlias.valid_to IS NULL OR ?TableAlias.payer IS NULL OR ?TableAlias.use_as = ? AND ?TableAlias.heads IS NULL"

// leasesLacking counts the leases in force of a scope, and those whose form is not complete, and says when the first of these was registered.
func leasesLacking(ctx context.Context, q db.Querier, s access.Scope) (all, open int64, first string, err error) {
	err = leased(evidence.Within(q.Select((*Lease)(nil)), s)).ColumnExpr("COUNT(*)").
		ColumnExpr("COALESCE(SUM(CASE WHEN "+formLacks+" THEN 1 ELSE 0 END), 0)", Living).
		ColumnExpr("COALESCE(MIN(CASE WHEN "+formLacks+" THEN ?TableAlias.registered END), '')", Living).Scan(ctx, &all, &open, &first)
	return all, open, first, err
}

func endsBetween(q *bun.SelectQuery, from, to string) *bun.SelectQuery {
	if from != "" {
		q = q.Where(leaseEnd+" >= ?", from)
	}
	if to != "" {
		q = q.Where(leaseEnd+" <= ?", to)
	}
	return q
}

// daysOn is the day some days after a stored one.
func daysOn(day string, days int) string {
	d, err := cn.ParseStored(day)
	if err != nil || d.IsZero() {
		return day
	}
	return d.AddDays(days).String()
}

// leaseDue is the end of a lease that is still in force.
type leaseDue struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Until      string          `bun:"until"`
}

// leasesDue are the leases in force of a scope that end by a day, by estate.
func leasesDue(ctx context.Context, q db.Querier, s access.Scope, by string) (rows []leaseDue, err error) {
	return rows, leased(evidence.Within(q.Select((*Lease)(nil)), s)).ColumnExpr("?TableAlias.estate").
		ColumnExpr(NameColumn).ColumnExpr(leaseEnd+" AS until").
		Where(leaseEnd+" <= ?", by).OrderExpr("estate_name, ?TableAlias.estate, until").Scan(ctx, &rows)
}

// leasesByID are the leases with a number as they stand, whatever the scope: for the index, which asks for the scope itself.
func leasesByID(ctx context.Context, q db.Querier, ids []int64) ([]LeaseRow, error) {
	var rows []LeaseRow
	err := numbered(leasesOf(q, everywhere)).Where("?TableAlias.id IN (?)", bun.List(ids)).Model(&rows).Scan(ctx)
	if err != nil {
		return nil, err
	}
	return rows, fillLeases(ctx, q, rows)
}

func numbered(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("(?TableAlias.contract IS NOT NULL OR ?TableAlias.filing_no IS NOT NULL)")
}

// numberedLeases lists them in the order of their ids.
func numberedLeases(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	return ids, numbered(q.Select((*Lease)(nil))).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
}
