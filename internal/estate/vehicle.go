package estate

import (
	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// VehicleID names a vehicle.
type VehicleID int64

// Terms say by which right a vehicle parks here.
type Terms string

// The terms of the register (domain.md §2.5).
const (
	OwnSpace  Terms = "own"     // 产权车位
	RentSpace Terms = "rent"    // 租用车位
	Monthly   Terms = "monthly" // 月卡
)

// AllTerms lists the terms in the order they are offered.
var AllTerms = []Terms{OwnSpace, RentSpace, Monthly}

// Vehicle is a vehicle registered for a unit, for a time (domain.md §2.5). Plates are clear (design §5). One that changes
// hands ends, and begins anew.
type Vehicle struct {
	bun.BaseModel `bun:"table:estate_vehicle,alias:vehicle"`
	evidence.Row[VehicleID]
	Unit  UnitID  `bun:"unit"`
	Party PartyID `bun:"party,nullzero"` // whose it is, when known
	VehicleFacts
	ValidTo string `bun:"valid_to,nullzero"`
	Ended   string `bun:"ended,nullzero"`
}

// Owner is the key of whose it is; the estate's own while nobody knows.
func (v *Vehicle) Owner() vault.Owner {
	if v.Party == 0 {
		return v.Row.Owner()
	}
	return partyKey(v.Party)
}

// InForce reports whether the vehicle is registered today.
func (v *Vehicle) InForce() bool { return v.ValidTo == "" }

func (v *Vehicle) Begun() string { return v.ValidFrom }

func (v *Vehicle) EndOn(day, why string) { v.ValidTo, v.Ended = day, why }
