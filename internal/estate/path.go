package estate

import (
	"context"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/ref"
)

// The kinds of thing references of this room point at.
const (
	KindParty   = "party"
	kindUnit    = "unit"
	kindSame    = "same_person"
	kindVehicle = "vehicle"
	kindLease   = "lease"
)

// Ref points at the unit.
func (u *Unit) Ref() ref.Ref { return ref.Ref{Kind: kindUnit, ID: int64(u.ID)} }

func resolveUnit(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	u, err := FindUnit(ctx, q, s, UnitID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: u.Code, Href: u.Path(), Estate: u.Estate, Label: u.Code}, nil
}

// ParseUnitID reads String's form; 0 for anything else, which no unit has.
func ParseUnitID(s string) UnitID {
	return ParseID[UnitID](s)
}

// Path is the address of a unit's page.
func (u Unit) Path() string { return u.ID.Path() }

// Path is the address of the page of the unit with this id.
func (id UnitID) Path() string { return "/units/" + ref.Text(id) }

// Ref points at the party.
func (p *Party) Ref() ref.Ref { return ref.Ref{Kind: KindParty, ID: int64(p.ID)} }

// Ref points at the vehicle.
func (v *Vehicle) Ref() ref.Ref { return ref.Ref{Kind: kindVehicle, ID: int64(v.ID)} }

// Ref points at the lease.
func (l *Lease) Ref() ref.Ref { return ref.Ref{Kind: kindLease, ID: int64(l.ID)} }

func resolveParty(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	p, err := FindParty(ctx, q, s, PartyID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: p.Name, Href: p.ID.Path(), Estate: p.Estate, Label: i18n.T(ctx, "party.kind."+string(p.Kind))}, nil
}

func resolveVehicle(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	v, err := FindVehicle(ctx, q, s, VehicleID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: v.Plate, Href: v.ID.Path(), Estate: v.Estate, Of: ref.Ref{Kind: kindUnit, ID: int64(v.Unit)}}, nil
}

func resolveLease(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	l, err := FindLease(ctx, q, s, LeaseID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	codes, err := UnitCodes(ctx, q, l.Unit)
	return ref.Thing{Title: codes[l.Unit], Href: l.ID.Path(), Estate: l.Estate, Label: codes[l.Unit]}, err
}

// Path is the address of a party's page.
func (id PartyID) Path() string { return "/parties/" + ref.Text(id) }

// Path is the address of a vehicle's page.
func (id VehicleID) Path() string { return "/vehicles/" + ref.Text(id) }

// Path is the address of a lease's page.
func (id LeaseID) Path() string { return "/leases/" + ref.Text(id) }

// ParseID reads the form in which ids stand in addresses; 0 for anything else, which nothing has.
func ParseID[ID ~int64](s string) ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}
