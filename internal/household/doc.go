// Package household keeps the households (业户): who owns, lets or uses which units, since when, and who belongs to them
// (mission A1, C2, C7, D1, D4, D7).
//
// Only this package writes household_* tables. It stands on estate (units, parties) and archive (the papers of a file).
// Always true: a household is of one estate; a unit has at most one household that owns it at a time; nobody is deleted
// from a household, his part in it ends on a day, with a reason.
// To add a fact of a household: household.go, a migration, ops_household.go. Start reading at ops_open.go.
package household
