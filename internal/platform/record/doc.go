// Package record is what the rows of every register have in common: they are locked, hold for a time, end and are restored, and
// their dates are read from forms.
//
// It may import the ground below it. Always true: a row that ended stays, with its reason, and can be restored.
package record
