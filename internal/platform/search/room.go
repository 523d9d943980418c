package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
)

var (
	zeros     = regexp.MustCompile(`(^|[^0-9])0+([0-9])`)
	floorPart = regexp.MustCompile(`^([0-9]{1,2}f|b[0-9])$`)
	plainRoom = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]*)*$`)
	groupOf   = regexp.MustCompile(`^(\p{Han}{2,8})[0-9]`)
	wordRoom  = regexp.MustCompile(`^(\p{Han}{2,8})([0-9]{1,4}[a-z]?)$`)
	shortRoom = regexp.MustCompile(`^[a-z]{0,2}[0-9]{0,4}[a-z]?$`)
)

// segments are the parts of a room's code, zeros in front dropped: C1-1F-08 gives c1, 1f, 8.
func segments(code string) []string {
	text := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || strings.ContainsRune("\u2212~.#_/ ", r) {
			return '-'
		}
		return unicode.ToLower(r)
	}, cn.Fold(code))
	return slices.DeleteFunc(strings.Split(zeros.ReplaceAllString(text, "$1$2"), "-"), func(s string) bool { return s == "" })
}

func joined(parts ...string) string { return strings.Join(segments(strings.Join(parts, "-")), "-") }

// roomTokens are all that may be said of a room: 3-1-1202, 3-1202, 1202; entrance 1, 1202; building 3; entrance 1 of it.
func roomTokens(code string) []string {
	forms := [][]string{segments(code)}
	houses, _ := readHouses(code)
	for _, h := range houses {
		forms = append(forms, segments(joined(h.Building, h.Entrance, h.Room)))
	}
	var out []string
	for _, f := range forms {
		n := len(f)
		if n == 0 {
			continue
		}
		out = append(out, tokRoom+joined(f...), tokRoom+f[n-1])
		if n > 1 {
			out = append(out, tokRoom+joined(f[0], f[n-1]), tokBuilding+f[0])
			if group := groupOf.FindStringSubmatch(f[0]); group != nil { // 桂园602 of 桂园7-1-602
				out = append(out, tokRoom+joined(group[1], f[n-1]))
			}
		}
		if n > 2 {
			out = append(out, tokBuilding+joined(f[:2]...), within(f[n-2], f[n-1]))
		}
	}
	return out
}

// within is a room of an entrance or on a floor.
func within(part, room string) string {
	if floorPart.MatchString(part) {
		return tokRoom + joined(part, room)
	}
	return tokEntrance + joined(part, room)
}

// readHouses gives every house a text may mean; settled when it means one thing only.
func readHouses(text string) (houses []cn.House, settled bool) {
	settled = true
	for _, r := range cn.ParseHouses(text, cn.Known{}) {
		houses = append(houses, r.Houses...)
		for _, c := range r.Candidates {
			houses = append(houses, c...)
		}
		settled = settled && len(r.Candidates) == 0
	}
	return houses, settled
}

// asRoom reads a word as a room in any notation, or as a building.
func asRoom(word string) (out []expr, exact []string) {
	houses, settled := readHouses(word)
	for _, h := range houses {
		if h.Building == "" && h.Entrance != "" {
			out = append(out, tokens(fact, tokEntrance+joined(h.Entrance, h.Room))...)
			continue
		}
		named := []string{tokRoom + joined(h.Building, h.Entrance, h.Room)}
		if h.Floor != "" && h.Kind != cn.HouseRoom { // else the number tells it
			named = append(named, tokRoom+joined(h.Building, h.Entrance, floorName(h.Floor), h.Room))
		}
		out = append(out, tokens(fact, named...)...)
		if settled {
			exact = append(exact, named...)
		}
	}
	plain, named := asPlainRoom(word)
	return slices.Concat(out, plain, asBuilding(word), asWordRoom(word)), append(exact, named...)
}

// asWordRoom reads a name with a number behind: a room of a group of buildings or of a building (桂园602), or a building (叠墅12).
func asWordRoom(word string) []expr {
	m := wordRoom.FindStringSubmatch(strings.ToLower(cn.Fold(word)))
	if m == nil {
		return nil
	}
	return tokens(fact, tokRoom+joined(m[1], m[2]), tokRoom+joined(m[1]+m[2]), tokBuilding+joined(m[1]+m[2]))
}

func floorName(floor string) string {
	if below, ok := strings.CutPrefix(floor, "-"); ok {
		return "b" + below
	}
	return floor + "f"
}

// asPlainRoom reads letters, digits and dashes as the beginning of a code, so that it is found while it is typed.
func asPlainRoom(word string) (out []expr, exact []string) {
	word = strings.ToLower(cn.Fold(word))
	form := joined(word)
	switch {
	case form == "" || !plainRoom.MatchString(word) || len(form) > 16:
	case strings.Contains(word, "-"):
		out = append(tokens(fact, tokBuilding+form), expr{token: tokRoom + form, prefix: true, when: fact})
		exact = []string{tokRoom + form}
	case shortRoom.MatchString(form):
		digits := strings.IndexFunc(form, unicode.IsLetter) < 0
		out = append(out, expr{token: tokRoom + form, prefix: digits && len(form) == 3, when: fact})
		if len(form) <= 3 {
			out = append(out, tokens(fact, tokBuilding+form)...)
		}
		exact = []string{tokRoom + form}
	}
	return out, exact
}

const someRoom = "101"

// asBuilding reads a notation that ends where the room would stand, by giving it one.
func asBuilding(word string) []expr {
	last := []rune(word)[len([]rune(word))-1]
	if last < unicode.MaxASCII && (unicode.IsLetter(last) || unicode.IsDigit(last)) || !unicode.IsPrint(last) {
		return nil
	}
	var out []expr
	houses, settled := readHouses(word + someRoom)
	for _, h := range houses {
		if settled && h.Building != "" && h.Room == someRoom {
			out = append(out, tokens(fact, tokBuilding+joined(h.Building, h.Entrance))...)
		}
	}
	return out
}
