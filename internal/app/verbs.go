package app

import (
	"hudang/internal/platform/control"
	"hudang/internal/platform/setting"
	"hudang/internal/rulebook"
	"hudang/internal/web"
)

// verbs are what the search box knows by name besides the navigation: what can be done from the rooms' lists, the settings, and the rules.
func verbs() []web.Verb {
	var all []web.Verb
	for _, r := range rooms {
		for _, l := range r.Lists {
			for _, a := range l.ListActions() {
				all = append(all, web.Verb{Group: web.VerbActs, Label: a.Label, Line: l.ListTitle(), Icon: a.Icon, Href: a.Href, Shortcut: a.Shortcut, Posts: a.Posts, New: a.Primary})
			}
		}
	}
	for _, r := range rooms {
		for _, n := range r.Settings {
			all = append(all, web.Verb{Group: web.VerbSettings, Label: n.Label, Line: "setting.title", Icon: "set", Href: "/settings/" + n.Name, Posts: setting.MayChange()})
		}
	}
	for _, c := range rulebook.Clauses {
		all = append(all, web.Verb{Group: web.VerbRules, Label: c.Title(), Line: rulebook.SetTitle(c.Set()), Icon: "rules", Href: web.ControlsPath + "#" + c.ID, Posts: control.MayRead()})
	}
	return all
}
