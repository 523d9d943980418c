package roster

import (
	"cmp"
	"slices"
	"strings"

	"hudang/internal/platform/cn"
)

// data reads an entry: a unit with its people, or more people of the household above.
func (t *tableReader) data() {
	for _, v := range t.values {
		if v.above {
			t.note(v, SameAbove, Warning, nil, v.text)
		}
	}
	p := t.place()
	if p.refused {
		t.current, t.refused = -1, true
		return
	}
	if p.none && t.ownUnit() {
		t.current, t.refused, t.rowRef = -1, true, true
		t.problem(Problem{Kind: RoomMissing, Severity: Ask, At: Cell{t.Sheet, t.row, 0}})
		return
	}
	if p.none && t.current < 0 {
		if t.refused {
			t.refuse(FollowsRefused)
		} else {
			t.refuse(NoUnit)
		}
		return
	}
	parties := slices.DeleteFunc(t.parties(), (*party).empty)
	if p.none {
		t.follow(parties)
		return
	}
	t.refused, t.current = false, -1
	units := t.unitsOf(p)
	if t.full(units[0]) {
		return
	}
	for _, party := range parties {
		if !t.unnamed(units, party, parties) {
			t.settle(units, party)
		}
	}
	t.rest(units)
}

// unnamed asks about the cells of a party that the row does not name, where it names another: a tenant's telephone without the
// tenant. It waits by itself.
func (t *tableReader) unnamed(units []int, p *party, all []*party) bool {
	if len(p.people) > 0 || !slices.ContainsFunc(all, func(q *party) bool { return len(q.people) > 0 }) {
		return false
	}
	if i, _ := t.holder(units, p); i >= 0 {
		return false
	}
	told := false
	for _, v := range t.values {
		if side, _ := v.field.sided(); side == p.side && v.field.person() && !blank(v.text) {
			t.note(v, PartyUnnamed, Ask, nil)
			told = true
		}
	}
	return told
}

// listsSpaces reports a list of parking spaces, where the column of rooms says whose each is.
func (t *tableReader) listsSpaces() bool {
	space, room := slices.Index(t.fields, Parking), slices.Index(t.fields, Room)
	return space >= 0 && space < room
}

// ownUnit reports a row without a room that all the same tells of a unit of its own, not of the family of the one above: by an
// area, a state or a day of handing over that the unit above has not got, by the identity number of an owner, or as a line of a list of spaces.
func (t *tableReader) ownUnit() bool {
	if t.in.Answers[Cell{t.Sheet, t.row, 0}].Keep || t.member() {
		return false
	}
	for i, f := range t.fields {
		if f == Room && t.until[t.Headers[i].Column] >= t.row {
			return false // merged: the room is the one above
		}
	}
	above := &Unit{}
	if t.current >= 0 {
		above = &t.plan.Units[t.plan.Households[t.current].Units[0]]
	}
	_, owner := t.get(OwnerName)
	return slices.ContainsFunc(t.values, func(v value) bool {
		switch {
		case blank(v.text) || v.cell != nil && v.cell.Merged:
			return false
		case v.field == Gross:
			return v.text != above.Gross.Typed
		case v.field == Net:
			return v.text != above.Net.Typed
		case v.field == State:
			return v.text != above.StateAs
		case v.field == HandOver:
			return v.text != above.HandOver.Typed
		case v.field == Parking:
			return t.listsSpaces()
		}
		return v.field == OwnerID || v.field == ID && owner
	})
}

// follow adds a line without a unit to the household above; a tenant below an owner, or the reverse, holds the same units.
func (t *tableReader) follow(parties []*party) {
	h := &t.plan.Households[t.current]
	units := h.Units
	if t.full(units[0]) {
		return
	}
	t.line.joins(h.At)
	for _, u := range units {
		t.line.unit(u)
		unit := &t.plan.Units[u]
		before := unit.facts()
		t.unitFacts(unit, unit.House, true, len(units) > 1)
		t.line.adds(before, unit.facts())
	}
	for _, party := range parties {
		if party.side != h.Side && party.side != SideOpen && h.Side != SideOpen && len(party.people) > 0 {
			t.settle(units, party)
			continue
		}
		t.join(t.current, party)
	}
	if len(parties) == 0 && !t.tellsMore() {
		t.refuse(NoUnit)
		return
	}
	t.rest(units)
}

// The most that one unit can hold: more is a column of rooms left empty, and would cost quadratic work.
const maxHolders, maxMembers = 200, 1000

// full refuses a row of a unit that has too many already.
func (t *tableReader) full(unit int) bool {
	holders := t.holders[unit]
	full := len(holders) >= maxHolders
	for _, i := range holders {
		h := &t.plan.Households[i]
		full = full || len(h.Rows) >= maxMembers || len(h.People) >= maxMembers
	}
	if full {
		t.refuse(TooMany, maxMembers)
	}
	return full
}

// tellsMore reports facts of a household other than its people.
func (t *tableReader) tellsMore() bool {
	return slices.ContainsFunc(t.values, func(v value) bool {
		switch v.field {
		case MoveIn, TenantMoveIn, Heads, Share, Parking, LeaseFrom, LeaseTo, Term, Door, Remark, TenantRemark, Gross, Net, State, HandOver:
			return !blank(v.text)
		}
		return false
	})
}

// member reports that the row tells of somebody who belongs to the household of the unit.
func (t *tableReader) member() bool {
	if v, ok := t.get(Role); ok && roleIn(v.text) == "family" {
		return true
	}
	v, ok := t.get(Relation)
	return ok && t.sideOfRelation() == SideOpen && meaning("self", v.text) == "" && !blank(v.text) && !t.ofFamily()
}

// ofFamily reports that the row's relation is that of whom its column of the family names, not of the holder beside him.
func (t *tableReader) ofFamily() bool {
	_, family := t.get(Family)
	return family
}

// roleIn is what a word for a part, or several that say the same, make of somebody; SOMEBODY之妻 is of the family.
func roleIn(text string) string {
	if m := meaning("role", text); m != "" {
		return m
	}
	if kinOf(text) != "" {
		return "family"
	}
	said := ""
	for _, word := range valuesOf(text) {
		m := meaning("role", word)
		if m == "" || said != "" && m != said {
			return ""
		}
		said = m
	}
	return said
}

// settle finds or makes the household that a party of a row is.
func (t *tableReader) settle(units []int, p *party) {
	i, same := t.holder(units, p)
	switch {
	case i >= 0 && t.plan.Households[i].nobody():
		t.plan.Households[i].Side = p.side
		for k := range p.people {
			p.people[k].Main = !t.member() && !p.people[k].lesser
		}
		t.join(i, p)
	case i >= 0 && (same || t.member() || len(p.people) == 0):
		t.join(i, p)
	default:
		twice := i
		i = t.open(units, p)
		if at := (Cell{t.Sheet, t.row, 0}); twice >= 0 && !t.in.Answers[at].Keep {
			h := &t.plan.Households[i]
			h.Held = true
			t.problem(Problem{Kind: UnitTwice, Args: []any{t.plan.Households[twice].At.Row}, Severity: Ask, At: at, Value: t.plan.Units[units[0]].Typed})
		}
	}
	t.current = i
}

// holder is the household of a unit that a party may be: of the same name, or else of the same side; a member of the family
// without a side belongs to the first.
func (t *tableReader) holder(units []int, p *party) (i int, same bool) {
	found := -1
	if holders := t.holders[units[0]]; p.side == SideOpen && len(holders) > 0 && t.member() {
		return holders[0], false
	}
	for _, i := range t.holders[units[0]] {
		h := &t.plan.Households[i]
		if h.Side != p.side && h.Side != SideOpen && p.side != SideOpen {
			continue
		}
		if h.named(p) {
			return i, true
		}
		if found < 0 && (h.Side == p.side || h.nobody()) {
			found = i
		}
	}
	if holders := t.holders[units[0]]; found < 0 && len(holders) == 1 && p.side == SideOpen && len(p.people) == 0 {
		return holders[0], false // a list of vehicles that names nobody
	}
	return found, false
}

// nobody reports a household of whom no row has said yet who it is.
func (h *Household) nobody() bool { return len(h.People) == 0 && h.Side == SideOpen }

// named reports that a holder of the household and one of the party bear one name.
func (h *Household) named(p *party) bool {
	for _, a := range h.People {
		for _, b := range p.people {
			if a.Main && cn.NameKey(a.Name.Name) == cn.NameKey(b.Name.Name) {
				return true
			}
		}
	}
	return false
}

// open makes a new household of a party.
func (t *tableReader) open(units []int, p *party) int {
	i := len(t.plan.Households)
	h := Household{At: Cell{t.Sheet, t.row, t.First}, Side: p.side, Units: slices.Clone(units)}
	main := !t.member()
	for _, person := range p.people {
		person.Main = (main || len(p.people) > 1) && !person.lesser
		h.People = append(h.People, person)
	}
	if len(p.people) == 0 && !p.empty() {
		t.nobodyThere()
	}
	t.plan.Households = append(t.plan.Households, h)
	t.line.household(i)
	for _, u := range units {
		t.holders[u] = append(t.holders[u], i)
	}
	t.plan.Households[i].take(p, t.row)
	t.sexes(p)
	return i
}

// nobodyThere notes that the row tells of somebody whom it does not name, and by which columns.
func (t *tableReader) nobodyThere() {
	var heads []string
	for _, v := range t.values {
		switch v.field {
		case Serial, Estate, Ignore, OldCode, Kind, Gross, Net, Layout, State, HandOver:
			continue
		}
		if !v.field.place() && !blank(v.text) {
			heads = appendNew(heads, cmp.Or(v.header, letters(v.at.Column)))
		}
	}
	t.problem(Problem{Kind: NobodyThere, Args: []any{strings.Join(heads, "、")}, Severity: Warning, At: Cell{t.Sheet, t.row, 0}})
}

// ownsToo reports that a further line of a household names one more owner: below the head for owners, and as nobody's relative.
func (t *tableReader) ownsToo(p Person) bool {
	_, named := t.get(OwnerName)
	return named && !t.member() && !p.lesser && p.Relation == ""
}

// join adds a party to a household: the same people once more, or members of the family.
func (t *tableReader) join(i int, p *party) {
	h := &t.plan.Households[i]
	t.line.household(i)
	t.line.joins(h.At)
	before := h.facts()
	defer func() { t.line.adds(before, h.facts()) }()
	for _, person := range p.people {
		if j := slices.IndexFunc(h.People, func(q Person) bool { return q.same(person) }); j >= 0 {
			h.People[j].merge(person)
		} else {
			person.Main = person.Main || h.Side == SideOwner && p.side == SideOwner && t.ownsToo(person)
			h.People = append(h.People, person)
		}
	}
	h.take(p, t.row)
	t.sexes(p)
}

// same reports one person in two rows: the name alone is enough only for who holds the unit and was not named with another
// relation or number.
func (p Person) same(q Person) bool {
	if cn.NameKey(p.Name.Name) != cn.NameKey(q.Name.Name) || p.Emergency || q.Emergency {
		return false
	}
	for _, a := range p.IDs {
		for _, b := range q.IDs {
			if a.Number != b.Number {
				return false
			}
		}
	}
	return p.Relation == q.Relation || q.Relation == "" || len(p.IDs) > 0 && len(q.IDs) > 0
}

func (p *Person) merge(q Person) {
	for _, id := range q.IDs {
		if !slices.ContainsFunc(p.IDs, func(a cn.ID) bool { return a.Number == id.Number }) {
			p.IDs = append(p.IDs, id)
		}
	}
	for _, f := range q.Phones {
		if !slices.ContainsFunc(p.Phones, func(a cn.Phone) bool { return a.Digits == f.Digits && a.Ext == f.Ext && a.Rest == f.Rest }) {
			p.Phones = append(p.Phones, f)
		}
	}
	for _, o := range q.Orgs {
		if !slices.ContainsFunc(p.Orgs, func(a cn.Org) bool { return a.Code == o.Code }) {
			p.Orgs = append(p.Orgs, o)
		}
	}
	if p.Sex == "" {
		p.Sex = q.Sex
	}
	if p.Email == "" {
		p.Email = q.Email
	}
	if p.Birth.Typed == "" {
		p.Birth = q.Birth
	}
	p.Employer, p.Address, p.Share = cmp.Or(p.Employer, q.Employer), cmp.Or(p.Address, q.Address), cmp.Or(p.Share, q.Share)
}

// take adds what a party has besides its people.
func (h *Household) take(p *party, row int) {
	if !slices.Contains(h.Rows, row) {
		h.Rows = append(h.Rows, row)
	}
	for _, f := range p.phones {
		if !slices.ContainsFunc(h.Phones, func(a cn.Phone) bool {
			return a.Digits == f.Digits && a.Ext == f.Ext && a.Rest == f.Rest && a.Label == f.Label
		}) {
			h.Phones = append(h.Phones, f)
		}
	}
	h.IDs = append(h.IDs, p.ids...)
	for _, said := range p.remarks {
		h.remark(said)
	}
	for _, v := range p.vehicles {
		if !slices.ContainsFunc(h.Vehicles, func(a cn.Plate) bool { return a.Number == v.Number }) {
			h.Vehicles = append(h.Vehicles, v)
		}
	}
	h.People = append(h.People, p.family...)
	h.Family = append(h.Family, p.unread...)
	if p.email != "" && len(h.People) > 0 && h.People[0].Email == "" {
		h.People[0].Email = p.email
	}
}

// sexes notes a sex that the person's own identity number contradicts.
func (t *tableReader) sexes(p *party) {
	for _, person := range p.people {
		if person.Sex == "" || len(person.IDs) != 1 || len(person.IDs[0].Problems) > 0 || person.IDs[0].Sex == "" || person.IDs[0].Sex == person.Sex {
			continue
		}
		if v, ok := t.get(Sex); ok {
			t.note(v, SexDiffers, Warning, nil)
		}
	}
}

// rest gives the row's other facts to the household of the row, or to the unit when nobody holds it.
func (t *tableReader) rest(units []int) {
	i := t.current
	if i < 0 && len(t.holders[units[0]]) > 0 {
		i = t.holders[units[0]][0]
	}
	defer t.watch(units[0], i)()
	for _, v := range t.values {
		switch _, plain := v.field.sided(); plain {
		case Remark:
			t.remark(v, t.toldOf(v, i, units), units)
		case Door:
			if k := t.toldOf(v, i, units); k >= 0 {
				if each, named := ofEach(v.text, t.plan.Households[k].holders()); named {
					for n, who := range t.plan.Households[k].holders() {
						who.Address = cmp.Or(who.Address, each[n])
					}
					continue
				}
				t.fill(&t.plan.Households[k].Address, v, t.plan.Households[k].At.Row)
			} else {
				t.fill(&t.plan.Units[units[0]].Address, v, t.plan.Units[units[0]].At.Row)
				addLine(&t.plan.Units[units[0]].Remark, v.said())
			}
		case MoveIn, Heads, Share, Parking, LeaseFrom, LeaseTo, Term:
			if t.empty(v) {
				continue
			}
			if i < 0 {
				i = t.open(units, &party{side: t.sideOfRow()})
				t.nobodyThere()
			}
			t.householdFact(&t.plan.Households[t.toldOf(v, i, units)], v)
		}
	}
}

// toldOf is the household that a fact of the row is about. Where the row names both who owns the unit and who rents it, that is
// the owner's, unless the column says that it is the tenant's.
func (t *tableReader) toldOf(v value, current int, units []int) int {
	side, plain := v.field.sided()
	owner, tenant := -1, -1
	for _, i := range t.holders[units[0]] {
		switch h := &t.plan.Households[i]; {
		case !slices.Contains(h.Rows, t.row):
		case h.Side == SideTenant:
			tenant = i
		case owner < 0:
			owner = i
		}
	}
	lease := plain == LeaseFrom || plain == LeaseTo || plain == Term
	switch {
	case owner < 0 || tenant < 0:
		if lease && tenant >= 0 {
			return tenant
		}
		return current
	case side == SideTenant || lease:
		return tenant
	case plain == Remark && !blank(v.text) || plain == MoveIn:
		if s, _ := cutSide(plainWord(v.header)); s != "" {
			return owner
		}
		if way := t.option(choiceLet); way == string(SideTenant) {
			return tenant
		} else if way == "" {
			t.wholeChoice(Problem{Kind: LetFacts, Severity: Warning, Field: v.field, Choice: choiceLet, Ways: []string{string(SideOwner), string(SideTenant)}})
		}
	}
	return owner
}

func (t *tableReader) remark(v value, household int, units []int) {
	if blank(v.text) {
		return
	}
	text := v.text
	if f, sure := headField(v.header); sure < 0.7 || f != v.field || beginsAs("former", plainWord(v.header)) { // another column that a person chose to keep so
		text = v.said()
	}
	if household >= 0 {
		t.plan.Households[household].remark(text)
	} else {
		addLine(&t.plan.Units[units[0]].Remark, text)
	}
}

// holders are those who hold the unit.
func (h *Household) holders() []*Person {
	var out []*Person
	for i := range h.People {
		if h.People[i].Main {
			out = append(out, &h.People[i])
		}
	}
	return out
}

func isPercent(text string) bool {
	number, ok := strings.CutSuffix(strings.TrimSpace(cn.Fold(text)), "%")
	return ok && number != "" && isNumberAlone(number)
}

func (h *Household) remark(text string) { addLine(&h.Remark, text) }

// addLine adds a line to a text that has not got it.
func addLine(dst *string, text string) {
	switch {
	case *dst == "":
		*dst = text
	case !slices.Contains(strings.Split(*dst, "\n"), text):
		*dst += "\n" + text
	}
}

func (t *tableReader) householdFact(h *Household, v value) {
	switch v.field {
	case MoveIn, TenantMoveIn:
		if v.field == TenantMoveIn && h.Side == SideOwner {
			h.remark(v.said())
			return
		}
		t.fillDate(&h.MoveIn, v, h.At.Row)
	case Heads:
		h.remark(v.said()) // a household has no field for it
		if n := t.heads(v); h.Heads == 0 {
			h.Heads = n
		}
	case Share:
		holders := h.holders()
		each, named := ofEach(v.text, holders)
		if !named { // 50%/50%
			each = valuesOf(v.text)
			named = len(each) > 1 && len(each) == len(holders) && !slices.ContainsFunc(each, func(s string) bool { return !isPercent(s) })
		}
		if named {
			for i, who := range holders {
				who.Share = cmp.Or(who.Share, each[i])
			}
			return
		}
		t.fill(&h.Share, v, h.At.Row)
	case Parking:
		h.Parking = append(h.Parking, Typed{v.said(), v.at})
	case LeaseFrom, LeaseTo, Term:
		t.lease(h, v)
	}
}
