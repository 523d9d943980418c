package roster

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"hudang/internal/platform/cn"
)

// place is what a row says about where it is.
type place struct {
	at       value // the cell that problems stand at
	zone     value
	block    value // the building's column
	building string
	entrance string
	floor    string
	houses   []cn.House
	held     bool
	kept     bool // confirmed as typed
	none     bool // the row says nothing
	refused  bool
}

// name is the name of a house's building with its zone.
func (p place) name(h cn.House) string { return cn.Fold(p.zone.text) + h.Building }

type entranceText struct {
	name string
	ok   bool
}

// place reads where the row is; its problems are noted.
func (t *tableReader) place() place {
	p := place{}
	room, has := t.get(Room)
	p.at = room
	p.zone, _ = t.get(Zone)
	if !has {
		p.none = true
		return p
	}
	p.kept = room.keep
	if room.dated {
		return t.refuseDated(p, room)
	}
	if meaning("unknown", room.text) != "" {
		return t.refusePlace(p, room, Unknown)
	}
	if !t.surroundings(&p) {
		return p
	}
	t.room(&p, room)
	given := ""
	for i := range p.houses {
		building := p.name(p.houses[i])
		if t.settleEntrance(building, &p.houses[i]); t.onlyEntrance(p, building, &p.houses[i]) {
			given = building
		}
	}
	if given != "" {
		t.given[given]++
	}
	return p
}

func (t *tableReader) refusePlace(p place, v value, kind string, candidates ...string) place {
	t.note(v, kind, Refused, candidates)
	p.refused = true
	return p
}

// surroundings reads the columns of building, entrance and floor, or else the heading above.
func (t *tableReader) surroundings(p *place) bool {
	if v, ok := t.get(Floor); ok {
		floor := strings.TrimRightFunc(cn.Compact(v.text), func(r rune) bool { return r == 'F' || r > 127 })
		if strings.ContainsAny(strings.TrimPrefix(floor, "-"), "-;,~/") {
			*p = t.refusePlace(*p, v, SeveralUnits)
			return false
		}
		p.floor = floor
	}
	if v, ok := t.get(Building); ok {
		p.block = v
		if v.dated {
			*p = t.refuseDated(*p, v)
			return false
		}
		if meaning("unknown", v.text) != "" {
			*p = t.refusePlace(*p, v, Unknown)
			return false
		}
		if b, e, ok := bothOf(v); ok {
			p.building, p.entrance = b, e
		} else {
			p.building = t.buildingOf(v.text)
		}
	}
	if v, ok := t.get(Entrance); ok {
		if v.dated {
			*p = t.refuseDated(*p, v)
			return false
		}
		e := t.entranceOf(v.text)
		if b, entrance, ok := bothOf(v); ok && !e.ok && p.building == "" {
			p.block, p.building, e = v, b, entranceText{entrance, true}
		}
		if !e.ok && !v.keep {
			*p = t.refusePlace(*p, v, cn.HouseNotUnderstood.Key())
			return false
		}
		p.entrance = e.name
	}
	return true
}

// bothOf reads a cell that holds building and entrance: 3栋2单元, or 3-2 where the head says so.
func bothOf(v value) (building, entrance string, ok bool) {
	if h, named := heading(v.text); named && h.Building != "" && h.Entrance != "" {
		return h.Building, h.Entrance, true
	}
	if !vocabularyIn("both", v.header) {
		return "", "", false
	}
	building, entrance, ok = strings.Cut(cn.Compact(strings.ReplaceAll(v.text, "－", "-")), "-")
	return building, entrance, ok && building != "" && len(entrance) > 0 && len(entrance) <= 2 && len(building) <= 3
}

// buildingOf is a building's name as notations have it: 二栋 is 2, B# is B; other names stay as they are, 商业 and 公寓 too,
// for room 101 there is not room 101 of another building.
func (t *tableReader) buildingOf(text string) string {
	if name, ok := t.buildings[text]; ok {
		return name
	}
	name := strings.Join(strings.Fields(cn.Fold(text)), "")
	if read := cn.ParseHouses(name+"-101", cn.Known{}); len(read) == 1 && len(read[0].Houses) == 1 && len(read[0].Problems) == 0 &&
		read[0].Houses[0].Room == "101" && read[0].Houses[0].Building != "" && read[0].Houses[0].Entrance == "" {
		name = read[0].Houses[0].Building
	}
	t.buildings[text] = name
	return name
}

// entranceOf is an entrance as notations have it.
func (t *tableReader) entranceOf(text string) entranceText {
	if e, ok := t.entrances[text]; ok {
		return e
	}
	e := entranceText{name: cn.Compact(text)}
	if e.ok = len(e.name) <= 2 && (isNumberAlone(e.name) || len(e.name) == 1 && e.name[0] >= 'A' && e.name[0] <= 'Z'); !e.ok {
		read := cn.ParseHouses("9#"+e.name+"101", cn.Known{})
		if len(read) == 1 && len(read[0].Houses) == 1 && read[0].Houses[0].Entrance != "" && read[0].Houses[0].Room == "101" {
			e = entranceText{read[0].Houses[0].Entrance, true}
		}
	}
	t.entrances[text] = e
	return e
}

// room reads the room number, alone or as a notation.
func (t *tableReader) room(p *place, v value) {
	name := v.text
	if !plainRoom(name) {
		name = cn.Compact(name)
	}
	told := p.building != "" || p.entrance != ""
	switch {
	case t.options.Literal || v.keep && !readable(v.text):
		t.literal(p, v, strings.Join(strings.Fields(cn.Fold(v.text)), " "))
	case told && plainRoom(name):
		if len(name) <= 2 && isNumberAlone(name) { // 3A is a room as many estates number them
			t.note(v, RoomShort, Warning, nil)
		}
		t.literal(p, v, name)
	case len(name) <= 2 && isNumberAlone(name):
		t.note(v, RoomShort, Ask, nil)
		p.held = p.held || !v.keep
		t.literal(p, v, name)
	default:
		t.notation(p, v)
	}
}

// readable reports a notation that has one reading.
func readable(text string) bool {
	read := cn.ParseHouses(text, cn.Known{})
	return len(read) > 0 && !slices.ContainsFunc(read, func(r cn.HouseReading) bool { return len(r.Houses) == 0 })
}

// plainRoom reports a room number and nothing else: 1202, B509, 4E, N613A.
func plainRoom(s string) bool {
	letters := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	digits := strings.TrimRight(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return len(digits) > 0 && len(digits) <= 5 && len(s)-len(letters) <= 2 && len(letters)-len(digits) <= 1 && strings.Trim(digits, "0123456789") == ""
}

// literal takes the columns at their word.
func (t *tableReader) literal(p *place, v value, room string) {
	h := cn.House{Building: p.building, Entrance: p.entrance, Floor: p.floor, Room: room, Kind: cn.HouseRoom}
	if h.Building == "" && p.block.text == "" {
		h.Building = t.building
	}
	if h.Entrance == "" {
		h.Entrance = t.entrance
	}
	if h.Floor == "" {
		h.Floor = floorOf(room)
	}
	k, name := t.in.Known, p.name(h)
	switch {
	case h.Building != "" && k.Buildings != nil && !k.Buildings(name) && !v.keep:
		t.note(v, cn.HouseUnknownBuilding.Key(), Ask, nil)
		p.held = true
	case h.Entrance == "" && h.Building != "" && t.options.Entrances[name] == "" && k.HasEntrances != nil && k.HasEntrances(name) && !v.keep:
		t.note(v, cn.HouseEntranceMissing.Key(), Ask, nil)
		p.held = true
	}
	p.houses = []cn.House{h}
}

// floorOf is the floor a plain room number tells: all but its last two digits.
func floorOf(room string) string {
	digits := strings.TrimRight(strings.TrimLeft(room, "0"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if len(digits) < 3 || len(digits) > 4 || !isNumberAlone(digits) {
		return ""
	}
	return digits[:len(digits)-2]
}

var prefixed = regexp.MustCompile(`^([A-Z]{2,6}[-_])\d`)

// estatePrefix is what stands before each number of the column of rooms, as far as it was looked at, and is no part of it: XFL-05-01-0101 of a
// program that numbers the rooms of several estates. "" where the numbers can be read with it.
func (t *Table) estatePrefix() string {
	g := t.column(Room)
	if g == nil || len(g.Samples) < 2 {
		return ""
	}
	prefix := ""
	for _, s := range g.Samples {
		m := prefixed.FindStringSubmatch(s)
		if m == nil || prefix != "" && m[1] != prefix || readable(s) || !readable(s[len(m[1]):]) {
			return ""
		}
		prefix = m[1]
	}
	return prefix
}

// notation reads a whole notation, settles it by what else the row says, or refuses the row with the candidates.
func (t *tableReader) notation(p *place, v value) {
	known := t.in.Known
	known.Default = t.building
	if p.building != "" {
		known.Default = p.building
	}
	known.Lettered = t.lettered()
	for _, read := range t.choose(cn.ParseHouses(strings.TrimPrefix(v.text, t.prefix), known), v) {
		read = t.letterAsked(p, v, read)
		if len(read.Houses) == 0 {
			t.refuseReading(p, v, read)
			return
		}
		for _, h := range read.Houses {
			if !t.within(p, v, &h) {
				return
			}
			p.houses = append(p.houses, h)
		}
	}
	if len(p.houses) == 0 {
		*p = t.refusePlace(*p, v, NoUnit)
	}
}

// refuseReading turns a row down whose room was not understood, with the candidates.
func (t *tableReader) refuseReading(p *place, v value, read cn.HouseReading) {
	kind := cn.HouseNotUnderstood.Key()
	if len(read.Problems) > 0 {
		kind = read.Problems[0].Key()
	}
	q := Problem{Kind: kind, Severity: Refused, At: v.at, Header: v.header, Field: v.field, Value: v.text}
	q.Candidates = candidates(read)
	if len(read.Candidates) > 1 {
		q.Choice, q.Ways = choiceOfShape(v.text), ways(read.Candidates)
	}
	t.rowRef, p.refused = true, true
	t.problem(q)
}

// candidates are the ways to read a place as a person chooses between them: by their codes, or in words where two have the same (3-11).
func candidates(read cn.HouseReading) []string {
	out := make([]string, len(read.Candidates))
	for i, c := range read.Candidates {
		out[i] = joined(c, cn.House.Code)
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(out))); len(distinct) < len(out) {
		for i, c := range read.Candidates {
			out[i] = joined(c, cn.House.Address)
		}
	}
	return out
}

func joined(houses []cn.House, form func(cn.House) string) string {
	var out []string
	for _, h := range houses {
		out = append(out, form(h))
	}
	return strings.Join(out, "/")
}

// choose settles readings with several candidates: by the answer, by what was chosen for all rows of its shape, or when only one fits
// the kind that the row names, or what the estate has.
func (t *tableReader) choose(reads []cn.HouseReading, v value) []cn.HouseReading {
	if v.answered {
		if picked := t.picked(v); picked != nil {
			return []cn.HouseReading{{Text: v.text, Houses: picked}}
		}
	}
	kind := houseKind(t.kindOfRow())
	for i := range reads {
		read := &reads[i]
		if len(read.Houses) > 0 || len(read.Candidates) == 0 {
			continue
		}
		if k := slices.Index(ways(read.Candidates), t.option(choiceOfShape(v.text))); k >= 0 {
			read.Houses, read.Problems = read.Candidates[k], nil
			continue
		}
		open := slices.Contains(read.Problems, cn.HouseAmbiguous) || slices.Contains(read.Problems, cn.HouseRunTogether)
		for _, is := range []func(cn.House) bool{func(h cn.House) bool { return h.Kind == kind }, t.in.Places.has} {
			if c := onlyOne(read.Candidates, is); open && c != nil {
				read.Houses, read.Problems = c, nil
				break
			}
		}
	}
	return reads
}

// onlyOne is the one candidate all of whose houses are so; nil for none or several.
func onlyOne(candidates [][]cn.House, is func(cn.House) bool) (only []cn.House) {
	for _, c := range candidates {
		if !slices.ContainsFunc(c, func(h cn.House) bool { return !is(h) }) {
			if only != nil {
				return nil
			}
			only = c
		}
	}
	return only
}

// picked is the candidate of what was typed that an answer names.
func (t *tableReader) picked(v value) []cn.House {
	for _, read := range cn.ParseHouses(strings.TrimPrefix(v.typed, t.prefix), cn.Known{}) {
		if i := slices.Index(candidates(read), v.text); i >= 0 {
			return read.Candidates[i]
		}
	}
	return nil
}

// within puts a house into the building and entrance that have columns of their own, and asks when they differ.
func (t *tableReader) within(p *place, v value, h *cn.House) bool {
	t.asEntrance(p, v, h)
	if p.building != "" && h.Building != "" && h.Building != p.building && !v.answered {
		other := *h
		other.Building = p.building
		t.note(v, BuildingDiffers, Refused, []string{h.Code(), other.Code()}, p.building, h.Building)
		p.refused = true
		return false
	}
	if h.Building == "" {
		h.Building = p.building
	}
	if h.Entrance == "" {
		h.Entrance = p.entrance
	}
	if h.Entrance == "" && p.block.text == "" && h.Building == t.building && h.Kind == cn.HouseRoom {
		h.Entrance = t.entrance
	}
	if p.floor != "" {
		h.Floor = p.floor
	}
	if h.Kind == cn.HousePublic && !v.keep {
		t.note(v, PublicPlace, Ask, nil)
		p.held = true
	}
	return true
}

// settleEntrance gives a room the entrance that the options name for its building.
func (t *tableReader) settleEntrance(building string, h *cn.House) {
	if e := cmp.Or(t.options.Entrances[building], t.options.Choices[choiceEntrance+building]); h.Entrance == "" && h.Kind == cn.HouseRoom && e != "" && e != "-" {
		h.Entrance = e
	}
}
