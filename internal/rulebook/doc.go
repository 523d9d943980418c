// Package rulebook holds the company's five rule sets, clause by clause (A1…E15, docs/rules.md), and says how each clause stands
// from the controls that composition hands over.
//
// It imports no room. Always true: a clause without a control is not built, and never met; a clause that its controls judge in
// part only is never met either.
package rulebook
