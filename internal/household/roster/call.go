package roster

import (
	"cmp"
	"strings"

	"hudang/internal/platform/cn"
)

// This file reads who is to be called in an emergency.

// emergency reads a name, a number, or both in one cell. What names nobody is asked: the rest of the row goes on without it.
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
	numbers := t.phones(v)
	for _, f := range numbers {
		if name, _ := calledBy(f); !noPhone(f) && p.toCall(f.Label) == nil && name.Name == "" {
			t.note(v, CallUnread, Ask, proposedCall(numbers))
			return
		}
	}
	for _, f := range numbers {
		if noPhone(f) {
			continue
		}
		who := p.toCall(f.Label)
		if who == nil {
			name, relation := calledBy(f)
			p.family = append(p.family, Person{At: v.at, Name: name, Emergency: true, Relation: relation})
			who = &p.family[len(p.family)-1]
		}
		who.Phones = append(who.Phones, f)
	}
}

// calledBy is who answers a number: the name before it, or the one that stands in brackets behind it.
func calledBy(f cn.Phone) (name cn.Name, relation string) {
	if names := cn.ParseNames(f.Label); len(names) == 1 {
		return names[0], cmp.Or(f.Note, names[0].Note)
	}
	if names := cn.ParseNames(f.Note); f.Label == "" && len(names) == 1 && len(names[0].Problems) == 0 && !partOf(plainWord(f.Note)) {
		return names[0], ""
	}
	return cn.Name{}, f.Note
}

// proposedCall is how a cell may be meant in which what somebody is stands as a word of its own: NAME SISTER NUMBER.
func proposedCall(numbers []cn.Phone) []string {
	if len(numbers) != 1 || numbers[0].Digits == "" {
		return nil
	}
	words := strings.Fields(numbers[0].Label)
	if len(words) != 2 || meaning("relation", words[0]) != "" || meaning("relation", words[1]) == "" {
		return nil
	}
	return []string{words[0] + "（" + words[1] + "）" + numbers[0].Digits}
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
