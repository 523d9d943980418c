package imports

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
)

// Entry is a row of the file as it was read, with what nobody answered about it.
type Entry struct {
	roster.Line
	Problems []roster.Problem
}

// entries are the rows of a file with their problems, put together once for each reading.
type entries struct {
	once sync.Once
	all  []Entry
}

// Entries are the rows of the file in its order.
func (f *File) Entries() []Entry {
	f.rows.once.Do(func() { f.rows.all = entriesOf(f.Plan) })
	return f.rows.all
}

func entriesOf(plan *roster.Plan) []Entry {
	all := make([]Entry, len(plan.Lines))
	at := map[roster.Cell][]int{}
	for i, l := range plan.Lines {
		all[i].Line = l
		row := roster.Cell{Sheet: l.At.Sheet, Row: l.At.Row}
		at[row] = append(at[row], i)
	}
	for _, p := range plan.Problems {
		parts := at[roster.Cell{Sheet: p.At.Sheet, Row: p.At.Row}]
		if len(parts) == 0 {
			continue // of a whole sheet: its rows say so themselves
		}
		i := parts[0]
		for _, part := range parts { // the table it stands in; of the row as a whole, the first that is an entry
			switch l := all[part]; {
			case p.At.Column >= l.At.Column && p.At.Column > 0:
				i = part
			case p.At.Column == 0 && l.Aside == "" && all[i].Aside != "":
				i = part
			}
		}
		all[i].Problems = append(all[i].Problems, p)
	}
	return all
}

// results say what became of the units and households of a file, by their place in the plan.
type results struct {
	unit, household func(i int) outcome
}

// line is what became of an entry.
func (f *File) line(n int, e Entry, o results) Line {
	l := Line{Import: f.Import.ID, Estate: f.Import.Estate, N: int64(n), Sheet: e.At.Sheet, Row: int64(e.At.Row), Upto: int64(e.Upto), Part: f.part(e)}
	if p := gravest(e.Problems); p != nil {
		l.Problem, l.Args, l.Problems = p.Kind, argsOf(*p), int64(len(e.Problems))
	}
	switch {
	case e.Empty:
		l.Fate, l.text = FateEmpty, e.Rest
	case e.Aside != "":
		l.Fate, l.text = fateAside+Fate(e.Aside), joinLines(e.Text, e.Rest)
		if l.Said = hidden; e.Text == "" || slices.Contains(harmless, e.Aside) {
			l.Said = clipped(e.Text, 60)
		}
		if e.Aside == roster.AsideSkipped {
			l.By = f.skippedBy(e)
		}
	case e.Refused:
		l.Fate, l.text = FateRefused, joinLines(e.Text, e.Rest)
		l.Room = f.typed(e)
	default:
		f.entry(&l, e, o)
		if l.text = e.Rest; l.Fate.waits() {
			l.text = joinLines(e.Text, e.Rest)
		}
	}
	l.Keeps = l.text != ""
	return l
}

// entry fills in what became of a row that was understood.
func (f *File) entry(l *Line, e Entry, o results) {
	var adds []Difference
	for _, i := range e.Units {
		was := o.unit(i)
		l.Fate = stronger(l.Fate, was.fate())
		l.Unit = cmp.Or(l.Unit, estate.UnitID(was.ID))
		l.Room = cmp.Or(l.Room, f.Plan.Units[i].Typed)
		adds = append(adds, was.Differs...)
		l.why(was)
	}
	first := len(e.Households) == 0 // whether this row begins something, or only goes on with it
	for _, i := range e.Households {
		was := o.household(i)
		l.Fate = stronger(l.Fate, was.fate())
		first = first || f.Plan.Households[i].At.Row == e.At.Row && f.Plan.Households[i].At.Sheet == e.At.Sheet
		switch id := household.ID(was.ID); {
		case l.Household == 0:
			l.Household = id
		case id != l.Household:
			l.Other = cmp.Or(l.Other, id)
		}
		adds = append(adds, was.Differs...)
		l.why(was)
	}
	first = first && (len(e.Households) > 0 || e.Joined.Row == 0)
	if e.Joined.Row != 0 && !first {
		adds = nil
		for _, a := range e.Adds {
			adds = append(adds, Difference{Field: a.Field.Key(), New: maskOf(a.Field, a.Text)})
		}
		if !l.Fate.waits() {
			l.Fate = FateJoined
		}
	}
	if len(e.Copied) > 0 && !l.Fate.waits() {
		var heads []string
		for _, c := range e.Copied {
			heads = append(heads, c.Text)
		}
		adds = append(adds, Difference{Field: "line.copied", New: strings.Join(heads, "、")})
	}
	if l.Fate == FateKept && l.Problem == "" {
		l.Problem, l.Problems = leftMoved, 1
	}
	if e.Joined.Row != 0 {
		l.Joined = nameOf(e.Joined, e.At)
	}
	if len(adds) > 0 {
		raw, _ := json.Marshal(adds) // three texts each: never fails
		l.Adds = string(raw)
	}
}

// why takes over why something could not be written.
func (l *Line) why(was outcome) {
	if was.Why != "" && l.Problem == "" {
		raw, _ := json.Marshal(was.Args)
		l.Problem, l.Args, l.Problems = was.Why, string(raw), 1
	}
}

// nameOf is a row as another one names it: with its sheet only where that is another one.
func nameOf(row, from roster.Cell) string {
	if row.Sheet == from.Sheet {
		return row.Name()
	}
	return row.Sheet + " " + row.Name()
}

// part is the column where a part of a row begins, of tables that stand side by side.
func (f *File) part(e Entry) string {
	if e.At.Column <= 1 {
		return ""
	}
	return strings.TrimRight(roster.Cell{Column: e.At.Column}.Name(), "0")
}

// typed is the room of a row that was refused, as it is written there.
func (f *File) typed(e Entry) string {
	for _, p := range e.Problems {
		if p.Field == roster.Room && p.Value != "" {
			return clipped(p.Value, 60)
		}
	}
	return ""
}

// skippedBy is who said that a row be left out, or its whole table.
func (f *File) skippedBy(e Entry) int64 {
	if a := f.Answers[roster.Cell{Sheet: e.At.Sheet, Row: e.At.Row}]; a.Skip {
		return a.By
	}
	return f.Import.Mapped
}

// gravest is the gravest of a row's problems; nil for none.
func gravest(problems []roster.Problem) *roster.Problem {
	if len(problems) == 0 {
		return nil
	}
	p := slices.MinFunc(problems, func(a, b roster.Problem) int {
		return slices.Index(roster.Severities, a.Severity) - slices.Index(roster.Severities, b.Severity)
	})
	return &p
}

// argsOf are the arguments of a problem's text, with what may tell of a person masked.
func argsOf(p roster.Problem) string {
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		if text, ok := a.(string); ok && p.Kind != roster.InOrder && p.Kind != roster.NobodyThere { // those are names, and heads
			a = maskOf(p.Field, text)
		}
		args[i] = a
	}
	if len(args) == 0 {
		return ""
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return ""
	}
	return string(raw)
}

// ArgsOf reads the arguments of a stored text.
func ArgsOf(stored string) []any {
	var args []any
	if json.Unmarshal([]byte(stored), &args) != nil {
		return nil
	}
	for i, a := range args {
		if n, ok := a.(float64); ok {
			args[i] = int64(n)
		}
	}
	return args
}

// joinLines joins two texts of several lines, those of the second that the first has not got.
func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	has := strings.Split(a, "\n")
	for line := range strings.SplitSeq(b, "\n") {
		if !slices.Contains(has, line) {
			a += "\n" + line
		}
	}
	return a
}
