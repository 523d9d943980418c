package page

import "hudang/internal/platform/ref"

// FoundGroup is what the search box found of one kind, or the pages and acts it knows by name.
type FoundGroup struct {
	Title string
	Rows  []FoundRow
	More  Link // to all of them, where only the first are shown
}

// FoundRow is a line under the search box. Its shortcut is shown, so that the list teaches it.
type FoundRow struct {
	Icon, Title, Line, Href, Shortcut string
	Acts                              bool // the shortcut acts here, while the list is open
}

// CallView is what is known of a telephone number.
type CallView struct {
	Number  string // masked
	Callers []Caller
	Find    Action // what to do when nobody has it; none for whom numbers are not searched at all
}

// Caller is somebody a number belongs to: who, in which part, where, since when.
type Caller struct {
	Name, Part, Room, Phone, Since string
	Former                         bool   // he left
	Remark                         string // what whoever serves him should know
	Thing                          ref.Ref
	Href                           string // of the thing
	Note                           Action // a new record about him; empty for none
}
