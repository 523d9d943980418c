package imports

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// registered is what an estate knows already of the units of some rows.
type registered struct {
	units    map[string]*estate.Unit // by their place: estate.Unit.Sorting
	holders  map[estate.UnitID][]*holder
	vehicles map[estate.UnitID][]*estate.Vehicle
	leases   map[estate.UnitID][]*estate.Lease
	parties  map[estate.PartyID]*estate.Party
}

// holder is a household in force, with its people.
type holder struct {
	household.Household
	units   []estate.UnitID
	people  []known
	remarks []household.Remark // those of today
}

// known is somebody registered in a household.
type known struct {
	household.Person
	ways       []estate.Contact
	phones     map[string]bool // by their hashes
	identities map[string]bool
}

// leads are those by whom the household is called.
func (h *holder) leads() []known {
	var leads []known
	for _, k := range h.people {
		if k.Part.Leads() {
			leads = append(leads, k)
		}
	}
	return leads
}

// names are those by whom the household is called, joined.
func (h *holder) names() string {
	var d household.Detail
	for _, k := range h.people {
		d.People = append(d.People, k.Person)
	}
	return d.Called()
}

// load reads what is registered for units at these places; who holds them only when asked for.
func load(ctx context.Context, q db.Querier, e access.EstateID, places []string, people bool) (*registered, error) {
	r := &registered{units: map[string]*estate.Unit{}, holders: map[estate.UnitID][]*holder{}}
	units, err := unitsAt(ctx, q, e, places)
	if err != nil || len(units) == 0 {
		return r, err
	}
	ids := make([]estate.UnitID, len(units))
	for i := range units {
		r.units[units[i].Sorting], ids[i] = &units[i], units[i].ID
	}
	if !people {
		return r, nil
	}
	if err := r.loadHolders(ctx, q, ids); err != nil {
		return nil, err
	}
	if r.vehicles, err = estate.VehiclesOf(ctx, q, ids...); err != nil {
		return nil, err
	}
	r.leases, err = estate.LeasesOf(ctx, q, ids...)
	return r, err
}

// parked reports a vehicle that is registered for a unit.
func (r *registered) parked(u estate.UnitID, plate string) bool {
	return slices.ContainsFunc(r.vehicles[u], func(v *estate.Vehicle) bool { return v.InForce() && v.Plate == plate })
}

func (r *registered) loadHolders(ctx context.Context, q db.Querier, units []estate.UnitID) error {
	households, err := householdsAt(ctx, q, units)
	if err != nil || len(households) == 0 {
		return err
	}
	ids := make([]household.ID, len(households))
	for i, h := range households {
		ids[i] = h.ID
	}
	details, err := household.Details(ctx, q, ids...)
	if err != nil {
		return err
	}
	identities, err := identitiesOf(ctx, q, details)
	if err != nil {
		return err
	}
	if r.parties, err = partiesOf(ctx, q, ids); err != nil {
		return err
	}
	remarks, err := household.RemarksOf(ctx, q, ids...)
	if err != nil {
		return err
	}
	for _, row := range households {
		h := &holder{Household: row, remarks: remarks[row.ID]}
		for _, p := range details[row.ID].People {
			if p.InForce() {
				h.people = append(h.people, knownOf(p, details[row.ID].Phones[p.Party], identities[p.Whom]))
			}
		}
		for _, place := range details[row.ID].Places {
			if place.Until == "" {
				h.units = append(h.units, place.Unit)
				r.holders[place.Unit] = append(r.holders[place.Unit], h)
			}
		}
	}
	return nil
}

func knownOf(p household.Person, contacts []estate.Contact, identities []*estate.Identity) known {
	k := known{Person: p, ways: contacts, phones: map[string]bool{}, identities: map[string]bool{}}
	for _, c := range contacts {
		k.phones[string(c.Value.Hash)] = true
	}
	for _, i := range identities {
		if i.InForce() {
			k.identities[string(i.Number.Hash)] = true
		}
	}
	return k
}

// identitiesOf are the identity numbers of everybody in the households, past ones too.
func identitiesOf(ctx context.Context, q db.Querier, details map[household.ID]household.Detail) (map[estate.PartyID][]*estate.Identity, error) {
	var parties []estate.PartyID
	for _, d := range details {
		for _, p := range d.People {
			parties = append(parties, p.Whom)
		}
	}
	return estate.IdentitiesOf(ctx, q, parties...)
}
