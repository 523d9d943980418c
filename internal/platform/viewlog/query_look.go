package viewlog

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// ListPath is the address of the list of looks.
const ListPath = "/views"

var mayRead = []access.Post{access.Manager}

// MayRead are the posts that see who looked at what.
func MayRead() []access.Post { return mayRead }

// lookRow is a look in the list.
type lookRow struct {
	View       `bun:",extend"`
	Who        string `bun:"-"`
	What, Href string `bun:"-"`
}

// List is who looked at whose page, for the manager; things says how what was looked at is called.
func List(things ref.Kinds) list.Any {
	return list.Define(list.Def[lookRow]{
		Name:    "viewlog.looks",
		Title:   "view.list.title",
		Form:    lookRegister,
		Clauses: []string{"D5"},
		Posts:   mayRead,
		Path:    ListPath,
		From:    looksOf,
		Sort:    "-at",
		Row:     func(r lookRow) (id, href string) { return "", r.Href },
		Fill: func(ctx context.Context, q db.Querier, rows []lookRow) error {
			return fill(ctx, q, things, rows)
		},
		Columns: []list.Column[lookRow]{
			{Key: "at", Label: "view.at", Kind: list.KindDate, By: "?TableAlias.at", Width: 4, Cell: list.Text(func(r lookRow) string { return clock.Moment(r.At) })},
			{Key: "who", Label: "view.who", Width: 3, Cell: list.Text(func(r lookRow) string { return r.Who })},
			{Key: "what", Label: "view.what", Width: 6, Cell: list.Text(func(r lookRow) string { return r.What })},
		},
		Filters: []list.Filter{
			{Key: "who", Label: "view.who", Kind: list.FilterText, Apply: ofAccount},
			{Key: "day", Label: "view.day", Kind: list.FilterRange, Apply: between},
		},
		Empty: list.EmptyText{Title: "view.empty.title", Text: "view.empty.text"},
	})
}

func fill(ctx context.Context, q db.Querier, things ref.Kinds, rows []lookRow) error {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.Account
	}
	names, err := account.Names(ctx, q, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		r.Who = names[r.Account]
		if r.Kind == Searched {
			r.What = i18n.T(ctx, "view.searched", r.Thing)
			continue
		}
		r.What = i18n.T(ctx, "view.gone")
		if t, err := things.Resolve(ctx, q, access.From(ctx), r.Ref()); err == nil {
			r.What, r.Href = t.Title, t.Href
		}
	}
	return nil
}
