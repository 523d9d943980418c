package imports

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
)

// workedOff is D7: what a roster could not settle is worked off by its day, so that the files come to hold all the rosters say.
// Before something was left over there is nothing to judge.
var workedOff = control.Control{Clause: "D7", Name: "household.import_left", Title: "left.control",
	Posts: []access.Post{access.Manager}, Period: control.Year, Find: findWorkedOff}

func findWorkedOff(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	all, open, first, err := leftStanding(ctx, q, a.Scope)
	f := control.Backlog{All: all, Open: open, Until: first}.Judge(ctx, a.Day, control.Texts{Met: "left.control.met", Due: "left.control.due", Broken: "left.control.broken"})
	f.Unit, f.Records = "left.control.unit", LeftPath
	return f, err
}
