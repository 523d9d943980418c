package household

import (
	"context"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
)

// reachable is A1 as far as a program can judge it: every file names an owner or tenant who can be called, or who said that he cannot.
var reachable = control.Control{Clause: "A1", Name: "household.reachable", Title: "household.control.reachable",
	Posts: []access.Post{access.Custodian}, Period: control.Year, Find: findReachable}

func findReachable(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	r, err := reachOf(ctx, q, a.Estate)
	if err != nil {
		return control.Finding{}, err
	}
	until, err := papersUntil(ctx, q, a.Estate, a.Start, a.Day)
	f := control.Backlog{All: r.All, Open: r.Nobody, Until: until}.Judge(ctx, a.Day,
		control.Texts{Met: "household.control.reachable.met", Due: "household.control.reachable.due", Broken: "household.control.reachable.broken"})
	f.Unit, f.Records = "household.unit", recordsOf(a, "reach", unreached)
	return f, err
}

// refreshed is D8: every file is confirmed at least half-yearly.
var refreshed = control.Control{Clause: "D8", Name: "household.refreshed", Title: "household.control.refreshed",
	Posts: []access.Post{access.Custodian}, Period: control.HalfYear, Find: findRefreshed}

// findRefreshed counts the files in force that are confirmed. A file from before the company's first day is not met before
// somebody confirmed it, nor broken before its period is over.
func findRefreshed(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	r, err := refreshOf(ctx, q, a.Estate, a.Start, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	buildings, err := freshByBuilding(ctx, q, a.Scope, r)
	if err != nil {
		return control.Finding{}, err
	}
	f := control.Finding{State: control.Met, Unit: "household.unit", Records: r.path(estate.WholeOf(a.Estate, ""))}
	var soon int64
	until := ""
	for _, b := range buildings {
		f.Figure, f.Target, soon = f.Figure+b.All-b.Stale, f.Target+b.All, soon+b.Soon
		if b.Soon > 0 && (until == "" || r.until(b.Oldest) < until) {
			until = r.until(b.Oldest)
		}
	}
	switch {
	case soon == 0:
		f.Text = i18n.T(ctx, "household.control.refreshed.met", r.days)
	case until < r.day:
		f.State, f.Text = control.Broken, i18n.T(ctx, "household.control.refreshed.broken", f.Target-f.Figure, r.days)
	default:
		f.State, f.Text = control.Due, i18n.T(ctx, "household.control.refreshed.due", soon, until)
	}
	return f, nil
}

// recordsOf is the address of the register of the estate that is judged, narrowed by a filter.
func recordsOf(a control.Query, filter, value string) string {
	return estate.WholeOf(a.Estate, "").In(Households.Path, url.Values{filter: {value}})
}
