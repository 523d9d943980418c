package rulebook

import (
	"embed"
	"slices"
	"strings"

	"hudang/internal/platform/access"
)

// Locales are the clauses in both languages: rulebook.clause.<id> begins with the number that the clause has in its own rule
// set, rulebook.rule.<id> says in our words what it asks, rulebook.rest.<id> what of it no control judges yet, rulebook.set.<letter> is the
// set's title.
//
//go:embed locales/*.json
var Locales embed.FS

// Clause is one rule of the five sets.
type Clause struct {
	ID    string        // "D8": the set's letter and a running number, as code and tests name it
	Posts []access.Post // in charge
	Whole []Judge       // the controls that together judge all it asks; nil while there are none for a part of it
}

// Judge is a control, by its name.
type Judge struct{ Name string }

// Set is the letter of the rule set the clause is from.
func (c Clause) Set() string { return c.ID[:1] }

// Title is the catalogue key of its number and title.
func (c Clause) Title() string { return "rulebook.clause." + strings.ToLower(c.ID) }

// Rule is the catalogue key of what it asks.
func (c Clause) Rule() string { return "rulebook.rule." + strings.ToLower(c.ID) }

// SetTitle is the catalogue key of a rule set's title.
func SetTitle(set string) string { return "rulebook.set." + strings.ToLower(set) }

// Sets are the letters of the rule sets, in order.
var Sets = strings.Split("ABCDE", "")

// Find is the clause of an id.
func Find(id string) (Clause, bool) {
	i := slices.IndexFunc(Clauses, func(c Clause) bool { return c.ID == id })
	if i < 0 {
		return Clause{}, false
	}
	return Clauses[i], true
}

// Clauses are all of them, in the order of the rule sets.
var Clauses = []Clause{
	{ID: "A1", Posts: []access.Post{access.Custodian}},
	{ID: "A2", Posts: []access.Post{access.Assistant}},
	{ID: "A3", Posts: []access.Post{access.Assistant}},
	{ID: "B1", Posts: []access.Post{access.Assistant}},
	{ID: "B2", Posts: []access.Post{access.Cashier}},
	{ID: "B3", Posts: []access.Post{access.Cashier}},
	{ID: "B4", Posts: []access.Post{access.Assistant}},
	{ID: "B5", Posts: []access.Post{access.Assistant}},
	{ID: "B6", Posts: []access.Post{access.Custodian}},
	{ID: "B7", Posts: []access.Post{access.Assistant}},
	{ID: "B8", Posts: []access.Post{access.Assistant}},
	{ID: "B9", Posts: []access.Post{access.Assistant}},
	{ID: "B10", Posts: []access.Post{access.Cashier}},
	{ID: "B11", Posts: []access.Post{access.Assistant}},
	{ID: "C1", Posts: []access.Post{access.Assistant}},
	{ID: "C2", Posts: []access.Post{access.Custodian}},
	{ID: "C3", Posts: []access.Post{access.Custodian}},
	{ID: "C4", Posts: []access.Post{access.Cashier}},
	{ID: "C5", Posts: []access.Post{access.Custodian}},
	{ID: "C6", Posts: []access.Post{access.Custodian}},
	{ID: "C7", Posts: []access.Post{access.Custodian}},
	{ID: "C8", Posts: []access.Post{access.Assistant}},
	{ID: "C9", Posts: []access.Post{access.Assistant}},
	{ID: "C10", Posts: []access.Post{access.Assistant}},
	{ID: "D1", Posts: []access.Post{access.Custodian}},
	{ID: "D2", Posts: []access.Post{access.Custodian}},
	{ID: "D3", Posts: []access.Post{access.Custodian}},
	{ID: "D4", Posts: []access.Post{access.Custodian}},
	{ID: "D5", Posts: []access.Post{access.Manager}},
	{ID: "D6", Posts: []access.Post{access.Assistant}},
	{ID: "D7", Posts: []access.Post{access.Custodian}},
	{ID: "D8", Posts: []access.Post{access.Custodian}, Whole: []Judge{{Name: "household.refreshed"}}},
	{ID: "D9", Posts: []access.Post{access.Custodian}},
	{ID: "E1", Posts: []access.Post{access.Custodian}},
	{ID: "E2", Posts: []access.Post{access.Custodian}},
	{ID: "E3", Posts: []access.Post{access.Custodian}},
	{ID: "E4", Posts: []access.Post{access.Custodian}},
	{ID: "E5", Posts: []access.Post{access.Custodian}},
	{ID: "E6", Posts: []access.Post{access.Custodian}},
	{ID: "E7", Posts: []access.Post{access.Manager}},
	{ID: "E8", Posts: []access.Post{access.Custodian}},
	{ID: "E9", Posts: []access.Post{access.Manager}},
	{ID: "E10", Posts: []access.Post{access.Manager}},
	{ID: "E11", Posts: []access.Post{access.Custodian}},
	{ID: "E12", Posts: []access.Post{access.Custodian}},
	{ID: "E13", Posts: []access.Post{access.Custodian}},
	{ID: "E14", Posts: []access.Post{access.Custodian}},
	{ID: "E15", Posts: []access.Post{access.Custodian}},
}
