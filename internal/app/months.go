package app

import (
	"context"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
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

// watchMonths writes a month down as soon as it is over, while the program runs; what fails is tried again a minute later.
func (a *App) watchMonths(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for last := control.MonthOf(a.Door.Clock.Now()); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := control.MonthOf(a.Door.Clock.Now()); now != last && a.KeepMonths(ctx) {
			last = now
		}
	}
}
