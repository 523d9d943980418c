package imports

import (
	"context"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
)

// rosterMissing asks for the roster of each estate that has no unit yet: everything else waits for it.
func rosterMissing(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	empty, err := estate.Empty(ctx, q, s)
	duties := make([]duty.Duty, len(empty))
	for i, e := range empty {
		duties[i] = duty.Duty{Title: i18n.T(ctx, "import.duty.roster"), Text: e.Name, Act: i18n.T(ctx, "import.new"), Href: Path + "/new", Clause: "A1", Due: today}
	}
	return duties, err
}
