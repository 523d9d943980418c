package list

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/i18n"
)

// sortOf reads an order as it stands in the address: "date", or "-date" for descending.
func sortOf(param string) (key string, desc bool) { return strings.CutPrefix(param, "-") }

func sortParam(key string, desc bool) string {
	if desc {
		return "-" + key
	}
	return key
}

func (l *List[T]) sortable(key string) bool {
	return slices.ContainsFunc(l.Columns, func(c Column[T]) bool { return c.Key == key && c.By != "" })
}

// ordered adds the order; the row's id breaks ties so that no row is shown twice or never.
func (l *List[T]) ordered(query *bun.SelectQuery, r request) *bun.SelectQuery {
	way := ""
	if r.desc {
		way = " DESC"
	}
	for _, c := range l.Columns {
		if c.Key != r.sort {
			continue
		}
		for _, expr := range expressions(c.By) {
			query = query.OrderExpr(expr + way)
		}
	}
	return query.OrderExpr("?TableAlias.id" + way)
}

// expressions parts SQL expressions at the commas between them, not at those within brackets.
func expressions(by string) []string {
	var all []string
	depth, start := 0, 0
	for i, c := range by {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				all, start = append(all, by[start:i]), i+1
			}
		}
	}
	return append(all, by[start:])
}

func (l *List[T]) heads(ctx context.Context, r request) []Head {
	heads := make([]Head, len(l.Columns))
	for i, c := range l.Columns {
		h := Head{Key: c.Key, Label: i18n.T(ctx, c.Label), Kind: c.Kind, Narrow: c.Narrow, Sortable: c.By != ""}
		if c.Key == r.sort {
			h.Sort = "asc"
			if r.desc {
				h.Sort = "desc"
			}
		}
		if h.Sortable {
			h.Href = l.href(r, func(r *request) { r.desc, r.sort, r.page = c.Key == r.sort && !r.desc, c.Key, 1 })
		}
		heads[i] = h
	}
	return heads
}

// sorts are the orders there are, for a phone, where no column has a head to press. The list's own has no value, so that
// it stays out of the address.
func (l *List[T]) sorts(ctx context.Context) (all []Option) {
	for _, c := range l.Columns {
		if c.By == "" {
			continue
		}
		for _, way := range []struct {
			desc bool
			text string
		}{{false, i18n.T(ctx, "list.sort.up", i18n.Key(c.Label))}, {true, i18n.T(ctx, "list.sort.down", i18n.Key(c.Label))}} {
			o := Option{sortParam(c.Key, way.desc), way.text}
			if o.Value == l.Sort {
				o.Value = ""
			}
			all = append(all, o)
		}
	}
	return all
}
