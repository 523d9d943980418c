package browser

import (
	"net/url"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
)

// firstLease is the page of a lease of the demonstration company, of a vehicle, and of the lease's tenant.
func firstLease(t *testing.T) (lease, vehicle, party string) {
	t.Helper()
	ctx, q := t.Context(), served.app.Door.DB.Read()
	manager := list.Reader{Actor: access.Actor{Grants: []access.Grant{{Post: access.Manager}}}}
	leases, err := estate.Leases.View(ctx, q, manager, url.Values{})
	if err != nil || len(leases.Rows) == 0 {
		t.Fatal(len(leases.Rows), err)
	}
	vehicles, err := estate.Vehicles.View(ctx, q, manager, url.Values{})
	if err != nil || len(vehicles.Rows) == 0 {
		t.Fatal(len(vehicles.Rows), err)
	}
	l, err := estate.FindLease(ctx, q, manager.Actor.Scope(access.Desk, access.Company), estate.ParseID[estate.LeaseID](leases.Rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	return leases.Rows[0].Href, vehicles.Rows[0].Href, l.Tenant.Path()
}
