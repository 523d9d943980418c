package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/cn"
)

// numbered is one value of a cell that may hold several: a telephone, an identity number, a sex.
type numbered[T any] struct {
	label string // the name before it
	tail  string // how it is shown beside a name
	gap   bool   // the cell says that there is none: it takes a place in the order all the same
	value T
}

// assign gives the values of a cell to the people it is about: to whom a value names, to the only one, or, as many as there
// are people, in their order. What cannot be matched is the household's. It says the pairs that only the order makes.
func assign[T any](people []*Person, list []numbered[T], give func(*Person, T), rest func(T)) (pairs []string) {
	var open []numbered[T]
	taken := map[*Person]bool{}
	for _, n := range list {
		who := called(people, n.label)
		switch {
		case n.label == "":
			open = append(open, n)
		case who == nil:
			rest(n.value)
		default:
			taken[who] = true
			give(who, n.value)
		}
	}
	var takers []*Person
	for _, p := range people {
		if !taken[p] {
			takers = append(takers, p)
		}
	}
	for i, n := range open {
		switch {
		case n.gap:
		case len(takers) == 1 && len(people) == 1:
			give(takers[0], n.value)
		case len(takers) == len(open):
			give(takers[i], n.value)
			pairs = append(pairs, takers[i].Name.Name+" "+n.tail)
		default:
			rest(n.value)
		}
	}
	return pairs
}

// called is the person whom a label names, by name or as what he is to the others.
func called(people []*Person, label string) *Person {
	if label == "" {
		return nil
	}
	for _, p := range people {
		if cn.NameKey(p.Name.Name) == cn.NameKey(label) || p.Relation != "" && p.Relation == label {
			return p
		}
	}
	return bySurname(people, label)
}

// bySurname is the only person whose name begins with a label of one character; nil for none or several.
func bySurname(people []*Person, label string) (only *Person) {
	if utf8.RuneCountInString(label) != 1 {
		return nil
	}
	for _, p := range people {
		if strings.HasPrefix(p.Name.Name, label) {
			if only != nil {
				return nil
			}
			only = p
		}
	}
	return only
}

// tail is the end of a number, by which people compare it with the paper.
func tail(number string) string {
	if n := utf8.RuneCountInString(number); n > 4 {
		return "…" + string([]rune(number)[n-4:])
	}
	return number
}

// ordered notes the pairs of a cell that nothing but their order makes: they are proposed, for a person to look at.
func (t *tableReader) ordered(v value, pairs []string) {
	if len(pairs) > 1 {
		t.note(v, InOrder, Warning, nil, strings.Join(pairs, " · "))
	}
}

// ofEach are the values of a cell that has a line for each of several people, with the name before it; "" for who has none. It is
// false for a cell of another kind.
func ofEach(text string, people []*Person) ([]string, bool) {
	if len(people) < 2 {
		return nil, false
	}
	out := make([]string, len(people))
	for line := range strings.Lines(strings.TrimSpace(text)) {
		colon := strings.IndexAny(line, ":：")
		if colon < 0 {
			return nil, false
		}
		_, width := utf8.DecodeRuneInString(line[colon:])
		name, value := line[:colon], line[colon+width:]
		i := slices.IndexFunc(people, func(p *Person) bool { return cn.NameKey(p.Name.Name) == cn.NameKey(name) })
		for i >= 0 && i < len(people) && (out[i] != "" || cn.NameKey(people[i].Name.Name) != cn.NameKey(name)) {
			i++ // two of one name
		}
		if i < 0 || i == len(people) {
			return nil, false
		}
		out[i] = strings.TrimSpace(value)
	}
	return out, true
}

// givePhones gives a cell's numbers to whom they belong. One that the row's cells before it gave already is left out.
func (t *tableReader) givePhones(v value, found []cn.Phone, people []*Person, p *party) {
	var list []numbered[cn.Phone]
	for _, f := range found {
		label := f.Label
		if label == "" && called(people, f.Note) != nil { // 13900000000（张三）
			label = f.Note
		}
		list = append(list, numbered[cn.Phone]{label, tail(f.Digits + f.Rest), noPhone(f), f})
	}
	left := 0
	t.ordered(v, assign(people, list, func(who *Person, f cn.Phone) {
		if !hasPhone(who.Phones, f) {
			who.Phones = append(who.Phones, f)
		}
	}, func(f cn.Phone) {
		if f.Label == "" && f.Note == "" && p.knows(f) {
			return
		}
		p.phones = append(p.phones, f)
		left++
	}))
	if left > 0 && len(people) > 1 && len(list) > 1 {
		t.note(v, PhoneWhose, Warning, nil)
	}
}

func hasPhone(list []cn.Phone, f cn.Phone) bool {
	for _, a := range list {
		if a.Digits == f.Digits && a.Ext == f.Ext && a.Rest == f.Rest {
			return true
		}
	}
	return false
}

// giveIDs gives a cell's identity numbers to whom they belong.
func (t *tableReader) giveIDs(v value, found []cn.LabelledID, people []*Person, p *party) {
	var list []numbered[cn.LabelledID]
	for _, f := range found {
		list = append(list, numbered[cn.LabelledID]{f.Label, tail(f.ID.Number), f.ID.Kind == cn.IDNone, f})
	}
	open := false
	t.ordered(v, assign(people, list, func(who *Person, f cn.LabelledID) { who.IDs = append(who.IDs, f.ID) }, func(f cn.LabelledID) {
		p.ids = append(p.ids, f)
		open = open || f.Label == ""
	}))
	if open && len(people) > 1 {
		t.note(v, IDWhose, Warning, nil)
	}
}

// giveSexes reads one sex for each of the people.
func (t *tableReader) giveSexes(v value, people []*Person, p *party) {
	if t.empty(v) {
		return
	}
	var list []numbered[cn.Sex]
	words, named := ofEach(v.text, people)
	if !named {
		words = valuesOf(v.text)
	}
	for _, word := range words {
		if blank(word) {
			list = append(list, numbered[cn.Sex]{gap: true})
			continue
		}
		m := meaning("sex", word)
		if m == "" {
			t.note(v, SexUnread, Warning, nil)
			p.keep(v)
			return
		}
		list = append(list, numbered[cn.Sex]{tail: word, value: cn.Sex(m)})
	}
	left := false
	pairs := assign(people, list, func(who *Person, s cn.Sex) { who.Sex = s }, func(cn.Sex) { left = true })
	if !named {
		t.ordered(v, pairs)
	}
	if left {
		p.keep(v)
	}
}

// giveBirths reads one day of birth for each of the people.
func (t *tableReader) giveBirths(v value, people []*Person, p *party) {
	if t.empty(v) {
		return
	}
	if len(people) == 1 {
		people[0].Birth = t.date(v)
		return
	}
	words, named := ofEach(v.text, people)
	if !named {
		words = valuesOf(v.text)
	}
	if len(words) != len(people) {
		p.keep(v)
		return
	}
	var pairs []string
	for i, word := range words {
		if blank(word) {
			continue
		}
		one := v
		one.text, one.typed, one.cell = word, word, nil
		people[i].Birth = t.date(one)
		pairs = append(pairs, people[i].Name.Name+" "+word)
	}
	if !named {
		t.ordered(v, pairs)
	}
}

// giveEmployers gives each of the people the place where he works; where their number is another, the cell stays with the household.
func (t *tableReader) giveEmployers(v value, people []*Person, p *party) {
	if t.empty(v) {
		return
	}
	words := []string{v.text}
	if each, named := ofEach(v.text, people); named {
		words = each
	} else if len(people) != 1 {
		words = valuesOf(v.text)
	}
	if len(people) == 0 || len(words) != len(people) {
		p.keep(v)
		return
	}
	for i, word := range words {
		if blank(word) {
			continue
		}
		if people[i].Employer != "" && people[i].Employer != word {
			p.keep(v)
			return
		}
		people[i].Employer = strings.TrimSpace(word)
	}
}

// valuesOf are the values that stand in one cell.
func valuesOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/／、,，;；|\n\r", r) })
}
