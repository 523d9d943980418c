package list

import (
	"context"
	"net/url"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
)

// IDs are the ids of all rows an address asks for, read anew in the reader's scope: an act on a whole list is given these.
func (l *List[T]) IDs(ctx context.Context, q db.Querier, who Reader, asked url.Values, most int) ([]int64, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return nil, access.Refusal(l.Posts)
	}
	r := l.parse(who, asked)
	if err := l.mistakes(r); err != nil {
		return nil, err
	}
	var rows []T
	if err := l.ordered(l.query(q, who, r, r.tab), r).Limit(int64(most) + 1).Model(&rows).Scan(ctx); err != nil {
		return nil, err
	}
	if len(rows) > most {
		return nil, errs.E(errs.Invalid, "list.error.too_many", most)
	}
	ids := make([]int64, len(rows))
	for i, row := range rows {
		id, _ := l.Row(row)
		var err error
		if ids[i], err = strconv.ParseInt(id, 10, 64); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
