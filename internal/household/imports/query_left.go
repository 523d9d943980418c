package imports

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// LeftRow is something an import left over, in a list.
type LeftRow struct {
	Left        `bun:",extend"`
	EstateName  string `bun:"estate_name,scanonly"`
	File        string `bun:"file,scanonly"`
	Code        string `bun:"code,scanonly"`
	GivenName   string `bun:"given_name,scanonly"`
	SettledName string `bun:"settled_name,scanonly"`
}

// Where is the room it is about: the unit's, or as it is typed.
func (r LeftRow) Where() string {
	if r.Code != "" {
		return r.Code
	}
	return r.Room
}

// Place is where it stands in its file.
func (l *Left) Place() string { return l.Sheet + " " + l.Cell }

// Says is the problem in words.
func (l *Left) Says(ctx context.Context) string { return i18n.T(ctx, l.Problem, ArgsOf(l.Args)...) }

// Lefts is the list of what imports left over (D7): each with a person and a day.
var Lefts = list.Define(list.Def[LeftRow]{
	Name:    "household.import_left",
	Title:   "left.list.title",
	Form:    leftRegister,
	Clauses: []string{"D7"},
	Posts:   mayImport,
	Path:    LeftPath,
	From:    leftRows,
	Sort:    "due",
	Row:     func(r LeftRow) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Columns: []list.Column[LeftRow]{
		{Key: "room", Label: "left.room", By: "u.sorting, ?TableAlias.room", Width: 3, Cell: list.Text(func(r LeftRow) string { return r.Where() })},
		{Key: "problem", Label: "left.problem", By: "?TableAlias.problem", Width: 7, Cell: leftProblem},
		{Key: "value", Label: "left.value", Narrow: list.NoPhone, Width: 4, Cell: leftValueCell},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r LeftRow) string { return r.EstateName })},
		{Key: "state", Label: "import.state", Kind: list.KindState, Width: 3, Cell: leftState},
		{Key: "given", Label: "left.given", Narrow: list.NoPhone, Width: 3, Cell: list.Text(func(r LeftRow) string { return r.GivenName })},
		{Key: "due", Label: "left.due", Kind: list.KindDate, By: "?TableAlias.due, ?TableAlias.id", Width: 3, Cell: list.Text(func(r LeftRow) string { return r.Due })},
		{Key: "place", Label: "left.place", Narrow: list.Wide, Width: 4, Cell: list.Text(func(r LeftRow) string { return r.Place() })},
		{Key: "file", Label: "import.file", Extra: true, Narrow: list.Wide, Width: 5, Print: printFile, Cell: list.Text(func(r LeftRow) string { return r.File })},
		{Key: "outcome", Label: "left.outcome", Extra: true, Narrow: list.Wide, Width: 5, Cell: list.Text(leftOutcome)},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "left.room", Kind: list.FilterText, Apply: list.TextLike("u.code", "room")},
		estate.Filter,
		{Key: "problem", Label: "left.problem", Kind: list.FilterSelect, Options: problemChoices, Apply: list.Is("problem")},
		{Key: "given", Label: "left.given", Kind: list.FilterSelect, Options: givenOptions, Apply: list.Is("given")},
		{Key: "import", Label: "line.import", Kind: list.FilterSelect, Options: importOptions, Apply: list.Is("import")},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "left.state.open", Apply: leftIn(LeftOpen)},
		{Key: "late", Label: "left.tab.late", On: leftLate},
		{Key: "settled", Label: "left.tab.settled", Apply: leftIn(LeftMended, LeftDropped)},
	},
	Empty: list.EmptyText{Title: "left.empty.title", Text: "left.empty.text"},
})

func leftProblem(ctx context.Context, r LeftRow) list.Cell { return list.Cell{Text: r.Says(ctx)} }

// leftValueCell is what the cell says, masked; the page of it shows it in clear to whoever works it off.
func leftValueCell(_ context.Context, r LeftRow) list.Cell {
	mask := clipped(strings.ReplaceAll(r.Value.Mask, "\n", "；"), 80)
	return list.Cell{Text: mask, Masked: mask != ""}
}

func leftState(ctx context.Context, r LeftRow) list.Cell {
	state, words := r.StateText(ctx, list.Today(ctx))
	return list.Cell{Text: words, State: state}
}

// StateText says how it stands on a day, in words.
func (l *Left) StateText(ctx context.Context, today string) (list.State, string) {
	states := map[LeftState]list.State{LeftOpen: list.StateDue, LeftMended: list.StateOK, LeftDropped: list.StateVoid}
	if l.State == LeftOpen && l.Due < today {
		return list.StateLate, i18n.T(ctx, "left.state.late")
	}
	return states[l.State], i18n.T(ctx, "left.state."+string(l.State))
}

func leftOutcome(r LeftRow) string {
	if r.Settled == 0 {
		return ""
	}
	return clock.Moment(r.Settled) + " " + r.SettledName + " " + r.Outcome
}

func problemChoices(ctx context.Context, q db.Querier, s access.Scope) ([]list.Option, error) {
	kinds, err := problemOptions(ctx, q, s)
	options := make([]list.Option, len(kinds))
	for i, k := range kinds {
		options[i] = list.Option{Value: k, Label: i18n.T(ctx, k, "…", "…", "…")}
	}
	return options, err
}

// FindLeft is something left over within a scope.
func FindLeft(ctx context.Context, q db.Querier, s access.Scope, id LeftID) (*Left, error) {
	return record.Find[Left](ctx, q, s, id)
}

// leftDuties are what imports left over: one's own in each estate, and what others let lapse to the manager.
func leftDuties(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	rows, err := leftByPerson(ctx, q, s)
	if err != nil {
		return nil, err
	}
	me := access.From(ctx)
	var duties []duty.Duty
	for _, r := range rows {
		_, manages := me.Holding(r.Estate, mayAll)
		if r.Given != me.Account && !(manages && r.First < today) {
			continue
		}
		given := strconv.FormatInt(r.Given, 10)
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "left.duty", r.Open), Text: i18n.T(ctx, "left.duty.text", r.EstateName, r.Name, r.First),
			Act: i18n.T(ctx, "left.duty.do"), Href: LeftPath + "?" + url.Values{"given": {given}}.Encode(), Clause: "D7", Due: soon(r.First, today),
			Done: r.All - r.Open, Of: r.All})
	}
	return duties, nil
}

// soon is a day of which people are told from today on: what is due later than in three days is work from now on all the same.
func soon(due, today string) string {
	day, err := time.ParseInLocation(time.DateOnly, today, clock.China)
	if err != nil {
		return due
	}
	return min(due, clock.Date(day.AddDate(0, 0, 3)))
}

// GiveAll gives everything open of an import to a person until a day.
func GiveAll(ctx context.Context, d *op.Door, s access.Scope, id ID, given int64, due string) (int, error) {
	ids, err := OpenOf(ctx, d.DB.Read(), s, id)
	done := 0
	for len(ids) > 0 && err == nil {
		n := min(len(ids), leftAtOnce)
		res, run := op.Run(ctx, d, GiveLeft, GiveLeftIn{ID: ids[0], With: ids[1:n], Given: given, Due: due})
		done, ids, err = done+res.Out, ids[n:], run
	}
	return done, err
}
