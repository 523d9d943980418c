package household

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Car is a vehicle with the code of the space it stands on.
type Car struct {
	estate.Vehicle `bun:",extend"`
	Space          string `bun:"space,scanonly"`
}

// Let is a lease with its tenant's name and the household the tenant has today, 0 for none.
type Let struct {
	estate.Lease    `bun:",extend"`
	TenantName      string `bun:"tenant_name,scanonly"`
	TenantHousehold ID     `bun:"tenant_household,scanonly"`
}

// Traces are the rows that tell of a household besides its own: of its people and of its units, past ones too.
type Traces struct {
	Parties      []estate.Party
	Contacts     []estate.Contact
	Identities   []estate.Identity
	Cars         []Car
	Lets         []Let
	Observations []Seen
}

// TracesOf are the traces of a household. A tenant's file has the leases of its own people, not those of who had the unit before or after.
func TracesOf(ctx context.Context, q db.Querier, h *Household, d Detail) (Traces, error) {
	var parties []estate.PartyID
	for _, p := range d.People {
		parties = append(parties, p.Party)
	}
	var units []estate.UnitID
	for _, p := range d.Places {
		if p.Until == h.Until {
			units = append(units, p.Unit)
		}
	}
	t, err := tracesOf(ctx, q, parties, units)
	if err != nil {
		return t, err
	}
	others, err := peopleOfOthers(ctx, q, h.ID, units)
	t.Cars = slices.DeleteFunc(t.Cars, func(c Car) bool {
		theirs := slices.ContainsFunc(d.People, func(p Person) bool { return p.Party == c.Party || p.Whom == c.Party })
		return !theirs && (others[c.Party] || !h.had(&c.Vehicle))
	})
	t.Lets = slices.DeleteFunc(t.Lets, func(l Let) bool {
		return !h.spans(l.Registered, l.LeftOn) || !h.Kind.Owns() && !slices.Contains(parties, l.Tenant) && !slices.Contains(parties, l.Lessor)
	})
	t.Observations = slices.DeleteFunc(t.Observations, func(o Seen) bool { return !h.spans(day(o.Noted), day(o.Noted)) })
	return t, err
}

// spans reports whether something that held from a day to a day fell into the household's time: the units' other years
// belong to other files. Days that nobody knows are taken for the household's own.
func (h *Household) spans(from, to string) bool {
	return (h.Until == "" || from == "" || from <= h.Until) && (h.Since == "" || to == "" || to >= h.Since)
}

// Named is a household with its units and people, as another page points at it.
type Named struct {
	*Household
	Detail
}

// Rooms are the household's codes.
func (n Named) Rooms() string { return n.Detail.Rooms(n.Household) }

// Neighbours are the household that followed in a household's units, nil for none, and those that were before.
func Neighbours(ctx context.Context, q db.Querier, h *Household) (next *Named, earlier []Named, err error) {
	ids, err := before(ctx, q, h.ID)
	if err != nil {
		return nil, nil, err
	}
	all, err := named(ctx, q, append(ids, h.Next))
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		earlier = append(earlier, all[id])
	}
	if n, ok := all[h.Next]; ok {
		next = &n
	}
	return next, earlier, nil
}

func named(ctx context.Context, q db.Querier, ids []ID) (map[ID]Named, error) {
	rows, err := householdsIn(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	details, err := Details(ctx, q, ids...)
	all := make(map[ID]Named, len(rows))
	for id, h := range rows {
		all[id] = Named{h, details[id]}
	}
	return all, err
}

// Years are who had a unit, and from when to when.
type Years struct {
	Held Holding
	Named
}

// OfUnit is everybody who owned or used a unit, over all changes of hands, the newest first.
func OfUnit(ctx context.Context, q db.Querier, s access.Scope, unit estate.UnitID) ([]Years, error) {
	held, err := holdingsOfUnit(ctx, q, s, unit)
	if err != nil {
		return nil, err
	}
	ids := make([]ID, len(held))
	for i, h := range held {
		ids[i] = h.Household
	}
	all, err := named(ctx, q, ids)
	years := make([]Years, len(held))
	for i, h := range held {
		years[i] = Years{h, all[h.Household]}
	}
	return years, err
}
