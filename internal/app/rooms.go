package app

import (
	"io/fs"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/estate/estateweb"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/web"
)

// A room offers its parts here; nothing registers itself. To add a room, add it to each of these lists.

// migrations are every room's schema.
var migrations = []fs.FS{evidence.Migrations, op.Migrations, account.Files, estate.Files}

// texts are every catalogue.
var texts = []fs.FS{locales, errs.Locales, page.Locales, paperweb.Locales, list.Locales, account.Files, web.Locales, estate.Files}

// tables are every declared table.
var tables = [][]evidence.Table{evidence.Own, op.Tables, account.Tables, estate.Tables}

// lists are every list.
var lists = [][]list.Any{estate.Lists}

// operations are every operation, those of the lists included.
func operations() []op.Any {
	var all []op.Any
	for _, ops := range [][]op.Any{account.Ops, estate.Ops} {
		all = append(all, ops...)
	}
	for _, room := range lists {
		for _, l := range room {
			all = append(all, l.Ops()...)
		}
	}
	return all
}

// routes are every room's pages.
func routes(mux *http.ServeMux, kit *page.Kit, d *op.Door) {
	paperweb.Routes(mux)
	estateweb.Pages{Kit: kit, Door: d}.Routes(mux)
}

// modules are the navigation, in the order of ui.md §3.
var modules = []web.Module{
	{Key: "home", Label: "web.nav.home", Icon: "today", Href: "/", Posts: access.Posts},
	{Key: estateweb.Current, Label: "web.nav.units", Icon: "house", Href: "/units", Posts: estate.Units.Posts},
}

// finders are what rooms find for the search box.
func finders(d *op.Door) []page.Finder {
	return []page.Finder{estateweb.Finder(d)}
}

// homeFigures are what rooms show on the home page.
func homeFigures(d *op.Door) []page.HomeFigure {
	return []page.HomeFigure{estateweb.Home(d)}
}
