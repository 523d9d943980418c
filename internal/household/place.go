package household

import (
	"context"
	"net/url"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
)

// place is what a rolled-up duty or a figure is about: a building, or a whole estate while several are chosen, whose many
// buildings would fill the home page.
type place struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Building   string          `bun:"building"`
	whole      bool            // the estate, not the building
}

// wholeOf is an estate as a place.
func wholeOf(e access.EstateID) place { return place{Estate: e, whole: true} }

func (p place) said(ctx context.Context) string {
	if p.whole || p.Building == "" {
		return p.EstateName
	}
	return i18n.T(ctx, "household.place", p.EstateName, p.Building)
}

// path is the register narrowed to the place and by one filter more.
func (p place) path(filter, value string) string {
	asked := url.Values{filter: {value}}
	switch {
	case p.whole:
		asked.Set("estate", strconv.FormatInt(int64(p.Estate), 10))
	case p.Building != "":
		asked.Set("building", p.Building)
	}
	return Households.Path + "?" + asked.Encode()
}

// byEstate rolls the rows of buildings, in the order of their estates, up to one for each estate.
func byEstate[T any](rows []T, of func(*T) *place, add func(sum *T, row T)) []T {
	var all []T
	for _, row := range rows {
		if n := len(all); n > 0 && of(&all[n-1]).Estate == of(&row).Estate {
			add(&all[n-1], row)
			continue
		}
		of(&row).whole = true
		all = append(all, row)
	}
	return all
}
