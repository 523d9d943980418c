package estate

import (
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/list"
)

// people are parties with the ways to reach them, for rows that name parties.
type people struct {
	party    map[PartyID]*Party
	contacts map[PartyID][]*Contact
}

// reach loads parties and their contacts in two queries; 0 is nobody.
func reach(ctx context.Context, q db.Querier, ids []PartyID) (p people, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > 0 && ids[0] == 0 {
		ids = ids[1:]
	}
	if p.party, err = PartiesByID(ctx, q, ids...); err != nil {
		return p, err
	}
	for _, party := range p.party {
		ids = append(ids, party.ID)
	}
	p.contacts, err = ContactsOf(ctx, q, slices.Compact(slices.Sorted(slices.Values(ids)))...)
	return p, err
}

// phone is the number at which a party is tried first; nil for none in force.
func (p people) phone(id PartyID) *Contact {
	party := p.party[id]
	if party == nil {
		return nil
	}
	for _, c := range p.contacts[party.ID] {
		if c.InForce() && c.Kind.Phone() {
			return c
		}
	}
	return nil
}

func (p people) name(id PartyID) string {
	if party := p.party[id]; party != nil {
		return party.Name
	}
	return ""
}

// phoneCell is a masked number in a list, with the way to see it.
func phoneCell(ctx context.Context, c *Contact) list.Cell {
	if c == nil {
		return list.Cell{}
	}
	return list.Cell{Text: c.Value.Mask, Masked: true, Reveal: RevealContact.Path(access.From(ctx), c.Estate, int64(c.ID))}
}
