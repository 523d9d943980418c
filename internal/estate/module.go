package estate

import (
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/room"
)

// Room is what this room offers.
var Room = room.Room{
	Files:  files,
	Tables: []evidence.Table{evidence.Of[Estate](), evidence.Of[Unit]()},
	Ops:    []op.Any{CreateEstate, AddUnit, ChangeUnit, EndUnit, RestoreUnit, PrintUnit},
	Lists:  []list.Any{Units},
	Kinds:  []ref.Kind{{Name: kindUnit, Posts: mayRead, Resolve: resolveUnit}},
	Duties: []duty.Source{{Posts: mayChange, Load: areasMissing}},
}
