package page

import "strings"

// DropView is a field for many files: chosen, dragged onto it, pasted, or photographed with a phone. It stands in a FormOf
// whose Form has Upload set; Arriving reads what it sends.
type DropView struct {
	Name   string // of the field; the camera's pictures come under the same name
	Label  string
	Hint   string
	Accept string // what is offered to choose
	Paste  bool   // takes what is pasted anywhere on the page; at most one on a page
}

// pictures reports that what is offered to choose can be photographed.
func (v DropView) pictures() bool { return v.Accept == "" || strings.Contains(v.Accept, ".jpg") }
