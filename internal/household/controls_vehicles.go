package household

import (
	"context"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
)

// vehiclesFiled is D1 as far as vehicles: every one in force is known to be somebody's, so that it stands in his household's file.
var vehiclesFiled = control.Control{Clause: "D1", Name: "household.vehicles", Title: "household.control.vehicles",
	Posts: []access.Post{access.Custodian}, Period: control.Year, Find: findVehiclesFiled}

func findVehiclesFiled(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	all, open, err := estate.VehiclesHeld(ctx, q, a.Scope)
	if err != nil {
		return control.Finding{}, err
	}
	until, err := papersUntil(ctx, q, a.Estate, a.Start, a.Day)
	f := control.Backlog{All: all, Open: open, Until: until}.Judge(ctx, a.Day,
		control.Texts{Met: "household.control.vehicles.met", Due: "household.control.vehicles.due", Broken: "household.control.vehicles.broken"})
	f.Unit, f.Records = "household.control.vehicles.unit", estate.WholeOf(a.Estate, "").In(estate.Vehicles.Path, nil)
	if open > 0 {
		f.Records = estate.WholeOf(a.Estate, "").In(estate.Vehicles.Path, url.Values{"tab": {estate.NoHolder}})
	}
	return f, err
}
