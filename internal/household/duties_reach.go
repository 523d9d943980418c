package household

import (
	"context"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// reachPath is where the households stand that nobody can reach.
func reachPath() string { return Households.Path + "?" + url.Values{"reach": {unreached}}.Encode() }

// reachUntil is by when the files name somebody who can be reached: with their papers, within some days of the company's first day.
func reachUntil(ctx context.Context, q db.Querier, e access.EstateID, start, today string) (string, error) {
	days, err := PapersDays.At(ctx, q, e, today)
	return addDays(start, int(days)), err
}

// namesToAsk are, for each estate, the households without an owner or tenant who can be called.
func namesToAsk(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	estates, err := estate.Estates(ctx, q, s)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, e := range estates {
		all, none, err := reachOf(ctx, q, within(e.ID))
		if err != nil {
			return nil, err
		}
		if none == 0 {
			continue
		}
		start, err := control.StartOf(ctx, q, e.ID, today)
		if err != nil {
			return nil, err
		}
		if start == "" {
			start = today
		}
		until, err := reachUntil(ctx, q, e.ID, start, today)
		if err != nil {
			return nil, err
		}
		d := duty.Duty{Title: i18n.T(ctx, "household.duty.reach", none), Text: i18n.T(ctx, "household.duty.reach.text", e.Name, until),
			Act: i18n.T(ctx, "household.duty.phone.do"), Href: reachPath(), Clause: "A1", Done: int(all - none), Of: int(all)}
		if until < today {
			d.Due = until
		}
		duties = append(duties, d)
	}
	return duties, nil
}
