package household

import (
	"context"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// namesToAsk are, for each estate, the households without an owner or tenant who can be called; they are asked with the papers.
func namesToAsk(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	estates, err := estate.Estates(ctx, q, s)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, e := range estates {
		r, err := reachOf(ctx, q, e.ID)
		if err != nil {
			return nil, err
		}
		if r.Nobody == 0 {
			continue
		}
		until, err := papersDue(ctx, q, e.ID, today)
		if err != nil {
			return nil, err
		}
		d := duty.Duty{Title: i18n.T(ctx, "household.duty.reach", r.Nobody), Text: i18n.T(ctx, "household.duty.reach.text", e.Name, until),
			Act: i18n.T(ctx, "household.duty.phone.do"), Href: estate.WholeOf(e.ID, e.Name).In(Households.Path, url.Values{"reach": {unreached}}), Clause: "A1", Done: int(r.All - r.Nobody), Of: int(r.All)}
		if until < today {
			d.Due = until
		}
		duties = append(duties, d)
	}
	return duties, nil
}
