package household

import (
	"context"
	"net/url"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/setting"
)

// RefreshDays is for how many days the confirmation of a file is good (D8: half a year).
var RefreshDays = setting.Number{Name: "household.refresh_days", Clause: "D8", Default: 183, Min: 30, Max: 366,
	Label: "household.refresh_days", Meaning: "household.refresh_days.meaning", Unit: "setting.unit.days"}

// refreshLead is how many days before its last day a file comes up to be confirmed, so that the work spreads.
const refreshLead = 30

// refresh is by which days the files of an estate are judged.
type refresh struct {
	start string // from which the company counts; empty: nobody set it
	day   string
	stale string // a file known to hold only before it is stale
	soon  string // the same for one that will be soon
	days  int
}

func refreshOf(ctx context.Context, q db.Querier, e access.EstateID, start, day string) (refresh, error) {
	days, err := RefreshDays.At(ctx, q, e, day)
	return refresh{start: start, day: day, stale: addDays(day, -int(days)), soon: addDays(day, refreshLead-int(days)), days: int(days)}, err
}

// until is the last day on which a file may be confirmed that is known to hold from a day: files from before the company's
// first day have a whole period from then on (realities 6).
func (r refresh) until(known string) string {
	return addDays(max(whole(known), r.start), r.days)
}

// late reports a file whose last day is over.
func (r refresh) late(known string) bool { return r.until(known) < r.day }

// whole is a local date that may lack its day or month as the first day it can mean; empty stays empty.
func whole(date string) string {
	switch len(date) {
	case len("2006"):
		return date + "-01-01"
	case len("2006-01"):
		return date + "-01"
	}
	return date
}

// addDays is the local date some days after another.
func addDays(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// daysBetween counts the days from a local date to another.
func daysBetween(from, to string) int {
	a, err := time.Parse(time.DateOnly, from)
	b, wrong := time.Parse(time.DateOnly, to)
	if err != nil || wrong != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// path is the register narrowed to the households to be confirmed of a place.
func (r refresh) path(p estate.Place) string {
	return p.In(Households.Path, url.Values{"known": {r.soon}})
}
