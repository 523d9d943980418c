package estate

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// unitSource is what units are found by: their code, in every notation. One that has ended is found behind the others.
var unitSource = search.Source{
	Kind: kindUnit, Title: "unit.list.title", Version: 4,
	Stale: map[string]search.Stale{"estate_unit": search.Itself},
	After: unitsAfter,
	Order: unitsInOrder,
	Load: func(ctx context.Context, q db.Querier, _ *vault.Store, ids []int64) ([]search.Doc, error) {
		units, err := unitsByID(ctx, q, ids)
		docs := make([]search.Doc, len(units))
		for i, u := range units {
			docs[i] = u.doc(ctx)
		}
		return docs, err
	},
}

func (u UnitRow) doc(ctx context.Context) search.Doc {
	line := i18n.T(ctx, "unit.kind."+string(u.Kind)) + " · " + u.EstateName
	if !u.InForce() {
		line += " · " + i18n.T(ctx, "unit.ended_on", u.ValidTo)
	}
	parts := []search.Part{{Kind: search.Room, Text: u.Code, Former: !u.InForce()}}
	for _, n := range FormerNumbers(u.Former) {
		parts = append(parts, search.Part{Kind: search.Room, Text: n, Former: true})
	}
	return search.Doc{Ref: u.Ref(), Estate: u.Estate, Posts: mayFind, Title: u.Code, Line: line, Href: u.Path(),
		Parts: parts}
}
