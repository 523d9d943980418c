package app

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/estate/estateweb"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// completeLease puts into a lease's sheet what the tenant's household tells: who lives with him, and whom to call.
func completeLease(d *op.Door) func(context.Context, *estate.Lease, *estateweb.LeaseSheet) error {
	return func(ctx context.Context, l *estate.Lease, s *estateweb.LeaseSheet) error {
		home, err := tenantsHome(ctx, d.DB.Read(), l)
		if err != nil || home == nil {
			return err
		}
		for _, p := range home.Of(household.Emergency) {
			s.Emergency = strings.TrimSpace(p.Name + " " + p.Relation + " " + firstPhone(home.Detail, p.Party))
			break
		}
		s.Residents, err = residents(ctx, d.DB.Read(), home.Detail)
		return err
	}
}

// tenantsHome is the household of today that a lease's tenant has in the unit; nil for none.
func tenantsHome(ctx context.Context, q db.Querier, l *estate.Lease) (*household.Named, error) {
	years, err := household.OfUnit(ctx, q, access.ProgramActor().Scope([]access.Post{access.Program}, l.Estate), l.Unit)
	if err != nil {
		return nil, err
	}
	for _, y := range years {
		leads := func(p household.Person) bool { return p.Party == l.Tenant && p.Part.Leads() && p.InForce() }
		if y.Held.Until == "" && y.InForce() && slices.ContainsFunc(y.People, leads) {
			return &y.Named, nil
		}
	}
	return nil, nil
}

func residents(ctx context.Context, q db.Querier, d household.Detail) ([]estateweb.Resident, error) {
	people := append(d.Of(household.Family), d.Of(household.Resident)...)
	ids := make([]estate.PartyID, len(people))
	for i, p := range people {
		ids[i] = p.Party
	}
	parties, err := estate.PartiesByID(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	papers, err := estate.IdentitiesOf(ctx, q, ids...)
	all := make([]estateweb.Resident, len(people))
	for i, p := range people {
		all[i] = estateweb.Resident{Name: p.Name, Relation: p.Relation, Phone: firstPhone(d, p.Party), Since: p.Since}
		if party := parties[p.Party]; party != nil {
			all[i].Sex = estateweb.SexOf(party)
		}
		for _, n := range papers[p.Party] {
			if n.InForce() && all[i].PaperNo == "" {
				all[i].PaperNo = n.Number.Mask
			}
		}
	}
	return all, err
}

// firstPhone is the first number to try of somebody, masked.
func firstPhone(d household.Detail, id estate.PartyID) string {
	for _, c := range d.Phones[id] {
		if c.Kind.Phone() {
			return c.Value.Mask
		}
	}
	return ""
}
