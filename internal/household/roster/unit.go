package roster

import (
	"regexp"
	"strings"
	"unicode"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
)

// houseKind is the kind of notation that a kind of unit goes by.
func houseKind(k estate.UnitKind) cn.HouseKind {
	switch k {
	case estate.Shop:
		return cn.HouseShop
	case estate.Parking:
		return cn.HouseSpace
	case estate.Flat:
		return cn.HouseRoom
	}
	return ""
}

// unitKind is the kind that a notation itself tells.
func unitKind(h cn.House) estate.UnitKind {
	switch h.Kind {
	case cn.HouseShop, cn.HouseStreet:
		return estate.Shop
	case cn.HouseSpace:
		return estate.Parking
	case cn.HouseStore:
		return estate.Store
	}
	return ""
}

// kindOfRow is the kind that the row's columns, or the heading above, name.
func (t *tableReader) kindOfRow() estate.UnitKind {
	if v, ok := t.get(Kind); ok {
		if m := meaning("kind", v.text); m != "" {
			return estate.UnitKind(m)
		}
	}
	if v, ok := t.get(Building); ok {
		if m := meaning("kind", v.text); m != "" {
			return estate.UnitKind(m)
		}
	}
	return t.kind
}

// unitsOf makes or finds the units of a place and gives them the row's facts.
func (t *tableReader) unitsOf(p place) []int {
	var out []int
	for _, h := range p.houses {
		key := cn.NameKey(p.zone.text) + "|" + h.Key()
		i, known := t.units[key]
		if !known {
			i = len(t.plan.Units)
			t.units[key] = i
			t.plan.Units = append(t.plan.Units, Unit{At: p.at.at, Typed: p.at.typed, Zone: cn.Fold(p.zone.text), House: h})
			t.own = append(t.own, unitRow{unit: i, row: t.row, column: p.at.at.Column, zone: p.zone.at.Column, block: p.block.at.Column,
				blockText: p.block.text, kept: p.kept || p.zone.keep || p.block.keep})
		}
		u := &t.plan.Units[i]
		u.Held = u.Held || p.held
		var before []Added
		if t.line.unit(i); known {
			t.line.joins(u.At)
			before = u.facts()
		}
		t.unitFacts(u, h, known, len(p.houses) > 1)
		if known {
			t.line.adds(before, u.facts())
		}
		out = append(out, i)
	}
	return out
}

// unitFacts fills what is still empty, and notes what differs from an earlier row.
func (t *tableReader) unitFacts(u *Unit, h cn.House, known, joint bool) {
	if k := t.kindOfRow(); u.Kind == "" && k != "" {
		u.Kind = k
	} else if u.Kind == "" {
		u.Kind = unitKind(h)
	}
	if u.Kind == "" {
		u.Kind = t.options.Use
	}
	if u.Kind == "" && h.Kind == cn.HouseRoom && t.shopsAlone() {
		u.Kind = estate.Shop
	}
	for _, v := range t.values {
		switch v.field {
		case Kind:
			t.unitKindText(u, v)
		case Gross:
			t.area(&u.Gross, v, u.At.Row, known, joint)
		case Net:
			t.area(&u.Net, v, u.At.Row, known, joint)
		case Estate:
			t.fill(&u.Estate, v, u.At.Row)
		case Layout:
			t.fill(&u.Layout, v, u.At.Row)
		case HandOver:
			t.fillDate(&u.HandOver, v, u.At.Row)
		case Room:
			numbers, _ := formerIn(v.text)
			for _, n := range numbers {
				u.OldCodes = appendNew(u.OldCodes, t.oldCode(h, n))
			}
		case State:
			t.state(u, v)
		case OwnerName, Occupant: // 空置 in the place of a name tells of the unit
			if cn.SaysNobodyHolds(v.text) {
				addLine(&u.Remark, v.said())
			}
		case OldCode:
			if t.options.Literal && !blank(v.text) {
				u.OldCodes = appendNew(u.OldCodes, v.text)
			} else if !blank(v.text) && v.text != u.Typed {
				u.OldCodes = appendNew(u.OldCodes, t.oldCode(h, v.text))
			}
		}
	}
}

var inBrackets = regexp.MustCompile(`[(（]([^()（）]+)[)）]`)

// formerIn are the former numbers in brackets beside the one of today, and the text without them: 101（原A101）.
func formerIn(text string) (numbers []string, rest string) {
	rest = inBrackets.ReplaceAllStringFunc(text, func(m string) string {
		inside := strings.Trim(m, "()（） ")
		for word, of := range vocabulary()["renumbered"] {
			if number, ok := strings.CutPrefix(inside, word); ok && Field(of) == OldCode {
				number = strings.TrimLeftFunc(number, func(r rune) bool { return unicode.Is(unicode.Han, r) || strings.ContainsRune(":： ", r) })
				numbers = appendNew(numbers, number)
				return ""
			}
		}
		return m
	})
	return numbers, rest
}

// oldCode is a former number as people say it: a bare room number stands in the building it is in. One that begins with a letter is
// whole by itself: A102 was no room of building 1.
func (t *tableReader) oldCode(h cn.House, text string) string {
	if old := t.formerBuilding(); old != "" && plainRoom(cn.Compact(text)) {
		return cn.House{Building: old, Room: cn.Compact(text), Floor: floorOf(cn.Compact(text)), Kind: cn.HouseRoom}.Code()
	}
	if plain := cn.Compact(text); !plainRoom(plain) || letterIn(plain) != "" || h.Building == "" || h.Kind != cn.HouseRoom {
		return text
	}
	return cn.House{Building: h.Building, Entrance: h.Entrance, Room: cn.Compact(text), Floor: floorOf(cn.Compact(text)), Kind: cn.HouseRoom}.Code()
}

// formerBuilding is the building that a column of former ones names.
func (t *tableReader) formerBuilding() string {
	for _, v := range t.values {
		if v.field != Ignore || blank(v.text) {
			continue
		}
		if f, sure := renumbered(plainWord(v.header)); sure > 0 && f == Ignore {
			return t.buildingOf(v.text)
		}
	}
	return ""
}

func (t *tableReader) state(u *Unit, v value) {
	state := stateOf(v.text) // asked first: 空置 and 未售 say nothing of a person, and everything of a unit
	if state == "" && blank(v.text) {
		return
	}
	if u.StateAs != "" {
		if u.StateAs != v.text {
			t.note(v, Differs, Warning, nil, u.At.Row, u.StateAs)
		}
		return
	}
	u.StateAs, u.State = v.text, state
	if u.State == "" {
		t.note(v, StateUnread, Warning, nil)
		addLine(&u.Remark, v.said())
	}
}

func stateOf(text string) UnitState {
	if cn.SaysUnsold(text) {
		return Unsold
	}
	return UnitState(meaning("state", strings.Trim(text, nameBrackets)))
}

func (t *tableReader) unitKindText(u *Unit, v value) {
	if u.KindText != "" || blank(v.text) {
		t.fill(&u.KindText, v, u.At.Row)
		return
	}
	u.KindText = v.text
	if meaning("kind", v.text) == "" {
		t.note(v, KindUnread, Warning, nil)
		addLine(&u.Remark, v.said())
	}
}

// fill keeps the first text of a fact; another one is noted.
func (t *tableReader) fill(dst *string, v value, row int) {
	switch {
	case blank(v.text):
	case *dst == "":
		*dst = v.text
	case *dst != v.text:
		t.note(v, Differs, Warning, nil, row, *dst)
	}
}

// fillDate keeps the first day of a fact; another one is noted.
func (t *tableReader) fillDate(dst *Date, v value, row int) {
	switch d := t.date(v); {
	case dst.IsZero() && (dst.None == "" || !d.IsZero()):
		*dst = d
	case !d.IsZero() && dst.Date != d.Date:
		t.note(v, Differs, Warning, nil, row, dst.Typed)
	}
}

// area reads an area; it is kept to two decimals with what was typed beside it.
func (t *tableReader) area(dst *Area, v value, row int, known, joint bool) {
	if blank(v.text) {
		t.pending(v)
		return
	}
	a, rounded, ok := readArea(v.text)
	switch {
	case !ok:
		t.note(v, AreaUnread, Ask, nil)
	case joint:
		t.once(v, AreaJoint)
	case dst.Area == 0:
		*dst = Area{a, v.typed}
		if rounded {
			t.note(v, AreaRounded, Warning, nil, a.String())
		}
	case known && dst.Area != a:
		t.note(v, Differs, Warning, nil, row, dst.Typed)
	}
}

// once notes a problem of a cell once, however many units the row has.
func (t *tableReader) once(v value, kind string) {
	if n := len(t.plan.Problems); n > 0 && t.plan.Problems[n-1].At == v.at && t.plan.Problems[n-1].Kind == kind {
		return
	}
	t.note(v, kind, Warning, nil)
}

// readArea reads a number of square metres, half up to two decimals.
func readArea(text string) (a estate.Area, rounded, ok bool) {
	plain := cn.Compact(text)
	for _, measure := range []string{"M^2", "M2", "M"} {
		if cut, ok := strings.CutSuffix(plain, measure); ok {
			plain = cut
			break
		}
	}
	if digits := strings.TrimRightFunc(plain, unicode.IsLetter); digits != plain && vocabulary()["measure"][plain[len(digits):]] != "" {
		plain = digits
	}
	whole, part, _ := strings.Cut(plain, ".")
	if len(part) > 2 && isNumberAlone(part) && !strings.Contains(part, ".") {
		up := part[2] >= '5'
		rounded = strings.Trim(part[2:], "0") != ""
		if err := a.UnmarshalText([]byte(whole + "." + part[:2])); err != nil {
			return 0, false, false
		}
		if up {
			a++
		}
		return a, rounded, a > 0
	}
	err := a.UnmarshalText([]byte(plain))
	return a, false, err == nil && plain != ""
}

func appendNew(list []string, text string) []string {
	for _, t := range list {
		if t == text {
			return list
		}
	}
	return append(list, text)
}
