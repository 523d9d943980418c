package household

import (
	"context"
	"time"

	"hudang/internal/estate"
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

// observationsWaiting are the buildings, or the estates while several are chosen, with observations nobody has settled, one duty
// for each (realities 7).
func observationsWaiting(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	rows, err := waitingByBuilding(ctx, q, s)
	if err == nil {
		rows, err = estate.ByEstate(ctx, q, s, rows)
	}
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, b := range rows {
		days, err := ObservationDays.At(ctx, q, b.Estate, today)
		if err != nil {
			return nil, err
		}
		where := b.Said(ctx)
		if b.Building == "" && !b.Whole() {
			where = i18n.T(ctx, "observation.duty.unplaced", b.EstateName)
		}
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "observation.duty", b.N), Text: where, Act: i18n.T(ctx, "observation.duty.do"), Clause: "C7",
			Href: b.In(Observations.Path, nil), Due: time.UnixMicro(b.First).In(clock.China).AddDate(0, 0, int(days)).Format(time.DateOnly)})
	}
	return duties, nil
}
