package app

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/archive/archiveweb"
	"hudang/internal/archive/upkeep"
	"hudang/internal/archive/upkeep/upkeepweb"
	"hudang/internal/estate"
	"hudang/internal/estate/estateweb"
	"hudang/internal/household"
	"hudang/internal/household/householdweb"
	"hudang/internal/household/imports"
	"hudang/internal/household/imports/importsweb"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/account/accountweb"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/approval/approvalweb"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/control"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/draft/draftweb"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/evidence/logweb"
	"hudang/internal/platform/holiday"
	"hudang/internal/platform/holiday/holidayweb"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobweb"
	"hudang/internal/platform/label"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/list"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/record"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/render"
	"hudang/internal/platform/series"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/setting/settingweb"
	"hudang/internal/platform/sheet"
	"hudang/internal/platform/sign"
	"hudang/internal/platform/viewlog"
	"hudang/internal/register"
	"hudang/internal/rulebook"
	"hudang/internal/web"
)

// rooms are what the program consists of, the ground first. Nothing registers itself: to add a room, add it here, its
// pages to routes, and its entry to modules.
var rooms = []module.Module{
	{Files: evidence.Migrations, Tables: evidence.Own},
	{Files: op.Migrations, Tables: op.Tables},
	{Files: errs.Locales}, {Files: cn.Locales}, {Files: page.Locales}, {Files: paperweb.Locales}, {Files: historyweb.Locales}, {Files: logweb.Locales, Ops: logweb.Ops}, {Files: list.Locales}, {Files: masked.Locales}, {Files: list.Migrations, Tables: list.Tables}, {Files: record.Locales}, {Files: locales},
	{Files: account.Files, Tables: account.Tables, Ops: account.Ops, Lists: []list.Any{accounts}, Settings: account.Settings, Duties: account.Duties},
	{Files: setting.Files, Tables: setting.Tables},
	{Files: control.Files, Tables: control.Tables, Ops: control.Ops, Settings: control.Settings},
	approval.Module, sign.Module, holiday.Module,
	viewlog.Module,
	{Files: job.Files, Tables: job.Tables, Ops: job.Ops, Lists: job.Lists},
	series.Module,
	label.Module,
	draft.Module,
	{Files: web.Locales, Settings: web.Settings}, {Files: rulebook.Locales},
	estate.Module,
	{Files: blob.Locales}, {Files: render.Locales}, archive.Module, upkeep.Module,
	{Files: register.Locales},
	household.Module, {Lists: []list.Any{summary}},
	{Files: sheet.Locales}, {Files: roster.Locales}, imports.Module,
}

// routes are every room's pages.
func (h *house) routes(mux *http.ServeMux, kit *page.Kit, d *op.Door, scans archive.Scans) {
	paperweb.Routes(mux)
	labelweb.Pages{Kit: kit, Door: d, Things: h.things, Print: h.label, PrintAll: h.labels, EstateName: estate.NameOf}.Routes(mux)
	draftweb.Routes(mux, kit, d)
	jobweb.Pages{Kit: kit, Door: d, Things: h.things, EstateName: estate.NameOf}.Routes(mux)
	logweb.Pages{Kit: kit, Door: d, Names: h.audited()}.Routes(mux)
	maskedweb.Routes(mux, kit, d, h.reveals)
	lists := listweb.Site{Kit: kit, Door: d, Estate: estate.NameOf}
	lists.Routes(mux, h.looks, looksModule)
	lists.Routes(mux, h.leaves, logweb.NavLog)
	lists.Routes(mux, summary, summaryModule)
	approvalweb.Pages{Kit: kit, Door: d, Requests: h.approvals, EstateName: estate.NameOf}.Routes(mux)
	settingweb.Pages{Kit: kit, Door: d, Registry: h.settings}.Routes(mux)
	holidayweb.Pages{Kit: kit, Door: d}.Routes(mux)
	estateweb.Pages{Site: recordweb.Site{Kit: kit, Door: d}, Units: household.Units, Complete: completeLease(d), Homes: homesOf(d), Users: usersOf(d), Choose: h.choose, Roster: imports.Path + "/new",
		Ask: func(u estate.UnitID) string { return household.RequestPath + "?unit=" + ref.Text(u) }}.Routes(mux)
	papers := archiveweb.Pages{Site: recordweb.Site{Kit: kit, Door: d}, Scans: scans, Things: h.things, Lines: linesOf(d)}
	papers.Routes(mux)
	upkeepweb.Pages{Kit: kit, Door: d}.Routes(mux)
	rosters := importsweb.Pages{Kit: kit, Door: d, Requests: h.approvals, Things: h.things, Scans: scans, Nav: importsModule}
	rosters.Routes(mux)
	householdweb.Pages{Site: recordweb.Site{Kit: kit, Door: d}, Receive: papers.Receive, LeaseFields: estateweb.LeaseFields, Panels: []householdweb.Panel{rosters.Panel()}, More: []householdweb.Source{rosters.Source()}}.Routes(mux)
}

// The entries of lists that belong to no room's pages.
const (
	looksModule   = "views"
	summaryModule = "summary"
	importsModule = "imports"
)

// summary is 《业户基本情况汇总表》; rooms that know more of a unit add their columns here.
var summary = household.Summary()

// approvals are the operations that wait for somebody's approval.
var approvals = []approval.Any{imports.ClearApproval}

// modules are the navigation, in the order of ui.md §3.
var modules = []web.NavEntry{
	today,
	{Label: "web.nav.households", Icon: "user", Below: []web.NavEntry{
		households,
		{Key: summaryModule, Label: "web.nav.summary", Icon: "list", Href: household.SummaryPath, Posts: household.MayRead()},
		{Key: estateweb.NavUnits, Label: "web.nav.units", Icon: "house", Href: "/units", Posts: estate.Units.Posts},
		{Key: estateweb.NavLeases, Label: "lease.list.title", Icon: "sign", Href: estate.Leases.Path, Posts: estate.Leases.Posts},
		{Key: estateweb.NavVehicles, Label: "vehicle.list.title", Icon: "car", Href: estate.Vehicles.Path, Posts: estate.Vehicles.Posts},
		{Key: householdweb.Observations, Label: "observation.list.title", Icon: "visit", Href: household.Observations.Path, Posts: household.MayRead()},
		{Key: householdweb.NavRequests, Label: "request.list.title", Icon: "lock", Href: household.RequestsPath, Posts: household.MayAudit()},
		{Key: importsModule, Label: "import.list.title", Icon: "up", Href: imports.Path, Posts: imports.MayImport()},
		{Key: importsweb.NavLeft, Label: "left.list.title", Icon: "wait", Href: imports.LeftPath, Posts: imports.MayImport()},
	}},
	{Key: householdweb.NavRequests, Label: "request.own", Icon: "lock", Href: household.RequestPath, Posts: household.MayAsk()},
	{Key: householdweb.Noting, Label: "observation.note", Icon: "visit", Href: notePath, Posts: []access.Post{access.Finance, access.OtherDept}},
	{Label: "archive.nav", Icon: "arch", Below: []web.NavEntry{papers,
		{Key: archiveweb.NavVolumes, Label: "archive.volumes.title", Icon: "store", Href: archive.Volumes.Path, Posts: archive.MayRead()},
		{Key: upkeepweb.NavUpkeep, Label: "upkeep.title", Icon: "store", Href: upkeep.Path, Posts: upkeep.MayRead()}}},
	{Key: approvalweb.NavApprovals, Label: "approval.title", Icon: "sign", Href: approval.ListPath, Posts: access.Posts},
	{Label: "web.nav.rules", Icon: "rules", Below: []web.NavEntry{
		{Key: web.NavControls, Label: "web.controls", Icon: "rules", Href: web.ControlsPath, Posts: control.MayRead()},
		{Key: logweb.NavLog, Label: "log.title", Icon: "lock", Href: logweb.Path, Posts: logweb.MayRead()},
		{Key: looksModule, Label: "view.list.title", Icon: "find", Href: viewlog.ListPath, Posts: viewlog.MayRead()},
	}},
	{Label: "setting.title", Icon: "set", Below: []web.NavEntry{
		{Key: estateweb.NavEstates, Label: "estate.list.title", Icon: "house", Href: estate.All.Path, Posts: estate.All.Posts},
		{Key: settingweb.NavSettings, Label: "setting.title", Icon: "set", Href: "/settings", Posts: setting.MayChange()},
		{Key: holidayweb.NavHolidays, Label: "holiday.title", Icon: "set", Href: holiday.Path, Posts: holiday.MayRecord()},
		{Key: accountweb.NavAccounts, Label: "web.nav.accounts", Icon: "user", Href: account.ListPath, Posts: account.MayManage()},
	}},
}

// Entries that stand in a phone's bar too.
var (
	today      = web.NavEntry{Key: "home", Label: "web.nav.home", Icon: "today", Href: "/", Posts: access.Posts}
	households = web.NavEntry{Key: householdweb.NavHouseholds, Label: "web.nav.find", Icon: "find", Href: household.Households.Path, Posts: household.MayRead()}
	papers     = web.NavEntry{Key: archiveweb.NavPapers, Label: "archive.papers.title", Icon: "arch", Href: archive.Papers.Path, Posts: archive.MayRead()}
)

// anotherEstate stands below the estates in the header.
var anotherEstate = web.Verb{Label: "estate.add", Icon: "plus", Href: estate.All.Path + "/new", Posts: estate.MayChangeEstates()}

const notePath = "/observations/new"

// phone is the bar of a phone: what is done on the way (ui.md §3).
var phone = []web.NavEntry{
	today, households,
	{Key: householdweb.Noting, Label: "observation.note", Icon: "visit", Href: notePath, Posts: household.MayNote()},
	{Key: archiveweb.NavPapers, Label: "archive.nav", Icon: "arch", Href: archive.Papers.Path, Posts: archive.MayRead()},
}

// own is what the person's menu has besides his account.
var own = []web.NavEntry{{Key: "jobs", Label: "job.list.title", Icon: "wait", Href: job.ListPath, Posts: access.Posts}}

// homeFigures are what rooms show on the home page.
func (h *house) homeFigures(d *op.Door) []page.HomeFigure {
	return append([]page.HomeFigure{estateweb.Home(d)}, logweb.Home(d, h.leaves)...)
}
