package estateweb

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Finder finds units by any part of their code, as typed or said: 3-1-1202, 3栋1202, 1202.
func Finder(d *op.Door) page.Finder {
	return page.Finder{Posts: estate.MayReadUnits(), Find: func(ctx context.Context, who access.Actor, at access.EstateID, typed string, most int) (page.Hits, error) {
		hits := page.Hits{Group: i18n.T(ctx, "unit.list.title")}
		units, err := estate.FindUnits(ctx, d.DB.Read(), who.Scope(estate.MayReadUnits(), at), typed, most)
		for _, u := range units {
			text := i18n.T(ctx, "unit.kind."+string(u.Kind)) + " · " + u.EstateName
			hits.All = append(hits.All, page.Hit{Title: u.Code, Text: text, Href: u.Path(), Exact: u.Code == typed})
		}
		return hits, err
	}}
}
