package list

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// Is narrows to the rows whose column is the value chosen. A column is one of the list's own table, or an SQL expression.
func Is(column string) func(q *bun.SelectQuery, value, until string) *bun.SelectQuery {
	where := own(column) + " = ?"
	return func(q *bun.SelectQuery, value, _ string) *bun.SelectQuery { return q.Where(where, value) }
}

// None is a tab of the rows that have nothing in a column; columns are as in Is.
func None(column string) func(q *bun.SelectQuery) *bun.SelectQuery {
	where := own(column) + " IS NULL"
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where(where) }
}

// Some is a tab of the rows that have something in a column.
func Some(column string) func(q *bun.SelectQuery) *bun.SelectQuery {
	where := own(column) + " IS NOT NULL"
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where(where) }
}

// TextLike narrows to the rows that have the typed text, as it stands, anywhere in one of the columns; A and a are the
// same. Columns are as in Is.
func TextLike(columns ...string) func(q *bun.SelectQuery, value, until string) *bun.SelectQuery {
	return func(q *bun.SelectQuery, value, _ string) *bun.SelectQuery {
		pattern := Like(value)
		return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			for _, c := range columns {
				q = q.WhereOr("LOWER("+own(c)+") LIKE ? ESCAPE '!'", pattern)
			}
			return q
		})
	}
}

// Like is the pattern that finds a typed text anywhere: for LOWER(column) LIKE ? ESCAPE '!', the same on both engines.
func Like(typed string) string { return "%" + escaped.Replace(lower(typed)) + "%" }

// escaped takes the meaning from what LIKE reads as a pattern. A backslash is none: '!' escapes in its place.
var escaped = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// lower is what LOWER does on both engines: with the order of bytes ({{text}}) it changes A to Z and nothing else.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// own names a column of the list's own table; what is more than a name is an expression already.
func own(column string) string {
	if strings.ContainsAny(column, "?.(") {
		return column
	}
	return "?TableAlias." + column
}

// take reads what a filter was given. A date that cannot be read is kept as typed, and why is noted.
func (r *request) take(who Reader, f Filter, value, until string) {
	if f.Kind == FilterDate || f.Kind == FilterRange {
		from, wrong := cn.EntryDay(value, who.Today)
		to, alsoWrong := cn.EntryDay(until, who.Today)
		var p cn.Problem
		if errors.As(errors.Join(wrong, alsoWrong), &p) {
			r.wrong[f.Key] = p.Key()
		} else {
			value, until = from, to
		}
	}
	if value != "" || until != "" {
		r.filters[f.Key] = [2]string{value, until}
	}
}

// mistakes is the first filter that could not be read, as an error; nil for none.
func (l *List[T]) mistakes(r request) error {
	for _, f := range l.Filters {
		if why := r.wrong[f.Key]; why != "" {
			return errs.E(errs.Invalid, "list.chip", i18n.Key(f.Label), i18n.Key(why))
		}
	}
	return nil
}

func (l *List[T]) filter(key string) Filter {
	i := slices.IndexFunc(l.Filters, func(f Filter) bool { return f.Key == key })
	if i < 0 {
		return Filter{}
	}
	return l.Filters[i]
}

// boxes are the filters as shown, and the chips of those active. One that could not be read has a chip that says so.
func (l *List[T]) boxes(ctx context.Context, q db.Querier, who Reader, r request, v *View) error {
	for _, f := range l.Filters {
		active := r.filters[f.Key]
		box := FilterBox{Key: f.Key, Label: i18n.T(ctx, f.Label), Kind: f.Kind, Value: active[0], Until: active[1], Wrong: r.wrong[f.Key] != ""}
		if f.Hint != "" {
			box.Hint = i18n.T(ctx, f.Hint)
		}
		shown := strings.Trim(active[0]+" ~ "+active[1], " ~")
		if box.Wrong {
			shown = i18n.T(ctx, r.wrong[f.Key])
		}
		if f.Options != nil {
			options, err := f.Options(ctx, q, who.scope(l.Posts))
			if err != nil {
				return err
			}
			if f.Across && len(options) < 2 && shown == "" {
				continue
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
	if r.tab != "" {
		v.Keep = []Param{{"tab", r.tab}}
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
