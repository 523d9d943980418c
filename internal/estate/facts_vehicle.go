package estate

import (
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// VehicleFacts are what a person enters about a vehicle.
type VehicleFacts struct {
	Plate     string     `bun:"plate" form:"plate"`                  // as cn.Plate.Number: folded, without the dot
	Doubt     cn.Problem `bun:"doubt,nullzero"`                      // what is the matter with the plate, once it was read
	DoubtWhy  string     `bun:"doubt_why,nullzero" form:"doubt_why"` // why it was kept all the same
	Kind      string     `bun:"kind,nullzero" form:"kind"`           // as typed, e.g. a car, an electric bicycle
	Colour    string     `bun:"colour,nullzero" form:"colour"`
	Brand     string     `bun:"brand,nullzero" form:"brand"`
	Parking   UnitID     `bun:"parking,nullzero"` // the space of the estate it stands on
	Terms     Terms      `bun:"terms,nullzero" form:"terms"`
	Expires   string     `bun:"expires,nullzero" form:"expires"`       // local date its terms run to
	Card      string     `bun:"card,nullzero" form:"card"`             // number of its pass
	ValidFrom string     `bun:"valid_from,nullzero" form:"valid_from"` // a date, a month or a year
}

// VehicleFields are the facts of a vehicle as forms, lists, pages and histories have them.
var VehicleFields = record.Fields[VehicleFacts]{
	{Name: "plate", Label: "vehicle.plate", Hint: "vehicle.plate.hint", Of: func(v *VehicleFacts) any { return &v.Plate }, Required: true, Short: true, Sorts: true, Width: 3},
	{Name: "doubt_why", Label: "vehicle.doubt_why", Hint: "vehicle.doubt_why.hint", Of: func(v *VehicleFacts) any { return &v.DoubtWhy }},
	{Name: "kind", Label: "vehicle.kind", Hint: "vehicle.kind.hint", Of: func(v *VehicleFacts) any { return &v.Kind }, Width: 3, Narrow: list.Wide},
	{Name: "colour", Label: "vehicle.colour", Of: func(v *VehicleFacts) any { return &v.Colour }, Short: true, Width: 2, Narrow: list.Wide},
	{Name: "brand", Label: "vehicle.brand", Of: func(v *VehicleFacts) any { return &v.Brand }, Width: 3, Narrow: list.Wide},
	{Name: "parking", Label: "vehicle.parking", Hint: "vehicle.parking.hint", Kind: record.Reference, Short: true},
	{Name: "terms", Label: "vehicle.terms", Kind: record.Choice, Of: func(v *VehicleFacts) any { return (*string)(&v.Terms) }, Choices: record.Values(AllTerms), Words: "vehicle.terms.", None: "vehicle.terms.none", Print: printTerms, Width: 4, Narrow: list.NoPhone},
	{Name: "expires", Label: "vehicle.expires", Kind: record.Day, Of: func(v *VehicleFacts) any { return &v.Expires }, Sorts: true, Width: 3, Narrow: list.Wide},
	{Name: "card", Label: "vehicle.card", Of: func(v *VehicleFacts) any { return &v.Card }, Short: true, Width: 3, Narrow: list.Wide},
	{Name: "valid_from", Label: "vehicle.since", Hint: "period.on.hint", Kind: record.StartDay, Of: func(v *VehicleFacts) any { return &v.ValidFrom }},
}

// Normalise reads the facts and notes every wrong field; prefix stands before the names of fields. A plate that cannot be
// right is kept with a reason, and one that can be without.
func (in *VehicleFacts) Normalise(prefix string, today cn.Date, f *errs.Fields) {
	plate := cn.ParsePlate(in.Plate)
	in.Plate, in.Doubt = plate.Number, first(plate.Problems)
	VehicleFields.Check(in, prefix, today, f)
	if in.Plate == "" || in.Doubt == "" { // an empty plate is asked for, not doubted
		in.Doubt, in.DoubtWhy = "", ""
	}
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"plate", in.Doubt.Key())
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"doubt_why", "vehicle.error.doubt_why")
}

// NewVehicle makes a vehicle of a unit, not yet inserted, of facts that were normalised; party is 0 while nobody knows
// whose it is.
func NewVehicle(tx op.Tx, u *Unit, party PartyID, in VehicleFacts) *Vehicle {
	if in.ValidFrom == "" {
		in.ValidFrom = tx.Today().String()
	}
	v := &Vehicle{Unit: u.ID, Party: party, VehicleFacts: in}
	v.ID, v.Estate = VehicleID(tx.NewID()), u.Estate
	return v
}
