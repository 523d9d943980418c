package roster

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
)

// This file keeps what a row says and nothing was made of. A value is looked for in what the row's units and households have
// come to hold; what is not there stays with the row, so that no way of reading a cell can lose it unseen.

// keepRest notes what the row says, and of a row that was taken the cells that found no place. What a problem tells of (those
// from told on) waits with it.
func (t *tableReader) keepRest(told int) {
	all := make([]string, len(t.values))
	for i, v := range t.values {
		all[i] = v.said()
		if v.typed != v.text && v.typed != "" && !v.keep {
			all[i] += " (" + v.typed + ")"
		}
	}
	t.line.Text = strings.Join(all, "\n")
	if t.rowRef {
		return
	}
	asked := map[int]bool{}
	for _, p := range t.plan.Problems[told:] {
		if !p.Whole() && p.At.Sheet == t.Sheet && p.At.Row == t.row {
			asked[p.At.Column] = true
		}
	}
	h := held{}
	var rest []string
	for i, v := range t.values {
		if !asked[v.at.Column] && !t.hasPlace(v, &h) {
			rest = append(rest, all[i])
		}
	}
	t.line.Rest = strings.Join(rest, "\n")
}

// keepCopied keeps what was confirmed as typed and cannot go into its field: in the remark of the row's household, or of its unit,
// with the head of its column.
func (t *tableReader) keepCopied() {
	if t.rowRef || len(t.line.Units) == 0 {
		return // the row keeps all it says
	}
	slices.SortStableFunc(t.copied, func(a, b value) int { return cmp.Compare(a.at.Column, b.at.Column) })
	for i, v := range t.copied {
		if slices.ContainsFunc(t.copied[:i], func(w value) bool { return w.at == v.at }) {
			continue
		}
		if h := t.concerned(v); h != nil {
			h.remark(v.said())
		} else {
			addLine(&t.plan.Units[t.line.Units[0]].Remark, v.said())
		}
		t.line.Copied = append(t.line.Copied, Added{v.field, v.header})
	}
}

// concerned is the household that a cell of the row tells of: that of its side, else the first; nil for none.
func (t *tableReader) concerned(v value) *Household {
	side, _ := v.field.sided()
	var first *Household
	for _, i := range t.line.Households {
		h := &t.plan.Households[i]
		if side != SideOpen && h.Side == side && len(h.People) > 0 {
			return h
		}
		if first == nil || len(first.People) == 0 {
			first = h
		}
	}
	return first
}

// hasPlace reports a value that was understood to say nothing, or that stands in what was made of the row.
func (t *tableReader) hasPlace(v value, h *held) bool {
	if blank(v.text) {
		return true
	}
	switch _, plain := v.field.sided(); plain {
	case Zone, Building, Entrance:
		return len(t.line.Units) > 0
	case Room: // what stands in brackets is no part of the number
		_, rest := formerIn(v.text)
		return len(t.line.Units) > 0 && !strings.ContainsAny(rest, "(（")
	case Serial:
		return isNumberAlone(v.text)
	case Estate:
		same := t.estate == v.text // a list repeats it in every row
		t.estate = v.text
		return same
	case Kind:
		return t.everyUnit(func(u *Unit) bool { return meaning("kind", v.text) == string(u.Kind) }) || t.stands(v, h)
	case State:
		return t.everyUnit(func(u *Unit) bool { return u.StateAs == v.text && u.State != "" && u.stays() }) || t.stands(v, h)
	case Role:
		return meaning("role", v.text) != "" || t.stands(v, h)
	case Sex:
		for word := range strings.FieldsFuncSeq(v.text, func(r rune) bool { return !unicode.IsLetter(r) }) { // with names before them, where they are of several
			one := v
			one.text = word
			if !t.anybody(func(p *Person) bool { return p.Sex != "" && meaning("sex", word) == string(p.Sex) }) && !t.stands(one, h) {
				return false
			}
		}
		return strings.ContainsFunc(v.text, unicode.IsLetter) || t.stands(v, h)
	case Relation:
		return meaning("self", v.text) != "" || t.sideOfRelation() != SideOpen || t.stands(v, h)
	case Ignore:
		return false
	}
	return t.stands(v, h)
}

// stays reports a state that a household keeps.
func (u *Unit) stays() bool {
	return u.State == Living || u.State == Let || u.State == Vacant || u.State == Renovating
}

func (t *tableReader) everyUnit(is func(*Unit) bool) bool {
	for _, i := range t.line.Units {
		if !is(&t.plan.Units[i]) {
			return false
		}
	}
	return len(t.line.Units) > 0
}

func (t *tableReader) anybody(is func(*Person) bool) bool {
	for _, i := range t.line.Households {
		for k := range t.plan.Households[i].People {
			if is(&t.plan.Households[i].People[k]) {
				return true
			}
		}
	}
	return false
}

// held is what the units and households of a row have come to hold, as one text; made when it is first asked for.
type held struct {
	text    string
	plain   string          // without blanks and signs
	numbers map[string]bool // the runs of digits in it, each line's together too
}

func (h *held) take(text string) {
	h.text, h.plain, h.numbers = text, cn.Compact(text), map[string]bool{}
	for line := range strings.Lines(cn.Fold(text)) {
		runs := digitRuns(line)
		h.numbers[strings.Join(runs, "")] = true
		for _, run := range runs {
			h.numbers[bare(run)] = true
		}
	}
}

// digitRuns are the runs of digits in a text.
func digitRuns(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// bare is a number without zeros ahead: 03 in a date is 3.
func bare(digits string) string { return cmp.Or(strings.TrimLeft(digits, "0"), "0") }

// stands reports that every word of a value stands in what was made of the row. A number has to stand there as one: a 2 is not
// kept by the telephone that has a 2 in it.
func (t *tableReader) stands(v value, h *held) bool {
	if h.numbers == nil {
		h.take(t.made())
	}
	text := cn.Fold(v.text)
	if runs := digitRuns(text); len(runs) > 0 && !h.numbers[strings.Join(runs, "")] && slices.ContainsFunc(runs, func(run string) bool { return !h.numbers[bare(run)] }) {
		return false
	}
	if strings.Contains(h.text, v.text) {
		return true
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !isNumberAlone(word) && !strings.Contains(h.plain, cn.Compact(word)) {
			return false
		}
	}
	return true
}

// made is what the row's units and households hold. Only what is written of them counts: a date that is none is not among it.
func (t *tableReader) made() string {
	b := &strings.Builder{}
	add := func(texts ...string) {
		for _, s := range texts {
			if s != "" {
				b.WriteString(s)
				b.WriteByte('\n')
			}
		}
	}
	for _, i := range t.line.Units {
		t.plan.Units[i].made(add)
	}
	for _, i := range t.line.Households {
		t.plan.Households[i].made(add)
	}
	return b.String()
}

func (u *Unit) made(add func(...string)) {
	add(u.Typed, u.Zone, u.House.Floor, u.House.Room, u.Layout, u.Remark, u.HandOver.made())
	add(u.OldCodes...)
	for _, a := range []Area{u.Gross, u.Net} {
		if a.Area != 0 {
			add(a.Typed)
		}
	}
}

func (h *Household) made(add func(...string)) {
	add(h.Remark, h.Address, h.Share, h.MoveIn.made())
	if h.Lease != nil {
		add(h.Lease.From.made(), h.Lease.To.made())
		add(h.leaseSaid...)
	}
	for _, said := range [][]Typed{h.Family, h.Parking} {
		for _, s := range said {
			add(s.Text)
		}
	}
	for _, v := range h.Vehicles {
		if add(v.Number); v.Number != "" && len(v.Problems) == 0 {
			add(v.Original)
		}
	}
	for _, id := range h.IDs {
		add(id.ID.Number)
	}
	madePhones(add, h.Phones)
	for i := range h.People {
		p := &h.People[i]
		add(p.Name.Name, p.Relation+p.Name.Name, p.Relation, p.Email, p.Employer, p.Address, p.Share, p.Birth.made())
		for _, id := range p.IDs {
			add(id.Number)
		}
		for _, o := range p.Orgs {
			add(o.Code)
		}
		madePhones(add, p.Phones)
	}
}

func madePhones(add func(...string), phones []cn.Phone) {
	for _, f := range phones {
		if add(f.Label, f.Note, f.Digits, f.Ext); f.Digits == "" {
			add(f.Rest)
		}
	}
}

// made is a date as it was typed, if it is one.
func (d Date) made() string {
	if d.IsZero() {
		return ""
	}
	return d.Typed
}
