package estate

import (
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
)

// Tables are the room's tables.
var Tables = []evidence.Table{evidence.Of[Estate](), evidence.Of[Unit]()}

// Lists are the room's lists; their print and export operations come with them.
var Lists = []list.Any{Units}

// Ops are the room's operations.
var Ops = []op.Any{CreateEstate, AddUnit, ChangeUnit, EndUnit, RestoreUnit, PrintUnit}
