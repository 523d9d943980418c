package household

import (
	"context"
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

func findComplete(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	all, err := incompleteByBuilding(ctx, q, a.Scope, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	until, err := papersUntil(ctx, q, a.Estate, a.Start, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	f := control.Finding{State: control.Met, Unit: "household.unit", Records: recordsOf(a, "papers", a.Day)}
	for _, b := range all {
		f.Figure, f.Target = f.Figure+int64(b.All-b.Lacking), f.Target+int64(b.All)
	}
	lacking := f.Target - f.Figure
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

func findMovedOut(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	closed, err := closedTenants(ctx, q, a.Scope, a.Start)
	if err != nil {
		return control.Finding{}, err
	}
	open, err := leftByBuilding(ctx, q, a.Scope)
	if err != nil {
		return control.Finding{}, err
	}
	var left int64
	first := ""
	for _, b := range open {
		left += b.N
		if first == "" || b.First < first {
			first = b.First
		}
	}
	f := control.Backlog{All: closed + left, Open: left, Until: addDays(max(first, a.Start), moveOutDays)}.Judge(ctx, a.Day,
		control.Texts{Met: "household.control.moved_out.met", Due: "household.control.moved_out.due", Broken: "household.control.moved_out.broken"})
	f.Unit, f.Records = "household.unit", recordsOf(a, "lease", leaseEnded)
	return f, nil
}

// answerDays is within how many days somebody who asks to see a file is answered.
const answerDays = 3

// answered is D5: who may look is decided by the head of the service group, and in time.
var answered = control.Control{Clause: "D5", Name: "household.requests", Title: "household.control.requests",
	Posts: []access.Post{access.Manager}, Period: control.Month, Find: findAnswered}

func findAnswered(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	all, waiting, oldest, err := requestsSince(ctx, q, a.Scope, dayStart(addDays(a.Day, -365)))
	f := backlogOf(a, all, waiting, oldest, answerDays).Judge(ctx, a.Day,
		control.Texts{Met: "household.control.requests.met", Due: "household.control.requests.due", Broken: "household.control.requests.broken"})
	f.Unit, f.Records = "household.control.requests.unit", RequestsPath
	return f, err
}

// settled is C7: what staff noticed is settled in time.
var settled = control.Control{Clause: "C7", Name: "household.observations", Title: "household.control.observations",
	Posts: []access.Post{access.Custodian}, Period: control.Month, Find: findSettled}

func findSettled(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	days, err := ObservationDays.At(ctx, q, a.Estate, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	all, waiting, oldest, err := observationsSince(ctx, q, a.Scope, dayStart(addDays(a.Day, -365)))
	f := backlogOf(a, all, waiting, oldest, int(days)).Judge(ctx, a.Day,
		control.Texts{Met: "household.control.observations.met", Due: "household.control.observations.due", Broken: "household.control.observations.broken"})
	f.Unit, f.Records = "household.control.requests.unit", Observations.Path
	return f, err
}

// differenceDays is within how many days a difference that a shelf check found is settled.
const differenceDays = 7

// agrees is D4: where directory and shelf were found to differ, the difference is settled in time.
var agrees = control.Control{Clause: "D4", Name: "household.differences", Title: "household.control.differences",
	Posts: []access.Post{access.Custodian}, Period: control.Month, Find: findAgrees}

func findAgrees(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	all, open, oldest, first, err := checkedSince(ctx, q, a.Scope, addDays(a.Day, -365))
	b := control.Backlog{All: all, Open: open}
	if open > 0 {
		b.Until = addDays(max(oldest, a.Start), differenceDays)
	}
	f := b.Judge(ctx, a.Day, control.Texts{Met: "household.control.differences.met", Due: "household.control.differences.due", Broken: "household.control.differences.broken"})
	if f.Unit, f.Records = "household.control.differences.unit", Households.Path; first != 0 {
		f.Records = first.Path()
	}
	return f, err
}

// backlogOf is a backlog each piece of which is to be done within days of coming in, counted from the company's first day at the
// earliest; oldest is when the first open one came in, in µs.
func backlogOf(a control.Query, all, open, oldest int64, days int) control.Backlog {
	b := control.Backlog{All: all, Open: open}
	if open > 0 {
		b.Until = addDays(max(clock.Date(time.UnixMicro(oldest)), a.Start), days)
	}
	return b
}

// dayStart is the first moment of a local day, in µs UTC.
func dayStart(day string) int64 {
	at, err := time.ParseInLocation(time.DateOnly, day, clock.China)
	if err != nil {
		return 0
	}
	return at.UnixMicro()
}
