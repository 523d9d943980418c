package household

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/setting"
)

// PapersDays is within how many days from the company's first day on the files have their papers (D4, E2).
var PapersDays = setting.Number{Name: "household.papers_days", Clause: "E2", Default: 180, Min: 7, Max: 1095,
	Label: "household.papers_days", Meaning: "household.papers_days.meaning", Unit: "setting.unit.days"}

// papersMissing are the buildings, or the estates while several are chosen, whose files lack papers that their directories require,
// one duty for each, however many papers (realities 7).
func papersMissing(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	all, err := incompleteByBuilding(ctx, q, s, today)
	if err != nil {
		return nil, err
	}
	if n := len(all); n > 0 && all[0].Estate != all[n-1].Estate {
		all = byEstate(all, (*incompleteFiles).at, (*incompleteFiles).add)
	}
	var duties []duty.Duty
	for _, b := range all {
		if b.Lacking == 0 {
			continue
		}
		d := duty.Duty{Title: i18n.T(ctx, "household.duty.papers", b.Lacking), Act: i18n.T(ctx, "household.duty.papers.do"), Clause: "D4",
			Href: b.path("papers", today), Done: b.All - b.Lacking, Of: b.All}
		start, err := control.StartOf(ctx, q, b.Estate, today)
		if err != nil {
			return nil, err
		}
		days, err := PapersDays.At(ctx, q, b.Estate, today)
		if err != nil {
			return nil, err
		}
		if start == "" {
			start = today
		}
		until := addDays(start, int(days))
		d.Text = i18n.T(ctx, "household.duty.papers.text", b.said(ctx), until)
		if until < today {
			d.Due = until
		}
		duties = append(duties, d)
	}
	return duties, nil
}
