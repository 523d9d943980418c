package app

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/estate/estateweb"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/account/accountweb"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/label"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/room"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/setting/settingweb"
	"hudang/internal/web"
)

// rooms are what the program consists of, the ground first. Nothing registers itself: to add a room, add it here, its
// pages to routes, and its entry to modules.
var rooms = []room.Room{
	{Files: evidence.Migrations, Tables: evidence.Own},
	{Files: op.Migrations, Tables: op.Tables},
	{Files: errs.Locales}, {Files: cn.Locales}, {Files: page.Locales}, {Files: paperweb.Locales}, {Files: historyweb.Locales}, {Files: logweb.Locales}, {Files: list.Locales}, {Files: locales},
	{Files: account.Files, Tables: account.Tables, Ops: account.Ops, Lists: []list.Any{accounts}},
	{Files: setting.Files, Tables: setting.Tables},
	series.Room,
	label.Room,
	{Files: web.Locales, Settings: web.Settings},
	estate.Room,
}

// routes are every room's pages.
func (h *house) routes(mux *http.ServeMux, kit *page.Kit, d *op.Door) {
	paperweb.Routes(mux)
	labelweb.Routes(mux, kit, d, h.things)
	logweb.Routes(mux, kit, d)
	settingweb.Pages{Kit: kit, Door: d, Registry: h.settings}.Routes(mux)
	estateweb.Pages{Kit: kit, Door: d}.Routes(mux)
}

// modules are the navigation, in the order of ui.md §3.
var modules = []web.Module{
	{Key: "home", Label: "web.nav.home", Icon: "today", Href: "/", Posts: access.Posts},
	{Key: estateweb.Current, Label: "web.nav.units", Icon: "house", Href: "/units", Posts: estate.Units.Posts},
	{Key: accountweb.Current, Label: "web.nav.accounts", Icon: "user", Href: account.ListPath, Posts: account.MayManage()},
	{Key: logweb.Current, Label: "log.title", Icon: "rules", Href: logweb.Path, Posts: logweb.MayRead()},
	{Key: settingweb.Current, Label: "setting.title", Icon: "set", Href: "/settings", Posts: setting.MayChange()},
}

// finders are what rooms find for the search box.
func finders(d *op.Door) []page.Finder {
	return []page.Finder{estateweb.Finder(d)}
}

// homeFigures are what rooms show on the home page.
func homeFigures(d *op.Door) []page.HomeFigure {
	return []page.HomeFigure{estateweb.Home(d)}
}
