package roster

import (
	"maps"
	"slices"
	"unicode"

	"hudang/internal/platform/cn"
)

// finish looks at a table as a whole: what one row leaves open, the others may contradict.
func (t *tableReader) finish() {
	t.conclude()
	t.groups()
	t.buildingsMissing()
	t.entrancesMixed()
	t.leases()
	t.unlike(func(u unitRow) (int, string) { return u.zone, t.plan.Units[u.unit].Zone }, Zone)
	t.unlike(func(u unitRow) (int, string) { return u.block, u.blockText }, Building)
}

// groups settles what the name of a group of buildings is that stood before a room's building (桂园7栋602): a part of the building's
// name where two groups have a building of that name, else a remark.
func (t *tableReader) groups() {
	of := map[string]map[string]bool{}
	for _, u := range t.own {
		h := t.plan.Units[u.unit].House
		if of[h.Building] == nil {
			of[h.Building] = map[string]bool{}
		}
		of[h.Building][h.Zone] = true
	}
	for _, u := range t.own {
		unit := &t.plan.Units[u.unit]
		switch zone := unit.House.Zone; {
		case zone == "":
		case len(of[unit.House.Building]) > 1:
			unit.Zone += zone
		default:
			addLine(&unit.Remark, zone)
		}
	}
}

// hold asks about a unit's cell, and keeps the unit back until it is answered.
func (t *tableReader) hold(u unitRow, column int, f Field, kind string, candidates []string, args ...any) {
	if u.kept {
		return
	}
	unit := &t.plan.Units[u.unit]
	unit.Held = true
	if n := len(t.plan.Problems); n > 0 && t.plan.Problems[n-1].Kind == kind && t.plan.Problems[n-1].At == (Cell{t.Sheet, u.row, column}) {
		return // a cell of several units asks once
	}
	p := Problem{Kind: kind, Args: args, Severity: Ask, At: Cell{t.Sheet, u.row, column}, Field: f, Value: unit.Typed, Candidates: candidates}
	for _, h := range t.Headers {
		if h.Column == column {
			p.Header = h.Text
		}
	}
	t.problem(p)
}

// buildingsMissing asks about rooms without a building where other rows name one; where none does, the estate is one building.
func (t *tableReader) buildingsMissing() {
	named := false
	var bare []unitRow
	for _, u := range t.own {
		h := t.plan.Units[u.unit].House
		named = named || h.Building != "" && h.Kind == cn.HouseRoom && !t.evidence.asked[h.Building] // of B505A nobody knows yet
		if h.Building == "" && h.Kind == cn.HouseRoom {
			bare = append(bare, u)
		}
	}
	switch {
	case len(bare) == 0:
	case !named:
		t.whole(OneBuilding, Warning, Room)
	default:
		for _, u := range bare {
			unit := &t.plan.Units[u.unit]
			if !unit.Held && (unit.Kind == "" || houseKind(unit.Kind) == cn.HouseRoom) {
				t.hold(u, u.column, Room, NoBuilding, nil)
			}
		}
	}
}

// entrancesMixed asks about rooms without entrance in a building of which other rows name entrances: 1-201 beside 1-1-202.
func (t *tableReader) entrancesMixed() {
	named := map[string]map[string]int{}
	name := func(u unitRow) string { unit := &t.plan.Units[u.unit]; return unit.Building() }
	for _, u := range t.own {
		if h := t.plan.Units[u.unit].House; h.Kind == cn.HouseRoom && h.Entrance != "" {
			if named[name(u)] == nil {
				named[name(u)] = map[string]int{}
			}
			named[name(u)][h.Entrance]++
		}
	}
	t.sayGiven()
	for _, u := range t.own {
		h := t.plan.Units[u.unit].House
		entrances := named[name(u)]
		if h.Kind != cn.HouseRoom || h.Entrance != "" || t.options.Entrances[name(u)] == "-" {
			continue
		}
		if t.settlesEntrance(u, name(u), entrances) || len(entrances) == 0 {
			continue
		}
		var candidates []string
		for _, e := range slices.Sorted(maps.Keys(entrances)) {
			with := h
			with.Entrance = e
			if candidates = append(candidates, with.Code()); len(candidates) == 8 {
				break
			}
		}
		told := len(t.plan.Problems)
		if t.hold(u, u.column, Room, EntranceMixed, candidates, name(u)); len(t.plan.Problems) > told {
			q := &t.plan.Problems[told]
			q.Choice, q.Ways = choiceEntrance+name(u), slices.Sorted(maps.Keys(entrances))[:len(candidates)]
		}
	}
}

// The measure of rarity: fewer than one in rare of at least rareFrom.
const rare, rareFrom = 100, 100

// unlike asks about the few values of a column that look like none of the others: a row shifted sideways looks like that.
func (t *tableReader) unlike(of func(unitRow) (int, string), f Field) {
	shapes := map[string]int{}
	all := 0
	for _, u := range t.own {
		if column, text := of(u); column > 0 && text != "" {
			shapes[shape(text)]++
			all++
		}
	}
	for _, u := range t.own {
		if column, text := of(u); column > 0 && text != "" && all >= rareFrom && shapes[shape(text)]*rare < all {
			t.hold(u, column, f, Unlike, nil, text)
		}
	}
}

// shape is a text with its letters, digits and characters each drawn together: C1-C3 is a0-a0.
func shape(text string) string {
	var out []rune
	for _, r := range cn.Fold(text) {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case unicode.Is(unicode.Han, r):
			r = 'h'
		case unicode.IsLetter(r):
			r = 'a'
		}
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}
