package account

import (
	"context"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Place is an estate by name. This package knows none; who composes the program hands them over.
type Place struct {
	ID   access.EstateID
	Name string
}

// Places gives every estate, in the order they are shown.
type Places func(ctx context.Context, q db.Querier) ([]Place, error)

// ListPath is the address of the register of accounts.
const ListPath = "/accounts"

// List is the register of accounts.
func List(places Places) list.Any {
	return list.Define(list.Def[accountRow]{
		Name:    "account.accounts",
		Title:   "account.list.title",
		Form:    accountRegister,
		Clauses: []string{"D5", "E10"},
		Posts:   mayManage,
		Path:    ListPath,
		From:    accountsOf,
		Fill: func(ctx context.Context, q db.Querier, rows []accountRow) error {
			return fillPosts(ctx, q, places, rows)
		},
		Sort:   "name",
		Row:    func(a accountRow) (id, href string) { return ref.Text(a.ID), a.Path() },
		Struck: func(a accountRow) bool { return a.Disabled != 0 },
		Columns: []list.Column[accountRow]{
			{Key: "name", Label: "account.name", By: "COALESCE(?TableAlias.sorting, ?TableAlias.name)", Width: 3, Cell: list.Text(func(a accountRow) string { return a.Name })},
			{Key: "login", Label: "account.login", Narrow: list.NoPhone, By: "?TableAlias.login", Width: 3, Cell: list.Text(func(a accountRow) string { return a.Login })},
			{Key: "posts", Label: "account.posts", Width: 8, Cell: list.Text(func(a accountRow) string { return a.Posts })},
			{Key: "state", Label: "account.state", Kind: list.KindState, Width: 3, Cell: stateCell},
			{Key: "seen", Label: "account.seen", Narrow: list.NoPhone, By: "seen", Width: 3, Cell: seenCell},
		},
		Filters: []list.Filter{
			{Key: "q", Label: "account.filter.name", Kind: list.FilterText, Apply: list.TextLike("name", "login")},
			{Key: "post", Label: "account.post", Kind: list.FilterSelect, Options: postOptions, Apply: holding},
		},
		Tabs: []list.SavedView{
			{Key: "", Label: "account.tab.enabled", Apply: enabled},
			{Key: "disabled", Label: "account.tab.disabled", Apply: disabled},
		},
		Empty: list.EmptyText{Title: "account.empty.title", Text: "account.empty.text"},
		Actions: []list.ActionDef{
			{Key: "new", Label: "account.add", Icon: "plus", Href: "/accounts/new", Shortcut: "Alt+N", Primary: true, Posts: mayManage},
			{Key: "mode", Label: "account.mode", Href: ModePath, Posts: mayManage},
			{Key: "pcs", Label: "account.pcs", Href: PCPath, Posts: mayManage},
		},
	})
}

func stateCell(ctx context.Context, a accountRow) list.Cell {
	state, text := a.State(ctx)
	return list.Cell{Text: text, State: state}
}

// State says how an account stands, in words.
func (a Account) State(ctx context.Context) (list.State, string) {
	switch {
	case a.Disabled != 0:
		return list.StateVoid, i18n.T(ctx, "account.state.disabled", clock.Date(time.UnixMicro(a.Disabled)))
	case a.PasswordSet == 0:
		return list.StateWait, i18n.T(ctx, "account.state.no_password")
	}
	return list.StateOK, i18n.T(ctx, "account.state.ok")
}

func seenCell(_ context.Context, a accountRow) list.Cell {
	return list.Cell{Text: clock.Moment(a.Seen)}
}

func postOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(access.Posts))
	for i, p := range access.Posts {
		options[i] = list.Option{Value: string(p), Label: PostName(ctx, p)}
	}
	return options, nil
}

// PostName is a post in the person's language.
func PostName(ctx context.Context, p access.Post) string { return i18n.T(ctx, "post."+string(p)) }

// GrantsText writes posts with where they are held.
func GrantsText(ctx context.Context, grants []access.Grant, places []Place) string {
	text := ""
	for _, g := range grants {
		if text != "" {
			text += i18n.T(ctx, "account.and")
		}
		text += PostName(ctx, g.Post)
		if g.Estate == access.Company {
			continue
		}
		where := i18n.T(ctx, "account.estate.gone")
		for _, p := range places {
			if p.ID == g.Estate {
				where = p.Name
			}
		}
		text += i18n.T(ctx, "account.at", where)
	}
	return text
}
