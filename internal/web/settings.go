package web

import "hudang/internal/platform/setting"

// LookAhead is how many days ahead the home page lists duties (ui.md §3).
var LookAhead = setting.Number{Name: "web.look_ahead", Default: 3, Min: 1, Max: 30,
	Label: "web.look_ahead", Meaning: "web.look_ahead.meaning", Unit: "setting.unit.days"}

// Settings are the shell's settings.
var Settings = []setting.Number{LookAhead}
