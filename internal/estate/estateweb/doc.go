// Package estateweb is the pages of the estate room: the registers of units, vehicles and leases; a unit, a party,
// a vehicle, a lease with its history; their forms and prints.
//
// It may import estate and the ground. Start reading at routes.go.
package estateweb
