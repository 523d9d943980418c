package roster

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/cn"
)

// named is somebody whom a cell names.
type named struct {
	Person
	side    Side // as the cell itself says: "(租户)", "业主：…"
	contact bool // whom to ask for, as the cell says
}

// cellNames is a cell of names as understood.
type cellNames struct {
	people  []named
	besides []string // what it says besides: dates, notes
}

// labelAfterBlank is a label that nothing but a blank parts from what stands before it: 业主：钱七 租客：孙八.
var labelAfterBlank = regexp.MustCompile(`[ \t\x{3000}]+(\p{Han}{1,6}[：:])`)

var nameAside = regexp.MustCompile(`[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]?`)

// namesIn reads the names of a column; what stands in a column of companies is one. A property office writes more into the
// cell than the name: what somebody is there, since when, the telephone.
func (t *tableReader) namesIn(v value) cellNames {
	if v.field == Company {
		return t.companiesIn(v)
	}
	text := labelAfterBlank.ReplaceAllString(v.text, "\n$1")
	if strings.ContainsAny(text, "(（[【〔") { // what is no part of a name stands on a line of its own
		text = nameAside.ReplaceAllStringFunc(text, func(m string) string {
			inside := plainWord(strings.Trim(m, nameBrackets))
			if before, _, ok := strings.Cut(inside, ":"); ok && partOf(before) { // 某某公司（法人：张三）
				return "\n" + strings.Trim(m, nameBrackets) + "\n"
			}
			if kin, _ := kinAndName(inside); kin != "" || partOf(inside) || cn.SaysWhen(inside) || isPhone(inside) {
				return "\n" + inside + "\n"
			}
			return m
		})
	}
	if t.broken(v) {
		return cellNames{}
	}
	names := cn.ParseNames(text)
	if len(names) == 0 {
		t.pending(v)
	}
	r := nameReader{tableReader: t, v: v}
	for i, n := range names {
		if kin := kinOf(n.Name); kin != "" && i+1 < len(names) {
			r.kin = kin
			r.besides = append(r.besides, n.Text)
			continue
		}
		r.kinAhead(&n, i > 0 || i+1 < len(names) && startsWithKin(names[i+1].Name))
		r.read(n)
	}
	r.askFor()
	return r.cellNames
}

// askFor takes whoever is only to be asked for out of those who hold the unit, where the cell names others.
func (r *nameReader) askFor() {
	if !slices.ContainsFunc(r.people, func(p named) bool { return !p.contact }) {
		return
	}
	for i := range r.people {
		r.people[i].lesser = r.people[i].lesser || r.people[i].contact
	}
}

// kinOf is what somebody is to another whom he is named by: the last word of SOMEBODY之妻.
func kinOf(text string) string {
	for of := range vocabulary()["of"] {
		if who, kin, ok := strings.Cut(text, of); ok && utf8.RuneCountInString(who) >= 2 && meaning("relation", kin) != "" {
			return kin
		}
	}
	return ""
}

// kinAhead takes off what somebody is to another, where it stands before his name and the name is not the only one: 李强/妻陈芳, or
// says of whom: 李强之妻陈芳.
func (r *nameReader) kinAhead(n *cn.Name, beside bool) {
	if n.Kind != cn.NamePerson && n.Kind != cn.NameUnknown || n.Role != "" {
		return
	}
	for of := range vocabulary()["of"] {
		if who, rest, ok := strings.Cut(n.Name, of); ok && utf8.RuneCountInString(who) >= 2 {
			if kin, name := kinAndName(rest); kin != "" {
				r.besides = append(r.besides, n.Text)
				r.kin, n.Name, n.Problems = kin, name, nil
				return
			}
		}
	}
	if kin, name := kinAndName(n.Name); kin != "" && beside {
		r.kin, n.Name, n.Kind, n.Problems = kin, name, cn.NamePerson, nil
	}
}

func startsWithKin(name string) bool {
	kin, _ := kinAndName(name)
	return kin != ""
}

// kinAndName parts 妻陈芳 and 妻:陈芳; kin is "" where a text is nothing of the kind.
func kinAndName(text string) (kin, name string) {
	for word := range vocabulary()["relation"] {
		if strings.HasPrefix(text, word) && len(word) > len(kin) {
			kin = word
		}
	}
	name = strings.TrimLeft(strings.TrimPrefix(text, kin), ":：")
	if kin == "" || meaning("self", kin) != "" || vocabulary()["surname"][kin] != "" || startsAsKin(name) {
		return "", ""
	}
	if names := cn.ParseNames(name); len(names) != 1 || names[0].Name != name || names[0].Kind != cn.NamePerson || len(names[0].Problems) > 0 {
		return "", ""
	}
	return kin, name
}

// startsAsKin reports a text that speaks of relatives and names none of them: 父母同住, 女儿, 兄弟三人.
func startsAsKin(text string) bool {
	for word := range vocabulary()["relation"] {
		if rest, ok := strings.CutPrefix(text, word); ok && (rest == "" || len(word) > 3 || startsAsKin(rest)) {
			return true
		}
	}
	return false
}

const nameBrackets = "()（）[]【】〔〕 "

func (t *tableReader) companiesIn(v value) (c cellNames) {
	if t.empty(v) {
		return c
	}
	for _, n := range cn.ParseNames(v.text) {
		n.Kind, n.Problems = cn.NameCompany, nil
		c.people = append(c.people, named{Person: Person{At: v.at, Name: n}})
	}
	return c
}

// partOf reports a word that says what somebody is: owner, tenant, family.
func partOf(word string) bool {
	return meaning("role", word) != "" || meaning("self", word) != "" || meaning("relation", word) != "" || meaning("contact", word) != ""
}

// nameReader goes over the pieces of a cell of names.
type nameReader struct {
	*tableReader
	cellNames
	v     value
	ahead string // what the next names are: a word that stood before them
	first bool   // the cell began with such a word: each stands before its names
	since int    // of people, the first of whom nothing was said yet
	kin   string // what the next name is to somebody whom the cell names before it
}

func (r *nameReader) read(n cn.Name) {
	word := plainWord(strings.Trim(n.Text, nameBrackets))
	switch {
	case beginsAs("former", plainWord(n.Name)) || meaning("former", plainWord(n.Role)) != "": // who held it before is kept beside
		r.besides = append(r.besides, cmp.Or(n.Role, n.Name)+map[bool]string{true: ":" + n.Name}[n.Role != ""])
	case partOf(word):
		r.part(word)
	case cn.SaysWhen(word), len(r.people) > 0 && strings.ContainsAny(firstOf(n.Text), nameBrackets):
		r.besides = append(r.besides, n.Text)
	case len(r.people) > 0 && isPhone(word):
		last := &r.people[len(r.people)-1]
		last.Phones = append(last.Phones, r.phones(value{field: Phone, at: r.v.at, header: r.v.header, text: word, typed: word})...)
	case len(r.people) > 0 && isID(word):
		last := &r.people[len(r.people)-1]
		for _, id := range r.ids(value{field: ID, at: r.v.at, header: r.v.header, text: word, typed: word}) {
			last.IDs = append(last.IDs, id.ID)
		}
	default:
		r.person(n)
	}
}

// beginsAs reports a text that begins with a word of a section.
func beginsAs(section, text string) bool {
	for word := range vocabulary()[section] {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// endsAs reports a text that ends with a word of a section and says more.
func endsAs(section, text string) bool {
	for word := range vocabulary()[section] {
		if strings.HasSuffix(text, word) && len(text) > len(word) {
			return true
		}
	}
	return false
}

func firstOf(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// part gives a word for what somebody is to the names before it that have none, or to those that follow.
func (r *nameReader) part(word string) {
	r.first = r.first || len(r.people) == 0
	if r.first {
		r.ahead = word
		return
	}
	if meaning("contact", word) != "" { // 张三 李四（联系人）: the last of them
		r.since = len(r.people) - 1
	}
	for i := r.since; i < len(r.people); i++ {
		r.people[i].is(word)
	}
	r.since = len(r.people)
}

// person adds a name with what stands before its colon and in its brackets.
func (r *nameReader) person(n cn.Name) {
	head, name, tail := cutPart(n.Name)
	p := named{Person: Person{At: r.v.at, Name: n}}
	p.Name.Name = name
	r.doubts(r.v, n.Problems)
	for _, word := range []string{head, tail, plainWord(n.Note)} {
		if partOf(word) {
			p.is(word)
		} else if kin := kinOf(word); kin != "" {
			p.Relation = kin
			r.besides = append(r.besides, n.Text)
		} else if word != "" && !n.Agent && !titled(n) {
			r.besides = append(r.besides, n.Text)
		}
	}
	switch role := plainWord(n.Role); {
	case partOf(role):
		p.is(role)
		r.ahead = role
	case role != "" && p.Relation == "":
		if f, sure := headField(role); sure < 1 || !f.name() { // 姓名：张三 says nothing new
			p.Relation = n.Role
		}
	case r.kin != "" && p.Relation == "":
		p.Relation, r.kin = r.kin, ""
	case r.ahead != "" && p.side == SideOpen && p.Relation == "":
		p.is(r.ahead)
	}
	r.people = append(r.people, p)
}

// titled reports a form of address behind the name: 张三先生.
func titled(n cn.Name) bool { return !strings.ContainsAny(n.Text, "(（[【") }

// is notes what somebody is.
func (p *named) is(word string) {
	switch m := meaning("role", word); {
	case m == "owner" || m == "tenant":
		p.side = Side(m)
	case meaning("contact", word) != "":
		p.contact, p.Relation = true, cmp.Or(p.Relation, word)
	case m != "" || meaning("self", word) == "":
		p.lesser = m != ""
		if p.Relation == "" {
			p.Relation = word
		}
	}
}

// cutPart takes 业主 or 租户 off a name that was written together with it.
func cutPart(name string) (head, rest, tail string) {
	rest = name
	for word, m := range vocabulary()["role"] {
		if m == "family" || len(word) < 6 {
			continue
		}
		if cut, ok := strings.CutPrefix(rest, word); ok && len(cut) >= 6 && len(cut) <= 12 {
			return word, cut, ""
		}
		if cut, ok := strings.CutSuffix(rest, word); ok && len(cut) >= 6 && len(cut) <= 12 {
			return "", cut, word
		}
	}
	return "", name, ""
}
