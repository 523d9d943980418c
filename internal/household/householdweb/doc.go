// Package householdweb is the pages of the household room: the register, the household page with all that is known of one
// household, its forms, its directory of papers, observations, and the prints.
//
// The household page is composed of Panels and Sources, plain values that other rooms offer and app hands over.
// It may import household, the rooms below it and the ground. Start reading at routes.go, then household.go.
package householdweb
