package household

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// filesToConfirm are the buildings, or estates while several are chosen, with files to be confirmed, one duty for each with what is to be done today so that all
// are done in time (D8; realities 7). Before the company's first day
// nothing is due.
func filesToConfirm(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	estates, err := estate.Estates(ctx, q, s)
	if err != nil {
		return nil, err
	}
	var all []duty.Duty
	for _, e := range estates {
		found, err := toConfirmIn(ctx, q, e.ID, today, len(estates) > 1)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// toConfirmIn are an estate's duties: one for each building, or a single one while several estates are chosen.
func toConfirmIn(ctx context.Context, q db.Querier, e access.EstateID, today string, whole bool) ([]duty.Duty, error) {
	start, err := control.StartOf(ctx, q, e, today)
	if err != nil || start == "" || start > today {
		return nil, err
	}
	r, err := refreshOf(ctx, q, e, start, today)
	if err != nil {
		return nil, err
	}
	rows, err := freshByBuilding(ctx, q, access.Only(e), r)
	if whole { // a building that has done its part of today does not make up for another
		rows = slices.DeleteFunc(rows, func(b freshness) bool { _, open := r.duty(ctx, b); return !open })
		rows = estate.Rolled(rows)
	}
	var all []duty.Duty
	for _, b := range rows {
		if d, ok := r.duty(ctx, b); ok {
			all = append(all, d)
		}
	}
	return all, err
}

// duty is what a place asks for today; false when today's part is done.
func (r refresh) duty(ctx context.Context, b freshness) (duty.Duty, bool) {
	if b.Soon == 0 {
		return duty.Duty{}, false
	}
	d := duty.Duty{Title: i18n.T(ctx, "household.duty.confirm", b.Said(ctx)), Act: i18n.T(ctx, "household.duty.confirm.do"),
		Href: r.path(b.Place), Clause: "D8"}
	if r.late(b.Oldest) {
		d.Due, d.Text = r.until(b.Oldest), i18n.T(ctx, "household.duty.confirm.late", b.Stale)
		return d, true
	}
	left := max(daysBetween(r.day, r.until(b.Oldest))+1, 1)
	d.Done, d.Of = int(b.Done), part(int(b.Soon+b.Done), left)
	d.Text = i18n.T(ctx, "household.duty.confirm.today", b.Soon, d.Of)
	return d, d.Done < d.Of
}

// part is a day's share of what is to be done in some days, rounded up.
func part(all, days int) int { return (all + days - 1) / days }
