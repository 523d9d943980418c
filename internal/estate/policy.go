package estate

import "hudang/internal/platform/access"

// Who may do what here; the reviewed table (test/rights) repeats it by hand.
var (
	mayRead      = []access.Post{access.Assistant, access.Cashier, access.Custodian, access.Manager, access.Finance}
	mayChange    = []access.Post{access.Assistant, access.Custodian, access.Manager}
	mayEnd       = []access.Post{access.Custodian, access.Manager}
	mayAddEstate = []access.Post{access.Manager, access.Program}
)

// MayReadUnits are the posts that see units.
func MayReadUnits() []access.Post { return mayRead }

// MayChangeUnits are the posts that add and change units; pages offer the buttons to them.
func MayChangeUnits() []access.Post { return mayChange }

// MayEndUnits are the posts that end and restore units.
func MayEndUnits() []access.Post { return mayEnd }
