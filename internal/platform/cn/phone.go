package cn

import (
	"regexp"
	"slices"
	"strings"
)

// PhoneKind is the kind of a telephone number.
type PhoneKind string

// The kinds told apart by form (docs/domain.md §6; those outside the mainland unconfirmed).
const (
	PhoneUnknown  PhoneKind = ""          // not understood: see Rest
	PhoneMobile   PhoneKind = "mobile"    // 11 digits
	PhoneLandline PhoneKind = "landline"  // area code and 7 or 8 digits
	PhoneLocal    PhoneKind = "local"     // 7 or 8 digits, the area code left out
	PhoneHotline  PhoneKind = "hotline"   // 400, 800
	PhoneService  PhoneKind = "service"   // 95…, 96…, 10086, 12345
	PhoneHongKong PhoneKind = "hong_kong" // +852
	PhoneMacau    PhoneKind = "macau"     // +853
	PhoneTaiwan   PhoneKind = "taiwan"    // +886
	PhoneForeign  PhoneKind = "foreign"   // any other country code
)

// What can be the matter with a phone.
const (
	PhoneBadLength     Problem = "phone.bad_length"     // begins like a mobile number, but has not 11 digits
	PhoneNoAreaCode    Problem = "phone.no_area_code"   // a local number
	PhoneMissing       Problem = "phone.missing"        // a name without a number
	PhoneExcelRounded  Problem = "phone.excel_rounded"  // 1.38E+10
	PhoneNotUnderstood Problem = "phone.not_understood" // see Rest
)

// Phone is one number of a cell, or one piece of it that is none.
type Phone struct {
	Label    string // the name before it: "张三：138…"
	Note     string // what stands in brackets or behind it: "(儿子)"
	Kind     PhoneKind
	Digits   string // canonical: 11 digits, area code with its 0, or "+" and country code outside the mainland
	Ext      string // 转802
	Rest     string // what was not understood, as typed
	Problems []Problem
}

var (
	mobileShape   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landlineShape = regexp.MustCompile(`^0(10|2\d|[3-9]\d{2})\d{7,8}$`)
	phoneGroup    = regexp.MustCompile(`\+?\d+`)
	phoneGap      = regexp.MustCompile(`^[ .()-]{0,3}$`)
	phoneExt      = regexp.MustCompile(`(?i)^ ?(-|转接|转|分机号|分机|ext\.?|x|#) ?$`)
	phoneRounded  = regexp.MustCompile(`^\d(\.\d+)?[eE]\+\d+$`)
)

// phoneForms are tried in turn on the bare digits of a number.
var phoneForms = []struct {
	kind   PhoneKind
	shape  *regexp.Regexp
	prefix string // put before the digits
}{
	{PhoneMobile, mobileShape, ""},
	{PhoneLandline, landlineShape, ""},
	{PhoneHotline, regexp.MustCompile(`^[48]00\d{7}$`), ""},
	{PhoneHongKong, regexp.MustCompile(`^852[2-9]\d{7}$`), "+"},
	{PhoneMacau, regexp.MustCompile(`^853[2-9]\d{7}$`), "+"},
	{PhoneTaiwan, regexp.MustCompile(`^886[1-9]\d{7,8}$`), "+"},
}

var phoneAlone = []struct {
	kind  PhoneKind
	shape *regexp.Regexp
}{
	{PhoneService, regexp.MustCompile(`^(9[56]\d{3,4}|100\d{2}|12[0-9]{3})$`)},
	{PhoneLocal, regexp.MustCompile(`^[2-9]\d{6,7}$`)},
}

// ParsePhones reads a cell that may hold several numbers with names and notes:
// "张三：138…、李四:139…", "138…(儿子)", "020-8231 1234转802 / +86 138-0000-1234".
// Every piece of the cell comes back, understood or as Rest; a placeholder cell has no phones.
func ParsePhones(cell string) []Phone {
	var out []Phone
	for _, part := range splitCell(cell) {
		if part.text == "" {
			p := Phone{Label: part.label, Note: part.note, Problems: []Problem{PhoneMissing}}
			out = append(out, p)
			continue
		}
		out = append(out, readPhones(part)...)
	}
	return out
}

// phoneScan walks over the groups of digits of one piece of a cell.
type phoneScan struct {
	text   string
	groups [][]int
	out    []Phone
	words  []string // words[i] stands before out[i]; the last one stands behind all
	end    int      // of what has been read
}

func readPhones(part cellPart) []Phone {
	if len(part.text) > maxCell {
		return []Phone{{Rest: part.text, Problems: []Problem{PhoneNotUnderstood}}}
	}
	if phoneRounded.MatchString(part.text) {
		return []Phone{{Label: part.label, Note: part.note, Rest: part.text, Problems: []Problem{PhoneExcelRounded}}}
	}
	s := phoneScan{text: part.text, groups: phoneGroup.FindAllStringIndex(part.text, -1)}
	for i := 0; i < len(s.groups); {
		if next := s.broken(i); next > i {
			i = next
		} else if next := s.match(i); next > i {
			i = next
		} else {
			s.rest(i)
			i++
		}
	}
	s.words = append(s.words, s.text[s.end:])
	return s.finish(part)
}

// gap is the text between group i and the one before it.
func (s *phoneScan) gap(i int) string {
	if i == 0 {
		return s.text[:s.groups[0][0]]
	}
	return s.text[s.groups[i-1][1]:s.groups[i][0]]
}

// match reads the number that begins with group i, of up to six groups, and says which group comes next.
// Whole numbers are tried before short ones: 4008-208-820 is no local number 4008208.
func (s *phoneScan) match(i int) int {
	for _, short := range []bool{false, true} {
		digits, plus := "", s.text[s.groups[i][0]] == '+'
		for j := i; j < len(s.groups) && j < i+6; j++ {
			group := s.group(j)
			if j > i && (!phoneGap.MatchString(s.gap(j)) || group[0] == '+') {
				break
			}
			digits += strings.TrimPrefix(group, "+")
			if len(digits) > 18 {
				break
			}
			whole := j+1 == len(s.groups) || !phoneGap.MatchString(s.gap(j+1)) || len(s.group(j+1)) > 6
			p, ok := wholeNumber(digits, plus, whole)
			if short && (j == i || whole) {
				p, ok = shortNumber(digits)
			}
			if ok {
				return s.take(i, j, p)
			}
		}
	}
	return i
}

// broken keeps the groups that together are a mobile number with a digit too few or too many, written with gaps: 138 2607 551 is
// not the local number 2607551 behind an odd 138. It says which group comes next; i itself where the groups are something else.
func (s *phoneScan) broken(i int) int {
	digits := ""
	for j := i; j < len(s.groups); j++ {
		group := s.group(j)
		if j > i && !phoneGap.MatchString(s.gap(j)) || group[0] == '+' || len(digits)+len(group) > 13 {
			return i
		}
		digits += group
		last := j+1 == len(s.groups) || !phoneGap.MatchString(s.gap(j+1)) || s.begins(j+1)
		if _, whole := wholeNumber(digits, false, last); whole {
			return i
		}
		if last && j > i && restProblem(digits) == PhoneBadLength {
			s.words = append(s.words, s.text[s.end:s.groups[i][0]])
			s.out = append(s.out, Phone{Rest: s.text[s.groups[i][0]:s.groups[j][1]]})
			s.end = s.groups[j][1]
			return j + 1
		}
	}
	return i
}

// begins reports whether a whole number begins with group i.
func (s *phoneScan) begins(i int) bool {
	digits := ""
	for j := i; j < len(s.groups) && j < i+6 && (j == i || phoneGap.MatchString(s.gap(j))); j++ {
		digits += strings.TrimPrefix(s.group(j), "+")
		if _, ok := wholeNumber(digits, s.text[s.groups[i][0]] == '+', false); ok {
			return true
		}
	}
	return false
}

func (s *phoneScan) group(i int) string { return s.text[s.groups[i][0]:s.groups[i][1]] }

// wholeNumber names a row of digits that tells its own country or area.
func wholeNumber(d string, plus, whole bool) (Phone, bool) {
	if strings.HasPrefix(d, "00") {
		plus, d = true, d[2:]
	}
	if strings.HasPrefix(d, "86") && (plus || len(d) >= 12) {
		d, plus = withoutCountry(d[2:]), false
	}
	if len(d) == 12 && d[0] == '0' && mobileShape.MatchString(d[1:]) {
		d = d[1:]
	}
	if strings.HasPrefix(d, "8860") {
		d = "886" + d[4:]
	}
	for _, f := range phoneForms {
		if f.shape.MatchString(d) && !(plus && f.prefix == "") {
			return Phone{Kind: f.kind, Digits: f.prefix + d}, true
		}
	}
	foreign := plus && whole && len(d) >= 7 && len(d) <= 15 && !strings.HasPrefix(d, "86")
	return Phone{Kind: PhoneForeign, Digits: "+" + d}, foreign
}

// withoutCountry puts the 0 back that +86 takes from an area code.
func withoutCountry(d string) string {
	if !mobileShape.MatchString(d) && landlineShape.MatchString("0"+d) {
		return "0" + d
	}
	return d
}

// shortNumber names a row of digits that only makes sense by itself.
func shortNumber(d string) (Phone, bool) {
	for _, f := range phoneAlone {
		if f.shape.MatchString(d) {
			p := Phone{Kind: f.kind, Digits: d}
			if f.kind == PhoneLocal {
				p.Problems = []Problem{PhoneNoAreaCode}
			}
			return p, true
		}
	}
	return Phone{}, false
}

// take stores the phone of groups i to j with its extension.
func (s *phoneScan) take(i, j int, p Phone) int {
	s.words = append(s.words, s.text[s.end:s.groups[i][0]])
	s.end = s.groups[j][1]
	j++
	if j < len(s.groups) && phoneExt.MatchString(s.gap(j)) {
		if ext := s.group(j); len(ext) <= 6 && ext[0] != '+' {
			p.Ext, s.end = ext, s.groups[j][1]
			j++
		}
	}
	s.out = append(s.out, p)
	return j
}

// rest keeps group i as not understood, together with the unknown group just before it.
func (s *phoneScan) rest(i int) {
	text := s.group(i)
	if n := len(s.out); n > 0 && s.out[n-1].Rest != "" && i > 0 && phoneGap.MatchString(s.gap(i)) {
		s.out[n-1].Rest += s.gap(i) + text
	} else {
		s.words = append(s.words, s.text[s.end:s.groups[i][0]])
		s.out = append(s.out, Phone{Rest: text})
	}
	s.end = s.groups[i][1]
}

// finish gives the words between numbers to the number before or behind them:
// a piece that begins with a word names its numbers first ("张三138… 李四139…"), else afterwards ("138…儿子").
func (s *phoneScan) finish(part cellPart) []Phone {
	for i := range s.words {
		s.words[i] = strings.Trim(s.words[i], " .-()+~#")
	}
	if len(s.out) == 0 {
		return []Phone{{Label: part.label, Note: part.note, Rest: part.text, Problems: []Problem{PhoneNotUnderstood}}}
	}
	first := s.words[0] != ""
	for i := range s.out {
		p := &s.out[i]
		p.Label = part.label
		if first {
			p.Label = strings.TrimSpace(p.Label + " " + s.words[i])
		} else {
			p.Note = s.words[i+1]
		}
		if i == len(s.out)-1 {
			if first {
				p.Note = s.words[i+1]
			}
			p.Note = strings.TrimSpace(p.Note + " " + part.note)
		}
		if p.Rest != "" {
			p.Problems = []Problem{restProblem(p.Rest)}
		}
	}
	return s.out
}

func restProblem(rest string) Problem {
	d := digitsOf(rest)
	if len(d) >= 8 && len(d) <= 13 && d[0] == '1' && d[1] >= '3' {
		return PhoneBadLength
	}
	return PhoneNotUnderstood
}

// Length is how many digits a number has that was not understood.
func (p Phone) Length() int { return len(digitsOf(Fold(p.Rest))) }

// CallerDigits are the canonical forms of the numbers in any messy text, in order: what the caller page looks up.
// A text without a whole number gives its digits, so that a search by part of a number still runs.
func CallerDigits(text string) []string {
	var out []string
	for _, p := range ParsePhones(text) {
		if p.Digits != "" && !slices.Contains(out, p.Digits) {
			out = append(out, p.Digits)
		}
	}
	if len(out) == 0 {
		if d := digitsOf(Fold(text)); d != "" {
			return []string{d}
		}
	}
	return out
}

// FourRuns lists every run of four digits of a number, once each: the tokens a search by any four digits needs.
func FourRuns(digits string) []string {
	var out []string
	d := digitsOf(Fold(digits))
	seen := map[string]bool{}
	for i := 0; i+4 <= len(d); i++ {
		if run := d[i : i+4]; !seen[run] {
			seen[run] = true
			out = append(out, run)
		}
	}
	return out
}
