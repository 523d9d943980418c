// Package moduletest makes the world of a test from rooms: the one under test and those it stands on.
package moduletest

import (
	"hudang/internal/platform/module"
	"hudang/internal/platform/op/optest"
)

// World is what a test of these rooms needs of the program.
func World(rooms ...module.Module) optest.World {
	var w optest.World
	for _, r := range rooms {
		if r.Has("migrations") {
			w.Migrations = append(w.Migrations, r.Files)
		}
		w.Tables = append(w.Tables, r.Tables)
		w.Ops = append(w.Ops, r.AllOps()...)
	}
	return w
}
