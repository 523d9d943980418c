// Package setting keeps the company's numbers and choices: periods, limits, ways of working, each with the rule's own value
// as default (design §5, §6).
//
// A room declares its settings in Go; a value holds for the company or one estate from a day on, and is read as of a
// day, so that what was judged last month is judged by last month's limit. It may import access, clock, db, errs, evidence,
// i18n, op. Always true: a value lies within the declared range, or is one of the declared options; every change has a reason
// and stays readable.
package setting

import (
	"context"
	"embed"
	"fmt"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// Number is one declared setting: a whole number of its unit.
type Number struct {
	Name                 string // stable: <room>.<what>
	Clause               string // the rule it belongs to; empty for none
	Default              int64  // the rule's own value
	Min, Max             int64
	Day                  bool     // it is a local date, kept as 20261123; 0 is none
	Options              []Option // of a Choice; Min, Max and Unit say nothing then
	Company              bool     // no estate has a value of its own
	Label, Meaning, Unit string   // catalogue keys
}

// Files are the package's migration and texts.
//
//go:embed migrations/*.sql locales/*.json
var Files embed.FS

// Tables are the package's tables.
var Tables = []evidence.Table{evidence.Of[value]()}

type valueID int64

type value struct {
	bun.BaseModel `bun:"table:setting_value,alias:held"`
	evidence.Row[valueID]
	Name      string `bun:"name"`
	Value     int64  `bun:"value"`
	ValidFrom string `bun:"valid_from"`
	Reason    string `bun:"reason"`
}

// At is the setting's value for an estate on a local date: the estate's own, else the company's, else the default.
func (n Number) At(ctx context.Context, q db.Querier, estate access.EstateID, date string) (int64, error) {
	v, _, err := n.held(ctx, q, n.at(estate), date)
	return v, err
}

// at is where a value for an estate is kept.
func (n Number) at(estate access.EstateID) access.EstateID {
	if n.Company {
		return access.Company
	}
	return estate
}

// Registry is every setting of the program, with the operation that changes them.
type Registry struct {
	all    []Number
	byName map[string]Number
	change *op.Op[ChangeIn, int64]
}

// NewRegistry gathers what rooms declare. A name given twice, or a default that may not be chosen, is refused.
func NewRegistry(rooms ...[]Number) (*Registry, error) {
	r := &Registry{byName: map[string]Number{}}
	for _, room := range rooms {
		for _, n := range room {
			if _, twice := r.byName[n.Name]; twice || !n.allows(n.Default) {
				return nil, fmt.Errorf("setting: %s is declared twice, or its default is not one of its values", n.Name)
			}
			r.byName[n.Name] = n
			r.all = append(r.all, n)
		}
	}
	r.define()
	return r, nil
}

// Current is a setting as it stands on a day.
type Current struct {
	Number
	Value int64
	Since string // local date; empty while it is the default
}

// List is every setting as it stands for an estate on a day.
func (r *Registry) List(ctx context.Context, q db.Querier, estate access.EstateID, date string) ([]Current, error) {
	list := make([]Current, len(r.all))
	for i, n := range r.all {
		v, since, err := n.held(ctx, q, n.at(estate), date)
		if err != nil {
			return nil, err
		}
		list[i] = Current{n, v, since}
	}
	return list, nil
}

// PathOf is the address of the page on which a setting is changed.
func PathOf(name string) string { return "/settings/" + name }

// Titled is the label of the setting that a row keeps a value of; empty for a row or a setting that is gone.
func (r *Registry) Titled(ctx context.Context, q db.Querier, row int64) (string, error) {
	name, err := nameOf(ctx, q, row)
	return r.byName[name].Label, err
}
