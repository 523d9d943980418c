package estate

import (
	"slices"

	"hudang/internal/platform/access"
)

// Who may do what here; the reviewed table (test/rights) repeats it by hand.
var (
	mayRead      = []access.Post{access.Assistant, access.Cashier, access.Custodian, access.Manager, access.Finance}
	mayFind      = append(slices.Clone(mayRead), access.OtherDept) // the room alone: no secret in its estate
	mayChange    = []access.Post{access.Assistant, access.Custodian, access.Manager}
	mayEnd       = []access.Post{access.Custodian, access.Manager}
	mayAddEstate = []access.Post{access.Manager, access.Program}

	mayChangeEstate = []access.Post{access.Manager}
)

// MayChangeEstates are the posts that see the register of estates and correct it; who holds one in the whole company makes new ones.
func MayChangeEstates() []access.Post { return mayChangeEstate }

// MayReadUnits are the posts that see units.
func MayReadUnits() []access.Post { return mayRead }

// MayFindUnits are the posts that find a room by its number; who may not read units is led to ask for its file.
func MayFindUnits() []access.Post { return mayFind }

// MayChangeUnits are the posts that add and change units; pages offer the buttons to them.
func MayChangeUnits() []access.Post { return mayChange }

// MayEndUnits are the posts that end and restore units.
func MayEndUnits() []access.Post { return mayEnd }
