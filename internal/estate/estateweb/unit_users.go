package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// usersOf are the households, leases and vehicles of a unit, for the service group only (D5).
func (p Pages) usersOf(r *http.Request, u *estate.Unit) ([]page.FactGroup, error) {
	if !may(r, u.Estate, access.Desk) {
		return nil, nil
	}
	ctx, q := r.Context(), p.Door.DB.Read()
	leases, err := estate.LeasesOf(ctx, q, u.ID)
	if err != nil {
		return nil, err
	}
	vehicles, err := estate.VehiclesOf(ctx, q, u.ID)
	if err != nil {
		return nil, err
	}
	var tenants []estate.PartyID
	for _, l := range leases[u.ID] {
		tenants = append(tenants, l.Tenant)
	}
	names, err := estate.PartiesByID(ctx, q, tenants...)
	groups := []page.FactGroup{unitLeases(ctx, leases[u.ID], names), unitVehicles(ctx, vehicles[u.ID])}
	if u.InForce() && may(r, u.Estate, estate.MayChangeUnits()) {
		groups[0].Edit = page.Action{Label: i18n.T(ctx, "lease.add"), Href: "/leases/new?unit=" + ref.Text(u.ID)}
		groups[1].Edit = page.Action{Label: i18n.T(ctx, "vehicle.add"), Href: "/vehicles/new?unit=" + ref.Text(u.ID)}
	}
	if err != nil || p.Users == nil {
		return groups, err
	}
	homes, err := p.Users(ctx, access.From(ctx), u)
	return append([]page.FactGroup{unitHomes(ctx, homes)}, groups...), err
}

func unitHomes(ctx context.Context, homes []Residence) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "party.homes")}
	for _, h := range homes {
		g.Facts = append(g.Facts, h.fact(ctx, h.Part, h.Name))
	}
	return orNone(ctx, g)
}

func unitLeases(ctx context.Context, leases []*estate.Lease, names map[estate.PartyID]*estate.Party) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "lease.list.title")}
	for _, l := range leases {
		f := page.Fact{Text: l.ValidFrom + " ~ " + l.ValidTo, Href: l.ID.Path()}
		if tenant := names[l.Tenant]; tenant != nil {
			f.Label = tenant.Name
		}
		f.State, f.Chip = estate.LeaseState(ctx, l, page.Today(ctx))
		g.Facts = append(g.Facts, f)
	}
	return orNone(ctx, g)
}

func unitVehicles(ctx context.Context, vehicles []*estate.Vehicle) page.FactGroup {
	g := page.FactGroup{Title: i18n.T(ctx, "vehicle.list.title")}
	for _, v := range vehicles {
		f := page.Fact{Label: v.Kind, Text: v.Plate, Href: v.ID.Path()}
		if f.Label == "" {
			f.Label = i18n.T(ctx, "vehicle.plate")
		}
		if !v.InForce() {
			f.State, f.Chip = list.StateVoid, i18n.T(ctx, "period.ended_on", v.ValidTo)
		}
		g.Facts = append(g.Facts, f)
	}
	return orNone(ctx, g)
}
