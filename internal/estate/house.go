package estate

import (
	"strings"

	"hudang/internal/platform/cn"
)

// FactsOfHouse is a place read from a notation as the facts of a unit. A floor that the number does not tell stands before
// it: 1F-08, B1-023.
func FactsOfHouse(h cn.House) UnitFacts {
	bare := h
	bare.Building, bare.Entrance, bare.Kind = "", "", cn.HouseRoom
	f := UnitFacts{Building: h.Building, Entrance: h.Entrance, Room: bare.Code(), Floor: h.Floor, Kind: Flat}
	switch h.Kind {
	case cn.HouseShop:
		f.Kind = Shop
	case cn.HouseSpace:
		f.Kind = Parking
	case cn.HouseStore:
		f.Kind = Store
	case cn.HouseStreet, cn.HousePublic:
		f.Building, f.Room, f.Kind = "", h.Code(), Shop
	}
	f.Building, f.Room = strings.ToUpper(f.Building), strings.ToUpper(f.Room)
	return f
}
