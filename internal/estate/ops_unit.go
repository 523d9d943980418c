package estate

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// UnitFacts are what a person enters about a unit.
type UnitFacts struct {
	Building  string   `bun:"building,nullzero" form:"building"`
	Entrance  string   `bun:"entrance,nullzero" form:"entrance"`
	Room      string   `bun:"room" form:"room"`
	Floor     string   `bun:"floor,nullzero" form:"floor"` // empty on a form: taken from the room number
	Kind      UnitKind `bun:"kind" form:"kind"`
	GrossArea Area     `bun:"gross_area,nullzero" form:"gross_area"`
	NetArea   Area     `bun:"net_area,nullzero" form:"net_area"`
	Note      string   `bun:"note,nullzero" form:"note"`
	Former    string   `bun:"former,nullzero" form:"former"`         // numbers it had before, or bears elsewhere
	ValidFrom string   `bun:"valid_from,nullzero" form:"valid_from"` // local date with its precision: handed over to its first owner
}

// AddUnitIn is a new unit of an estate.
type AddUnitIn struct {
	Estate access.EstateID
	UnitFacts
}

// ChangeUnitIn is a unit with its facts as they should be.
type ChangeUnitIn struct {
	ID UnitID
	UnitFacts
}

// EndUnitIn ends a unit.
type EndUnitIn struct {
	ID  UnitID
	Why string `form:"why"` // split, merged into, removed: in the person's words
}

// AddUnit adds a unit to an estate.
var AddUnit = op.Define("estate.add_unit", op.Spec[AddUnitIn, UnitID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayChange,
	Check: func(in *AddUnitIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Estate != access.Company, "estate", "error.required")
		in.check(today, f)
	},
	Subject: Subject(func(in AddUnitIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in AddUnitIn) (UnitID, error) {
		u := NewUnit(tx, in.Estate, in.UnitFacts)
		if err := codeFree(ctx, tx, u); err != nil {
			return 0, err
		}
		return u.ID, tx.Insert(ctx, u)
	},
})

// ChangeUnit corrects or completes a unit. One that has ended cannot be changed, only restored.
var ChangeUnit = op.Define("estate.change_unit", op.Spec[ChangeUnitIn, UnitID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayChange,
	Check:   func(in *ChangeUnitIn, today cn.Date, f *errs.Fields) { in.check(today, f) },
	Subject: record.Subject(func(in ChangeUnitIn) UnitID { return in.ID }, lockUnit),
	Do: func(ctx context.Context, tx op.Tx, in ChangeUnitIn) (UnitID, error) {
		u, _, err := lockUnit(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if !u.InForce() {
			return 0, errs.Rule("D7", "unit.error.ended", u.Code, u.ValidTo)
		}
		in.Apply(u)
		if err := codeFree(ctx, tx, u); err != nil {
			return 0, err
		}
		return u.ID, tx.Update(ctx, u)
	},
})

// EndUnit says that a unit is no more: split, merged, removed. Its history stays (design §5: facts end).
var EndUnit = op.Define("estate.end_unit", op.Spec[EndUnitIn, UnitID]{
	Clauses: []string{"A1", "D1"},
	Posts:   mayEnd,
	Check: func(in *EndUnitIn, _ cn.Date, f *errs.Fields) {
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "unit.error.why")
	},
	Subject: record.Subject(func(in EndUnitIn) UnitID { return in.ID }, lockUnit),
	Do: func(ctx context.Context, tx op.Tx, in EndUnitIn) (UnitID, error) {
		u, _, err := lockUnit(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		if !u.InForce() {
			return 0, errs.Rule("D7", "unit.error.ended", u.Code, u.ValidTo)
		}
		u.ValidTo, u.Ended = tx.Today().String(), in.Why
		return u.ID, tx.Update(ctx, u)
	},
})

// RestoreUnit takes an ending back.
var RestoreUnit = op.Define("estate.restore_unit", op.Spec[UnitID, UnitID]{
	Clauses: []string{"A1"},
	Posts:   mayEnd,
	Subject: record.Self(lockUnit),
	Do: func(ctx context.Context, tx op.Tx, id UnitID) (UnitID, error) {
		u, _, err := lockUnit(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		u.ValidTo, u.Ended = "", ""
		if err := codeFree(ctx, tx, u); err != nil {
			return 0, err
		}
		return u.ID, tx.Update(ctx, u)
	},
})

// PrintUnit leaves the leaf of a unit's printed card and gives the unit its label code, which the card carries.
var PrintUnit = label.Printing("estate.print_unit", mayRead, lockUnit, "B5")

const maxText = 64 // characters of a building's, entrance's or room's number

// Normalise cleans the facts and notes every wrong field.
func (in *UnitFacts) Normalise(f *errs.Fields) {
	for _, t := range []struct {
		name string
		text *string
	}{{"building", &in.Building}, {"entrance", &in.Entrance}, {"room", &in.Room}, {"floor", &in.Floor}} {
		*t.text = strings.ToUpper(strings.Join(strings.Fields(*t.text), ""))
		f.Within(t.name, *t.text, maxText)
		f.Check(!strings.Contains(*t.text, "-") || t.name == "room" || t.name == "floor", t.name, "unit.error.hyphen")
	}
	in.Note = strings.TrimSpace(in.Note)
	in.Former = JoinNumbers(FormerNumbers(in.Former)...)
	f.Within("former", in.Former, 500)
	f.Check(in.Room != "", "room", "error.required")
	f.Check(slices.Contains(UnitKinds, in.Kind), "kind", "error.required")
	f.Check(in.NetArea == 0 || in.GrossArea == 0 || in.NetArea <= in.GrossArea, "net_area", "unit.error.net_area", in.GrossArea)
	f.Within("note", in.Note, 500)
}

// FormerNumbers are the numbers in a text of several.
func FormerNumbers(text string) []string {
	var all []string
	for _, n := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，;；\r\n", r) }) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// JoinNumbers is the text of several numbers.
func JoinNumbers(numbers ...string) string { return strings.Join(numbers, "、") }

// check is Normalise of facts as typed, with the day of hand-over.
func (in *UnitFacts) check(today cn.Date, f *errs.Fields) {
	in.Normalise(f)
	in.ValidFrom = record.ReadSince(in.ValidFrom, "valid_from", today, f)
}

// NewUnit makes a unit, not yet inserted, of facts that were normalised; the caller has seen that its code is free.
func NewUnit(tx op.Tx, e access.EstateID, in UnitFacts) *Unit {
	u := &Unit{}
	u.ID, u.Estate = UnitID(tx.NewID()), e
	in.Apply(u)
	return u
}

// Apply puts the facts into a unit.
func (in *UnitFacts) Apply(u *Unit) {
	u.UnitFacts = *in
	if u.Floor == "" {
		u.Floor = floorOf(u.Room)
	}
	u.name()
}

// floorOf is the floor in a plain room number: all but its last two digits (domain.md §6, House notations).
func floorOf(room string) string {
	if n := len(room); n >= 3 && n <= 4 && strings.TrimFunc(room, isDigit) == "" {
		return strings.TrimLeft(room[:n-2], "0")
	}
	return ""
}

// codeFree refuses a code that another unit in force has.
func codeFree(ctx context.Context, tx op.Tx, u *Unit) error {
	taken, err := tx.Select((*Unit)(nil)).Where("estate = ?", u.Estate).Where("code = ?", u.Code).
		Where("valid_to IS NULL").Where("id <> ?", u.ID).Exists(ctx)
	var f errs.Fields
	f.Check(!taken, "room", "unit.error.taken", u.Code)
	return errorsOr(err, f)
}

var lockUnit = record.By[Unit, UnitID]("unit")
