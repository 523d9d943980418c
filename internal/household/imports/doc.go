// Package imports brings a company's own roster into the files of an estate (mission A1, D7; ui.md §4.8).
//
// Package roster says what a file means; this package compares that with what is registered already, shows what would
// happen, does it in chunks while the desk goes on, and takes it back as a whole. It stands on household and estate, and
// writes their rows by what they export for that. It also writes the roster that goes out and comes back as the same state.
// Always true: the same file twice changes nothing; what a file does not say is never taken away; a file and what people
// answered about it lie sealed, and go when the import is discarded.
// Start reading at receive.go, load.go and compare.go, then apply.go; for the way out export.go and own.go.
package imports
