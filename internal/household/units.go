package household

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// Units is the register of units with what each is used for today: the same as its household's page and the summary sheet say.
var Units = estate.Units.With(func(d *list.Def[estate.UnitRow]) {
	at := slices.IndexFunc(d.Columns, func(c list.Column[estate.UnitRow]) bool { return c.Key == "kind" }) + 1
	d.Columns = slices.Insert(d.Columns, at, list.Column[estate.UnitRow]{Key: "stay", Label: "household.stay", Width: 2,
		Cell: func(ctx context.Context, u estate.UnitRow) list.Cell {
			if u.Stands == "" {
				return list.Cell{}
			}
			return list.Cell{Text: i18n.T(ctx, "household.stay."+u.Stands)}
		}})
	d.Filters = append(d.Filters, list.Filter{Key: "stay", Label: "household.stay", Kind: list.FilterSelect, Options: stayOptions, Apply: summaryStay})
	d.Fill = fillUnits
})

func fillUnits(ctx context.Context, q db.Querier, rows []estate.UnitRow) error {
	ids := make([]estate.UnitID, len(rows))
	for i, u := range rows {
		ids[i] = u.ID
	}
	standing, err := unitsStanding(ctx, q, ids)
	for i, u := range rows {
		if u.InForce() {
			rows[i].Stands = string(standing[u.ID])
		}
	}
	return err
}
