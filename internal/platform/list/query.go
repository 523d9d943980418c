package list

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// pageSize is the number of rows of a page (ui.md §4.1).
const pageSize = 50

// request is what an address asks of a list, cleaned: unknown parameters and columns are dropped.
type request struct {
	filters map[string][2]string // value, until
	sort    string
	desc    bool
	tab     string
	page    int
}

func (l *List[T]) parse(asked url.Values) request {
	r := request{filters: map[string][2]string{}, sort: l.Sort, tab: asked.Get("tab"), page: 1}
	for _, f := range l.Filters {
		value, until := clean(asked.Get(f.Key)), ""
		if f.Kind == FilterRange {
			value, until = clean(asked.Get(f.Key+".from")), clean(asked.Get(f.Key+".to"))
		}
		if value != "" || until != "" {
			r.filters[f.Key] = [2]string{value, until}
		}
	}
	by, desc := strings.CutPrefix(asked.Get("sort"), "-")
	if l.sortable(by) {
		r.sort, r.desc = by, desc
	}
	if n, err := strconv.Atoi(asked.Get("page")); err == nil && n > 1 && n < 1_000_000 {
		r.page = n
	}
	return r
}

func clean(s string) string {
	s = strings.TrimSpace(s)
	if runes := []rune(s); len(runes) > 100 {
		s = string(runes[:100])
	}
	return s
}

func (l *List[T]) sortable(key string) bool {
	return slices.ContainsFunc(l.Columns, func(c Column[T]) bool { return c.Key == key && c.By != "" })
}

// values is the request as an address.
func (l *List[T]) values(r request) url.Values {
	v := url.Values{}
	for key, f := range r.filters {
		if l.filter(key).Kind == FilterRange {
			set(v, key+".from", f[0])
			set(v, key+".to", f[1])
		} else {
			set(v, key, f[0])
		}
	}
	if r.sort != l.Sort || r.desc {
		v.Set("sort", sortParam(r.sort, r.desc))
	}
	set(v, "tab", r.tab)
	if r.page > 1 {
		v.Set("page", strconv.Itoa(r.page))
	}
	return v
}

func set(v url.Values, key, value string) {
	if value != "" {
		v.Set(key, value)
	}
}

func sortParam(key string, desc bool) string {
	if desc {
		return "-" + key
	}
	return key
}

func (l *List[T]) filter(key string) Filter {
	i := slices.IndexFunc(l.Filters, func(f Filter) bool { return f.Key == key })
	if i < 0 {
		return Filter{}
	}
	return l.Filters[i]
}

// query narrows the list's rows as asked; tab empty means all.
func (l *List[T]) query(q db.Querier, who Reader, r request, tab string) *bun.SelectQuery {
	query := l.From(q, who.scope(l.Posts))
	for _, f := range l.Filters {
		if v, ok := r.filters[f.Key]; ok {
			query = f.Apply(query, v[0], v[1])
		}
	}
	for _, t := range l.Tabs {
		if t.Key == tab && t.Apply != nil {
			query = t.Apply(query)
		}
	}
	return query
}

// ordered adds the order; the row's id breaks ties so that no row is shown twice or never.
func (l *List[T]) ordered(query *bun.SelectQuery, r request) *bun.SelectQuery {
	for _, c := range l.Columns {
		if c.Key != r.sort {
			continue
		}
		for _, expr := range strings.Split(c.By, ",") {
			if r.desc {
				expr += " DESC"
			}
			query = query.OrderExpr(expr)
		}
	}
	return query.OrderExpr("?TableAlias.id")
}

// View is one page of the list. Somebody who holds none of the list's posts is refused.
func (l *List[T]) View(ctx context.Context, q db.Querier, who Reader, asked url.Values) (View, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return View{}, errs.E(errs.Forbidden, "error.forbidden")
	}
	r := l.parse(asked)
	l = l.seenBy(who)
	v := View{Name: l.Name, Title: i18n.T(ctx, l.Title), Clauses: l.Clauses, Href: l.Path, Page: r.page, Size: pageSize,
		Columns: l.heads(ctx, r), EmptyFirst: Empty{Title: i18n.T(ctx, l.Empty.Title), Text: i18n.T(ctx, l.Empty.Text)}}
	var rows []T
	query := l.ordered(l.query(q, who, r, r.tab), r).Limit(pageSize).Offset(int64((r.page - 1) * pageSize))
	if err := query.Model(&rows).Scan(ctx); err != nil {
		return View{}, err
	}
	var err error
	if v.Tabs, v.Total, err = l.tabs(ctx, q, who, r, len(rows)); err != nil {
		return View{}, err
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, l.line(ctx, row))
	}
	if err := l.boxes(ctx, q, who, r, &v); err != nil {
		return View{}, err
	}
	if r.page > 1 {
		v.Prev = l.href(r, func(r *request) { r.page-- })
	}
	if r.page*pageSize < v.Total {
		v.Next = l.href(r, func(r *request) { r.page++ })
	}
	l.actions(ctx, who, r, &v)
	return v, nil
}

// seenBy is the list with the columns that are worth their place for a reader.
func (l *List[T]) seenBy(who Reader) *List[T] {
	if scope := who.scope(l.Posts); scope.All() || len(scope.Estates()) > 1 {
		return l
	}
	narrowed := *l
	narrowed.Columns = slices.DeleteFunc(slices.Clone(l.Columns), func(c Column[T]) bool { return c.Across })
	return &narrowed
}

// tabs counts every saved view, the current one being the list's total. A list that fits its first page is not counted.
func (l *List[T]) tabs(ctx context.Context, q db.Querier, who Reader, r request, shown int) ([]Tab, int, error) {
	total := shown
	var err error
	if shown == pageSize || r.page > 1 {
		if total, err = l.count(ctx, q, who, r, r.tab); err != nil {
			return nil, 0, err
		}
	}
	var tabs []Tab
	for _, t := range l.Tabs {
		n := total
		if t.Key != r.tab {
			if n, err = l.count(ctx, q, who, r, t.Key); err != nil {
				return nil, 0, err
			}
		}
		tabs = append(tabs, Tab{Label: i18n.T(ctx, t.Label), Count: strconv.Itoa(n), Current: t.Key == r.tab,
			Href: l.href(r, func(r *request) { r.tab, r.page = t.Key, 1 })})
	}
	return tabs, total, nil
}

func (l *List[T]) count(ctx context.Context, q db.Querier, who Reader, r request, tab string) (int, error) {
	n, err := l.query(q, who, r, tab).Model((*T)(nil)).Count(ctx)
	return int(n), err
}

func (l *List[T]) href(r request, change func(*request)) string {
	change(&r)
	if v := l.values(r).Encode(); v != "" {
		return l.Path + "?" + v
	}
	return l.Path
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

func (l *List[T]) line(ctx context.Context, row T) Line {
	id, href := l.Row(row)
	line := Line{ID: id, Href: href, Muted: l.Ended != nil && l.Ended(row)}
	for _, c := range l.Columns {
		line.Cells = append(line.Cells, c.Cell(ctx, row))
	}
	return line
}

// boxes are the filters as shown, and the chips of those active.
func (l *List[T]) boxes(ctx context.Context, q db.Querier, who Reader, r request, v *View) error {
	for _, f := range l.Filters {
		active := r.filters[f.Key]
		box := FilterBox{Key: f.Key, Label: i18n.T(ctx, f.Label), Kind: f.Kind, Value: active[0], Until: active[1]}
		shown := strings.Trim(active[0]+" ~ "+active[1], " ~")
		if f.Options != nil {
			options, err := f.Options(ctx, q, who.scope(l.Posts))
			if err != nil {
				return err
			}
			box.Options = options
			for _, o := range options {
				if o.Value == active[0] {
					shown = o.Label
				}
			}
		}
		v.Filters = append(v.Filters, box)
		if shown != "" {
			v.Chips = append(v.Chips, Chip{Label: i18n.T(ctx, "list.chip", box.Label, shown),
				Href: l.href(r, func(r *request) { r.filters, r.page = without(r.filters, f.Key), 1 })})
		}
	}
	for _, p := range []string{"tab", "sort"} {
		if value := l.values(r).Get(p); value != "" {
			v.Keep = append(v.Keep, Param{p, value})
		}
	}
	return nil
}

func without(filters map[string][2]string, key string) map[string][2]string {
	rest := map[string][2]string{}
	for k, v := range filters {
		if k != key {
			rest[k] = v
		}
	}
	return rest
}

func (l *List[T]) actions(ctx context.Context, who Reader, r request, v *View) {
	for _, a := range l.Actions {
		if who.Actor.HoldsAny(a.Posts) {
			v.Actions = append(v.Actions, Action{Key: a.Key, Label: i18n.T(ctx, a.Label), Icon: a.Icon, Href: a.Href,
				Primary: a.Primary, Shortcut: a.Shortcut})
		}
	}
	v.EmptyFirst.Actions = slices.Clone(v.Actions)
	r.page = 1
	query := ""
	if values := l.values(r).Encode(); values != "" {
		query = "?" + values
	}
	v.Actions = append(v.Actions,
		Action{Key: "print", Label: i18n.T(ctx, "list.print"), Icon: "print", Href: l.Path + "/print" + query, Shortcut: "F8", Narrow: NoPhone},
		Action{Key: "xlsx", Label: i18n.T(ctx, "list.export"), Icon: "dl", Href: l.Path + "/xlsx" + query, Narrow: NoPhone})
}
