package household

import (
	"context"
	"net/url"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// ObservationDays is within how many days an observation is settled (C7).
var ObservationDays = setting.Number{Name: "household.observation_days", Clause: "C7", Default: 3, Min: 1, Max: 60,
	Label: "observation.days", Meaning: "observation.days.meaning", Unit: "setting.unit.days"}

// observationsWaiting are the buildings with observations nobody has settled, one duty for each (realities 7).
func observationsWaiting(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	buildings, err := waitingByBuilding(ctx, q, s)
	if err != nil {
		return nil, err
	}
	duties := make([]duty.Duty, len(buildings))
	for i, b := range buildings {
		days, err := ObservationDays.At(ctx, q, b.Estate, today)
		if err != nil {
			return nil, err
		}
		due := time.UnixMicro(b.First).In(clock.China).AddDate(0, 0, int(days)).Format(time.DateOnly)
		where, href := i18n.T(ctx, "observation.duty.unplaced", b.EstateName), Observations.Path
		if b.Building != "" {
			where, href = i18n.T(ctx, "observation.duty.where", b.EstateName, b.Building), href+"?building="+url.QueryEscape(b.Building)
		}
		duties[i] = duty.Duty{Title: i18n.T(ctx, "observation.duty", b.N), Text: where, Act: i18n.T(ctx, "observation.duty.do"), Href: href, Clause: "C7", Due: due}
	}
	return duties, nil
}
