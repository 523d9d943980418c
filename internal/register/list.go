package register

import (
	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

func (r *Register[T, F, ID, P]) list() list.Def[T] {
	id := func(row T) ID { return ID(P(&row).Key()) }
	shown := r.Shown()
	var searched []string
	for _, f := range shown {
		if f.Searched {
			searched = append(searched, f.Name)
		}
	}
	return list.Def[T]{
		Name: r.Room + "." + r.Plural, Title: r.Title, Clauses: r.Clauses, Posts: r.MayRead, Path: r.Path, Sort: r.Sort,
		From:    rowsOf[T],
		Ticked:  label.Ticked(r.Noun),
		Row:     func(row T) (string, string) { return ref.Text(id(row)), r.Href(id(row)) },
		Struck:  func(row T) bool { return !P(&row).InForce() },
		Columns: append(record.Columns(shown), estate.Column(func(row T) string { return P(&row).NameOfEstate() })),
		Filters: append([]list.Filter{{Key: "q", Label: r.Find, Kind: list.FilterText, Apply: list.TextLike(searched...)}, estate.Filter}, r.Filters...),
		Tabs:    r.tabs(),
		Empty:   r.Empty,
		Actions: []list.ActionDef{{Key: "new", Label: r.Add, Icon: "plus", Href: r.Path + "/new", Shortcut: "Alt+N", Primary: true, Posts: r.MayEnter}},
	}
}

// tabs are the register's own, or one of all that is not void, and one of what is void.
func (r *Register[T, F, ID, P]) tabs() []list.SavedView {
	tabs := []list.SavedView{{Label: "register.tab.all", Apply: list.None("voided")}}
	if len(r.Tabs) > 0 {
		tabs = nil
	}
	for _, t := range r.Tabs {
		own := t.Apply
		t.Apply = func(q *bun.SelectQuery) *bun.SelectQuery { return list.None("voided")(own(q)) }
		tabs = append(tabs, t)
	}
	return append(tabs, list.SavedView{Key: "void", Label: "register.tab.void", Apply: list.Some("voided")})
}
