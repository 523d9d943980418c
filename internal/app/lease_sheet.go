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
		if s.Lessor == 0 {
			var err error
			if s.Lessor, err = household.LessorOf(ctx, d.DB.Read(), l.Unit, l.Kind); err != nil {
				return err
			}
		}
		home, err := tenantsHome(ctx, d.DB.Read(), l)
		if err != nil || home == nil {
			return err
		}
		if all := home.Of(household.Emergency); len(all) > 0 {
			p := all[0]
			phone, err := firstPhone(ctx, d, home.Detail, p.Party)
			if err != nil {
				return err
			}
			s.Emergency = strings.TrimSpace(p.Name + " " + p.Relation + " " + phone)
		}
		s.Residents, err = residents(ctx, d, home.Detail)
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

func residents(ctx context.Context, door *op.Door, d household.Detail) ([]estateweb.Resident, error) {
	q := door.DB.Read()
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
	if err != nil {
		return nil, err
	}
	all := make([]estateweb.Resident, len(people))
	for i, p := range people {
		all[i] = estateweb.Resident{Name: p.Name, Relation: p.Relation, Since: p.Since}
		if all[i].Phone, err = firstPhone(ctx, door, d, p.Party); err != nil {
			return nil, err
		}
		if party := parties[p.Party]; party != nil {
			all[i].Sex = estateweb.SexOf(party)
		}
		for _, n := range papers[p.Party] {
			if n.InForce() && all[i].PaperNo == "" {
				if all[i].PaperNo, err = n.OnPaper(ctx, door.Vault); err != nil {
					return nil, err
				}
			}
		}
	}
	return all, nil
}

// firstPhone is the first number to try of somebody, as it stands on the sheet.
func firstPhone(ctx context.Context, door *op.Door, d household.Detail, id estate.PartyID) (string, error) {
	for _, c := range d.Phones[id] {
		if c.Kind.Phone() {
			return c.OnPaper(ctx, door.Vault)
		}
	}
	return "", nil
}
