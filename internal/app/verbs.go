package app

import (
	"hudang/internal/platform/setting"
	"hudang/internal/web"
)

// verbs are what the search box knows by name besides the navigation: what can be done from the rooms' lists, and the settings.
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
	return all
}
