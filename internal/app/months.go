package app

import (
	"context"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/i18n"
)

// KeepMonths writes down how the rules stood at the end of the months gone by, before anything else is done. What fails is told
// in the operator's log, and the month shows that nothing was kept. It reports whether nothing failed.
func (a *App) KeepMonths(ctx context.Context) bool {
	all, err := estate.Estates(ctx, a.Door.DB.Read(), access.ProgramActor().Scope([]access.Post{access.Program}, access.Company))
	ids := make([]access.EstateID, len(all))
	for i, e := range all {
		ids[i] = e.ID
	}
	if err == nil {
		err = control.KeepMonths(i18n.With(ctx, a.Texts, i18n.Chinese), a.Door, Controls(), ids)
	}
	if err != nil && ctx.Err() == nil {
		a.Log.Error("the end of the month is not written down", "error", err)
	}
	return err == nil
}

// watchMonths writes a month down as soon as it is over, while the program runs.
func (a *App) watchMonths(ctx context.Context) { afterEachMonth(ctx, a.Door.Clock, a.KeepMonths) }

// afterEachMonth does something when a month is over, as a clock shows; what fails is tried again a minute later.
func afterEachMonth(ctx context.Context, c clock.Clock, do func(context.Context) bool) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for last := control.MonthOf(c.Now()); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := control.MonthOf(c.Now()); now != last && do(ctx) {
			last = now
		}
	}
}
