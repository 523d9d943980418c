package roster

import (
	"maps"
	"slices"

	"hudang/internal/platform/cn"
)

// This file gives rooms that name no entrance the only one that their building has.

// settlesEntrance reports that the estate's units and the table's other rows know one entrance of a building, and two of them at
// least: then the table is read again, and its rooms without an entrance are in that one.
func (t *tableReader) settlesEntrance(u unitRow, building string, named map[string]int) bool {
	if u.kept || t.options.Literal || t.option(choiceEntrance+building) != "" {
		return false
	}
	count := maps.Clone(named)
	if count == nil {
		count = map[string]int{}
	}
	for _, entrance := range t.in.Places[building] {
		count[entrance]++
	}
	if len(count) != 1 {
		return false
	}
	for entrance, n := range count {
		if entrance == "" || n < 2 {
			return false
		}
		t.settles[t.id()+choiceEntrance+building] = entrance
	}
	return true
}

// onlyEntrance gives a room the only entrance of its building, once the table has settled it, unless the row was confirmed as typed.
func (t *tableReader) onlyEntrance(p place, building string, h *cn.House) bool {
	entrance := t.settled[t.id()+choiceEntrance+building]
	if entrance == "" || h.Entrance != "" || h.Kind != cn.HouseRoom || p.kept {
		return false
	}
	h.Entrance = entrance
	return true
}

// sayGiven says of how many rows the entrance was taken from the others.
func (t *tableReader) sayGiven() {
	for _, building := range slices.Sorted(maps.Keys(t.given)) {
		p := Problem{Kind: EntranceOnly, Severity: Warning, At: Cell{t.Sheet, t.headRow(), t.First}, Field: Room,
			Args: []any{t.given[building], building, t.settled[t.id()+choiceEntrance+building]}}
		for i, f := range t.fields {
			if f == Room {
				p.At.Column, p.Header = t.Headers[i].Column, t.Headers[i].Text
				break
			}
		}
		t.problem(p)
	}
}
