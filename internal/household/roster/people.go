package roster

import (
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
}

func (p *party) empty() bool {
	return p == nil || len(p.people)+len(p.phones)+len(p.ids)+len(p.vehicles)+len(p.family)+len(p.unread) == 0 && p.email == ""
}

// parties reads who a row is about: the owner's side, the tenant's, or one that the row's role or an option names.
func (t *tableReader) parties() []*party {
	var out []*party
	of := func(s Side) *party {
		for _, p := range out {
			if p.side == s {
				return p
			}
		}
		out = append(out, &party{side: s})
		return out[len(out)-1]
	}
	side := t.sideOfRow()
	for _, v := range t.values {
		if v.field.name() {
			s, _ := v.field.sided()
			if s == SideOpen {
				s = side
			}
			for _, n := range t.namesIn(v) {
				of(s).people = append(of(s).people, Person{At: v.at, Name: n})
			}
		}
	}
	first := func(v value) *party {
		if s, _ := v.field.sided(); s != SideOpen {
			return of(s)
		}
		if len(out) > 0 {
			return out[0]
		}
		return of(side)
	}
	for _, v := range t.values {
		t.personFact(v, first)
	}
	return out
}

// namesIn reads the names of a column; what stands in a column of companies is one.
func (t *tableReader) namesIn(v value) []cn.Name {
	if v.field != Company {
		return t.names(v)
	}
	if t.empty(v) {
		return nil
	}
	names := cn.ParseNames(v.text)
	for i := range names {
		names[i].Kind, names[i].Problems = cn.NameCompany, nil
	}
	return names
}

// sideOfRow is the side of the people whose column does not say it.
func (t *tableReader) sideOfRow() Side {
	if v, ok := t.get(Role); ok {
		switch m := meaning("role", v.text); {
		case m == "owner" || m == "tenant":
			return Side(m)
		case m == "" && !blank(v.text):
			t.note(v, RoleUnread, Warning, nil)
		}
	}
	if t.options.Side == SideOpen && !t.reads(Role) && (t.reads(Occupant) || t.reads(Company)) && !t.reads(OwnerName) && !t.reads(TenantName) {
		t.whole(SideOpenWhole, Warning, Occupant)
	}
	return t.options.Side
}

func (t *tableReader) personFact(v value, first func(value) *party) {
	switch _, plain := v.field.sided(); plain {
	case Phone, Landline:
		if found := t.phones(v); len(found) > 0 {
			first(v).addPhones(found)
		}
	case ID:
		if found := t.ids(v); len(found) > 0 {
			first(v).addIDs(t, v, found)
		}
	case Sex:
		t.sex(v, first(v))
	case Birth:
		if p := first(v); len(p.people) == 1 && !t.empty(v) {
			p.people[0].Birth = t.date(v)
		}
	case USCC:
		t.org(v, first(v))
	case Email:
		t.email(v, first(v))
	case Relation:
		if p := first(v); !blank(v.text) {
			for i := range p.people {
				p.people[i].Relation = v.text
			}
		}
	case Plates:
		if found := t.plates(v); len(found) > 0 {
			p := first(v)
			p.vehicles = append(p.vehicles, found...)
		}
	case Family:
		t.familyOf(v, first(v))
	case EmergencyName, EmergencyPhone:
		t.emergency(v, plain, first(v))
	}
}

// owner is the person a number belongs to: the one it names, or the only one.
func (p *party) owner(label string) *Person {
	if label == "" && len(p.people) == 1 {
		return &p.people[0]
	}
	for i := range p.people {
		if label != "" && cn.NameKey(p.people[i].Name.Name) == cn.NameKey(label) {
			return &p.people[i]
		}
	}
	return nil
}

// addPhones leaves out a number that the cell before it already gave.
func (p *party) addPhones(found []cn.Phone) {
	for _, f := range found {
		if f.Digits != "" && f.Label == "" && f.Note == "" && p.knows(f) {
			continue
		}
		if who := p.owner(f.Label); who != nil {
			who.Phones = append(who.Phones, f)
		} else {
			p.phones = append(p.phones, f)
		}
	}
}

func (p *party) knows(number cn.Phone) bool {
	is := func(f cn.Phone) bool { return f.Digits == number.Digits && f.Ext == number.Ext }
	return slices.ContainsFunc(p.phones, is) ||
		slices.ContainsFunc(p.people, func(q Person) bool { return slices.ContainsFunc(q.Phones, is) })
}

func (p *party) addIDs(t *tableReader, v value, found []cn.LabelledID) {
	asked := false
	for _, f := range found {
		switch who := p.owner(f.Label); {
		case who != nil:
			who.IDs = append(who.IDs, f.ID)
		default:
			p.ids = append(p.ids, f)
			if len(p.people) > 1 && f.Label == "" && !asked {
				asked = true
				t.note(v, IDWhose, Warning, nil)
			}
		}
	}
}

func (t *tableReader) sex(v value, p *party) {
	m := meaning("sex", v.text)
	switch {
	case t.empty(v):
	case m == "":
		t.note(v, SexUnread, Warning, nil)
	case len(p.people) == 1:
		p.people[0].Sex = cn.Sex(m)
	}
}

func (t *tableReader) org(v value, p *party) {
	if t.empty(v) {
		return
	}
	org := cn.ParseOrg(v.text)
	if org.Kind == cn.OrgNone || !t.doubts(v, org.Problems) {
		return
	}
	if len(p.people) == 1 {
		p.people[0].Orgs = append(p.people[0].Orgs, org)
		return
	}
	for i := range p.people {
		if p.people[i].Name.Kind == cn.NameCompany {
			p.people[i].Orgs = append(p.people[i].Orgs, org)
			return
		}
	}
	t.note(v, IDWhose, Ask, nil)
}

func (t *tableReader) email(v value, p *party) {
	name, host, ok := strings.Cut(v.text, "@")
	switch {
	case t.empty(v):
	case !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(v.text, " ,;"):
		t.note(v, EmailUnread, Ask, nil)
	case len(p.people) > 0:
		p.people[0].Email = v.text
	default:
		p.email = v.text
	}
}

// familyOf reads the family's column: WIFE:NAME, NAME(SON). What is not a name with certainty stays as it was typed.
func (t *tableReader) familyOf(v value, p *party) {
	if t.empty(v) {
		return
	}
	names := cn.ParseNames(v.text)
	for _, n := range names {
		if n.Kind != cn.NamePerson || len(n.Problems) > 0 {
			p.unread = append(p.unread, Typed{v.typed, v.at})
			t.note(v, FamilyUnread, Warning, nil)
			return
		}
	}
	for _, n := range names {
		relation := n.Role
		if relation == "" && meaning("relation", n.Note) != "" {
			relation = n.Note
		}
		p.family = append(p.family, Person{At: v.at, Name: n, Relation: relation})
	}
}

// emergency reads who is to be called: a name, a number, or both in one cell.
func (t *tableReader) emergency(v value, plain Field, p *party) {
	if t.empty(v) {
		return
	}
	if plain == EmergencyName && !strings.ContainsAny(v.text, "0123456789") {
		for _, n := range t.names(v) {
			p.family = append(p.family, Person{At: v.at, Name: n, Emergency: true, Relation: n.Note})
		}
		return
	}
	for _, f := range t.phones(v) {
		who := p.toCall(f.Label)
		if who == nil {
			name := cn.Name{}
			if names := cn.ParseNames(f.Label); len(names) == 1 {
				name = names[0]
			}
			p.family = append(p.family, Person{At: v.at, Name: name, Emergency: true, Relation: f.Note})
			who = &p.family[len(p.family)-1]
		}
		who.Phones = append(who.Phones, f)
	}
}

// toCall is the person already noted to be called under a name; the only one when no name is given.
func (p *party) toCall(label string) (who *Person) {
	for i := range p.family {
		f := &p.family[i]
		switch {
		case !f.Emergency:
		case label != "" && cn.NameKey(f.Name.Name) == cn.NameKey(label):
			return f
		case label == "" && who != nil:
			return nil
		case label == "":
			who = f
		}
	}
	return who
}
