// Package upkeepweb is the page that says how the scans are: which cannot be read, when they were last looked at, and the
// button that looks at all of them (mission E9).
//
// It may import upkeep, archive and the ground. Always true: whoever only runs the machine sees names of files, never papers.
package upkeepweb
