// Package room is what a room of the house offers, as one plain value that composition and tests take (design §2).
//
// It may import the parts of the ground whose values a room hands over. Nothing registers itself: a room is in the
// program when internal/app lists it.
package room

import (
	"io/fs"

	"hudang/internal/platform/control"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/job"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/setting"
)

// Room is the domain half of a room; its page half is listed beside it in internal/app.
type Room struct {
	Files    fs.FS // migrations/*.sql and locales/*.json, whichever the room has
	Tables   []evidence.Table
	Ops      []op.Any // without those that come with lists and reveals
	Lists    []list.Any
	Reveals  []*masked.Field
	Kinds    []ref.Kind
	Duties   []duty.Source
	Controls []control.Control
	Sources  []search.Source
	Settings []setting.Number
	Jobs     []job.Kind
}

// AllOps are the room's operations, its lists' print and export and its reveals included.
func (r Room) AllOps() []op.Any {
	all := append([]op.Any(nil), r.Ops...)
	for _, l := range r.Lists {
		all = append(all, l.Ops()...)
	}
	for _, f := range r.Reveals {
		all = append(all, f.Op())
	}
	return all
}

// Has reports whether the room brings files below a folder.
func (r Room) Has(folder string) bool {
	if r.Files == nil {
		return false
	}
	_, err := fs.Stat(r.Files, folder)
	return err == nil
}
