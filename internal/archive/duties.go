package archive

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// filingDays is how long a paper may wait between coming in and being filed (E4).
var filingDays = setting.Number{Name: "archive.filing_days", Clause: "E4", Default: 7, Min: 1, Max: 365,
	Label: "archive.filing_days", Meaning: "archive.filing_days.meaning", Unit: "setting.unit.days"}

// sortingDays is how long a paper may lie before somebody sorts it (C3).
var sortingDays = setting.Number{Name: "archive.sorting_days", Clause: "C3", Default: 3, Min: 1, Max: 365,
	Label: "archive.sorting_days", Meaning: "archive.sorting_days.meaning", Unit: "setting.unit.days"}

// papersWait are the papers of each estate that nobody has sorted and filed yet, rolled up.
func papersWait(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	rows, err := waitingAt(ctx, q, s, Collect, Sort)
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, w := range rows {
		days, err := filingDays.At(ctx, q, w.Estate, today)
		if err != nil {
			return nil, err
		}
		oldest, err := cn.ParseStored(w.Oldest)
		if err != nil {
			return nil, err
		}
		duties = append(duties, duty.Duty{Title: i18n.T(ctx, "archive.duty.file", w.Papers), Text: i18n.T(ctx, "archive.duty.where", w.EstateName, w.Oldest),
			Act: i18n.T(ctx, "archive.duty.do"), Href: Papers.Path, Clause: "E4", Due: oldest.AddDays(int(days)).String()})
	}
	return duties, nil
}
