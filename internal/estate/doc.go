// Package estate keeps the places: estates and their units (房屋, 商铺, 写字间, 车位), each with its history (mission A1, D7).
//
// Only this package writes estate_* tables. It may ask the ground and no room: every other room stands on it.
// Always true: a unit's code is unique among the units of its estate that are in force; a unit that was split, merged
// or removed has an end and a reason, and keeps its history.
// To add a fact of a unit: unit.go, a migration, checkUnit, and estateweb/unit_form.templ. Start reading at ops_unit.go.
package estate
