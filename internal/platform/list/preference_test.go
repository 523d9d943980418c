package list_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// reader is somebody with what he made of the list.
func reader(t *testing.T, d *op.Door, account int64) list.Reader {
	t.Helper()
	who := list.Reader{Actor: access.From(optest.As(t.Context(), account, here, toy.Clerks...)), Today: "2026-11-23"}
	var err error
	if who.Prefer, err = notes.Preference(t.Context(), d.DB.Read(), account); err != nil {
		t.Fatal(err)
	}
	return who
}

func view(t *testing.T, ctx context.Context, d *op.Door, account int64, query string) list.View {
	t.Helper()
	asked, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v, err := notes.View(ctx, d.DB.Read(), reader(t, d, account), asked)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func columns(v list.View) (keys []string) {
	for _, h := range v.Columns {
		keys = append(keys, h.Key)
	}
	return keys
}

func TestColumns_AreThePersonsOwn(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		who := reader(t, d, 1)
		if err := notes.ChooseColumns(ctx, d, who, []string{"invented"}); err != nil {
			t.Fatal(err)
		}
		v := view(t, ctx, d, 1, "sort=holder")
		if got := columns(v); !slices.Equal(got, []string{"text"}) || len(v.Rows[0].Cells) != 1 || !v.Chosen || v.Choices[0].Shown {
			t.Errorf("without the holder: %v, %+v", got, v.Choices)
		}
		if got := columns(view(t, ctx, d, 2, "")); len(got) != 2 {
			t.Errorf("another person sees %v", got)
		}
		_, first := texts(t, ctx, d, "sort=holder")
		for i, line := range v.Rows {
			if line.Cells[0].Text != first[i] {
				t.Fatalf("the order by a column left out is lost: row %d is %q", i, line.Cells[0].Text)
			}
		}
		for how, want := range map[list.ExportFormat]int{list.Export: 1, list.Print: 2} {
			taken, err := notes.Take(ctx, d, how, reader(t, d, 1), nil)
			if err != nil || len(taken.Columns) != want || len(taken.Rows[0]) != want {
				t.Errorf("%s has %d columns, want %d: %v", how, len(taken.Columns), want, err)
			}
		}
		if err := notes.ResetColumns(ctx, d, who); err != nil {
			t.Fatal(err)
		}
		if v := view(t, ctx, d, 1, ""); len(v.Columns) != 2 || v.Chosen {
			t.Errorf("as designed: %v", columns(v))
		}
	})
}

func TestViews_KeptAsTabsWithTheirCount(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		save := func(account int64, name, query string) error {
			asked, _ := url.ParseQuery(query)
			return notes.SaveView(ctx, d, reader(t, d, account), name, asked)
		}
		for _, c := range []struct{ name, query string }{{"", "q=5"}, {strings.Repeat("长", 13), "q=5"}, {"全部", ""}, {"页", "page=3"}} {
			if err := save(1, c.name, c.query); !errs.Is(err, errs.Invalid) {
				t.Errorf("%q of %q: %v", c.name, c.query, err)
			}
		}
		if err := save(1, " 五字头 ", "sort=text&page=2&q=5&evil=1"); err != nil {
			t.Fatal(err)
		}
		if tabs := view(t, ctx, d, 2, "").Tabs; len(tabs) != 0 {
			t.Errorf("another person has %v", tabs)
		}
		v := view(t, ctx, d, 1, "")
		if len(v.Tabs) != 2 || !v.Tabs[0].Current || v.Tabs[1].Current || v.Tabs[1].Label != "五字头" || v.Tabs[1].Count != "2" || v.Tabs[1].Href != "/notes?q=5&sort=text" {
			t.Errorf("tabs %+v", v.Tabs)
		}
		if v = view(t, ctx, d, 1, "q=5&sort=text"); v.Own != "五字头" || v.Tabs[0].Current || !v.Tabs[1].Current || len(v.Rows) != 2 {
			t.Errorf("the view itself: %q, %+v", v.Own, v.Tabs)
		}
		who := reader(t, d, 1)
		if err := save(1, "另一个", "q=a"); err != nil {
			t.Fatal(err)
		}
		if err := notes.RenameView(ctx, d, who, "五字头", "另一个"); !errs.Is(err, errs.Invalid) {
			t.Errorf("a name that is taken: %v", err)
		}
		if err := notes.RenameView(ctx, d, who, "五字头", "带 5 的"); err != nil || view(t, ctx, d, 1, "q=5&sort=text").Own != "带 5 的" {
			t.Errorf("renaming: %v", err)
		}
		for n := 3; n <= 10; n++ {
			if err := save(1, strings.Repeat("x", n), "q=5"); err != nil {
				t.Fatal(err)
			}
		}
		if err := save(1, "eleven", "q=5"); !errs.Is(err, errs.Invalid) {
			t.Errorf("an eleventh view: %v", err)
		}
		if err := save(1, "xxx", "q=a"); err != nil {
			t.Errorf("replacing one of ten: %v", err)
		}
		if err := notes.DeleteView(ctx, d, who, "xxx"); err != nil || len(view(t, ctx, d, 1, "").Tabs) != 10 {
			t.Errorf("deleting: %v", err)
		}
	})
}
