package household

import (
	"context"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// AskAgainDays is after how many days somebody who said that he has no telephone is asked again.
var AskAgainDays = setting.Number{Name: "household.no_phone_days", Clause: "A2", Default: 90, Min: 7, Max: 730,
	Label: "household.no_phone_days", Meaning: "household.no_phone_days.meaning", Unit: "setting.unit.days"}

// phonesToAsk are, for each estate, the households whose owner or tenant said long ago that he has no telephone.
func phonesToAsk(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	estates, err := estate.Estates(ctx, q, s)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, e := range estates {
		days, err := AskAgainDays.At(ctx, q, e.ID, today)
		if err != nil {
			return nil, err
		}
		before := addDays(today, 1-int(days))
		n, err := phonelessSince(ctx, q, e.ID, before)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			duties = append(duties, duty.Duty{Title: i18n.T(ctx, "household.duty.phone", n), Text: i18n.T(ctx, "household.duty.phone.text", e.Name, days),
				Act: i18n.T(ctx, "household.duty.phone.do"), Href: Households.Path + "?" + url.Values{"no_phone": {before}}.Encode(), Clause: "A2"})
		}
	}
	return duties, nil
}
