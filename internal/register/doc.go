// Package register makes a register of its declaration: a kind of record of an estate that is entered, corrected, voided and restored,
// listed, printed and labelled, and completed by acts of its own. The rooms' registers are values of it; it keeps no table itself.
//
// It may import the ground and estate. Start reading at Def. Always true: no record is
// deleted; what is void cannot be changed until it is restored.
package register
