package list

import (
	"context"
	"net/url"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// Preview is one row of the list as it was asked for, in all its columns: those that are on paper only, or left out by the reader,
// too. Only this row is read; what the scope, the filters and the tab leave out cannot be had this way either.
func (l *List[T]) Preview(ctx context.Context, q db.Querier, who Reader, asked url.Values, id string) (View, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return View{}, access.Refusal(l.Posts)
	}
	row, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return View{}, absent()
	}
	ctx = who.today(ctx)
	r := l.parse(who, asked)
	l = l.given(r)
	rows, err := l.load(ctx, q, l.picked(l.query(q, who, r, r.tab), row))
	if err != nil {
		return View{}, err
	}
	if len(rows) != 1 {
		return View{}, absent()
	}
	seen := l.within(who)
	line := seen.line(ctx, rows[0])
	if line.ID != id { // a list whose rows cannot be picked
		return View{}, absent()
	}
	return View{Name: l.Name, Title: i18n.T(ctx, l.Title), Href: l.Path, Columns: seen.heads(ctx, r), Rows: []Line{line}}, nil
}

func absent() error { return errs.E(errs.NotFound, "error.not_found") }
