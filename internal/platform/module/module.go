// Package module is what a room of the house offers, as one plain value that composition and tests take (design §2).
//
// It may import the parts of the ground whose values a room hands over. Nothing registers itself: a room is in the
// program when internal/app lists it.
package module

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

// Module is the domain half of a room; its page half is listed beside it in internal/app.
type Module struct {
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
func (m Module) AllOps() []op.Any {
	all := append([]op.Any(nil), m.Ops...)
	for _, l := range m.Lists {
		all = append(all, l.Ops()...)
	}
	for _, f := range m.Reveals {
		all = append(all, f.Op())
	}
	return all
}

// Has reports whether the room brings files below a folder.
func (m Module) Has(folder string) bool {
	if m.Files == nil {
		return false
	}
	_, err := fs.Stat(m.Files, folder)
	return err == nil
}
