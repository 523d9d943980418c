// Package recordweb has the pages that the records of every register share: a page with one form, the page of a record with its
// label and its history, and the forms that end a record or restore it.
//
// It may import the ground's page packages and what is below them. Always true: a form that came back stale shows both sides.
package recordweb
