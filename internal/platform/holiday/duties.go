package holiday

import (
	"context"
	"fmt"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// yearMissing asks for the notice of a year: the coming one from November on, when it is published, and late from December;
// the running one always.
func yearMissing(ctx context.Context, q db.Querier, _ access.Scope, today string) ([]duty.Duty, error) {
	var year, month int
	if _, err := fmt.Sscanf(today, "%4d-%2d", &year, &month); err != nil {
		return nil, err
	}
	calendar, err := Calendar(ctx, q)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	missing := func(year int, due string) {
		if !calendar.Known(year) {
			duties = append(duties, duty.Duty{Title: i18n.T(ctx, "holiday.duty", year), Text: i18n.T(ctx, "holiday.duty.why"),
				Act: i18n.T(ctx, "holiday.duty.do"), Href: Path, Due: due})
		}
	}
	missing(year, fmt.Sprintf("%04d-01-01", year))
	if month >= 11 {
		missing(year+1, min(today, fmt.Sprintf("%04d-12-01", year)))
	}
	return duties, nil
}
