package upkeep

import (
	"hudang/internal/platform/access"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/setting"
)

// Module is what the package offers; its job is FileChecker.Job, which needs the place where files lie.
var Module = module.Module{
	Files: files,
	Tables: []evidence.Table{evidence.Of[Damage](),
		evidence.Bound(shelfTable, "when the program last looked; what it found has leaves", "shelf")},
	Ops:      []op.Any{Begin, RecordShelves, ReportDamage, MendDamage},
	Duties:   []duty.Source{{Posts: mayRead, Kept: "damagedFiles", Load: damagedFiles}},
	Settings: []setting.Number{Rate},
}

// Who may do what here; the reviewed table (test/rights) repeats it by hand. Whoever runs the machine sees which files are
// damaged, never whose.
var (
	mayRead  = []access.Post{access.Custodian, access.SystemAdmin}
	mayBegin = []access.Post{access.SystemAdmin, access.Program}
)

// MayRead are the posts that see what was found.
func MayRead() []access.Post { return mayRead }

// MayBegin are the posts that start a look at everything.
func MayBegin() []access.Post { return mayBegin }

// Path is the address of the page that says how the files are.
const Path = "/archive/upkeep"

// Rate is how fast files are read for it.
var Rate = setting.Number{Name: "archive.upkeep_rate", Default: 8, Min: 1, Max: 200, Company: true,
	Label: "upkeep.rate", Meaning: "upkeep.rate.meaning", Unit: "upkeep.rate.unit"}
