package household

import (
	"context"
	"errors"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// source is what households are found by: their rooms, everybody in them and what they were called before, telephone and
// identity numbers, plates. What holds no longer is found behind the rest (design §5).
var source = search.Source{
	Kind: kindHousehold, Title: "household.list.title", Version: 6,
	Stale: stale,
	Load:  loadDocs,
	After: householdsAfter,
	Order: householdsInOrder,
}

// found is everything a batch of households is found by.
type found struct {
	keys       *vault.Store // nil: what is sealed is left out
	estates    map[access.EstateID]string
	details    map[ID]Detail
	contacts   map[estate.PartyID][]*estate.Contact
	identities map[estate.PartyID][]*estate.Identity
	former     map[estate.PartyID][]*estate.FormerName
	vehicles   map[estate.UnitID][]*estate.Vehicle
	peopled    map[estate.PartyID]bool // the vehicles' holders who are, or were, of a household
	let        map[ID]Stay
}

func loadDocs(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]search.Doc, error) {
	households, err := householdsByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	f, err := loadFound(ctx, q, keys, households)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(households))
	for i, h := range households {
		if docs[i], err = f.doc(ctx, h); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

func loadFound(ctx context.Context, q db.Querier, keys *vault.Store, households []*Household) (*found, error) {
	f := &found{keys: keys}
	ids := make([]ID, len(households))
	for i, h := range households {
		ids[i] = h.ID
	}
	var err error
	if f.estates, err = estate.EstateNames(ctx, q); err != nil {
		return nil, err
	}
	if f.let, err = LetNow(ctx, q, ids...); err != nil {
		return nil, err
	}
	if f.details, err = Details(ctx, q, ids...); err != nil || keys == nil {
		return f, err
	}
	var parties []estate.PartyID
	var units []estate.UnitID
	for _, d := range f.details {
		for _, p := range d.People {
			parties = append(parties, p.Whom)
		}
		for _, p := range d.Places {
			units = append(units, p.Unit)
		}
	}
	if f.contacts, err = estate.ContactsOf(ctx, q, parties...); err != nil {
		return nil, err
	}
	if f.identities, err = estate.IdentitiesOf(ctx, q, parties...); err != nil {
		return nil, err
	}
	if f.former, err = estate.FormerNamesOf(ctx, q, parties...); err != nil {
		return nil, err
	}
	if f.vehicles, err = estate.VehiclesOf(ctx, q, units...); err != nil {
		return nil, err
	}
	var holders []estate.PartyID
	for _, all := range f.vehicles {
		for _, v := range all {
			holders = append(holders, v.Party)
		}
	}
	f.peopled, err = peopled(ctx, q, holders)
	return f, err
}

// tells reports a vehicle by which a household is found: one that has ended belongs to who had it, not to who came after him.
func (f *found) tells(h *Household, v *estate.Vehicle) bool {
	d := f.details[h.ID]
	theirs := slices.ContainsFunc(d.People, func(p Person) bool { return p.Party == v.Party || p.Whom == v.Party })
	return theirs || v.InForce() || !f.peopled[v.Party] && h.had(v)
}

// had reports a vehicle of nobody known that was on the register in the household's time: it ended after the household came.
func (h *Household) had(v *estate.Vehicle) bool {
	return h.spans(v.ValidFrom, v.ValidTo) && (h.Since == "" || v.ValidTo == "" || v.ValidTo > h.Since)
}

func (f *found) doc(ctx context.Context, h *Household) (search.Doc, error) {
	d := f.details[h.ID]
	line := i18n.T(ctx, "household.kind."+string(h.Kind))
	if phone, ok := d.Phone(); ok {
		line += " · " + phone.Value.Mask
	}
	if stay := Standing(h.Stay, f.let[h.ID]); stay != "" && h.InForce() && h.Kind.Owns() {
		line += " · " + i18n.T(ctx, "household.stay."+string(stay))
	}
	if !h.InForce() {
		line += " · " + i18n.T(ctx, "household.found.over", h.Until)
	}
	doc := search.Doc{Ref: h.ID.Ref(), Estate: h.Estate, Posts: mayRead, Title: d.Rooms(h) + "  " + d.Called(), Href: h.ID.Path(),
		Line: line + " · " + f.estates[h.Estate]}
	for _, p := range d.Places {
		former := p.Until != "" || !h.InForce()
		doc.Parts = append(doc.Parts, search.Part{Kind: search.Room, Text: p.Code, Former: former})
		for _, n := range estate.FormerNumbers(p.Former) {
			doc.Parts = append(doc.Parts, search.Part{Kind: search.Room, Text: n, Former: true})
		}
		for _, v := range f.vehicles[p.Unit] {
			if !f.tells(h, v) {
				continue
			}
			doc.Parts = append(doc.Parts, search.Part{Kind: search.Plate, Text: v.Plate, Former: former || !v.InForce() || !d.drives(v), Shown: v.Plate})
		}
	}
	for _, p := range d.People {
		parts, err := f.person(ctx, p, !p.InForce() || !h.InForce())
		if err != nil {
			return doc, err
		}
		for i := range parts { // what the line shows already is not said twice
			if phone, ok := d.Phone(); ok && parts[i].Kind == search.Phone && strings.HasSuffix(parts[i].Shown, " "+phone.Value.Mask) && p.Part.Leads() {
				parts[i].Shown = phone.Value.Mask
			}
		}
		doc.Parts = append(doc.Parts, parts...)
	}
	return doc, nil
}

// search is how the person's name is found.
func (p Person) search() search.Kind {
	if p.PartyKind == estate.Organisation {
		return search.Company
	}
	return search.Name
}

// person is what a household is found by for one of its people. What was destroyed finds nobody.
func (f *found) person(ctx context.Context, p Person, former bool) ([]search.Part, error) {
	kind, minor := p.search(), !p.Part.Leads()
	named := search.Part{Kind: kind, Text: p.Name, Former: former, Minor: minor}
	if minor {
		named.Shown = i18n.T(ctx, "household.part."+string(p.Part)) + " " + p.Name
	}
	parts := []search.Part{named}
	for _, n := range f.former[p.Whom] {
		parts = append(parts, search.Part{Kind: kind, Text: n.Name, Former: true, Shown: i18n.T(ctx, "household.found.former", p.Name, n.Name)})
	}
	numbers, err := numbersOf(ctx, f.keys, f.contacts[p.Whom], f.identities[p.Whom], former)
	for i := range numbers {
		numbers[i].Minor = minor
		numbers[i].Shown = p.Name + " " + numbers[i].Shown
	}
	return append(parts, numbers...), err
}

// numbersOf are the telephone and identity numbers of somebody. Without keys there are none.
func numbersOf(ctx context.Context, keys *vault.Store, contacts []*estate.Contact, identities []*estate.Identity, former bool) (parts []search.Part, err error) {
	add := func(kind search.Kind, clear, mask string, err error, held bool) error {
		if err == nil {
			parts = append(parts, search.Part{Kind: kind, Text: clear, Former: former || !held, Shown: mask})
		}
		if errors.Is(err, vault.ErrNoKey) {
			return nil // destroyed
		}
		return err
	}
	for _, c := range contacts {
		if !c.Kind.Phone() {
			continue
		}
		clear, err := c.Clear(ctx, keys)
		if err := add(search.Phone, clear, c.Value.Mask, err, c.InForce()); err != nil {
			return nil, err
		}
	}
	for _, i := range identities {
		clear, err := i.Clear(ctx, keys)
		if err := add(search.ID, clear, i.Number.Mask, err, i.InForce()); err != nil {
			return nil, err
		}
	}
	return parts, nil
}
