package imports

import (
	"context"
	"sync"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// Outcome is what would become of a whole file: how much, and which of its units and households, by their place in the plan.
type Outcome struct {
	Tally      Tally
	Units      map[Verdict][]int
	Households map[Verdict][]int

	unit, household []outcome // by their place in the plan
	joined          []int     // places in the file of rows that go on with earlier ones
}

// UnitResult is what would become of a unit of the file.
type UnitResult struct {
	Unit    roster.Unit
	Code    string
	Verdict Verdict
	Why     *errs.Error
	Differs []Difference
}

// HouseholdResult is what would become of a household of the file.
type HouseholdResult struct {
	Household roster.Household
	Rooms     []string
	Names     []string
	Verdict   Verdict
	Why       *errs.Error
	Found     household.ID // the one registered; 0 for none
	Differs   []Difference
	Missing   []string // registered, not in the file
	Replaces  string   // of a move: who is registered
}

// DryRun compares the whole file with what is registered, and writes nothing. The answer is kept until the file is read
// otherwise or something changes in the estate.
func DryRun(ctx context.Context, d *op.Door, f *File) (*Outcome, error) {
	if o, err := Known(ctx, d, f); o != nil || err != nil {
		return o, err
	}
	key, err := outcomeKeyOf(ctx, d, f)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Tally: newTally(), Units: map[Verdict][]int{}, Households: map[Verdict][]int{}}
	if err := o.units(ctx, d, f); err != nil {
		return nil, err
	}
	if err := o.households(ctx, d, f); err != nil {
		return nil, err
	}
	for i, e := range f.Entries() {
		if f.line(i, e, o.results()).Fate == FateJoined {
			o.joined = append(o.joined, i)
		}
	}
	outcomes.put(key, o)
	return o, nil
}

// Joined are the rows that go on with earlier ones, by their place in the file: what they add there, or that they add nothing.
func (o *Outcome) Joined() []int { return o.joined }

// Lines are what would become of some rows, by their place in the file.
func (o *Outcome) Lines(f *File, places []int) []LineRow {
	rows := make([]LineRow, len(places))
	for i, n := range places {
		rows[i] = LineRow{Line: f.line(n, f.Entries()[n], o.results()), File: f.Import.File}
	}
	return rows
}

func (o *Outcome) results() results {
	return results{unit: func(i int) outcome { return o.unit[i] }, household: func(i int) outcome { return o.household[i] }}
}

// Rows are what would become of every row of the file, in its order, and what they would leave to be done.
func (o *Outcome) Rows(f *File) (rows []LineRow, left []LeftRow) {
	would := o.results()
	for i, e := range f.Entries() {
		l := f.line(i, e, would)
		rows = append(rows, LineRow{Line: l, File: f.Import.File})
		for _, one := range f.left(e, l, would) {
			left = append(left, LeftRow{Left: one.Left, File: f.Import.File})
		}
	}
	return rows, left
}

// Known is the outcome of a dry run that still holds; nil for none.
func Known(ctx context.Context, d *op.Door, f *File) (*Outcome, error) {
	key, err := outcomeKeyOf(ctx, d, f)
	return outcomes.get(key), err
}

func (o *Outcome) units(ctx context.Context, d *op.Door, f *File) error {
	seen := map[string]bool{}
	for from := 0; from < len(f.Plan.Units); from += unitsAtOnce {
		to := min(len(f.Plan.Units), from+unitsAtOnce)
		cases, err := f.comparer(ctx, d).unitCases(ctx, d.DB.Read(), f.Import.Estate, f.Plan.Units[from:to])
		if err != nil {
			return err
		}
		for i, v := range cases {
			place := v.facts.Sorting()
			if v.Verdict == New && seen[place] { // one place may come twice in a file
				v.Verdict = Same
			}
			seen[place] = true
			o.Tally.Units[v.Verdict]++
			o.Units[v.Verdict] = append(o.Units[v.Verdict], from+i)
			did := outcomeOf(v.Verdict, 0, v.Why, v.Differs, v.others)
			if v.found != nil {
				did.ID = int64(v.found.ID)
			}
			o.unit = append(o.unit, did)
		}
	}
	return nil
}

func (o *Outcome) households(ctx context.Context, d *op.Door, f *File) error {
	for from := 0; from < len(f.Plan.Households); from += unitsAtOnce {
		to := min(len(f.Plan.Households), from+unitsAtOnce)
		cases, err := f.comparer(ctx, d).householdCases(ctx, d.DB.Read(), f.Import.Estate, f.Plan.Households[from:to])
		if err != nil {
			return err
		}
		for i, v := range cases {
			o.Tally.add(v, f.Import.Moves)
			o.Households[v.Verdict] = append(o.Households[v.Verdict], from+i)
			did := outcomeOf(v.Verdict, 0, v.Why, v.Differs, v.others)
			if did.Written = v.written(f.Import.Moves); v.found != nil {
				did.ID = int64(v.found.ID)
			}
			o.household = append(o.household, did)
		}
	}
	return nil
}

// Units are what would become of some units of the file, by their place in the plan.
func Units(ctx context.Context, d *op.Door, f *File, places []int) ([]UnitResult, error) {
	units := make([]roster.Unit, len(places))
	for i, n := range places {
		units[i] = f.Plan.Units[n]
	}
	cases, err := f.comparer(ctx, d).unitCases(ctx, d.DB.Read(), f.Import.Estate, units)
	found := make([]UnitResult, len(cases))
	for i, v := range cases {
		found[i] = UnitResult{units[i], codeOf(v.facts), v.Verdict, v.Why, v.content()}
	}
	return found, err
}

// Households are what would become of some households of the file, by their place in the plan.
func Households(ctx context.Context, d *op.Door, f *File, places []int) ([]HouseholdResult, error) {
	households := make([]roster.Household, len(places))
	for i, n := range places {
		households[i] = f.Plan.Households[n]
	}
	cases, err := f.comparer(ctx, d).householdCases(ctx, d.DB.Read(), f.Import.Estate, households)
	found := make([]HouseholdResult, len(cases))
	for i, v := range cases {
		found[i] = f.result(households[i], v)
	}
	return found, err
}

func (f *File) result(h roster.Household, v householdCase) HouseholdResult {
	r := HouseholdResult{Household: h, Verdict: v.Verdict, Why: v.Why, Differs: v.content(), Missing: v.Missing, Replaces: v.Replaces}
	for _, n := range h.Units {
		r.Rooms = append(r.Rooms, codeOf(unitFacts(f.Plan.Units[n])))
	}
	for _, p := range h.People {
		if p.Main {
			r.Names = append(r.Names, p.Name.Name)
		}
	}
	if v.found != nil {
		r.Found = v.found.ID
	}
	return r
}

func (f *File) comparer(ctx context.Context, d *op.Door) comparer {
	return comparer{ctx: ctx, keys: d.Vault, today: cn.DateOf(d.Clock.Now().In(clock.China)), plan: f.Plan}
}

func codeOf(facts estate.UnitFacts) string {
	var ignored errs.Fields
	facts.Normalise(&ignored)
	return facts.Code()
}

// outcomeKey names what a dry run compared: a reading of a file with an estate as its log says it stands.
type outcomeKey struct {
	plan   planKey
	estate access.EstateID
	moves  Moves
	leaf   int64
}

func outcomeKeyOf(ctx context.Context, d *op.Door, f *File) (outcomeKey, error) {
	head, err := d.Log.Head(ctx, d.DB.Read(), f.Import.Estate)
	return outcomeKey{planKey{f.Import.ID, string(f.Import.Hash), f.said}, f.Import.Estate, f.Import.Moves, head.Size}, err
}

// outcomes keeps the last outcome: of a large file it takes seconds, and a person turns its pages.
var outcomes outcomeCache

type outcomeCache struct {
	mu  sync.Mutex
	key outcomeKey
	o   *Outcome
}

func (c *outcomeCache) get(k outcomeKey) *Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.key != k {
		return nil
	}
	return c.o
}

func (c *outcomeCache) put(k outcomeKey, o *Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.key, c.o = k, o
}
