package evidence

import (
	"fmt"
	"reflect"
)

// Tables is every table of the program: who is evidential, who is exempt and why.
type Tables struct {
	list   []Table
	byType map[reflect.Type]*Plan
}

// NewTables gathers what the rooms declare; a name declared twice is refused.
func NewTables(declared ...[]Table) (*Tables, error) {
	t := &Tables{byType: map[reflect.Type]*Plan{}}
	seen := map[string]bool{}
	for _, group := range declared {
		for _, table := range group {
			if seen[table.Name] {
				return nil, fmt.Errorf("evidence: table %s is declared twice", table.Name)
			}
			if table.plan == nil && table.Exempt == "" {
				return nil, fmt.Errorf("evidence: table %s is exempt without a reason", table.Name)
			}
			seen[table.Name] = true
			t.list = append(t.list, table)
			if table.plan != nil {
				t.byType[table.plan.typ] = table.plan
			}
		}
	}
	return t, nil
}

// Bound are the tables whose rows are bound, with the columns of their keys.
func (t *Tables) Bound() map[string][]string {
	bound := map[string][]string{}
	for _, table := range t.list {
		if table.Keys != nil {
			bound[table.Name] = table.Keys
		}
	}
	return bound
}

// All lists the declared tables.
func (t *Tables) All() []Table { return t.list }

// PlanOf is the plan of a row's table; an error when no room declared it.
func (t *Tables) PlanOf(r Record) (*Plan, error) {
	typ := reflect.TypeOf(r).Elem()
	if p, ok := t.byType[typ]; ok {
		return p, nil
	}
	return nil, fmt.Errorf("evidence: no room declared %s as its table", typ)
}

// New is an empty row of an evidential table with an id, to be locked; an error for a table that has no rows of evidence.
func (t *Tables) New(table string, id int64) (Record, error) {
	for _, known := range t.list {
		if known.Name != table || known.plan == nil {
			continue
		}
		row, ok := reflect.New(known.plan.typ).Interface().(Record)
		if !ok {
			break
		}
		return row, known.plan.FillNamed(row, map[string]any{"id": id})
	}
	return nil, fmt.Errorf("evidence: %s is no evidential table", table)
}

// IsExempt reports whether a table was declared exempt.
func (t *Tables) IsExempt(name string) bool {
	for _, table := range t.list {
		if table.Name == name {
			return table.Exempt != ""
		}
	}
	return false
}

// Own are this package's tables.
var Own = []Table{
	Exempt("evidence_head", "derivable from the leaves; verify recomputes it"),
	Exempt("evidence_leaf", "the log itself and its tree"),
	Exempt("evidence_touched", "covered by the leaves' roots"),
	Exempt("evidence_part", "covered by the leaves' roots"),
	Exempt("goose_db_version", "kept by the migration library"),
}
