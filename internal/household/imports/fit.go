package imports

import (
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/errs"
)

// This file brings what a roster says of people into the form in which it is kept. What does not fit is left over by itself: an
// odd cell keeps nobody's flat from being written.

// leftUnfit is what is left over where a fact does not fit into its field.
const leftUnfit = "import.left.unfit"

// longestName is how many characters a name has at most.
const longestName = 100

// fit brings the people of a file into the form in which they are kept.
func (c comparer) fit(v *householdCase) error {
	var people []household.PersonIn
	for _, p := range v.in.People {
		p.Phones = slices.DeleteFunc(p.Phones, func(f estate.ContactFacts) bool { return f.Value == "" })
		p.Papers = slices.DeleteFunc(p.Papers, func(f estate.IdentityFacts) bool { return f.Number == "" })
		given := p
		err := c.normal(&p)
		if err != nil && given.Name != "" {
			p = v.trim(given, err)
			err = c.normal(&p)
		}
		if err == nil {
			people = append(people, p)
		} else if words := wordsOf(given); words != "" {
			v.others = append(v.others, unwritten{roster.Family, "", words})
		}
	}
	v.in.People = people
	if !slices.ContainsFunc(people, func(p household.PersonIn) bool { return p.Part.Leads() }) {
		return errs.E(errs.Invalid, noHead)
	}
	return nil
}

func (c comparer) normal(p *household.PersonIn) *errs.Error {
	var wrong errs.Fields
	p.PartyFacts.Normalise("", c.today, &wrong)
	return errs.As(wrong.Err())
}

// trim takes out of somebody's facts what does not fit; it is left over.
func (v *householdCase) trim(p household.PersonIn, wrong *errs.Error) household.PersonIn {
	for _, f := range wrong.Fields {
		switch f.Name {
		case "name":
			v.others = append(v.others, unwritten{roster.Occupant, "", p.Name})
			p.Name = clipped(p.Name, longestName-1)
		case "birth":
			v.others = append(v.others, unwritten{roster.Birth, "", p.Birth})
			p.Birth = ""
		case "employer":
			v.others = append(v.others, unwritten{roster.Employer, "", p.Employer})
			p.Employer = ""
		}
	}
	return p
}

// wordsOf is what a roster says of somebody.
func wordsOf(p household.PersonIn) string {
	said := []string{p.Name, p.Relation}
	for _, f := range p.Phones {
		said = append(said, f.Value, f.Whose)
	}
	for _, paper := range p.Papers {
		said = append(said, paper.Number)
	}
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}
