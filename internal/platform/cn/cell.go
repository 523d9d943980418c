package cn

import (
	"regexp"
	"strings"
	"unicode"
)

// maxCell is the longest cell taken apart, in bytes: no register holds more, and hostile text must not cost time.
// A longer one comes back whole, as not understood.
const maxCell = 8192

// cellPart is one piece of a cell that holds several values: "张三：13800138000(儿子)" has all three.
type cellPart struct{ label, text, note string }

// splitCell cuts a cell at 、 , ; / | and line ends. A label before a colon holds until the next label;
// brackets become the note, unless they hold the number itself ("张三(13800138000)"). Spaces cut nothing here.
// No digit of the cell is lost: each ends in a label, a text or a note.
func splitCell(cell string) []cellPart {
	if IsPlaceholder(cell) {
		return nil
	}
	if len(cell) > maxCell {
		return []cellPart{{text: cell}}
	}
	s := cellSplitter{}
	in := []rune(cutAtLabels(foldDashes(Fold(strings.NewReplacer("\r", ";", "\n", ";").Replace(cell)))))
	for i := 0; i < len(in); i++ {
		switch r := in[i]; {
		case strings.ContainsRune("、,;/|。，；", r):
			s.flush()
		case r == ':':
			s.colon()
		case r == '(' || r == '[' || r == '【' || r == '〔':
			end := closing(in, i)
			s.brackets(strings.TrimSpace(string(in[i+1 : end])))
			i = end - 1 // a closing bracket is skipped above, anything else is read
		case r == ')' || r == ']' || r == '】' || r == '〕':
		default:
			s.text.WriteRune(r)
		}
	}
	s.flush()
	if s.label != "" && !s.used {
		s.parts = append(s.parts, cellPart{label: s.label})
	}
	return s.parts
}

// closing is where the bracket opened at i ends: the next bracket of any kind, or the end of the line or cell.
func closing(in []rune, i int) int {
	for j := i + 1; j < len(in); j++ {
		if strings.ContainsRune(")]】〕([【〔;", in[j]) {
			return j
		}
	}
	return len(in)
}

type cellSplitter struct {
	parts       []cellPart
	text        strings.Builder
	note, label string
	used        bool // the label has served a part
}

func (s *cellSplitter) flush() {
	text := strings.TrimSpace(s.text.String())
	s.text.Reset()
	if text == "" && s.note == "" {
		return
	}
	s.parts = append(s.parts, cellPart{s.label, text, s.note})
	s.note, s.used = "", true
}

// colon makes a label of what came before, unless that is the number: "13800138000：张三".
func (s *cellSplitter) colon() {
	text := strings.TrimSpace(s.text.String())
	if len(digitsOf(text)) >= 5 {
		s.text.WriteByte(' ')
		return
	}
	s.text.Reset()
	if s.label != "" && !s.used {
		s.parts = append(s.parts, cellPart{label: s.label})
	}
	if s.note != "" {
		text += "(" + s.note + ")"
		s.note = ""
	}
	s.label, s.used = text, false
}

func (s *cellSplitter) brackets(inside string) {
	before := strings.TrimSpace(s.text.String())
	digits := len(digitsOf(inside))
	switch {
	case inside == "":
	case digits >= 3 && digits <= 4 && allDigits(inside) && inside[0] == '0' && before == "": // (021)62343390
		s.text.WriteString(inside + "-")
	case digits >= 7:
		s.text.Reset()
		s.text.WriteString(before + " " + inside)
		s.flush()
	default:
		if s.note != "" {
			inside = s.note + " " + inside
		}
		s.note = inside
		if len(digitsOf(before)) >= 5 {
			s.flush()
		}
	}
}

// leadingName parts a name typed without colon from the number behind it: "张三110105…".
func (p cellPart) leadingName() (label, text string) {
	i := strings.IndexFunc(p.text, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != ' ' && r != '·' })
	if i <= 0 || len(p.text) > maxCell || !hasHan(p.text[:i]) || strings.ContainsAny(p.text[:i], "证照簿本军兵警号") {
		return p.label, p.text
	}
	return strings.TrimSpace(p.label + " " + strings.TrimSpace(p.text[:i])), p.text[i:]
}

// labelBehind is a label with its colon behind what may be a number or a plate, with no more than blanks between: 钱伟:13900000000 孙丽:13900000001.
var labelBehind = regexp.MustCompile(`(\d[\d -]*\d[Xx]?|\p{Han}[A-Z][A-Z\d]{5,6})[ \t]*(\p{Han}{1,8}:)`)

// leastDigits is above what the number of a room has: 1202王芳:13900000000 is one label.
const leastDigits = 7

// cutAtLabels parts a cell in which a label begins what is the next person's. 分机: belongs to the number before it.
func cutAtLabels(cell string) string {
	return labelBehind.ReplaceAllStringFunc(cell, func(m string) string {
		parts := labelBehind.FindStringSubmatch(m)
		number, label := parts[1], parts[2]
		plate := number[0] > '9'
		if !plate && len(digitsOf(number)) < leastDigits || strings.Contains(label, "分机") || strings.HasPrefix(label, "转") || strings.HasPrefix(label, "内线") {
			return m
		}
		return number + ";" + label
	})
}
