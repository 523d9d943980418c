package household

import (
	"context"
	"net/url"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
)

// ClosedWith is the file of a lease's tenant that was closed with it, for the same reason on the same day; 0 for none.
func ClosedWith(ctx context.Context, q db.Querier, l *estate.Lease) (ID, error) {
	var ids []ID
	err := q.Select((*Household)(nil)).ColumnExpr("?TableAlias.id").Where("?TableAlias.until = ?", l.LeftOn).Where("?TableAlias.ended = ?", l.Ended).
		Where("?TableAlias.id IN (SELECT d.household FROM household_holding d WHERE d.unit = ?)", l.Unit).
		Where("?TableAlias.id IN (SELECT o.household FROM household_occupancy o WHERE o.party = ?)", l.Tenant).
		Where("?TableAlias.kind IN (?)", users).OrderExpr("?TableAlias.id DESC").Limit(1).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// leaseGone is the condition that a tenant's file is open while every lease of his in its units has ended, and that there was one.
// Few have ended: whether any of his has is asked first.
const leaseGone = `?TableAlias.until IS NULL AND ?TableAlias.kind IN (?) AND EXISTS (SELECT 1 FROM estate_lease l WHERE l.tenant = ?TableAlias.head AND l.left_on IS NOT NULL)
	AND EXISTS (SELECT 1 FROM estate_lease l JOIN household_holding d ON d.unit = l.unit
	WHERE d.household = ?TableAlias.id AND d.until IS NULL AND l.tenant = ?TableAlias.head AND l.left_on IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM estate_lease l JOIN household_holding d ON d.unit = l.unit
	WHERE d.household = ?TableAlias.id AND d.until IS NULL AND l.tenant = ?TableAlias.head AND l.left_on IS NULL)`

// leasesOfHeads are the leases of the heads of tenants' open households in the units of today, the last to end at the end.
func leasesOfHeads(ctx context.Context, q db.Querier, ids []ID) (rows []leased, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return rows, q.Select(&rows).ColumnExpr("?TableColumns").ColumnExpr("d.household AS household").
		Join("JOIN household_holding AS d ON d.unit = ?TableAlias.unit AND d.until IS NULL").
		Join("JOIN household_household AS h ON h.id = d.household AND h.head = ?TableAlias.tenant AND h.until IS NULL AND h.kind IN (?)", users).
		Where("d.household IN (?)", bun.List(ids)).OrderExpr("COALESCE(?TableAlias.valid_to, ''), ?TableAlias.id").Scan(ctx)
}

// moveOutDays is within how many days after a lease ended its tenant's file is closed.
const moveOutDays = 3

// leftIn is how many tenants' files of a place outlived their leases.
type leftIn struct {
	estate.Place `bun:",extend"`
	N            int64  `bun:"n"`
	First        string `bun:"first"` // day the first of their leases ended
}

func (l *leftIn) Add(b leftIn) { l.N, l.First = l.N+b.N, min(l.First, b.First) }

func leftByBuilding(ctx context.Context, q db.Querier, s access.Scope) ([]leftIn, error) {
	return estate.Kept(ctx, q, s, "tenants who left", "", func(s access.Scope) (rows []leftIn, err error) {
		return rows, evidence.Within(q.Select((*Household)(nil)), s).ColumnExpr(estate.NameColumn).ColumnExpr("?TableAlias.estate AS estate, COALESCE(u.building, '') AS building, COUNT(*) AS n").
			ColumnExpr("MIN((SELECT MAX(l.left_on) FROM estate_lease l WHERE l.tenant = ?TableAlias.head)) AS first").
			Join("JOIN estate_unit AS u ON u.id = ?TableAlias.first_unit").Where(leaseGone, users).
			GroupExpr("?TableAlias.estate, u.building").OrderExpr("?TableAlias.estate, u.building").Scan(ctx, &rows)
	})
}

// tenantsToClose are the buildings, or the estates while several are chosen, with tenants' files that outlived their leases, one
// duty for each (D6).
func tenantsToClose(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := leftByBuilding(ctx, q, s)
	if err == nil {
		rows, err = estate.ByEstate(ctx, q, s, rows)
	}
	var duties []duty.Duty
	for _, b := range rows {
		due := b.First
		if day, err := cn.ParseStored(b.First); err == nil {
			due = clock.Date(day.Time().AddDate(0, 0, moveOutDays))
		}
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "household.duty.left", b.N), Text: b.Said(ctx), Act: i18n.T(ctx, "household.duty.left.do"),
			Href: b.In(Households.Path, url.Values{"lease": {leaseEnded}}), Clause: "D6", Due: due})
	}
	return duties, err
}

// leaseEnded is the choice of the list's filter of leases.
const leaseEnded = "ended"

func withoutLease(q *bun.SelectQuery, _, _ string) *bun.SelectQuery {
	return q.Where(leaseGone, users)
}

// closedTenants are how many tenants' files were closed from a day on.
func closedTenants(ctx context.Context, q db.Querier, s access.Scope, from string) (int64, error) {
	n, err := evidence.Within(q.Select((*Household)(nil)), s).Where("?TableAlias.until >= ?", from).Where("?TableAlias.kind IN (?)", users).Count(ctx)
	return int64(n), err
}
