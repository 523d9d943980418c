// Package importsweb is the pages of imports: the list, the upload, and the wizard from the columns of a file to its undo
// (mission A1, D7; ui.md §4.8).
//
// It may import imports, roster, the rooms below and the ground. Always true: every step is a page with an address and
// works without script; what a person answered is kept before the next page is shown; the file leaves again only with a
// leaf. Start reading at routes.go, then wizard.go.
package importsweb
