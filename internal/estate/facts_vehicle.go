package estate

import (
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// VehicleFacts are what a person enters about a vehicle.
type VehicleFacts struct {
	Plate    string     `form:"plate"`
	DoubtWhy string     `form:"doubt_why"` // why a plate that cannot be right is kept
	Kind     string     `form:"kind"`
	Brand    string     `form:"brand"`
	Colour   string     `form:"colour"`
	Parking  UnitID     // a parking space of the estate
	Terms    Terms      `form:"terms"`
	Expires  string     `form:"expires"`
	Card     string     `form:"card"`
	Since    string     `form:"valid_from"` // a date, a month or a year
	Doubt    cn.Problem // what is the matter with the plate, once it was read
}

// Normalise reads the facts and notes every wrong field; prefix stands before the names of fields. A plate that cannot be
// right is kept with a reason.
func (in *VehicleFacts) Normalise(prefix string, today cn.Date, f *errs.Fields) {
	plate := cn.ParsePlate(in.Plate)
	in.Plate, in.Doubt = plate.Number, first(plate.Problems)
	if in.Plate == "" {
		in.Doubt = "" // which is asked for, not doubted
	}
	in.DoubtWhy = strings.TrimSpace(in.DoubtWhy)
	f.Check(in.Plate != "", prefix+"plate", "error.required")
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"plate", in.Doubt.Key())
	f.Check(in.Doubt == "" || in.DoubtWhy != "", prefix+"doubt_why", "vehicle.error.doubt_why")
	for _, t := range []struct {
		name string
		text *string
	}{{"plate", &in.Plate}, {"doubt_why", &in.DoubtWhy}, {"kind", &in.Kind}, {"brand", &in.Brand}, {"colour", &in.Colour}, {"card", &in.Card}} {
		*t.text = strings.TrimSpace(*t.text)
		f.Within(prefix+t.name, *t.text, maxName)
	}
	in.Terms = record.OneOf(in.Terms, AllTerms)
	in.Expires = record.ReadDate(in.Expires, prefix+"expires", today, f)
	in.Since = record.ReadSince(in.Since, prefix+"valid_from", today, f)
}

// NewVehicle makes a vehicle of a unit, not yet inserted, of facts that were normalised; party is 0 while nobody knows
// whose it is.
func NewVehicle(tx op.Tx, u *Unit, party PartyID, in VehicleFacts) *Vehicle {
	v := &Vehicle{Unit: u.ID, Party: party}
	v.ID, v.Estate = VehicleID(tx.NewID()), u.Estate
	if in.Since == "" {
		in.Since = tx.Today().String()
	}
	in.apply(v)
	return v
}

func (in VehicleFacts) apply(v *Vehicle) {
	v.Plate, v.Doubt, v.DoubtWhy = in.Plate, string(in.Doubt), ""
	if in.Doubt != "" {
		v.DoubtWhy = in.DoubtWhy
	}
	v.Kind, v.Brand, v.Colour, v.Parking, v.Terms = in.Kind, in.Brand, in.Colour, in.Parking, in.Terms
	v.Expires, v.Card, v.ValidFrom = in.Expires, in.Card, in.Since
}

// FactsOfVehicle are a vehicle's facts as its form is filled with them.
func FactsOfVehicle(v *Vehicle) VehicleFacts {
	return VehicleFacts{Plate: v.Plate, DoubtWhy: v.DoubtWhy, Kind: v.Kind, Brand: v.Brand, Colour: v.Colour, Parking: v.Parking,
		Terms: v.Terms, Expires: v.Expires, Card: v.Card, Since: v.ValidFrom}
}
