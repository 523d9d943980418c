package list

import (
	"context"
	"net/url"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// Preview is one row of a page of the list, in all its columns: those that are on paper only, or left out by the reader, too. What
// the page asked for does not show cannot be had this way either.
func (l *List[T]) Preview(ctx context.Context, q db.Querier, who Reader, asked url.Values, id string) (View, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return View{}, errs.E(errs.Forbidden, "error.forbidden")
	}
	ctx = who.today(ctx)
	r := l.parse(who, asked)
	rows, err := l.load(ctx, q, l.ordered(l.query(q, who, r, r.tab), r).Limit(pageSize).Offset(int64((r.page-1)*pageSize)))
	if err != nil {
		return View{}, err
	}
	seen := l.within(who)
	for _, row := range rows {
		if key, _ := l.Row(row); key == id {
			return View{Name: l.Name, Title: i18n.T(ctx, l.Title), Href: l.Path, Columns: seen.heads(ctx, r), Rows: []Line{seen.line(ctx, row)}}, nil
		}
	}
	return View{}, errs.E(errs.NotFound, "error.not_found")
}
