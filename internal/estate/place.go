package estate

import (
	"context"
	"maps"
	"net/url"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
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
	maps.Copy(asked, filters)
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

// rolled is a pointer to a row that embeds Place and adds another row of its kind to itself.
type rolled[T any] interface {
	*T
	At() *Place
	Add(T)
}

// At is the place a row is about, for the rows that embed Place.
func (p *Place) At() *Place { return p }

// ByEstate rolls the rows of buildings, which come in the order of their estates, up to one for each estate while the scope has
// several; of a single estate they stay as they are.
func ByEstate[T any, P rolled[T]](ctx context.Context, q db.Querier, s access.Scope, rows []T) ([]T, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if several, err := several(ctx, q, s); err != nil || !several {
		return rows, err
	}
	return Rolled[T, P](rows), nil
}

// Kept counts in each estate of a scope, in the order of their ids, and keeps what it counted while nothing was done in that estate
// (evidence.Kept). What count gives must follow from evidential rows, and from asked.
func Kept[T any](ctx context.Context, q db.Querier, s access.Scope, what, asked string, count func(access.Scope) ([]T, error)) (all []T, err error) {
	estates, err := idsOf(ctx, q, s)
	for _, e := range estates {
		some, err := evidence.Kept(ctx, q, e, what, asked, func() ([]T, error) { return count(access.Only(e)) })
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, err
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
