package imports

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/vault"
)

// LeftID names something an import left over.
type LeftID int64

// LeftState says whether it is worked off.
type LeftState string

// The states: 待处理, 已补正, 不用处理.
const (
	LeftOpen    LeftState = "open"
	LeftMended  LeftState = "mended"  // put right in the file
	LeftDropped LeftState = "dropped" // nothing to be done
)

// Left is something an import left over: a question nobody answered, a number that was cut off, a value that fits nowhere. It
// waits for a person until a day.
type Left struct {
	bun.BaseModel `bun:"table:household_import_left,alias:leftover"`
	evidence.Row[LeftID]
	Import    ID            `bun:"import"`
	Sheet     string        `bun:"sheet"`
	RowNo     int64         `bun:"row_no"`
	Cell      string        `bun:"cell"` // as spreadsheets name it
	Unit      estate.UnitID `bun:"unit,nullzero"`
	Household household.ID  `bun:"household,nullzero"`
	Room      string        `bun:"room,nullzero"` // as typed
	Problem   string        `bun:"problem"`       // key of its text
	Args      string        `bun:"args,nullzero"` // JSON, masked
	Severity  string        `bun:"severity"`
	Field     string        `bun:"field,nullzero"`
	Value     masked.Value  `bun:"embed:value_"`     // what the cell says
	Picture   string        `bun:"picture,nullzero"` // the part of the import that the picture lies in
	Given     int64         `bun:"given,nullzero"`
	Due       string        `bun:"due"`
	State     LeftState     `bun:"state"`
	Outcome   string        `bun:"outcome,nullzero"`
	Made      int64         `bun:"made"` // µs UTC
	Settled   int64         `bun:"settled,nullzero"`
	SettledBy int64         `bun:"settled_by,nullzero"`
}

const leftValue masked.Column = "household_import_left.value"

// Owner is the key of the import it comes from.
func (l *Left) Owner() vault.Owner { return keyOf(l.Import) }

// LeftPath is the address of the list of what imports left over.
const LeftPath = "/import-left"

// Path is the address of its page.
func (id LeftID) Path() string { return LeftPath + "/" + ref.Text(id) }

// Ref points at it.
func (id LeftID) Ref() ref.Ref { return ref.Ref{Kind: kindLeft, ID: int64(id)} }

const kindLeft = "import_left"

// LeftDays is within how many days what an import leaves over is worked off, until somebody sets another day.
var LeftDays = setting.Number{Name: "household.left_days", Clause: "D7", Default: 7, Min: 1, Max: 365,
	Label: "left.days", Meaning: "left.days.meaning", Unit: "setting.unit.days"}

// leftMoved is what is left over where other people are registered than the roster names, and were left.
const leftMoved = "import.left.moved"

// left is something left over on its way into its row, its value in clear.
type left struct {
	Left
	clear string
	open  func() (io.ReadCloser, error) // of a picture
}

// settledBefore are doubts that leave nothing to do: what was done about them is right.
var settledBefore = map[string]bool{roster.AreaRounded: true, roster.SheetSays: true}

// left is what an entry leaves to be done: what nobody answered about it, and why it was not written.
func (f *File) left(e Entry, l Line, o results) []left {
	var all []left
	base := Left{Import: l.Import, Sheet: l.Sheet, RowNo: l.Row, Unit: l.Unit, Room: l.Room, State: LeftOpen}
	for _, p := range e.Problems {
		if p.Whole() || settledBefore[p.Kind] {
			continue
		}
		one := base
		one.Cell, one.Problem, one.Args, one.Severity, one.Field = p.At.Name(), p.Kind, argsOf(p), string(p.Severity), string(p.Field)
		one.Household = f.concerns(e, l, p.Field, o)
		all = append(all, f.valued(e, l, one, p.Field, p.Value))
	}
	for _, i := range e.Units {
		if u := f.Plan.Units[i]; u.At.Row == e.At.Row && u.At.Sheet == e.At.Sheet {
			all = append(all, base.others(e, l.Household, o.unit(i))...)
		}
	}
	for _, i := range e.Households {
		was := o.household(i)
		if h := f.Plan.Households[i]; h.At.Row == e.At.Row && h.At.Sheet == e.At.Sheet {
			all = append(all, base.others(e, household.ID(was.ID), was)...)
		}
		h := f.Plan.Households[i]
		if h.At.Row != e.At.Row || h.At.Sheet != e.At.Sheet || was.fate() != FateKept && was.fate() != FateRefused {
			continue
		}
		one := base
		one.Cell, one.Severity, one.Household = roster.Cell{Row: e.At.Row}.Name(), string(roster.Refused), household.ID(was.ID)
		one.Problem = was.Why
		if was.fate() == FateKept {
			one.Problem = leftMoved
		}
		if was.Why == noHead && slices.ContainsFunc(e.Problems, func(p roster.Problem) bool { return p.Kind == roster.NobodyThere }) {
			continue // that says it already, and what there is
		}
		all = append(all, f.valued(e, l, one, "", f.called(h)))
	}
	return all
}

// valued gives something left over its value: the cell, or, of a row that was not taken, the whole row, so that it can be
// worked off when the file is gone.
func (f *File) valued(e Entry, l Line, one Left, field roster.Field, text string) left {
	if whole := joinLines(e.Text, e.Rest); l.Fate.waits() && whole != "" {
		one.Field, one.Value.Mask = "", f.maskRow(e, whole)
		return left{Left: one, clear: whole}
	}
	one.Value.Mask = maskOf(field, text)
	return left{Left: one, clear: text}
}

// maskRow is what a row says with its heads, as anybody may see it: each cell masked as its column is.
func (f *File) maskRow(e Entry, text string) string {
	fields := f.fieldsOf(e.At)
	lines := strings.Split(text, "\n")
	field, known := roster.Ignore, false
	for i, line := range lines {
		head, said, ok := strings.Cut(line, "：")
		if g, named := fields[head]; ok && named {
			field, known = g, true
			lines[i] = head + "：" + maskCell(field, said)
		} else if known { // goes on with the cell above
			lines[i] = maskCell(field, line)
		} else {
			lines[i] = cn.MaskNumbers(line)
		}
	}
	return strings.Join(lines, "\n")
}

// maskCell is a cell of a row as anybody may see it: of a text only the numbers in it are hidden.
func maskCell(field roster.Field, text string) string {
	if text == "" {
		return ""
	}
	if masked := maskOf(field, text); field != roster.Remark && field != roster.TenantRemark && field != roster.Family && field != roster.Parking {
		return cn.MaskNumbers(masked)
	}
	return cn.MaskNumbers(text)
}

// fieldsOf are the fields of the table that a row is of, by the heads of its columns as a row is told with them.
func (f *File) fieldsOf(at roster.Cell) map[string]roster.Field {
	fields := map[string]roster.Field{}
	for _, t := range f.Plan.Tables {
		if !t.Covers(at) {
			continue
		}
		for i, h := range t.Headers {
			fields[strings.Join(strings.Fields(h.Text), "·")] = t.Mapping.Fields[t.Mapping.Headers[i]]
		}
	}
	return fields
}

// others are what the roster says otherwise than is registered.
func (l Left) others(e Entry, home household.ID, was outcome) []left {
	if was.fate().waits() {
		return nil // the whole row waits
	}
	var all []left
	for _, u := range was.Others {
		one := l
		one.Cell, one.Severity, one.Household, one.Problem, one.Field = roster.Cell{Row: e.At.Row}.Name(), string(roster.Ask), home, u.problem(), string(u.Field)
		one.Value.Mask = maskOfOther(u)
		if raw, err := json.Marshal([]string{u.Was, one.Value.Mask}); err == nil {
			one.Args = string(raw)
		}
		all = append(all, left{Left: one, clear: u.Clear})
	}
	return all
}

// concerns is the household that a field of a row tells of: that of the tenant for a tenant's, else the first.
func (f *File) concerns(e Entry, l Line, field roster.Field, o results) household.ID {
	for _, i := range e.Households {
		if side := field.Side(); side != roster.SideOpen && f.Plan.Households[i].Side == side {
			return household.ID(o.household(i).ID)
		}
	}
	return l.Household
}

// called are those by whom a household of the file is called.
func (f *File) called(h roster.Household) string {
	names := ""
	for _, p := range h.People {
		if p.Main {
			names += p.Name.Name + " "
		}
	}
	return clipped(names, 60)
}
