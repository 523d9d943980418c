package estate

import (
	"context"
	"net/url"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// LeaseNotice is how many days before its end a lease is asked about (D6).
var LeaseNotice = setting.Number{Name: "estate.lease_notice_days", Clause: "D6", Default: 30, Min: 1, Max: 366,
	Label: "lease.setting.notice", Meaning: "lease.setting.notice.meaning", Unit: "lease.setting.days"}

// areasMissing are the buildings, or the estates while several are chosen, with units whose area nobody has registered (D7:
// everything into the computer): the summary sheet and every fee by area lack them.
func areasMissing(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := unmeasuredByBuilding(ctx, q, s)
	if err == nil {
		rows, err = ByEstate(ctx, q, s, rows)
	}
	var duties []duty.Duty
	for _, b := range rows {
		duties = append(duties, duty.Duty{
			Title: i18n.T(ctx, "unit.duty.area", b.Missing), Text: b.Said(ctx), Act: i18n.T(ctx, "unit.duty.do"),
			Href: b.In(Units.Path, url.Values{"tab": {"no_area"}}), Clause: "D7", Done: b.Units - b.Missing, Of: b.Units,
		})
	}
	return duties, err
}

// leasesDueNow are, for each estate, the leases that end within its days of notice, and those that are over while nobody said
// that the tenant left (D6).
func leasesDueNow(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	rows, err := leasesDue(ctx, q, s, daysOn(today, int(LeaseNotice.Max)))
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Estate == rows[0].Estate {
			n++
		}
		days, err := LeaseNotice.At(ctx, q, rows[0].Estate, today)
		if err != nil {
			return nil, err
		}
		duties = append(duties, leaseDuties(ctx, rows[:n], today, int(days))...)
		rows = rows[n:]
	}
	return duties, nil
}

// leaseDuties are the duties of one estate, whose leases come in the order of their ends.
func leaseDuties(ctx context.Context, rows []leaseDue, today string, days int) (duties []duty.Duty) {
	past, soon := 0, 0
	limit, at := daysOn(today, days), WholeOf(rows[0].Estate, rows[0].EstateName)
	for _, l := range rows {
		switch {
		case l.Until < today:
			past++
		case l.Until <= limit:
			soon++
		}
	}
	if past > 0 {
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "lease.duty.over", past), Text: at.Said(ctx), Act: i18n.T(ctx, "lease.duty.do"),
			Href: at.In(Leases.Path, url.Values{"tab": {"over"}}), Clause: "D6", Due: rows[0].Until})
	}
	if soon > 0 {
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "lease.duty.soon", soon, days), Text: at.Said(ctx), Act: i18n.T(ctx, "lease.duty.do"),
			Href: at.In(Leases.Path, url.Values{"until.from": {today}, "until.to": {limit}}), Clause: "D6"})
	}
	return duties
}
