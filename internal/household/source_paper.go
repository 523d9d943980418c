package household

import (
	"context"
	"slices"

	"hudang/internal/archive"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
)

// papers are the archive's volumes and papers, with what this room tells of those about households: their rooms, by whom
// they are called and were called, and the names of the kinds of paper in them. A directory that calls a kind of paper
// otherwise tells so of papers that come or change from then on.
var papers = archive.Sources(archive.SubjectSource{Kind: kindHousehold, Load: tellOf, Stale: map[string]search.Stale{
	"household_household": search.Itself, "household_holding": stale["household_holding"], "household_occupancy": stale["household_occupancy"],
	"estate_unit": stale["estate_unit"], "estate_party": stale["estate_party"], "estate_former_name": stale["estate_former_name"],
}})

func tellOf(ctx context.Context, q db.Querier, things []ref.Ref) (map[ref.Ref]archive.Subject, error) {
	ids := make([]int64, len(things))
	for i, t := range things {
		ids[i] = t.ID
	}
	households, err := householdsByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	f, err := loadFound(ctx, q, nil, households)
	if err != nil {
		return nil, err
	}
	called, err := paperNames(ctx, q)
	told := make(map[ref.Ref]archive.Subject, len(households))
	for _, h := range households {
		told[h.ID.Ref()] = archive.Subject{Parts: f.details[h.ID].named(h), Papers: called[h.Kind]}
	}
	return told, err
}

// named are the rooms and the owners or tenants of a household.
func (d Detail) named(h *Household) (parts []search.Part) {
	for _, p := range d.Places {
		parts = append(parts, search.Part{Kind: search.Room, Text: p.Code, Former: p.Until != "" || !h.InForce()})
	}
	for _, p := range d.People {
		if p.Part.Leads() {
			parts = append(parts, search.Part{Kind: p.search(), Text: p.Name, Former: !p.InForce() || !h.InForce()})
		}
	}
	return parts
}

// paperNames are the names that lines of directories have or had, by kind of household and code.
func paperNames(ctx context.Context, q db.Querier) (map[Kind]map[string][]string, error) {
	stored, err := storedNames(ctx, q)
	all := map[Kind]map[string][]string{}
	for _, k := range Kinds {
		all[k] = map[string][]string{}
		for _, l := range append(BuiltIn(k).Lines, stored[k]...) {
			if !slices.Contains(all[k][l.Code], l.Title) {
				all[k][l.Code] = append(all[k][l.Code], l.Title)
			}
		}
	}
	return all, err
}
