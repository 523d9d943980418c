package estate

import (
	"context"
	"net/url"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/setting"
)

// leaseDays is within how many days of being registered a let has all that its form requires: what an old list says of it is less.
var leaseDays = setting.Number{Name: "estate.lease_days", Clause: "D9", Default: 30, Min: 1, Max: 366,
	Label: "lease.setting.complete", Meaning: "lease.setting.complete.meaning", Unit: "lease.setting.days"}

// leasesRecorded is D9 as far as one of its three records: 《租户/商住情况登记表》 of every let in force says what the form requires.
var leasesRecorded = control.Control{Clause: "D9", Name: "estate.leases_recorded", Title: "lease.control",
	Posts: []access.Post{access.Assistant}, Period: control.Month, Find: findLeasesRecorded}

func findLeasesRecorded(ctx context.Context, q db.Querier, a control.Query) (control.Finding, error) {
	days, err := leaseDays.At(ctx, q, a.Estate, a.Day)
	if err != nil {
		return control.Finding{}, err
	}
	all, open, first, err := leasesLacking(ctx, q, a.Scope)
	f := control.Backlog{All: all, Open: open, Until: daysOn(max(first, a.Start), int(days))}.Judge(ctx, a.Day,
		control.Texts{Met: "lease.control.met", Due: "lease.control.due", Broken: "lease.control.broken"})
	f.Unit, f.Records = "lease.control.unit", WholeOf(a.Estate, "").In(Leases.Path, nil)
	if open > 0 {
		f.Records = WholeOf(a.Estate, "").In(Leases.Path, url.Values{"tab": {tabLacking}})
	}
	return f, err
}
