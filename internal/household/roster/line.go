package roster

import (
	"slices"
	"strconv"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// Line is what became of a row, or of the part of a row that one table has. Every row of every sheet has at least one.
type Line struct {
	At         Cell // where the part begins; Column 0 for the whole row
	Upto       int  // the last of several empty rows that follow each other; else At.Row
	Aside      AsideKind
	Text       string // all that it says; of an entry each cell with its head
	Rest       string // of an entry: the cells, and notes, that found no place in what was made of it
	Refused    bool
	Empty      bool
	Units      []int   // of Plan.Units: those the row is about
	Households []int   // of Plan.Households: those it told something of
	Joined     Cell    // the earlier row whose unit or household this one goes on with; the zero Cell for none
	Adds       []Added // what it added there
	Copied     []Added // kept as typed in the remark, with their heads: their fields cannot hold them
}

// Added is a fact that a row added to what an earlier row began.
type Added struct {
	Field Field
	Text  string
}

// unit notes that the row is about a unit.
func (l *Line) unit(i int) {
	if !slices.Contains(l.Units, i) {
		l.Units = append(l.Units, i)
	}
}

// household notes that the row told something of a household.
func (l *Line) household(i int) {
	if !slices.Contains(l.Households, i) {
		l.Households = append(l.Households, i)
	}
}

// joins notes which earlier row this one goes on with; the first counts.
func (l *Line) joins(first Cell) {
	if l.Joined == (Cell{}) && (first.Sheet != l.At.Sheet || first.Row != l.At.Row) {
		l.Joined = Cell{Sheet: first.Sheet, Row: first.Row}
	}
}

// adds notes the facts of after that were not among before.
func (l *Line) adds(before, after []Added) {
	for _, a := range after {
		if !slices.Contains(before, a) && !slices.Contains(l.Adds, a) {
			l.Adds = append(l.Adds, a)
		}
	}
}

// blankRows notes rows in which nothing stands; those that follow each other are one line.
func (r *reader) blankRows(s *sheet.Sheet, from, to int) {
	if from > to {
		return
	}
	if n := len(r.plan.Lines); n > 0 {
		if last := &r.plan.Lines[n-1]; last.Empty && last.At.Sheet == s.Name && last.Upto == from-1 {
			last.Upto = to
			return
		}
	}
	r.plan.Lines = append(r.plan.Lines, Line{At: Cell{Sheet: s.Name, Row: from}, Upto: to, Empty: true})
}

// facts are what is known of a household, to be compared with what a further row makes of it.
func (h *Household) facts() []Added {
	var all []Added
	add := func(f Field, text string) {
		if text != "" {
			all = append(all, Added{f, text})
		}
	}
	name := OwnerName
	if h.Side == SideTenant {
		name = TenantName
	}
	for _, p := range h.People {
		if p.Main {
			add(name, p.Name.Name)
		} else {
			add(Family, p.Name.Name)
		}
		p.facts(add)
	}
	addPhones(add, h.Phones)
	for _, id := range h.IDs {
		add(ID, id.ID.Number)
	}
	for _, v := range h.Vehicles {
		add(Plates, v.Number)
	}
	for _, t := range h.Parking {
		add(Parking, t.Text)
	}
	for _, t := range h.Family {
		add(Family, t.Text)
	}
	add(MoveIn, h.MoveIn.Typed)
	if h.Lease != nil {
		add(LeaseFrom, h.Lease.From.Typed)
		add(LeaseTo, h.Lease.To.Typed)
	}
	if h.Heads > 0 {
		add(Heads, strconv.Itoa(h.Heads))
	}
	add(Share, h.Share)
	add(Door, h.Address)
	add(Remark, h.Remark)
	return all
}

func (p *Person) facts(add func(Field, string)) {
	addPhones(add, p.Phones)
	for _, id := range p.IDs {
		add(ID, id.Number)
	}
	for _, o := range p.Orgs {
		add(USCC, o.Code)
	}
	add(Relation, p.Relation)
	add(Sex, string(p.Sex))
	add(Birth, p.Birth.Typed)
	add(Employer, p.Employer)
	add(Email, p.Email)
	add(Door, p.Address)
	add(Share, p.Share)
}

func addPhones(add func(Field, string), phones []cn.Phone) {
	for _, f := range phones {
		if f.Digits != "" {
			add(Phone, f.Digits)
		} else {
			add(Phone, f.Rest)
		}
	}
}

// facts are what is known of a unit, to be compared with what a further row makes of it.
func (u *Unit) facts() []Added {
	all := []Added{{Gross, u.Gross.Typed}, {Net, u.Net.Typed}, {Layout, u.Layout}, {State, u.StateAs}, {HandOver, u.HandOver.Typed},
		{Kind, u.KindText}, {Door, u.Address}, {Remark, u.Remark}}
	for _, code := range u.OldCodes {
		all = append(all, Added{OldCode, code})
	}
	return slices.DeleteFunc(all, func(a Added) bool { return a.Text == "" })
}

// watch notes, at its end, what a row added to a unit and a household that earlier rows began.
func (t *tableReader) watch(unit, household int) (end func()) {
	var unitWas, was []Added
	laterUnit := t.plan.Units[unit].At.Row != t.row
	if laterUnit {
		unitWas = t.plan.Units[unit].facts()
	}
	later := household >= 0 && t.plan.Households[household].At.Row != t.row
	if later {
		was = t.plan.Households[household].facts()
	}
	return func() {
		if laterUnit {
			t.line.adds(unitWas, t.plan.Units[unit].facts())
		}
		if !later {
			return
		}
		n := len(t.line.Adds)
		if t.line.adds(was, t.plan.Households[household].facts()); len(t.line.Adds) > n {
			t.line.household(household)
		}
	}
}
