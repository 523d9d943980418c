package cn

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Before a house notation is read, its words become one small letter each, so that the reader sees only
// capitals, digits, dashes and these marks: b building, e entrance, f floor, g basement floor, l floor or building (楼),
// s shop, p parking space, r room, n number (号).
var (
	houseMarks = strings.NewReplacer("首层", "-1f", "号车位", "p", "#车位", "p", "停车位", "p", "车位", "p",
		"地下车库", "p", "停车场", "p", "地库", "p", "车库", "p", "门面房", "s", "底商", "s", "门店", "s", "门市", "s", "档口", "s",
		"号商铺", "s", "号铺", "s", "#铺", "s", "商铺", "s", "铺位", "s", "店铺", "s", "门面", "s", "铺", "s",
		"号楼", "b", "#楼", "b", "栋楼", "b", "幢楼", "b", "号栋", "b", "号幢", "b", "#栋", "b", "#幢", "b", "栋", "b", "幢", "b", "座", "b", "#", "b",
		"单元", "e", "梯", "e", "门", "e", "楼层", "f", "层", "f", "楼", "l",
		"号房", "r", "号室", "r", "室", "r", "房", "r", "户", "r", "号", "n")
	houseNumeral  = regexp.MustCompile(`([` + hanNumerals + `]{1,5})(号|栋|幢|座|单元|梯|门|层|楼|室|房|户|期|#)`)
	houseNumeralB = regexp.MustCompile(`(负|地下)([` + hanNumerals + `]{1,2})`)
	storeyIn      = regexp.MustCompile(`([be])-?(\d{1,3})l(-?[\dA-Z])`) // 3栋12楼1202: the building is named, so it is the floor
	basementWord  = regexp.MustCompile(`(?:负|地下)(\d)(?:层|楼|F)?-?`)
	basementB     = regexp.MustCompile(`(^|[栋幢座#楼-])B(\d)层-?`)
	basementDash  = regexp.MustCompile(`^-(\d)(?:层|楼|F)?-?(\d)`)
	roomHash      = regexp.MustCompile(`^((?:|.*\D)\d{3,5}[A-Z]?)#$`) // 103#, 1-103#: no building has so many digits
	floorF        = regexp.MustCompile(`(^|[-be])(\d{1,2}|L?G|UG)F(-|s|p|\d)`)
	houseForm     = regexp.MustCompile(`^(.*\d[A-Z]?)(?:室|房)?(复式|跃层|跃式|错层|平层|带阁楼)$`)
	houseBrackets = regexp.MustCompile(`[(\[【〔]([^)\]】〕]*)[)\]】〕]?`)
)

// markHouse rewrites a folded piece of a cell with the marks above.
func markHouse(t string) string {
	t = basementB.ReplaceAllString(t, "${1}g$2-")
	t = basementWord.ReplaceAllString(t, "g$1-")
	t = basementDash.ReplaceAllString(t, "g$1-$2")
	t = houseMarks.Replace(t)
	t = storeyIn.ReplaceAllString(t, "$1${2}f$3")
	t = floorF.ReplaceAllString(t, "$1${2}f$3")
	if strings.HasPrefix(t, "-1f") { // 首层12铺
		t = t[1:]
	}
	return strings.TrimPrefix(strings.ReplaceAll(t, "~", "-"), "第")
}

// plainHouse folds a piece: capitals, plain dashes, no blanks, Chinese numerals before a house word as digits.
func plainHouse(piece string) string {
	t := otherNumerals(strings.NewReplacer(".", "-", "_", "-").Replace(foldDashes(Compact(piece))))
	t = houseNumeralB.ReplaceAllStringFunc(t, arabic)
	return roomHash.ReplaceAllString(houseNumeral.ReplaceAllStringFunc(t, arabic), "${1}号")
}

// arabic replaces the Chinese numerals at either end of a match.
func arabic(match string) string {
	inside := func(r rune) bool { return strings.ContainsRune(hanNumerals, r) }
	numeral := strings.Trim(strings.Map(func(r rune) rune {
		if inside(r) {
			return r
		}
		return -1
	}, match), " ")
	if n, ok := hanNumber(numeral); ok {
		return strings.Replace(match, numeral, strconv.Itoa(n), 1)
	}
	return match
}

// splitHouses cuts a cell at separators outside brackets, and at a blank between two numbers ("N710 711") or behind 室.
func splitHouses(cell string) []string {
	in := []rune(foldDashes(Fold(strings.NewReplacer("\r", ";", "\n", ";").Replace(cell))))
	var out []string
	var b strings.Builder
	cut := func() {
		if t := strings.TrimSpace(b.String()); t != "" {
			out = append(out, t)
		}
		b.Reset()
	}
	depth := 0
	for i, r := range in {
		switch {
		case strings.ContainsRune("([【〔", r):
			depth++
		case strings.ContainsRune(")]】〕", r):
			depth = max(0, depth-1)
		}
		blank := r == ' ' && i+1 < len(in) && in[i+1] < unicode.MaxASCII && (in[i-1] < unicode.MaxASCII && unicode.IsDigit(in[i-1]) && (unicode.IsDigit(in[i+1]) || unicode.IsLetter(in[i+1])) ||
			strings.ContainsRune("室房户铺位", in[i-1]))
		if depth == 0 && (strings.ContainsRune("/、,;|+&，；。", r) || blank) {
			cut()
		} else {
			b.WriteRune(r)
		}
	}
	cut()
	return out
}

// cutHouseForm takes a word for the form of a flat off its number and into the note: 3-1202复式.
func cutHouseForm(text, note string) (string, string) {
	m := houseForm.FindStringSubmatch(text)
	if m == nil {
		return text, note
	}
	return m[1], strings.TrimSpace(note + " " + m[2])
}

// cutHouseNote takes brackets out of a piece.
func cutHouseNote(piece string) (text, note string) {
	var notes []string
	text = houseBrackets.ReplaceAllStringFunc(piece, func(m string) string {
		if inner := strings.TrimSpace(strings.Trim(m, "([【〔)]】〕")); inner != "" {
			notes = append(notes, inner)
		}
		return ""
	})
	return strings.TrimSpace(text), strings.Join(notes, " ")
}
