package list_test

import (
	"net/url"
	"testing"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// rareNotes has a tab with all notes and one with few.
var rareNotes = func() *list.List[toy.Note] {
	def := notes.Def
	def.Name = "toy.rare"
	def.Tabs = []list.SavedView{{Key: "", Label: "t.all", Apply: func(q *bun.SelectQuery) *bun.SelectQuery { return q }},
		{Key: "few", Label: "t.few", Apply: func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.text = '500'") }}}
	return list.Define(def)
}()

func TestView_CountsOnlySoFar(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d)
		for range 50 {
			if _, err := op.Run(ctx, d, toy.AddNote, toy.AddNoteIn{Estate: here, Text: "x"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			most  int
			asked url.Values
			total int
			more  bool
			tabs  [2]string
			next  bool
		}{
			{58, nil, 58, false, [2]string{"58", "1"}, true},
			{57, nil, 57, true, [2]string{"57+", ""}, true},
			{40, nil, 40, true, [2]string{"40+", ""}, true},
			{40, url.Values{"page": {"2"}}, 40, true, [2]string{"40+", ""}, false},
			{40, url.Values{"tab": {"few"}}, 1, false, [2]string{"40+", "1"}, false},
		} {
			list.CountTo(t, c.most)
			v, err := rareNotes.View(ctx, d.DB.Read(), list.Reader{Actor: access.From(ctx), Today: "2026-11-23"}, c.asked)
			if err != nil {
				t.Fatal(err)
			}
			if got := [2]string{v.Tabs[0].Count, v.Tabs[1].Count}; v.Total != c.total || v.More != c.more || got != c.tabs || (v.Next != "") != c.next {
				t.Errorf("counting to %d, %v: %d, more %v, tabs %q, next %q", c.most, c.asked, v.Total, v.More, got, v.Next)
			}
		}
	})
}

// What is too long for paper is refused with what to do, and leaves no leaf.
func TestTake_NotMoreThanMayLeave(t *testing.T) {
	optest.Each(t, world(), func(t *testing.T, d *op.Door) {
		ctx := setUp(t, d) // eight notes
		before := optest.Leaves(t, d, here)
		list.TakeUpTo(t, 7)
		if _, err := notes.Take(ctx, d, list.Print, reader(t, d, 1), nil); !errs.Is(err, errs.Invalid) {
			t.Errorf("eight of seven: %v", err)
		}
		if after := optest.Leaves(t, d, here); after != before {
			t.Errorf("%d leaves for what was refused", after-before)
		}
		list.TakeUpTo(t, 8)
		if taken, err := notes.Take(ctx, d, list.Print, reader(t, d, 1), nil); err != nil || len(taken.Rows) != 8 {
			t.Errorf("eight of eight: %v", err)
		}
	})
}
