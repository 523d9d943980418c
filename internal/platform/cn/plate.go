package cn

import (
	"regexp"
	"strings"
)

// PlateKind is the kind of a number plate.
type PlateKind string

// The kinds told apart by form (GA 36).
const (
	PlateNone     PlateKind = ""
	PlateOrdinary PlateKind = "ordinary"   // 京A·12345
	PlateElectric PlateKind = "new_energy" // 京A·D12345 small, 京A·12345D large
	PlateTrailer  PlateKind = "trailer"    // …挂
	PlateLearner  PlateKind = "learner"    // …学
	PlatePolice   PlateKind = "police"     // …警
	PlateHongKong PlateKind = "hong_kong"  // …港
	PlateMacau    PlateKind = "macau"      // …澳
	PlateEmbassy  PlateKind = "embassy"    // 使, 领
	PlateArmed    PlateKind = "armed"      // 武警 WJ, military
	PlateUnknown  PlateKind = "unknown"
)

// What can be the matter with a plate.
const (
	PlateUnknownRegion Problem = "plate.unknown_region" // the first character names no province
	PlateBadCharacter  Problem = "plate.bad_character"  // I and O never occur
	PlateBadLength     Problem = "plate.bad_length"     // not five, for new energy six, after the letter
	PlateNotUnderstood Problem = "plate.not_understood"
)

// Plate is a number plate as understood; Number has no dot and no spaces.
type Plate struct {
	Label, Note string // "张三：京A12345(自用)"
	Original    string
	Kind        PlateKind
	Number      string
	Problems    []Problem
}

const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

var plateLast = map[rune]PlateKind{'挂': PlateTrailer, '学': PlateLearner, '警': PlatePolice, '港': PlateHongKong,
	'澳': PlateMacau, '领': PlateEmbassy, '使': PlateEmbassy}

var (
	plateShape = regexp.MustCompile(`^(\p{Han})([A-Z])([A-Z0-9]*)([挂学警港澳领]?)$`)
	plateSmall = regexp.MustCompile(`^[A-HJK][A-HJ-NP-Z0-9]\d{4}$`) // letters beyond D and F are of later batches
	plateLarge = regexp.MustCompile(`^\d{5}[A-HJK]$`)
	plateLoose = regexp.MustCompile(`^(WJ[` + provinces + `]?[A-Z0-9]{5,6}|[A-Z]{2}\d{5}|使\d{6}|\d{6}使|[A-Z]{2}\d{4}领)$`)
)

// ParsePlate reads one plate.
func ParsePlate(text string) Plate {
	p := Plate{Original: text}
	if IsPlaceholder(text) {
		return p
	}
	p.Number = strings.Map(func(r rune) rune {
		if strings.ContainsRune("·•・‧.-∙⋅", r) {
			return -1
		}
		return r
	}, foldDashes(Compact(text)))
	m := plateShape.FindStringSubmatch(p.Number)
	switch {
	case plateLoose.MatchString(p.Number) && strings.ContainsAny(p.Number, "使领"):
		p.Kind = PlateEmbassy
	case plateLoose.MatchString(p.Number):
		p.Kind = PlateArmed
	case m == nil:
		p.Kind, p.Problems = PlateUnknown, []Problem{PlateNotUnderstood}
	default:
		p.readParts(m[1], m[2], m[3], m[4])
	}
	return p
}

func (p *Plate) readParts(region, letter, rest, last string) {
	p.Kind = PlateOrdinary
	if last != "" {
		p.Kind = plateLast[[]rune(last)[0]]
	}
	if !strings.Contains(provinces, region) {
		p.add(PlateUnknownRegion)
	}
	if strings.ContainsAny(letter+rest, "IO") {
		p.add(PlateBadCharacter)
	}
	switch {
	case last != "" && len(rest) == 4, last == "" && len(rest) == 5:
	case last == "" && (plateSmall.MatchString(rest) || plateLarge.MatchString(rest)):
		p.Kind = PlateElectric
	case last == "" && len(rest) == 6:
		p.add(PlateNotUnderstood)
	default:
		p.add(PlateBadLength)
	}
}

func (p *Plate) add(problem Problem) { p.Problems = append(p.Problems, problem) }

// ParsePlates reads a cell that may hold several plates, with names before a colon and notes in brackets.
func ParsePlates(cell string) []Plate {
	var out []Plate
	for _, part := range splitCell(cell) {
		pieces := []string{part.text}
		if p := ParsePlate(part.text); len(part.text) <= maxCell && (p.Kind == PlateUnknown || len(p.Problems) > 0) {
			pieces = strings.Fields(part.text)
		}
		if len(pieces) == 0 {
			pieces = []string{""}
		}
		for _, piece := range pieces {
			p := ParsePlate(piece)
			p.Label, p.Note = part.label, part.note
			out = append(out, p)
		}
	}
	return out
}

// FormatPlate sets the dot of the metal plate: 京A·12345.
func FormatPlate(number string) string {
	r := []rune(number)
	if len(r) < 7 || !plateShape.MatchString(number) {
		return number
	}
	return string(r[:2]) + "·" + string(r[2:])
}
