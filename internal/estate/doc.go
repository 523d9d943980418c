// Package estate keeps the places and the people known at them: estates and their units (房屋, 商铺, 写字间, 车位), parties with
// their names, contacts and identity papers, vehicles, leases; each with its history (mission A1, C7, D1, D6, D7, D9).
//
// Only this package writes estate_* tables. It may ask the ground and no room: every other room stands on it.
// Always true: a unit's code is unique among the units of its estate that are in force; what no longer holds has an end and a
// reason, and stays findable; what tells of a person beyond his name is masked and sealed under his own key (package masked),
// and is shown in clear only by a reveal, with a reason; a number that cannot be right is kept with a reason and never verified;
// a party belongs to one estate, and that it is somebody in another too is told only to those who see both.
// To add a fact of a unit: unit.go, a migration, UnitFacts, and estateweb/unit_form.templ. Start reading at ops_unit.go; for
// people at facts_party.go, for what holds for a time at period.go.
package estate
