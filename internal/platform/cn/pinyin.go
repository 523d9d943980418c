package cn

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// maxReadings bounds how many readings one name is filed under; beyond it the later characters keep their first only.
const maxReadings = 64

// doubleSurnames, with the reading of both characters (docs/domain.md §7).
var doubleSurnames = map[string]string{"欧阳": "ōu yáng", "司马": "sī mǎ", "上官": "shàng guān", "诸葛": "zhū gě",
	"夏侯": "xià hóu", "皇甫": "huáng fǔ", "尉迟": "yù chí", "公孙": "gōng sūn", "慕容": "mù róng", "令狐": "líng hú",
	"司徒": "sī tú", "宇文": "yǔ wén", "长孙": "zhǎng sūn", "万俟": "mò qí", "澹台": "tán tái", "单于": "chán yú"}

// surnames are the characters that read differently as a surname, the usual reading first (docs/domain.md §7).
var surnames = map[rune]string{'单': "shàn", '解': "xiè", '仇': "qiú", '区': "ōu", '曾': "zēng", '查': "zhā", '盖': "gě,gài",
	'朴': "piáo", '任': "rén", '华': "huà", '纪': "jǐ,jì", '缪': "miào", '乐': "yuè,lè", '繁': "pó", '种': "chóng", '折': "shé",
	'黑': "hè", '召': "shào", '员': "yùn", '燕': "yān", '逄': "páng", '覃': "qín,tán", '翟': "zhái,dí", '冼': "xiǎn",
	'尹': "yǐn", '吕': "lǚ"}

// syllable is one character's reading without tone, and its tone for sorting.
type syllable struct {
	text string // "lv" for lü
	tone byte
}

// plainSyllable takes the marks off "lǚ": text "lv", tone 3; tone 5 when there is none.
func plainSyllable(marked string) syllable {
	s := syllable{tone: '5'}
	var b strings.Builder
	for _, r := range norm.NFD.String(marked) {
		switch r {
		case '\u0304':
			s.tone = '1'
		case '\u0301':
			s.tone = '2'
		case '\u030C':
			s.tone = '3'
		case '\u0300':
			s.tone = '4'
		case '\u0308': // ü: the u before it becomes v
			t := strings.TrimSuffix(b.String(), "u")
			b.Reset()
			b.WriteString(t + "v")
		default:
			if 'a' <= r && r <= 'z' {
				b.WriteRune(r)
			}
		}
	}
	s.text = b.String()
	return s
}

// plain are the readings taken apart before, by how the dictionary writes them: never more than it has.
var plain sync.Map

// plainReadings are the readings of a character, each once, from a dictionary's "zhāng,cháng".
func plainReadings(marked string) []syllable {
	if known, ok := plain.Load(marked); ok {
		return known.([]syllable)
	}
	var all []syllable
	for m := range strings.SplitSeq(marked, ",") {
		if s := plainSyllable(m); s.text != "" && !slices.ContainsFunc(all, func(o syllable) bool { return o.text == s.text }) {
			all = append(all, s)
		}
	}
	plain.Store(marked, all)
	return all
}

// unit is one character with all its readings, or a run of Latin letters and digits with one.
type unit struct {
	source   string
	readings []syllable
	han      bool
}

// units reads a name; the surname's own reading comes first, then those of the dictionary.
func units(name string) []unit {
	var out []unit
	first := surnameReadings(name)
	for i, r := range []rune(foldName(name)) {
		switch {
		case isHan(r):
			u := unit{source: string(r), han: true}
			marked := pinyin.PinyinDict[int(r)]
			if i < len(first) {
				marked = first[i] + "," + marked
			}
			u.readings = plainReadings(marked)
			out = append(out, u)
		case r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out = appendLatin(out, unicode.ToLower(r))
		case r == ' ':
			out = append(out, unit{})
		}
	}
	return out
}

// appendLatin joins a letter or digit to the run before it.
func appendLatin(out []unit, r rune) []unit {
	if n := len(out); n > 0 && !out[n-1].han && out[n-1].source != "" {
		out[n-1].source += string(r)
		return out
	}
	return append(out, unit{source: string(r)})
}

// surnameReadings are the marked readings of the first one or two characters when they are a surname.
func surnameReadings(name string) []string {
	r := []rune(foldName(name))
	if len(r) > 2 {
		if both, ok := doubleSurnames[string(r[:2])]; ok {
			return strings.Fields(both)
		}
	}
	if len(r) >= 1 && len(r) <= 4 && !hasCompanyWord(string(r)) {
		if one, ok := surnames[r[0]]; ok {
			return []string{one}
		}
	}
	return nil
}

// spellings are the ways people type a syllable: ü as lv, lu, lyu.
func (s syllable) spellings() []string {
	i := strings.IndexByte(s.text, 'v')
	if i < 0 {
		return []string{s.text}
	}
	return []string{s.text, s.text[:i] + "u" + s.text[i+1:], s.text[:i] + "yu" + s.text[i+1:]}
}

func (u unit) spelled() []string {
	if !u.han {
		return []string{u.source}
	}
	var out []string
	for _, s := range u.readings {
		out = append(out, s.spellings()...)
	}
	return out
}

func (u unit) initials() []string {
	if !u.han {
		return []string{u.source}
	}
	var out []string
	for _, s := range u.readings {
		if c := s.text[:1]; !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// combine joins one choice per unit, likeliest first, never more than maxReadings.
func combine(all []unit, choices func(unit) []string) []string {
	out := []string{""}
	for _, u := range all {
		c := choices(u)
		if len(c) == 0 {
			continue
		}
		if len(out)*len(c) > maxReadings {
			c = c[:1]
		}
		next := make([]string, 0, len(out)*len(c))
		for _, o := range out {
			for _, s := range c {
				next = append(next, o+s)
			}
		}
		out = next
	}
	if out[0] == "" {
		return nil
	}
	return unique(out)
}

// unique drops repetitions and keeps the order.
func unique(all []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(s string) bool {
		was := seen[s]
		seen[s] = true
		return was
	})
}

// maxNameRunes bounds what is read of a name; nobody searches by the pinyin of a whole page.
const maxNameRunes = 64

// Readings are the full pinyin forms of a name without tones, blanks or marks, the likeliest first:
// 单雄 gives shanxiong, danxiong, chanxiong. Characters without a known reading are passed over.
func Readings(name string) []string { return combine(units(clip(name)), unit.spelled) }

// Initials are the first letters: 张三 gives zs. Latin words and digits stay whole.
func Initials(name string) []string { return combine(units(clip(name)), unit.initials) }

// mostReadings of one character are offered: those beyond are old or rare.
const mostReadings = 3

// Syllables are the readings of a name character by character, the likeliest first, a run of Latin letters and digits as one:
// 3栋 gives [3] [dong]. Characters without a known reading are passed over.
func Syllables(name string) [][]string {
	var out [][]string
	for _, u := range units(clip(name)) {
		if u.source == "" {
			continue
		}
		if s := u.spelled(); len(s) > 0 {
			out = append(out, s[:min(len(s), mostReadings)])
		}
	}
	return out
}

// SortKey orders names as a Chinese list does: by pinyin, tone and character of the surname, then of the next.
// It is compared byte by byte. Digits and Latin come first, characters without a reading last.
func SortKey(name string) string {
	var b strings.Builder
	for _, u := range units(clip(name)) {
		switch {
		case !u.han && u.source != "":
			b.WriteString(" " + u.source + " ")
		case u.han && len(u.readings) == 0:
			b.WriteString("~" + u.source)
		case u.han:
			b.WriteString(u.readings[0].text + string(u.readings[0].tone) + u.source)
		}
	}
	return b.String()
}

func clip(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), maxNameRunes)])
}
