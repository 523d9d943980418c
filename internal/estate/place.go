package estate

import (
	"context"
	"net/url"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
)

// Place is what a rolled-up duty or a figure is about: a building, or a whole estate while several are chosen, whose many
// buildings would fill the home page.
type Place struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Building   string          `bun:"building"` // empty: rows that say none
	whole      bool            // the estate, not the building
}

// WholeOf is an estate as a place.
func WholeOf(e access.EstateID, name string) Place {
	return Place{Estate: e, EstateName: name, whole: true}
}

// Whole reports whether the place is an estate, with all of its buildings.
func (p Place) Whole() bool { return p.whole }

// Said is the place in words.
func (p Place) Said(ctx context.Context) string {
	if p.whole || p.Building == "" {
		return p.EstateName
	}
	return i18n.T(ctx, "estate.place", p.EstateName, p.Building)
}

// In is a list's address narrowed to the place and by further filters.
func (p Place) In(path string, filters url.Values) string {
	asked := url.Values{}
	for k, v := range filters {
		asked[k] = v
	}
	switch {
	case p.whole:
		asked.Set("estate", strconv.FormatInt(int64(p.Estate), 10))
	case p.Building != "":
		asked.Set("building", p.Building)
	}
	if len(asked) == 0 {
		return path
	}
	return path + "?" + asked.Encode()
}

// Rows of a place that a duty rolls up.
type rolled[T any] interface {
	*T
	At() *Place
	Add(T)
}

// At is the place itself, for rows that embed it.
func (p *Place) At() *Place { return p }

// ByEstate rolls the rows of buildings, which come in the order of their estates, up to one for each estate where they are of
// several; of a single estate they stay as they are.
func ByEstate[T any, P rolled[T]](rows []T) []T {
	if n := len(rows); n == 0 || P(&rows[0]).At().Estate == P(&rows[n-1]).At().Estate {
		return rows
	}
	return Rolled[T, P](rows)
}

// Rolled rolls the rows of buildings, which come in the order of their estates, up to one for each estate.
func Rolled[T any, P rolled[T]](rows []T) []T {
	var all []T
	for _, row := range rows {
		if n := len(all); n > 0 && P(&all[n-1]).At().Estate == P(&row).At().Estate {
			P(&all[n-1]).Add(row)
			continue
		}
		P(&row).At().whole = true
		all = append(all, row)
	}
	return all
}
