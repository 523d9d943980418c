package roster

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// This file holds what is asked once for all rows of a kind. The answer stands in Options.Choices, under the problem's Choice.

// The choices that are not of a shape of room numbers, and their values.
const (
	choiceLetters  = "letters" // what A105 is where there is no building A: a cn.Lettered
	choiceWithin   = "within"  // what 2-301 is beside a column of buildings
	wayEntrance    = "entrance"
	wayBuilding    = "building"
	choiceDates    = "dates:" // with the column's name: dates a spreadsheet made
	wayDate        = "date"
	choiceEntrance = "entrance:" // with the building's name: of its rooms that name none
	choiceLet      = "let"       // whose the move-in and the remark of a let unit are
)

// evidence is what the rows of a table say about questions that single rows leave open.
type evidence struct {
	repeats, differs int             // rooms like 2-301 whose first part is, and is not, the building in its column
	named            map[string]bool // buildings named in so many words
	asked            map[string]bool // letters of rooms of which nobody said whether they are buildings
}

// option is what was chosen: by a person, or by what other rows of the table settle.
func (t *tableReader) option(key string) string {
	return cmp.Or(t.options.Choices[key], t.settled[t.id()+key])
}

// id names the table within its file.
func (t *tableReader) id() string {
	return t.Sheet + ":" + strconv.Itoa(t.Top) + ":" + strconv.Itoa(t.First) + ":"
}

// conclude settles, at the end of a table, what its rows left open and others decide.
func (t *tableReader) conclude() {
	e := t.evidence
	if e.differs > 0 && e.repeats > 0 && t.option(choiceWithin) == "" {
		t.settles[t.id()+choiceWithin] = wayEntrance
	}
	if len(e.asked) == 0 || t.option(choiceLetters) != "" {
		return
	}
	for letter := range e.asked {
		if _, known := t.in.Places[letter]; !known && !e.named[letter] {
			return
		}
	}
	t.settles[t.id()+choiceLetters] = string(cn.LetterBuilding)
}

// choiceOfShape is the choice that holds for all rooms written like one: 2-301 and 3-1202 are both 0-0. Digits that run together
// without a sign are alike when there are as many.
func choiceOfShape(text string) string {
	plain := cn.Compact(text)
	if isNumberAlone(plain) && !strings.Contains(plain, ".") {
		return "room:" + strings.Repeat("0", len(plain))
	}
	var out []rune
	for _, r := range plain {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case unicode.IsLetter(r) && r < unicode.MaxASCII:
			r = 'A'
		}
		if len(out) == 0 || r != '0' || out[len(out)-1] != '0' {
			out = append(out, r)
		}
	}
	return "room:" + string(out)
}

// ways names the candidates of a reading by what of a place each of them says, so that the same way can be chosen in other rows.
func ways(candidates [][]cn.House) []string {
	out := make([]string, len(candidates))
	most := 0
	for _, c := range candidates {
		most = max(most, len(c))
	}
	for i, c := range candidates {
		h := c[0]
		var parts []string
		for _, p := range []struct{ name, text string }{{"building", h.Building}, {"entrance", h.Entrance}} {
			if p.text != "" {
				parts = append(parts, p.name)
			}
		}
		kind := string(h.Kind)
		if h.Floor != "" && h.Floor != floorOf(h.Room) && h.Kind == cn.HouseRoom {
			kind = "floor-room"
		}
		out[i] = strings.Join(append(parts, kind), "-")
		if most > 1 {
			out[i] += map[bool]string{true: "-all", false: "-ends"}[len(c) == most]
		}
		if slices.Contains(out[:i], out[i]) {
			out[i] += strconv.Itoa(len(h.Building))
		}
	}
	return out
}

// lettered says what a letter with a number is in this row.
func (t *tableReader) lettered() cn.Lettered {
	if way := cn.Lettered(t.option(choiceLetters)); way != "" {
		return way
	}
	if t.shops() {
		return cn.LetterShop
	}
	return cn.LetterAsk
}

// shops reports that the row, or the head of the room's column, speaks of shops.
func (t *tableReader) shops() bool {
	if k := t.kindOfRow(); k != "" {
		return k == estate.Shop
	}
	for i, f := range t.fields {
		if f == Room {
			return vocabularyIn("shops", t.Headers[i].Text)
		}
	}
	return false
}

// shopsAlone reports that the head of the room's column speaks of shops, and of no rooms.
func (t *tableReader) shopsAlone() bool {
	for i, f := range t.fields {
		if f == Room {
			parts := strings.Fields(t.Headers[i].Text)
			return len(parts) > 0 && vocabularyIn("shops", parts[len(parts)-1]) && !vocabularyIn("rooms", parts[len(parts)-1])
		}
	}
	return false
}

// letterAsked says once of a table what becomes of rooms like A105 that name no building: shops are taken as they stand; other
// rooms are held, as rooms of a building A, until it is chosen.
func (t *tableReader) letterAsked(p *place, v value, read cn.HouseReading) cn.HouseReading {
	if len(read.Houses) > 0 {
		h := read.Houses[0]
		if h.Kind == cn.HouseShop && h.Building == "" && p.building == "" && t.building == "" && t.lettered() == cn.LetterShop && t.options.Choices[choiceLetters] == "" && letterIn(h.Room) != "" && letterIn(h.Room) != "S" {
			t.wholeChoice(Problem{Kind: Lettered, Severity: Warning, Field: Room, Args: []any{h.Room, letterIn(h.Room)}, Choice: choiceLetters,
				Ways: []string{string(cn.LetterShop), string(cn.LetterBuilding)}})
		}
		if h.Building != "" && letterIn(h.Building) == h.Building {
			if t.evidence.named == nil {
				t.evidence.named = map[string]bool{}
			}
			t.evidence.named[h.Building] = true
		}
		return read
	}
	if !slices.Contains(read.Problems, cn.HouseUnknownBuilding) || len(read.Candidates) != 1 || t.in.Known.Buildings != nil {
		return read
	}
	h := read.Candidates[0][0]
	if letterIn(h.Building) != h.Building {
		return read
	}
	if t.evidence.asked == nil {
		t.evidence.asked = map[string]bool{}
	}
	t.evidence.asked[h.Building] = true
	t.wholeChoice(Problem{Kind: LetteredAsk, Severity: Ask, Field: Room, Args: []any{v.text, h.Building, h.Room}, Choice: choiceLetters,
		Ways: []string{string(cn.LetterBuilding), string(cn.LetterRoom), string(cn.LetterShop)}})
	p.held = true
	read.Houses, read.Problems = read.Candidates[0], nil
	return read
}

// letterIn is the letters a room begins with.
func letterIn(room string) string {
	return room[:len(room)-len(strings.TrimLeft(room, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
}

// wholeChoice notes a question of the whole table, once.
func (t *tableReader) wholeChoice(p Problem) {
	n := len(t.plan.Problems)
	if t.whole(p.Kind, p.Severity, p.Field); len(t.plan.Problems) > n {
		q := &t.plan.Problems[n]
		q.Args, q.Choice, q.Ways, q.Candidates = p.Args, p.Choice, p.Ways, p.Candidates
	}
}

// asEntrance reads 2-301 beside a building 5 as entrance 2 of it, unless all rows of the table repeat the building there.
func (t *tableReader) asEntrance(p *place, v value, h *cn.House) {
	plain := cn.Compact(v.text)
	first, rest, ok := strings.Cut(strings.ReplaceAll(plain, "—", "-"), "-")
	if !ok || p.building == "" || h.Entrance != "" || h.Kind != cn.HouseRoom || !plainRoom(rest) || h.Building != strings.TrimLeft(first, "0") && h.Building != first || len(first) > 2 {
		return
	}
	way := t.option(choiceWithin)
	switch {
	case h.Building != p.building:
		t.evidence.differs++
		if way == wayBuilding || p.entrance != "" && p.entrance != first {
			return
		}
	case p.entrance == first && p.entrance != p.building:
	default:
		t.evidence.repeats++
		if way != wayEntrance {
			return
		}
	}
	h.Building, h.Entrance = p.building, first
}

// undated takes back what a spreadsheet did to 3-12, where that was said for the column. A place that is still a date is marked;
// of other columns it is asked, and the cell left out.
func (t *tableReader) undated(v *value) bool {
	if v.cell == nil || v.answered || !undatable(v.field) {
		return true
	}
	month, day, ok := v.monthDay()
	if !ok {
		return true
	}
	sign := "-"
	if v.field == Share {
		sign = "/"
	}
	was := strconv.Itoa(month) + sign + strconv.Itoa(day)
	if t.option(choiceDates+t.columnName(v.at.Column)) == wayDate {
		v.text, v.typed, v.keep, v.cell = was, was, true, &sheet.Cell{Text: was, Raw: was, Kind: sheet.Text}
		return true
	}
	if v.field.place() {
		v.dated = true
		return true
	}
	if testable(v.field) == Phone { // a day tells nothing of the number that stood there
		t.note(*v, DateThere, Ask, nil, v.text)
		return false
	}
	t.noteDated(*v, Ask)
	return false
}

// monthDay is the day that stands where none can: as a date, or as the text that a program wrote for it into a file of texts.
func (v value) monthDay() (month, day int, ok bool) {
	if v.cell.Kind == sheet.Date {
		d, err := cn.ParseStored(strings.SplitN(v.text, " ", 2)[0])
		return d.M, d.D, err == nil && d.Precision == cn.DayExact
	}
	if v.keep || !v.field.place() && v.field != Share {
		return 0, 0, false
	}
	return cn.DayShown(v.text)
}

// undatable reports a field in which a date cannot stand, and what looks like one can.
func undatable(f Field) bool {
	_, plain := f.sided()
	switch plain {
	case Zone, Building, Entrance, Floor, Room, OldCode, Share, Parking, Phone, Landline, Heads, Layout, EmergencyPhone:
		return true
	}
	return false
}

// columnName is a column as a mapping knows it.
func (t *tableReader) columnName(column int) string {
	for i, h := range t.Headers {
		if h.Column == column {
			return t.Mapping.Headers[i]
		}
	}
	return ""
}

func (t *tableReader) refuseDated(p place, v value) place {
	t.noteDated(v, Refused)
	t.rowRef, p.refused = true, true
	return p
}

func (t *tableReader) noteDated(v value, s Severity) {
	month, day, ok := v.monthDay()
	if !ok {
		return
	}
	sign := "-"
	if v.field == Share {
		sign = "/"
	}
	was := strconv.Itoa(month) + sign + strconv.Itoa(day)
	t.problem(Problem{Kind: BecameDate, Args: []any{cmp.Or(v.header, letters(v.at.Column)), month, day, was}, Severity: s, At: v.at, Header: v.header, Field: v.field,
		Value: v.text, Candidates: []string{was}, Choice: choiceDates + t.columnName(v.at.Column), Ways: []string{wayDate}})
}
