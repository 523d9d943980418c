package control

import (
	"context"
	"embed"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// State is how a clause stands.
type State string

// The states.
const (
	Met      State = "met"      // 已遵守
	Due      State = "due"      // 待办: there is something to do, in time still
	Broken   State = "broken"   // 未遵守
	Unproven State = "unproven" // 未核实: no evidence, which is never "met"
	Waived   State = "waived"   // 豁免
)

// States lists the states, the one that asks most of somebody first.
var States = []State{Broken, Due, Unproven, Met, Waived}

// Period is over which time a control judges.
type Period string

// The periods.
const (
	Day      Period = "day"
	Month    Period = "month"
	HalfYear Period = "half_year"
	Year     Period = "year"
)

// Finding is what a control found.
type Finding struct {
	State   State
	Figure  int64 // how many of Target; Target 0 is nothing to judge
	Target  int64
	Unit    string // catalogue key
	Records string // address of the records behind the figure; without a target, of what makes it judge
	Text    string // how it comes to stand so, in the person's language
}

// Query is what a control is asked: how one estate stands on a day.
type Query struct {
	Estate access.EstateID
	Scope  access.Scope // that estate
	Start  string       // local date from which the company's controls count
	Day    string       // local date
}

// Control is one clause, or a part of one, that a room can judge.
type Control struct {
	Clause string
	Name   string        // stable: <room>.<what>
	Title  string        // catalogue key
	Posts  []access.Post // in charge
	Period Period
	Find   func(ctx context.Context, q db.Querier, a Query) (Finding, error)
}

// Files are the package's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var Files embed.FS

// Tables are the package's tables.
var Tables = []evidence.Table{evidence.Of[kept]()}

// mayRead are the posts that see how the clauses stand.
var mayRead = []access.Post{access.Manager}

// MayRead are the posts that see how the clauses stand.
func MayRead() []access.Post { return mayRead }

// Result is a control with what it found in an estate.
type Result struct {
	Control
	Estate access.EstateID
	Finding
	Failed error // why it could not be read, for the log; the finding is unproven
	Kept   int64 // when it was written down, in µs UTC; 0 for one of today, and where nothing was
}

// Gather judges every control in every one of the estates on a day: the states that ask most first.
func Gather(ctx context.Context, q db.Querier, controls []Control, estates []access.EstateID, day string) []Result {
	var all []Result
	for _, c := range controls {
		for _, e := range estates {
			f, err := judge(ctx, q, c, e, day)
			all = append(all, Result{Control: c, Estate: e, Finding: f, Failed: err})
		}
	}
	return worstFirst(all)
}

func worstFirst(all []Result) []Result {
	slices.SortStableFunc(all, func(a, b Result) int { return slices.Index(States, a.State) - slices.Index(States, b.State) })
	return all
}

// judge asks a control, unless its company has not begun to count.
func judge(ctx context.Context, q db.Querier, c Control, e access.EstateID, day string) (Finding, error) {
	start, err := StartOf(ctx, q, e, day)
	switch {
	case err != nil:
		return unproven(ctx, "control.unread"), err
	case start == "":
		f := unproven(ctx, "control.not_started")
		f.Records = setting.PathOf(Start.Name)
		return f, nil
	case day < start:
		return unproven(ctx, "control.before_start", start), nil
	}
	return c.Judge(ctx, q, Query{Estate: e, Scope: access.Only(e), Start: start, Day: day})
}

// Judge is what a control finds, failing closed: what cannot be read, or has nothing to judge, is unproven.
func (c Control) Judge(ctx context.Context, q db.Querier, a Query) (Finding, error) {
	f, err := c.Find(ctx, q, a)
	if err != nil {
		return unproven(ctx, "control.unread"), err
	}
	if known := slices.Contains(States, f.State); !known || f.Target == 0 && f.State != Waived {
		f.State = Unproven
		if f.Target == 0 || f.Text == "" {
			f.Text = i18n.T(ctx, "control.nothing")
		}
	}
	return f, nil
}

func unproven(ctx context.Context, key string, args ...any) Finding {
	return Finding{State: Unproven, Text: i18n.T(ctx, key, args...)}
}

// Start is the company's first day (启用日), from which its controls count; older gaps are a backlog (realities 6).
var Start = setting.Number{Name: "control.start", Day: true, Min: 0, Max: setting.MaxDay,
	Label: "control.start", Meaning: "control.start.meaning", Unit: "control.start.unit"}

// Settings are the package's settings.
var Settings = []setting.Number{Start}

// StartOf is the local date from which an estate's controls count; empty while nobody has set it.
func StartOf(ctx context.Context, q db.Querier, e access.EstateID, day string) (string, error) {
	v, err := Start.At(ctx, q, e, day)
	return setting.DayOf(v), err
}
