package paper

import (
	"regexp"
	"strings"
)

// Punctuation that may not begin a line, and that may not end one (避头尾).
const (
	noStart = "、。，．・·：；？！）〕］｝〉》」』】〗’”…—～％℃‰,.;:!?)]}%々ー"
	noEnd   = "（〔［｛〈《「『【〖‘“([{￥$№"
)

func mayNotStart(r rune) bool { return strings.ContainsRune(noStart, r) }
func mayNotEnd(r rune) bool   { return strings.ContainsRune(noEnd, r) }

func isSpace(r rune) bool { return r == ' ' || r == '　' }

func isBox(r rune) bool { return r == '☑' || r == '☐' }

// inWord tells the characters of Latin words, numbers and ids, which are kept whole where possible.
func inWord(r rune) bool { return r > ' ' && r < 0x7f }

// provinces begin the plate of a vehicle; plateEnds end those of some kinds.
const (
	provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
	plateEnds = "挂学警港澳使领"
)

// beginsPlate reports the plate of a vehicle, which is kept whole: a province and a letter with what follows it.
func beginsPlate(rs []rune) bool {
	return len(rs) > 2 && strings.ContainsRune(provinces, rs[0]) && rs[1] >= 'A' && rs[1] <= 'Z' && (inWord(rs[2]) || rs[2] == '·')
}

// spacedNumber is a telephone number as people read it, with its gaps.
var spacedNumber = regexp.MustCompile(`^(1\d{2} \d{4} \d{4}|0\d{2,3}-\d{3,4} \d{4}|\+\d{3} \d{4,5} \d{4}|\+?\d{3} \*{4}\d{4})`)

// inNumber reports a place within a telephone number or a plate at the beginning of a text: a gap in it is no place to break.
func inNumber(rs []rune, at int) bool {
	if rs[at] == '·' {
		return at == 2 && beginsPlate(rs)
	}
	return rs[at] == ' ' && at < len(spacedNumber.FindString(string(rs[:min(len(rs), 24)])))
}

// atom is the least piece of a line: a word, a character with its punctuation, or spaces.
type atom struct {
	rs    []rune
	space bool
}

// atoms cuts a paragraph into pieces between which a line may break.
func atoms(rs []rune) []atom {
	var out []atom
	for i := 0; i < len(rs); {
		j := i + 1
		switch {
		case isSpace(rs[i]):
			for j < len(rs) && isSpace(rs[j]) {
				j++
			}
			out = append(out, atom{rs[i:j], true})
			i = j
			continue
		case inWord(rs[i]) || beginsPlate(rs[i:]):
			for j < len(rs) && (inWord(rs[j]) || inNumber(rs[i:], j-i)) {
				j++
			}
			if j < len(rs) && strings.ContainsRune(plateEnds, rs[j]) && beginsPlate(rs[i:]) {
				j++
			}
		case isBox(rs[i]): // a box stays with its words
			if j < len(rs) && rs[j] == ' ' {
				j++
			}
			for j < len(rs) && j-i < 14 && !isSpace(rs[j]) && !isBox(rs[j]) {
				j++
			}
		}
		if k := len(out) - 1; k >= 0 && !out[k].space && (mayNotStart(rs[i]) || mayNotEnd(rs[i-1])) {
			out[k].rs = rs[i-len(out[k].rs) : j]
		} else {
			out = append(out, atom{rs[i:j], false})
		}
		i = j
	}
	return out
}

// wrap breaks text into lines no wider than width mm. It never loses a character other than spaces at a break.
// Only when a single character is wider than the width is a line wider.
func (l *letters) wrap(text string, pt, width float64) []string {
	var lines []string
	for para := range strings.SplitSeq(l.clean(text), "\n") {
		lines = l.wrapParagraph(lines, []rune(para), pt, width)
	}
	return lines
}

func (l *letters) wrapParagraph(lines []string, para []rune, pt, width float64) []string {
	const slack = 1e-6
	var line []rune
	var used float64
	var pending []rune // spaces that vanish if the line ends here
	first := true
	flush := func() {
		lines = append(lines, string(line))
		line, used, pending, first = nil, 0, nil, false
	}
	for _, a := range atoms(para) {
		if a.space {
			if len(line) > 0 || first {
				pending = a.rs
			}
			continue
		}
		w := l.space(string(a.rs), pt)
		gap := l.space(string(pending), pt)
		if len(line) > 0 && used+gap+w > width+slack {
			flush()
			gap = 0
		}
		if len(line) == 0 && gap+w > width {
			pending, gap = nil, 0
		}
		rest := a.rs
		for w > width+slack && len(rest) > 1 {
			cut := l.cut(rest, pt, width)
			line = rest[:cut:cut]
			flush()
			rest = rest[cut:]
			w = l.space(string(rest), pt)
		}
		line = append(append(line, pending...), rest...)
		used += gap + w
		pending = nil
	}
	if len(line) > 0 || first {
		flush()
	}
	return lines
}

// cut finds where to break a piece that is wider than a line: as many characters as fit, moved back to a better
// place when one is near.
func (l *letters) cut(rs []rune, pt, width float64) int {
	n, used := 0, 0.0
	for n < len(rs) {
		w := l.space(string(rs[n]), pt)
		if used+w > width+1e-6 {
			break
		}
		used += w
		n++
	}
	n = max(n, 1)
	if n == len(rs) {
		return n
	}
	if inWord(rs[n]) && inWord(rs[n-1]) {
		for k := n; k > max(n/2, 1); k-- {
			if strings.ContainsRune("-/_.,@&=", rs[k-1]) && !mayNotStart(rs[k]) {
				return k
			}
		}
	}
	for k := n; k > max(n-4, 0); k-- {
		if !mayNotStart(rs[k]) && !mayNotEnd(rs[k-1]) {
			return k
		}
	}
	return n
}

// fit breaks text by the column's manner and gives the letter size used: where a word or, under WrapWhole, a line
// would be broken, letters shrink to three quarters first, but not under least pt.
func (l *letters) fit(text string, pt, least, width float64, wrap Wrap) ([]string, float64) {
	text = l.clean(text)
	widest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		if wrap == WrapWhole {
			widest = max(widest, l.space(line, pt))
			continue
		}
		for _, a := range atoms([]rune(line)) {
			if !a.space && (inWord(a.rs[0]) || beginsPlate(a.rs)) {
				widest = max(widest, l.space(string(a.rs), pt))
			}
		}
	}
	if widest > width {
		if s := pt * width / widest * 0.999; s >= max(pt*0.75, least) {
			pt = s
		}
	}
	return l.wrap(text, pt, width), pt
}
