package household

import (
	"context"
	"net/url"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
)

// complete is E2 and D4: every file has the papers that its directory requires, within some days of the company's first day.
var complete = control.Control{Clause: "E2", Name: "household.complete", Title: "household.control.complete",
	Posts: []access.Post{access.Custodian}, Period: control.Year, Find: findComplete}

func findComplete(ctx context.Context, q db.Querier, a control.Asked) (control.Finding, error) {
	all, err := incompleteByBuilding(ctx, q, a.Scope, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	days, err := PapersDays.At(ctx, q, a.Estate, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	f := control.Finding{State: control.Met, Unit: "household.unit", Records: Households.Path + "?" + url.Values{"papers": {a.Day}}.Encode()}
	for _, b := range all {
		f.Figure, f.Target = f.Figure+int64(b.All-b.Lacking), f.Target+int64(b.All)
	}
	lacking, until := f.Target-f.Figure, addDays(a.Start, int(days))
	switch {
	case lacking == 0:
		f.Text = i18n.T(ctx, "household.control.complete.met")
	case until < a.Day:
		f.State, f.Text = control.Broken, i18n.T(ctx, "household.control.complete.broken", lacking, until)
	default:
		f.State, f.Text = control.Due, i18n.T(ctx, "household.control.complete.due", lacking, until)
	}
	return f, nil
}

// movedOut is D6: a tenant's file is closed within some days after the last of his leases ended. Leases that ended before the
// company's first day are due, not broken.
var movedOut = control.Control{Clause: "D6", Name: "household.moved_out", Title: "household.control.moved_out",
	Posts: []access.Post{access.Custodian}, Period: control.Year, Find: findMovedOut}

func findMovedOut(ctx context.Context, q db.Querier, a control.Asked) (control.Finding, error) {
	f := control.Finding{State: control.Met, Unit: "household.unit", Records: Households.Path + "?" + url.Values{"lease": {leaseEnded}}.Encode()}
	closed, err := closedTenants(ctx, q, a.Scope, a.Start)
	if err != nil {
		return f, err
	}
	open, err := leftByBuilding(ctx, q, a.Scope)
	if err != nil {
		return f, err
	}
	f.Figure, f.Target = closed, closed
	first := ""
	for _, b := range open {
		f.Target += b.N
		if first == "" || b.First < first {
			first = b.First
		}
	}
	until := addDays(max(first, a.Start), moveOutDays)
	switch n := f.Target - f.Figure; {
	case n == 0:
		f.Text = i18n.T(ctx, "household.control.moved_out.met")
	case until < a.Day:
		f.State, f.Text = control.Broken, i18n.T(ctx, "household.control.moved_out.broken", n, moveOutDays)
	default:
		f.State, f.Text = control.Due, i18n.T(ctx, "household.control.moved_out.due", n, until)
	}
	return f, nil
}

// answerDays is within how many days somebody who asks to see a file is answered.
const answerDays = 3

// answered is D5: who may look is decided by the head of the service group, and in time.
var answered = control.Control{Clause: "D5", Name: "household.requests", Title: "household.control.requests",
	Posts: []access.Post{access.Manager}, Period: control.Month, Find: findAnswered}

func findAnswered(ctx context.Context, q db.Querier, a control.Asked) (control.Finding, error) {
	f := control.Finding{State: control.Met, Unit: "household.control.requests.unit", Records: RequestsPath}
	all, waiting, oldest, err := requestsSince(ctx, q, a.Scope, dayStart(addDays(a.Day, -365)))
	if err != nil {
		return f, err
	}
	f.Figure, f.Target = all-waiting, all
	until := ""
	if waiting > 0 {
		until = addDays(max(clock.Date(time.UnixMicro(oldest)), a.Start), answerDays)
	}
	switch {
	case waiting == 0:
		f.Text = i18n.T(ctx, "household.control.requests.met")
	case until < a.Day:
		f.State, f.Text = control.Broken, i18n.T(ctx, "household.control.requests.broken", waiting, answerDays)
	default:
		f.State, f.Text = control.Due, i18n.T(ctx, "household.control.requests.due", waiting, until)
	}
	return f, nil
}

// dayStart is the first moment of a local day, in µs UTC.
func dayStart(day string) int64 {
	at, err := time.ParseInLocation(time.DateOnly, day, clock.China)
	if err != nil {
		return 0
	}
	return at.UnixMicro()
}
