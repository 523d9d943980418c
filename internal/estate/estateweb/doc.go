// Package estateweb is the pages of the estate room: the register of units, a unit with its history, its forms and prints.
//
// It may import estate and the ground. Start reading at routes.go.
package estateweb
