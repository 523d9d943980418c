package list

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
)

// pageSize is the number of rows of a page (ui.md §4.1).
const pageSize = 50

// request is what an address asks of a list, cleaned: unknown parameters and columns are dropped.
type request struct {
	filters map[string][2]string // value, until; dates in their stored form
	wrong   map[string]string    // filters that could not be read, and why: shown, not applied
	sort    string
	desc    bool
	tab     string
	page    int
}

func (l *List[T]) parse(who Reader, asked url.Values) request {
	r := request{filters: map[string][2]string{}, wrong: map[string]string{}, tab: asked.Get("tab"), page: 1}
	r.sort, r.desc = sortOf(l.Sort)
	for _, f := range l.Filters {
		value, until := clean(asked.Get(f.Key)), ""
		if f.Kind == FilterRange {
			value, until = clean(asked.Get(f.Key+".from")), clean(asked.Get(f.Key+".to"))
		}
		if value != "" || until != "" {
			r.take(who, f, value, until)
		}
	}
	if by, desc := sortOf(asked.Get("sort")); l.sortable(by) {
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
	if by := sortParam(r.sort, r.desc); by != l.Sort {
		v.Set("sort", by)
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

// query narrows the list's rows as asked; tab empty means all.
func (l *List[T]) query(q db.Querier, who Reader, r request, tab string) *bun.SelectQuery {
	return l.narrowed(l.From(q, who.scope(l.Posts)), who, r, tab)
}

func (l *List[T]) narrowed(query *bun.SelectQuery, who Reader, r request, tab string) *bun.SelectQuery {
	for _, f := range l.Filters {
		if v, ok := r.filters[f.Key]; ok && r.wrong[f.Key] == "" {
			query = f.Apply(query, v[0], v[1])
		}
	}
	for _, t := range l.Tabs {
		switch {
		case t.Key != tab:
		case t.On != nil:
			query = t.On(query, who.Today)
		case t.Apply != nil:
			query = t.Apply(query)
		}
	}
	return query
}

// View is one page of the list. Somebody who holds none of the list's posts is refused.
func (l *List[T]) View(ctx context.Context, q db.Querier, who Reader, asked url.Values) (View, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return View{}, access.Refusal(l.Posts)
	}
	ctx = who.today(ctx)
	r := l.parse(who, asked)
	l = l.given(r)
	seen := l.seenBy(who)
	v := View{Name: l.Name, Title: i18n.T(ctx, l.Title), Clauses: l.Clauses, Href: l.Path, Page: r.page, Size: pageSize, Query: l.canonical(r), Batch: shown(ctx, who, l.Ticked),
		Columns: seen.heads(ctx, r), EmptyFirst: Empty{Title: i18n.T(ctx, l.Empty.Title), Text: i18n.T(ctx, l.Empty.Text)}}
	rows, err := l.rowsOf(ctx, q, who, r)
	if err != nil {
		return View{}, err
	}
	if err = l.tabs(ctx, q, who, r, len(rows), &v); err != nil {
		return View{}, err
	}
	if err := l.ownTabs(ctx, q, who, r, &v); err != nil {
		return View{}, err
	}
	if v.Lead, err = l.lead(ctx, q, who, false); err != nil {
		return View{}, err
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, seen.line(ctx, row))
	}
	if err := l.boxes(ctx, q, who, r, &v); err != nil {
		return View{}, err
	}
	if r.page > 1 {
		v.Prev = l.href(r, func(r *request) { r.page-- })
	}
	if r.page*pageSize < v.Total || v.More && len(rows) == pageSize {
		v.Next = l.href(r, func(r *request) { r.page++ })
	}
	v.Sorts, v.Sort = l.within(who).sorts(ctx), l.values(r).Get("sort")
	if who.Prefer != nil {
		v.Chosen = who.Prefer.Chosen
		v.Choices = l.choices(who, func(key string) string { return i18n.T(ctx, key) })
	}
	l.actions(ctx, who, r, &v)
	return v, nil
}

// rowsOf are the rows of a page. Of a later page of a list with Picked the ids are found first: what is skipped is then read from
// indexes alone.
func (l *List[T]) rowsOf(ctx context.Context, q db.Querier, who Reader, r request) ([]T, error) {
	if r.page == 1 || l.Picked == nil {
		return l.load(ctx, q, l.ordered(l.query(q, who, r, r.tab), r).Limit(pageSize).Offset(int64((r.page-1)*pageSize)))
	}
	var ids []int64
	err := l.ordered(l.query(q, who, r, r.tab).Model((*T)(nil)).ExcludeColumn("*").ColumnExpr("?TableAlias.id"), r).
		Limit(pageSize).Offset(int64((r.page-1)*pageSize)).Scan(ctx, &ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return l.load(ctx, q, l.ordered(l.picked(l.From(q, who.scope(l.Posts)), ids...), r))
}

// picked narrows a query over the list's rows to some of them.
func (l *List[T]) picked(rows *bun.SelectQuery, ids ...int64) *bun.SelectQuery {
	if l.Picked != nil {
		rows = l.Picked(rows, ids)
	}
	return rows.Where("?TableAlias.id IN (?)", bun.List(ids))
}

// Total is how many rows an address asks for; more says that there are others.
func (l *List[T]) Total(ctx context.Context, q db.Querier, who Reader, asked url.Values) (n int, more bool, err error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return 0, false, access.Refusal(l.Posts)
	}
	r := l.parse(who, asked)
	return l.count(ctx, q, who, r, r.tab, mostCounted)
}

// seenBy is the list with the columns a reader chose, else those that are worth their place for him.
func (l *List[T]) seenBy(who Reader) *List[T] { return l.within(who).prefer(who.Prefer) }

// given is the list with those of its columns that stand by what it is narrowed to.
func (l *List[T]) given(r request) *List[T] {
	narrowed := *l
	narrowed.Columns = slices.DeleteFunc(slices.Clone(l.Columns), func(c Column[T]) bool {
		_, narrows := r.filters[c.With]
		return c.With != "" && !narrows
	})
	return &narrowed
}

// within is the list without the columns that tell estates apart, for a reader of one.
func (l *List[T]) within(who Reader) *List[T] {
	if scope := who.scope(l.Posts); scope.All() || len(scope.Estates()) > 1 {
		return l
	}
	narrowed := *l
	narrowed.Columns = slices.DeleteFunc(slices.Clone(l.Columns), func(c Column[T]) bool { return c.Across })
	return &narrowed
}

// tabs counts every saved view, the current one being the list's total. A list that fits its first page is not counted; of
// one that is longer than anybody counts the other views are not counted either: a rare row is looked for in all of it.
func (l *List[T]) tabs(ctx context.Context, q db.Querier, who Reader, r request, shown int, v *View) (err error) {
	v.Total = shown
	if shown == pageSize || r.page > 1 {
		if v.Total, v.More, err = l.count(ctx, q, who, r, r.tab, mostCounted); err != nil {
			return err
		}
	}
	for _, t := range l.Tabs {
		tab := Tab{Label: i18n.T(ctx, t.Label), Count: counted(v.Total, v.More), Current: t.Key == r.tab,
			Href: l.href(r, func(r *request) { r.tab, r.page = t.Key, 1 })}
		if !tab.Current {
			if tab.Count, err = l.beside(ctx, q, who, r, t.Key, v); err != nil {
				return err
			}
		}
		v.Tabs = append(v.Tabs, tab)
	}
	return nil
}

// beside is the count of another view than the one shown.
func (l *List[T]) beside(ctx context.Context, q db.Querier, who Reader, r request, tab string, shown *View) (string, error) {
	if shown.More {
		return "", nil
	}
	n, more, err := l.count(ctx, q, who, r, tab, mostCounted)
	return counted(n, more), err
}

// mostCounted is how far rows are counted, more than the largest estate seen has: beyond it the number would take longer than
// the page.
var mostCounted = 5_000 // a variable only for the tests

// count counts the rows of a view as far as most; more says that there are others.
func (l *List[T]) count(ctx context.Context, q db.Querier, who Reader, r request, tab string, most int) (n int, more bool, err error) {
	if l.Evidential && len(r.filters) == 0 {
		n, err = evidence.KeptAcross(ctx, q, who.scope(l.Posts), "rows of "+l.Name+" "+tab, fmt.Sprint(who.Today, most), func() (int, error) { return l.countNow(ctx, q, who, r, tab, most) })
	} else {
		n, err = l.countNow(ctx, q, who, r, tab, most)
	}
	return min(n, most), n > most, err
}

func (l *List[T]) countNow(ctx context.Context, q db.Querier, who Reader, r request, tab string, most int) (n int, err error) {
	from := l.From
	if l.Counted != nil {
		from = l.Counted
	}
	rows := l.narrowed(from(q, who.scope(l.Posts)).Model((*T)(nil)), who, r, tab).
		ExcludeColumn("*").ColumnExpr("1").Limit(int64(most) + 1) // no columns: an index alone may have what decides
	return n, q.Select(nil).TableExpr("(?) AS counted", rows).ColumnExpr("COUNT(*)").Scan(ctx, &n)
}

func counted(n int, more bool) string {
	if more {
		return strconv.Itoa(n) + "+"
	}
	return strconv.Itoa(n)
}

func (l *List[T]) href(r request, change func(*request)) string {
	change(&r)
	if v := l.values(r).Encode(); v != "" {
		return l.Path + "?" + v
	}
	return l.Path
}

func (l *List[T]) line(ctx context.Context, row T) Line {
	id, href := l.Row(row)
	line := Line{ID: id, Href: href, Muted: l.Struck != nil && l.Struck(row)}
	for _, c := range l.Columns {
		line.Cells = append(line.Cells, c.Cell(ctx, row))
	}
	return line
}

func (l *List[T]) actions(ctx context.Context, who Reader, r request, v *View) {
	v.Actions = shown(ctx, who, l.Actions)
	v.EmptyFirst.Actions = slices.Clone(v.Actions)
	for _, t := range l.Tabs {
		if t.Key == r.tab && r.tab != "" { // the list may have rows all the same
			v.EmptyFirst = Empty{Title: i18n.T(ctx, "list.empty.tab", i18n.T(ctx, t.Label))}
		}
	}
	r.page = 1
	query := ""
	if values := l.values(r).Encode(); values != "" {
		query = "?" + values
	}
	printed := Action{Key: "print", Label: i18n.T(ctx, "list.print"), Icon: "print", Href: l.Path + "/print" + query, Shortcut: "F8", Narrow: NoPhone}
	if l.Wide {
		printed.Also = []Action{{Key: "print3", Label: i18n.T(ctx, "list.print_a3"), Icon: "print", Href: l.Path + "/print" + and(query) + PaperParam + "=" + A3}}
	}
	v.Actions = append(v.Actions, printed,
		Action{Key: "xlsx", Label: i18n.T(ctx, "list.export"), Icon: "dl", Href: l.Path + "/xlsx" + query, Narrow: NoPhone})
}

// shown are the acts that a reader may do where he is.
func shown(ctx context.Context, who Reader, acts []ActionDef) (all []Action) {
	for _, a := range acts {
		if s := who.scope(a.Posts); s.All() || len(s.Estates()) > 0 {
			all = append(all, Action{Key: a.Key, Label: i18n.T(ctx, a.Label), Icon: a.Icon, Href: a.Href, Primary: a.Primary, Shortcut: a.Shortcut})
		}
	}
	return all
}

// and is a query that goes on.
func and(query string) string {
	if query == "" {
		return "?"
	}
	return query + "&"
}
