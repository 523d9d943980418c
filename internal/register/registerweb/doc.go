// Package registerweb has the pages of registers: the list, a record with its history and papers, the forms that enter, correct and
// void it, and those of its acts. Serve is all of it.
//
// It may import register, archive, estate and the ground's page packages. Always true: a record of another estate does not exist.
package registerweb
