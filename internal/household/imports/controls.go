package imports

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
)

// workedOff is D7: what a roster could not settle is worked off by its day, so that the files come to hold all the rosters say.
// Before something was left over there is nothing to judge.
var workedOff = control.Control{Clause: "D7", Name: "household.import_left", Title: "left.control",
	Posts: []access.Post{access.Manager}, Period: control.Year, Find: findWorkedOff}

func findWorkedOff(ctx context.Context, q db.Querier, a control.Asked) (control.Finding, error) {
	all, open, first, err := leftStanding(ctx, q, a.Scope)
	f := control.Finding{State: control.Met, Unit: "left.control.unit", Records: LeftPath, Figure: all - open, Target: all}
	switch {
	case open == 0:
		f.Text = i18n.T(ctx, "left.control.met")
	case first < a.Day:
		f.State, f.Text = control.Broken, i18n.T(ctx, "left.control.broken", open, first)
	default:
		f.State, f.Text = control.Due, i18n.T(ctx, "left.control.due", open, first)
	}
	return f, err
}
