package imports

import (
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/cn"
)

// This file turns what a roster says into what the operations take. Nothing is guessed here: a number that was not
// understood is kept as typed, what is doubtful keeps its doubt.

// unitFacts are the facts of a roster's unit.
func unitFacts(u roster.Unit) estate.UnitFacts {
	house := u.House
	house.Building = u.Building()
	f := estate.FactsOfHouse(house)
	if u.Kind != "" {
		f.Kind = u.Kind
	}
	f.GrossArea, f.NetArea = u.Gross.Area, u.Net.Area
	f.Former = estate.JoinNumbers(u.OldCodes...)
	var note []string
	for _, t := range []string{u.Layout, u.Remark} {
		if t != "" {
			note = append(note, t)
		}
	}
	f.Note = strings.Join(note, " ")
	return f
}

// stays are what a roster's states mean for the household that owns the unit.
var stays = map[roster.UnitState]household.Stay{roster.Living: household.LivedIn, roster.Let: household.LetOut, roster.Vacant: household.Empty, roster.Renovating: household.FitOut}

// personIn is a roster's person as the operations take him.
func personIn(side roster.Side, p roster.Person) household.PersonIn {
	part, relation := staffOr(p, partOf(side, p))
	in := household.PersonIn{Part: part, Relation: relation,
		PartyFacts: estate.PartyFacts{Kind: estate.Person, Name: p.Name.Name, Sex: string(p.Sex), Employer: p.Employer}}
	if p.Name.Kind == cn.NameCompany {
		in.Kind = estate.Organisation
	}
	if !p.Birth.IsZero() {
		in.Birth = p.Birth.String()
	}
	for _, phone := range p.Phones {
		if cn.NameKey(phone.Label) == cn.NameKey(p.Name.Name) || phone.Label != "" && phone.Label == p.Relation { // his own: it says no more than whose it is
			phone.Label = ""
		}
		in.Phones = append(in.Phones, contactOf(phone))
	}
	if p.Email != "" {
		in.Phones = append(in.Phones, estate.ContactFacts{Kind: estate.Email, Value: p.Email})
	}
	if p.Address != "" {
		in.Phones = append(in.Phones, estate.ContactFacts{Kind: estate.Address, Value: p.Address})
	}
	if in.Share.UnmarshalText([]byte(p.Share)) != nil {
		in.Share = 0 // it stands in the remark
	}
	for _, id := range p.IDs {
		in.Papers = append(in.Papers, paperOf(id, firstOf(id.Problems)))
	}
	for _, o := range p.Orgs {
		in.Papers = append(in.Papers, estate.IdentityFacts{Kind: estate.IdentityKind(o.Kind), Number: o.Code, Doubt: firstOf(o.Problems)})
	}
	return in
}

func partOf(side roster.Side, p roster.Person) household.Part {
	switch {
	case p.Main && side == roster.SideTenant:
		return household.Tenant
	case p.Main:
		return household.Owner
	case p.Emergency:
		return household.Emergency
	case p.Name.Agent:
		return household.Agent
	case side == roster.SideTenant:
		return household.Resident
	}
	return household.Family
}

// contactOf is a number read from a cell; one that was not understood is kept as typed.
func contactOf(p cn.Phone) estate.ContactFacts {
	c := estate.ContactFacts{Kind: estate.KindOfPhone(p), Value: estate.PhoneText(p), Whose: strings.TrimSpace(p.Label + " " + p.Note)}
	if p.Digits == "" {
		c.Kind, c.Value = estate.OtherWay, p.Rest
	}
	return c
}

func paperOf(id cn.ID, doubt cn.Problem) estate.IdentityFacts {
	return estate.IdentityFacts{Kind: estate.IdentityKind(id.Kind), Number: id.Number, Doubt: doubt}
}

func firstOf(problems []cn.Problem) cn.Problem {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}

// openIn is a roster's household as the operations take it; its units come later, when they are known.
func openIn(plan *roster.Plan, h roster.Household) household.OpenIn {
	in := household.OpenIn{}
	owns := h.Side != roster.SideTenant
	kind := estate.Flat
	for i, n := range h.Units {
		u := plan.Units[n]
		if i == 0 {
			kind = unitFacts(u).Kind
		}
		if owns && stays[u.State] != "" {
			in.Stay = stays[u.State]
		}
	}
	in.Kind = household.KindFor(kind, owns)
	if !h.MoveIn.IsZero() {
		in.Since = h.MoveIn.String()
	}
	if h.Lease != nil && in.Since == "" && !h.Lease.From.IsZero() {
		in.Since = h.Lease.From.String()
	}
	for _, p := range h.People {
		in.People = append(in.People, personIn(h.Side, p))
	}
	if slices.ContainsFunc(in.People, func(p household.PersonIn) bool { return p.Part.Leads() && p.Kind == estate.Organisation }) {
		for i := range in.People { // a firm has no family: whom to ask for is of its people
			if p := &in.People[i]; p.Part == household.Family || p.Part == household.Resident {
				p.Part = household.Staff
			}
		}
	}
	in.Remark = remarkOf(h)
	for _, p := range h.People {
		if new(household.Percent).UnmarshalText([]byte(p.Share)) != nil {
			in.Remark = strings.TrimPrefix(in.Remark+"\n"+p.Name.Name+" "+p.Share, "\n")
		}
	}
	common(&in, h)
	return in
}

// common gives what a roster says of the household as a whole to the first who holds it.
func common(in *household.OpenIn, h roster.Household) {
	several := len(h.People) > 1
	for i := range in.People {
		p := &in.People[i]
		if !p.Part.Leads() {
			continue
		}
		for _, phone := range h.Phones {
			c := contactOf(phone)
			if several && c.Whose == "" {
				c.Whose = whoseOpen
			}
			p.Phones = append(p.Phones, c)
		}
		for _, id := range h.IDs { // nobody said whose
			p.Papers = append(p.Papers, paperOf(id.ID, cn.IDWhose))
		}
		if h.Address != "" {
			p.Phones = append(p.Phones, estate.ContactFacts{Kind: estate.Address, Value: h.Address})
		}
		if share := new(household.Percent); share.UnmarshalText([]byte(h.Share)) != nil {
			in.Remark = strings.TrimPrefix(in.Remark+"\n"+h.Share, "\n")
		} else if h.Share != "" {
			p.Share = *share
		}
		return
	}
}

// remarkOf is everything a roster says of a household that has no field of its own.
func remarkOf(h roster.Household) string {
	var said []string
	if h.Remark != "" {
		said = append(said, h.Remark)
	}
	for _, t := range append(h.Family, h.Parking...) {
		if t.Text != "" {
			said = append(said, t.Text)
		}
	}
	return strings.Join(said, "\n")
}
