package household

import (
	"cmp"
	"context"
	"net/url"

	"hudang/internal/estate"
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

// papersUntil is by when an estate's files are complete that was begun with on a local date.
func papersUntil(ctx context.Context, q db.Querier, e access.EstateID, start, today string) (string, error) {
	days, err := PapersDays.At(ctx, q, e, today)
	return addDays(start, int(days)), err
}

// papersDue is papersUntil from the company's first day, or from today while there is none.
func papersDue(ctx context.Context, q db.Querier, e access.EstateID, today string) (string, error) {
	start, err := control.StartOf(ctx, q, e, today)
	if err != nil {
		return "", err
	}
	return papersUntil(ctx, q, e, cmp.Or(start, today), today)
}

// papersMissing are the buildings, or the estates while several are chosen, whose files lack papers that their directories require,
// one duty for each, however many papers (realities 7).
func papersMissing(ctx context.Context, q db.Querier, s access.Scope, today string) ([]duty.Duty, error) {
	all, err := incompleteByBuilding(ctx, q, s, today)
	if err == nil {
		all, err = estate.ByEstate(ctx, q, s, all)
	}
	if err != nil {
		return nil, err
	}
	var duties []duty.Duty
	for _, b := range all {
		if b.Lacking == 0 {
			continue
		}
		d := duty.Duty{Title: i18n.T(ctx, "household.duty.papers", b.Lacking), Act: i18n.T(ctx, "household.duty.papers.do"), Clause: "D4",
			Href: b.In(Households.Path, url.Values{"papers": {today}}), Done: b.All - b.Lacking, Of: b.All}
		until, err := papersDue(ctx, q, b.Estate, today)
		if err != nil {
			return nil, err
		}
		d.Text = i18n.T(ctx, "household.duty.papers.text", b.Said(ctx), until)
		if until < today {
			d.Due = until
		}
		duties = append(duties, d)
	}
	return duties, nil
}
