package roster

import (
	"cmp"
	"slices"
	"strings"

	"hudang/internal/platform/cn"
)

// party is the people of one side in a row, with their facts.
type party struct {
	side     Side
	people   []Person
	phones   []cn.Phone
	ids      []cn.LabelledID
	vehicles []cn.Plate
	family   []Person
	unread   []Typed // of the family's column
	email    string
	remarks  []string // what has no field of its own
}

func (p *party) empty() bool {
	return p == nil || len(p.people)+len(p.phones)+len(p.ids)+len(p.vehicles)+len(p.family)+len(p.unread)+len(p.remarks) == 0 && p.email == ""
}

// keep keeps a cell that tells of nobody in particular, with the head of its column.
func (p *party) keep(v value) { p.remarks = appendNew(p.remarks, v.said()) }

// said is a cell as it is kept where it has no field: with the head of its column.
func (v value) said() string {
	if v.header == "" {
		return v.text
	}
	return strings.Join(strings.Fields(v.header), "·") + "：" + v.text
}

// rowPeople is who a row is about.
type rowPeople struct {
	side    Side // of those whose column does not say it
	parties []*party
	order   []*Person // as they stand in the row
}

// of is the party of a side.
func (g *rowPeople) of(s Side) *party {
	for _, p := range g.parties {
		if p.side == s {
			return p
		}
	}
	g.parties = append(g.parties, &party{side: s})
	return g.parties[len(g.parties)-1]
}

// parties reads who a row is about: the owner's side, the tenant's, or one that the row's role or an option names.
func (t *tableReader) parties() []*party {
	t.dropHolder()
	g := &rowPeople{side: t.sideOfRow()}
	open := false
	for _, v := range t.values {
		if !v.field.name() {
			continue
		}
		side, _ := v.field.sided()
		if v.field == Company && t.ofTenants(v) {
			side = SideTenant
		}
		found := t.namesIn(v)
		if host := g.at(t.contacts[v.at.Column]); host != nil {
			side = host.side
			for i := range found.people {
				n := &found.people[i]
				n.lesser, n.Relation = true, cmp.Or(n.Relation, v.header)
			}
		}
		for i, n := range found.people {
			if i > 0 && n.side == SideOpen && n.Relation != "" { // of the family of who stands before
				n.side, n.lesser = found.people[i-1].side, n.lesser || side != SideOwner
				found.people[i].side = n.side
			}
			p := g.of(cmp.Or(n.side, side, g.side))
			n.nth = i
			p.people = append(p.people, n.Person)
			open = open || p.side == SideOpen && !t.member() // a member belongs where the holder does
		}
		if len(found.besides) > 0 {
			p := g.of(cmp.Or(side, g.side))
			if n := len(found.people); n > 0 {
				p = g.of(cmp.Or(found.people[n-1].side, side, g.side))
			}
			p.remarks = append(p.remarks, found.besides...)
		}
	}
	if open {
		t.sideOpen()
	}
	g.line()
	if v, ok := t.get(Role); ok && meaning("role", v.text) == "" && !blank(v.text) {
		g.first().keep(v)
		for _, who := range g.order {
			who.Relation = cmp.Or(who.Relation, kinOf(v.text))
		}
	}
	for _, v := range t.values {
		if v.field != EmergencyPhone {
			t.personFact(v, g)
		}
	}
	for _, v := range t.values { // wherever the family's own column stands
		if v.field == Relation && t.ofFamily() {
			_, p := t.about(v, g)
			t.relations(v, nil, p)
		}
	}
	for _, v := range t.values { // after the names they belong to, wherever those stand
		if v.field == EmergencyPhone {
			t.personFact(v, g)
		}
	}
	for _, v := range t.values {
		if v.field == besideRelation && !blank(v.text) {
			g.relates(v, t.beside[v.at.Column])
		}
	}
	return g.parties
}

// relates says what the people of a column are to the holder.
func (g *rowPeople) relates(v value, column int) {
	found := false
	for _, p := range g.parties {
		for _, list := range [][]Person{p.people, p.family} {
			for i := range list {
				if who := &list[i]; who.At.Row == v.at.Row && who.At.Column == column {
					who.Relation, found = v.text, true
				}
			}
		}
	}
	if !found {
		g.first().keep(v)
	}
}

// ofTenants reports that a column of firms names those who rent: beside one of tenants, or as the names of shops beside their owners.
func (t *tableReader) ofTenants(v value) bool {
	return t.reads(TenantName) || t.reads(OwnerName) && vocabularyIn("shops", v.header)
}

// dropHolder leaves the name of the householder out of a row that is about a member of the family: of a list with a line for
// each, which says beside each whose family it is (户主, 与户主关系, 姓名).
func (t *tableReader) dropHolder() {
	holder, member := -1, -1
	for i, v := range t.values {
		switch v.field {
		case OwnerName:
			holder = i
		case Occupant:
			member = i
		}
	}
	if holder < 0 || member < 0 || !t.reads(Relation) {
		return
	}
	relation, _ := t.get(Relation)
	key := cn.NameKey(t.values[holder].text)
	self := meaning("self", relation.text) != "" || blank(relation.text)
	switch {
	case self && cn.NameKey(t.values[member].text) == key: // the householder's own line
	case !self && t.current >= 0 && slices.ContainsFunc(t.plan.Households[t.current].People, func(p Person) bool { return p.Main && cn.NameKey(p.Name.Name) == key }):
	default:
		return
	}
	t.values[member].field = OwnerName
	t.values = slices.Delete(t.values, holder, holder+1)
}

// first is the party that facts without a side are about.
func (g *rowPeople) first() *party {
	if len(g.parties) == 0 {
		return g.of(g.side)
	}
	return g.parties[0]
}

// at is the party whose people stand in a column.
func (g *rowPeople) at(column int) *party {
	for _, p := range g.parties {
		if slices.ContainsFunc(p.people, func(q Person) bool { return q.At.Column == column }) {
			return p
		}
	}
	return nil
}

// line puts the people of a row into the order of its cells.
func (g *rowPeople) line() {
	for _, p := range g.parties {
		for i := range p.people {
			g.order = append(g.order, &p.people[i])
		}
	}
	slices.SortStableFunc(g.order, func(a, b *Person) int {
		return cmp.Or(cmp.Compare(a.At.Column, b.At.Column), cmp.Compare(a.nth, b.nth))
	})
}

// about are the people that a cell of numbers is about, and the party that keeps what belongs to none of them.
func (t *tableReader) about(v value, g *rowPeople) ([]*Person, *party) {
	if column := t.pairs[v.at.Column]; column > 0 {
		if people := g.within(func(p *Person) bool { return p.At.Column == column }); len(people) > 0 {
			return people, g.party(people[0])
		}
	}
	if side, _ := v.field.sided(); side != SideOpen {
		p := g.of(side)
		return g.within(func(q *Person) bool { return g.party(q) == p }), p
	}
	first := g.first()
	return g.within(func(q *Person) bool {
		return g.party(q) == first || slices.ContainsFunc(first.people, func(a Person) bool { return a.At == q.At })
	}), first
}

func (g *rowPeople) within(is func(*Person) bool) []*Person {
	var out []*Person
	for _, p := range g.order {
		if is(p) {
			out = append(out, p)
		}
	}
	return out
}

// party is the one a person of the row belongs to.
func (g *rowPeople) party(who *Person) *party {
	for _, p := range g.parties {
		for i := range p.people {
			if &p.people[i] == who {
				return p
			}
		}
	}
	return nil
}

// sideOfRelation is the side that a row's relation to the owner says: 业主, 租客, or in a column of that name 本人.
func (t *tableReader) sideOfRelation() Side {
	v, ok := t.get(Relation)
	if !ok || t.ofFamily() {
		return SideOpen
	}
	if meaning("self", v.text) != "" {
		whose := sideWord(plainWord(v.header))
		if meaning("self", whose) != "" { // a householder: who heads a family need not own its home
			return SideOpen
		}
		return Side(vocabulary()["side"][whose])
	}
	if m := meaning("role", v.text); m == "owner" || m == "tenant" {
		return Side(m)
	}
	return SideOpen
}

// sideOfRow is the side of the people whose column does not say it.
func (t *tableReader) sideOfRow() Side {
	if side := t.sideOfRelation(); side != SideOpen && !t.reads(Role) {
		return side
	}
	if v, ok := t.get(Role); ok {
		switch m := roleIn(v.text); {
		case m == "owner" || m == "tenant":
			return Side(m)
		case m == "" && !blank(v.text):
			t.note(v, RoleUnread, Warning, nil)
		}
	}
	return t.options.Side
}

// sideOpen notes once that a table does not say whether its people are owners or tenants.
func (t *tableReader) sideOpen() {
	if !t.reads(Role) && !t.reads(OwnerName) && !t.reads(TenantName) {
		t.whole(SideOpenWhole, Warning, Occupant)
	}
}

func (t *tableReader) personFact(v value, g *rowPeople) {
	_, plain := v.field.sided()
	if !v.field.person() && plain != Plates || v.field.name() || plain == Role {
		return
	}
	people, p := t.about(v, g)
	if t.strangers[v.at.Column] {
		if !blank(v.text) {
			p.keep(v)
		}
		return
	}
	if column := t.kin[v.at.Column]; column > 0 && (plain == Phone || plain == Landline || plain == ID || plain == Sex || plain == Birth) {
		people = nil
		for i := range p.family {
			if f := &p.family[i]; f.At.Row == v.at.Row && f.At.Column == column {
				people = append(people, f)
			}
		}
	} else if len(people) == 0 && len(p.family) == 1 && p.family[0].At.Row == v.at.Row && !p.family[0].Emergency {
		people = []*Person{&p.family[0]} // a line of the family
	}
	switch plain {
	case Phone, Landline:
		if found := t.phones(v); len(found) > 0 {
			for i := range found {
				found[i].Label = g.nameOf(found[i].Label)
			}
			t.givePhones(v, found, people, p)
		}
	case ID:
		if found := t.ids(v); len(found) > 0 {
			for i := range found {
				found[i].Label = g.nameOf(found[i].Label)
			}
			t.giveIDs(v, found, people, p)
		}
	case Sex:
		t.giveSexes(v, people, p)
	case Birth:
		t.giveBirths(v, people, p)
	case Employer:
		t.giveEmployers(v, people, p)
	case USCC:
		t.org(v, people)
	case Email:
		t.email(v, people, p)
	case Relation:
		if !t.ofFamily() && t.sideOfRelation() == SideOpen {
			t.relations(v, people, p)
		}
	case Plates:
		p.park(v, t.plates(v))
	case Family:
		t.familyOf(v, p)
	case EmergencyName, EmergencyPhone:
		t.emergency(v, plain, p)
	}
}

// nameOf is the name of whom a label means that says owner or tenant, where the row names one of them.
func (g *rowPeople) nameOf(label string) string {
	side := Side(meaning("role", label))
	if label == "" || side != SideOwner && side != SideTenant {
		return label
	}
	for _, p := range g.parties {
		if p.side == side && len(p.people) == 1 {
			return p.people[0].Name.Name
		}
	}
	return label
}

// park notes vehicles; what a cell says of one besides its plate stays with the household.
func (p *party) park(v value, found []cn.Plate) {
	for _, plate := range found {
		if plate.Note != "" || plate.Label != "" && !slices.ContainsFunc(p.people, func(q Person) bool { return q.Name.Name == plate.Label }) {
			p.keep(v)
			break
		}
	}
	p.vehicles = append(p.vehicles, found...)
}

// relations says what the people of a row are to the household: each his own, or all the same.
func (t *tableReader) relations(v value, people []*Person, p *party) {
	if blank(v.text) {
		return
	}
	words := valuesOf(v.text)
	if t.ofFamily() {
		people = nil
		for i := range p.family {
			if f := &p.family[i]; f.At.Row == v.at.Row && !f.Emergency && f.Relation == "" && f.At.Column == cmp.Or(t.kin[v.at.Column], f.At.Column) {
				people = append(people, f)
			}
		}
	}
	for i, who := range people {
		who.Relation = v.text
		if len(words) == len(people) {
			who.Relation = strings.TrimSpace(words[i])
		}
	}
	if len(people) == 0 {
		p.keep(v)
	}
}

func (p *party) knows(number cn.Phone) bool {
	is := func(f cn.Phone) bool { return f.Digits == number.Digits && f.Ext == number.Ext }
	return slices.ContainsFunc(p.phones, is) ||
		slices.ContainsFunc(p.people, func(q Person) bool { return slices.ContainsFunc(q.Phones, is) })
}

func (t *tableReader) org(v value, people []*Person) {
	if t.empty(v) {
		return
	}
	org := cn.ParseOrg(v.text)
	if org.Kind == cn.OrgNone || !t.doubts(v, org.Problems) {
		return
	}
	for _, who := range people {
		if len(people) == 1 || who.Name.Kind == cn.NameCompany {
			who.Orgs = append(who.Orgs, org)
			return
		}
	}
	t.note(v, IDWhose, Ask, nil)
}

func (t *tableReader) email(v value, people []*Person, p *party) {
	if each, named := ofEach(v.text, people); named {
		for i, text := range each {
			if text != "" {
				one := v
				one.text = text
				t.email(one, people[i:i+1], p)
			}
		}
		return
	}
	name, host, ok := strings.Cut(v.text, "@")
	switch {
	case t.empty(v):
	case !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(v.text, " ,;"):
		t.note(v, EmailUnread, Ask, nil)
	case len(people) > 0:
		people[0].Email = v.text
	default:
		p.email = v.text
	}
}

// familyOf reads the family's column: WIFE:NAME, NAME(SON). What is not a name with certainty stays as it was typed.
func (t *tableReader) familyOf(v value, p *party) {
	if t.empty(v) {
		return
	}
	names := cn.ParseNames(labelAfterBlank.ReplaceAllString(v.text, "\n$1"))
	kin := ""
	for i := range names {
		n := &names[i]
		if i+1 < len(names) && n.Role == "" && meaning("relation", n.Name) != "" { // 岳母 王桂香
			kin = n.Name
			continue
		}
		if kin != "" && n.Role == "" {
			n.Role, kin = kin, ""
		}
		if kin, name := kinAndName(n.Name); kin != "" && n.Role == "" {
			n.Role, n.Name = kin, name
			continue
		}
		if n.Kind != cn.NamePerson || len(n.Problems) > 0 || startsAsKin(n.Name) {
			p.unread = append(p.unread, Typed{v.typed, v.at})
			t.note(v, FamilyUnread, Warning, nil)
			return
		}
	}
	for _, n := range names {
		if meaning("relation", n.Name) != "" && n.Role == "" {
			continue // of the next
		}
		relation := cmp.Or(n.Role, kinHead(plainWord(v.header)))
		if relation == "" && meaning("relation", n.Note) != "" {
			relation = n.Note
		}
		if i := slices.IndexFunc(p.people, func(q Person) bool { return cn.NameKey(q.Name.Name) == cn.NameKey(n.Name) }); i >= 0 {
			p.people[i].Relation = cmp.Or(p.people[i].Relation, relation) // named beside the owner already
			continue
		}
		p.family = append(p.family, Person{At: v.at, Name: n, Relation: relation})
	}
}
