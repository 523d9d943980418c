package list_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

const here access.EstateID = 7

// notes is a list over the toy room: newest text first, every kind of filter.
var notes = list.Define(list.Def[toy.Note]{
	Name: "toy.notes", Title: "t.title", NoClause: "a test", Posts: toy.Clerks, Path: "/notes", Sort: "-text",
	From: func(q db.Querier, s access.Scope) *bun.SelectQuery {
		return q.Select((*toy.Note)(nil)).Where("?TableAlias.estate IN (?)", bun.List(s.Estates()))
	},
	Row: func(n toy.Note) (id, href string) { return strconv.FormatInt(int64(n.ID), 10), "" },
	Columns: []list.Column[toy.Note]{
		{Key: "text", Label: "t.text", By: "COALESCE(?TableAlias.text,''),?TableAlias.version", Cell: func(_ context.Context, n toy.Note) list.Cell { return list.Cell{Text: n.Text} }},
		{Key: "holder", Label: "t.holder", By: "SUBSTR(?TableAlias.text,2),?TableAlias.holder", Cell: func(context.Context, toy.Note) list.Cell { return list.Cell{} }},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "t.text", Hint: "t.hint", Kind: list.FilterText, Apply: list.TextLike("text", "'x' || ?TableAlias.text")},
		{Key: "is", Label: "t.text", Kind: list.FilterText, Apply: list.Is("text")},
		{Key: "on", Label: "t.on", Kind: list.FilterDate, Apply: list.Is("text")},
		{Key: "term", Label: "t.term", Kind: list.FilterRange, Apply: func(q *bun.SelectQuery, from, to string) *bun.SelectQuery {
			return q.Where("? <= ?TableAlias.text AND ?TableAlias.text <= ?", from, to)
		}},
	},
})

func world() optest.World {
	w := optest.Toy
	w.Migrations = append(slices.Clone(w.Migrations), list.Migrations)
	w.Tables = append(slices.Clone(w.Tables), list.Tables)
	w.Ops = append(slices.Clone(w.Ops), notes.Ops()...)
	return w
}

func texts(t *testing.T, ctx context.Context, d *op.Door, query string) (list.View, []string) {
	t.Helper()
	asked, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v, err := notes.View(ctx, d.DB.Read(), list.Reader{Actor: access.From(ctx), Today: "2026-11-23"}, asked)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var found []string
	for _, r := range v.Rows {
		found = append(found, r.Cells[0].Text)
	}
	return v, found
}

func setUp(t *testing.T, d *op.Door) context.Context {
	t.Helper()
	bundle, err := i18n.New(list.Locales, cn.Locales)
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(optest.As(t.Context(), 1, here, toy.Clerks...), bundle, i18n.Chinese)
	for _, text := range []string{"50%", "500", `a\b`, "a_b", "aXb", "Zoë", "2026-11-23", "2026-11-30"} {
		if _, err := op.Run(ctx, d, toy.AddNote, toy.AddNoteIn{Estate: here, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	return ctx
}

func TestFilters_TakeTheTextAsItStands(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		for query, want := range map[string][]string{
			"q=50%25": {"50%"}, "q=a_B": {"a_b"}, `q=A\B`: {`a\b`}, "q=zo": {"Zoë"}, "q=ZOë": {"Zoë"}, "q=xa!": nil, "q=XA_": {"a_b"},
			"is=a_b": {"a_b"}, "is=A_B": nil, "is=a%25": nil,
			"on=%2B7": {"2026-11-30"}, "on=20261123": {"2026-11-23"}, "on=%E4%BB%8A%E5%A4%A9": {"2026-11-23"},
			"term.from=11-20&term.to=%2B1": {"2026-11-23"},
		} {
			if _, got := texts(t, ctx, d, query); !slices.Equal(got, want) {
				t.Errorf("%s finds %q, want %q", query, got, want)
			}
		}
	})
}

func TestFilters_UnreadableDateIsSaidAndNotApplied(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		for _, query := range []string{"on=soon", "term.from=2026-11-30&term.to=2026-02-30"} {
			v, found := texts(t, ctx, d, query)
			if len(found) != 8 || len(v.Chips) != 1 || !slices.ContainsFunc(v.Filters, func(b list.FilterBox) bool { return b.Wrong }) {
				t.Errorf("%s: %d rows, chips %v", query, len(found), v.Chips)
			}
			asked, _ := url.ParseQuery(query)
			who := list.Reader{Actor: access.From(ctx), Today: "2026-11-23"}
			if _, err := notes.Take(ctx, d, list.Print, who, asked); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s was printed: %v", query, err)
			}
			if taken, err := notes.Take(ctx, d, list.Print, who, nil); err != nil || len(taken.Rows) != 8 {
				t.Errorf("without a filter nothing is printed: %v", err)
			}
		}
		v, _ := texts(t, ctx, d, "on=soon")
		if want := "[t.on]：未认出日期，按 2026-11-23 的样子填写"; v.Chips[0].Label != want || v.Filters[2].Value != "soon" {
			t.Errorf("chip %q, value %q", v.Chips[0].Label, v.Filters[2].Value)
		}
		if v, _ := texts(t, ctx, d, "on=%2B7"); v.Filters[2].Value != "2026-11-30" || v.Columns[0].Href != "/notes?on=2026-11-30&sort=text" {
			t.Errorf("a relative day does not become a date: %q, %q", v.Filters[2].Value, v.Columns[0].Href)
		}
	})
}

func TestSort_DescendingByDefaultAndTurned(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		up := []string{"2026-11-23", "2026-11-30", "50%", "500", "Zoë", "aXb", `a\b`, "a_b"}
		down := slices.Clone(up)
		slices.Reverse(down)
		v, got := texts(t, ctx, d, "")
		if !slices.Equal(got, down) || v.Columns[0].Sort != "desc" || v.Columns[0].Href != "/notes?sort=text" || v.Sort != "" {
			t.Errorf("default: %q %+v", got, v.Columns[0])
		}
		v, got = texts(t, ctx, d, "sort=text")
		if !slices.Equal(got, up) || v.Columns[0].Sort != "asc" || v.Columns[0].Href != "/notes" || v.Sort != "text" {
			t.Errorf("turned: %q %+v", got, v.Columns[0])
		}
		if v.Columns[1].Href != "/notes?sort=holder" || len(v.Sorts) != 4 || v.Sorts[1].Value != "" || v.Sorts[3].Value != "-holder" {
			t.Errorf("orders: %+v, %q", v.Sorts, v.Columns[1].Href)
		}
		if v.Filters[0].Hint != "[t.hint]" {
			t.Errorf("hint %q", v.Filters[0].Hint)
		}
	})
}

func TestDefine_OperationsSayTheirClauseOrWhyNone(t *testing.T) {
	for _, o := range notes.Ops() {
		if o.NoClause() != "a test" {
			t.Errorf("%s: no clause because %q", o.Name(), o.NoClause())
		}
	}
}
