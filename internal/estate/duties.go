package estate

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// areasMissing are the buildings with units whose area nobody has registered (D7: everything into the computer): the
// summary sheet and every fee by area lack them.
func areasMissing(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	buildings, err := incomplete(ctx, q, s)
	duties := make([]duty.Duty, len(buildings))
	for i, b := range buildings {
		duties[i] = duty.Duty{
			Title: i18n.T(ctx, "unit.duty.area", b.Missing), Text: i18n.T(ctx, "unit.duty.where", b.EstateName, b.Building),
			Act: i18n.T(ctx, "unit.duty.do"), Href: Units.Path + "?tab=no_area&building=" + b.Building, Clause: "D7",
			Done: b.Units - b.Missing, Of: b.Units,
		}
	}
	return duties, err
}
