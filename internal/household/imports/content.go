package imports

import (
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
)

// This file says what a dry run would write of something new, fact by fact, as it says of something registered what would
// change. Numbers are masked: the file is at hand.

// content is what would be written of a unit.
func (v unitCase) content() []Difference {
	if v.Verdict != New {
		return v.Differs
	}
	var all facts
	all.add("unit.kind", string(v.facts.Kind))
	if v.facts.GrossArea != 0 {
		all.add("unit.gross_area", v.facts.GrossArea.Text())
	}
	if v.facts.NetArea != 0 {
		all.add("unit.net_area", v.facts.NetArea.Text())
	}
	all.add("import.handed_over", v.from)
	all.add("unit.note", v.facts.Note)
	return all
}

// content is what would be written of a household.
func (v householdCase) content() []Difference {
	if v.Verdict != New && v.Verdict != Moved {
		return v.Differs
	}
	var all facts
	if v.Verdict == Moved {
		all = v.Differs
	}
	for _, p := range v.in.People {
		all.person(p)
	}
	all.add("household.stay", string(v.in.Stay))
	all.add("household.since", v.in.Since)
	all.add("household.remark", v.in.Remark)
	for _, p := range v.plates {
		all.add("import.plate", p.Number)
	}
	if v.lease != nil && !v.in.Kind.Owns() {
		all.add("import.lease", leaseText(v.lease))
	}
	return all
}

type facts []Difference

func (f *facts) add(field, text string) {
	if text != "" {
		*f = append(*f, Difference{Field: field, New: text})
	}
}

func (f *facts) person(p household.PersonIn) {
	f.add("household.part."+string(p.Part), p.Name)
	for _, c := range p.Phones {
		switch {
		case c.Kind.Phone():
			f.add("household.phone", joinedText(cn.MaskPhone(c.Value), c.Whose))
		case c.Kind == estate.Address:
			f.add(roster.Door.Key(), c.Value)
		case c.Kind == estate.Email:
			f.add(roster.Email.Key(), c.Value)
		default:
			f.add("household.phone", joinedText(hidden, c.Whose))
		}
	}
	for _, paper := range p.Papers {
		f.add("import.identity", cn.MaskID(paper.Number))
	}
	f.add("party.sex", p.Sex)
	f.add(roster.Birth.Key(), masked4(p.Birth))
	f.add(roster.Employer.Key(), p.Employer)
	f.add(roster.Relation.Key(), p.Relation)
	if p.Share != 0 {
		f.add(roster.Share.Key(), p.Share.String()+"%")
	}
	f.add(roster.Remark.Key(), p.Note)
}

// masked4 is a date of birth with its year only.
func masked4(birth string) string {
	if len(birth) < 4 {
		return ""
	}
	if _, err := strconv.Atoi(birth[:4]); err != nil {
		return hidden
	}
	return birth[:4] + hidden
}

func joinedText(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}
