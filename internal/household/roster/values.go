package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// column is what the sample shows of one column.
type column struct{ values []string }

func columnOf(data []sheet.Row, number int) column {
	c := column{}
	for _, r := range data {
		t := textAt(r.Cells, number)
		if t == "" || blank(t) {
			continue
		}
		if c.values = append(c.values, t); len(c.values) == sampleRows {
			break
		}
	}
	return c
}

func (c column) samples() []string {
	var out []string
	for _, v := range c.values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
		if len(out) == 3 {
			break
		}
	}
	return out
}

// tests say of a value whether it may be of a field; the sharpest first.
var tests = []struct {
	field Field
	fits  func(string) bool
}{
	{Email, func(v string) bool { return strings.Contains(v, "@") && strings.Contains(v, ".") }},
	{Plates, isPlate},
	{ID, isID},
	{Phone, isPhone},
	{Sex, func(v string) bool { return meaning("sex", v) != "" }},
	{Relation, func(v string) bool { return meaning("relation", v) != "" }},
	{Role, func(v string) bool { return meaning("role", v) != "" }},
	{Kind, func(v string) bool { return meaning("kind", v) != "" }},
	{Building, isBuilding},
	{Room, isHouse},
	{Occupant, isName},
}

func isPlate(v string) bool {
	plates := cn.ParsePlates(v)
	return len(plates) > 0 && plates[0].Kind != cn.PlateUnknown && plates[0].Kind != cn.PlateNone && len(plates[0].Problems) == 0
}

func isID(v string) bool {
	ids := cn.ParseIDs(v, cn.Date{})
	return len(ids) > 0 && len(ids[0].ID.Number) >= 15 && ids[0].ID.Kind != cn.IDUnknown && ids[0].ID.Kind != cn.IDPassportOther
}

func isPhone(v string) bool {
	phones := cn.ParsePhones(v)
	return len(phones) > 0 && phones[0].Kind != cn.PhoneUnknown && phones[0].Kind != cn.PhoneService && phones[0].Kind != cn.PhoneLocal
}

// isBuilding reports a building with the word for it behind: no room is told by it.
func isBuilding(v string) bool {
	h, ok := heading(v)
	if !ok && strings.HasSuffix(v, "#") { // 5#
		read := cn.ParseHouses(v+"101", cn.Known{})
		return len(read) == 1 && len(read[0].Houses) == 1 && read[0].Houses[0].Room == "101" && read[0].Houses[0].Entrance == ""
	}
	return ok && h.Building != "" && h.Entrance == ""
}

func isHouse(v string) bool {
	houses := cn.ParseHouses(v, cn.Known{})
	return len(houses) > 0 && len(houses[0].Houses)+len(houses[0].Candidates) > 0 && utf8.RuneCountInString(v) < 30 && strings.ContainsAny(v, "0123456789")
}

func isName(v string) bool {
	n := utf8.RuneCountInString(v)
	names := cn.ParseNames(v)
	return n >= 2 && len(names) > 0 && (names[0].Kind == cn.NameCompany || names[0].Kind == cn.NamePerson && n <= 20) && len(names[0].Problems) == 0 &&
		meaning("state", v) == ""
}

// testable maps a field to the plain one whose test its values must pass.
func testable(f Field) Field {
	switch _, plain := f.sided(); plain {
	case Company, EmergencyName:
		return Occupant
	case Landline, EmergencyPhone:
		return Phone
	default:
		return plain
	}
}

// share is how many of the values may be of a field; 0 where no test tells.
func (c column) share(f Field) float64 {
	plain := testable(f)
	for _, t := range tests {
		if t.field == plain && len(c.values) > 0 {
			n := 0
			for _, v := range c.values {
				if t.fits(v) {
					n++
				}
			}
			return float64(n) / float64(len(c.values))
		}
	}
	return 0
}

// weigh decides between what the header says and what the values say.
func (c column) weigh(f Field, sure float64) (Field, float64, Why) {
	why := WhyHeader
	if sure < 0.95 {
		why = WhyPart
	}
	shown := c.shown(len(c.values) < 3)
	switch {
	case sure > 0 && f == Ignore:
		return f, sure, why
	case sure > 0 && (shown == "" || shown == testable(f) || f == Remark || f == TenantRemark || f == OldCode || f == Parking || f == Family):
		return f, sure, why
	case sure > 0 && contradicts(f, shown) && c.share(f) < 0.2:
		return shown, 0.6, WhyAgainst
	case sure > 0:
		return f, sure, why
	case shown != "" && shown != Room:
		return shown, 0.5, WhyValues
	case shown == Room && len(c.values) >= 2 && c.notations():
		return shown, 0.5, WhyValues
	}
	return Ignore, 0, WhyNone
}

// contradicts reports whether values of one field under a header of another show that the header is wrong: names, numbers
// and kinds are told apart by their form; a room may look like many things.
func contradicts(f, shown Field) bool {
	switch shown {
	case Phone, ID, Plates, Email:
		return f.name() || f == Phone || f == OwnerPhone || f == TenantPhone || f == ID || f == OwnerID || f == TenantID || f == Relation || f == Sex
	case Kind:
		return f == Building || f == Zone || f.name()
	}
	return false
}

// shown is the field whose test four in five of the values pass.
func (c column) shown(few bool) Field {
	if len(c.values) == 0 || few && len(c.values) < 2 {
		return ""
	}
	for _, t := range tests {
		if c.share(t.field) >= 0.8 {
			return t.field
		}
	}
	return ""
}

// notations reports that values are more than bare numbers: those may count anything.
func (c column) notations() bool {
	return !slices.ContainsFunc(c.values, isNumberAlone)
}

func isNumberAlone(v string) bool { return strings.Trim(v, "0123456789.") == "" }

// serialColumns finds the columns whose values are day counts, if they are dates at all.
func serialColumns(columns []column) []bool {
	out := make([]bool, len(columns))
	for i, c := range columns {
		n := 0
		for _, v := range c.values {
			if len(v) == 5 && isNumberAlone(v) {
				n++
			}
		}
		out[i] = n >= 3 && n*5 >= len(c.values)*4
	}
	return out
}
