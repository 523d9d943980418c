package household

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// differencesToSettle are the differences between files and shelves, one duty for each estate; it leads to the oldest check.
func differencesToSettle(ctx context.Context, q db.Querier, s access.Scope, _ string) ([]duty.Duty, error) {
	rows, err := unsettledByEstate(ctx, q, s)
	duties := make([]duty.Duty, len(rows))
	for i, u := range rows {
		duties[i] = duty.Duty{Title: i18n.T(ctx, "check.duty"), Text: i18n.T(ctx, "check.duty.text", u.EstateName, u.Checks, u.Open),
			Act: i18n.T(ctx, "check.duty.do"), Href: u.First.Path(), Clause: "E5"}
	}
	return duties, err
}
