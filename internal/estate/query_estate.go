package estate

import (
	"context"
	"strconv"

	"hudang/internal/platform/list"
)

// All is the register of estates. It stands on its own page, since most people work in one and choose it in the header.
var All = list.Define(list.Def[EstateRow]{
	Name:    "estate.estates",
	Title:   "estate.list.title",
	Form:    estateRegister,
	Clauses: []string{"A1"},
	Posts:   mayChangeEstate,
	Path:    estatesPath,
	From:    estatesOf,
	Sort:    "name",
	Row:     func(e EstateRow) (id, href string) { return strconv.FormatInt(int64(e.ID), 10), e.Path() },
	Columns: []list.Column[EstateRow]{
		{Key: "name", Label: "estate.name", By: "?TableAlias.name", Width: 6, Print: printName, Cell: func(_ context.Context, e EstateRow) list.Cell { return list.Cell{Text: e.Name} }},
		{Key: "address", Label: "estate.address", Narrow: list.NoPhone, Width: 10, Cell: func(_ context.Context, e EstateRow) list.Cell { return list.Cell{Text: e.Address} }},
		{Key: "units", Label: "estate.units", Kind: list.KindNumber, By: "units", Width: 3, Cell: func(_ context.Context, e EstateRow) list.Cell { return list.Cell{Text: strconv.Itoa(e.Units)} }},
	},
	Filters: []list.Filter{{Key: "q", Label: "estate.name", Kind: list.FilterText, Apply: list.TextLike("name", "address")}},
	Empty:   list.EmptyText{Title: "estate.empty.title", Text: "estate.empty.text"},
	Actions: []list.ActionDef{{Key: "new", Label: "estate.add", Icon: "plus", Href: estatesPath + "/new", Posts: mayChangeEstate}},
})
