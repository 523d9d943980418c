package search

import (
	"slices"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/vault"
)

// titles are what people are called by behind their name. Of those of one character the name before them is short, since names
// end in them too.
var (
	titles = []string{"老板娘", "先生", "女士", "太太", "夫人", "小姐", "阿姨", "叔叔", "大叔", "伯伯", "大伯", "大爷", "大妈", "大姐", "大哥", "大娘", "奶奶", "爷爷", "婆婆",
		"师傅", "老师", "经理", "主任", "医生", "老板", "同学", "同志", "业主", "租户", "租客", "房东", "家里", "家"}
	shortTitles = []string{"总", "哥", "姐", "叔", "姨", "嫂", "伯", "爷", "婶", "工", "董", "生", "太"}
	// ends are what is said before the last digits of something.
	ends = []string{"手机尾号", "电话尾号", "车牌尾号", "身份证尾号", "手机号", "身份证", "车牌号", "手机", "电话", "车牌", "车号", "尾号", "尾数", "后四位", "后面", "尾"}
	// placeEnds end the notation of a place.
	placeEnds = "号楼栋幢座单元室房户层铺"
)

// heard are the ways in which a word as callers speak can be taken apart; all the pieces of a way must be found. A way that is only
// a title has no pieces.
func heard(word string) [][]piece {
	if slices.Contains(titles, word) {
		return [][]piece{{}}
	}
	var ways [][]piece
	if name, ok := untitled(word); ok {
		ways = append(ways, []piece{name})
	}
	if digits, ok := tail(word); ok {
		ways = append(ways, []piece{{text: digits}})
	}
	r := []rune(word)
	for i := 1; i < len(r) && len(r) <= 24; i++ {
		before, behind := string(r[:i]), string(r[i:])
		if endsPlace(r[i-1]) && isPlace(before) {
			if name, ok := named(behind); ok {
				ways = append(ways, []piece{{text: before}, name})
			}
		}
		if beginsPlace(r[i]) && isPlace(behind) {
			if name, ok := named(before); ok {
				ways = append(ways, []piece{name, {text: behind}})
			}
		}
	}
	return ways
}

// piece is a part of what was said; a surname stands at the beginning of a name.
type piece struct {
	text    string
	surname bool
}

// untitled is a name without the title behind it, or the "old" before it.
func untitled(word string) (piece, bool) {
	if !allHan(word) {
		return piece{}, false
	}
	for _, t := range titles {
		if name, ok := strings.CutSuffix(word, t); ok && name != "" {
			return surnamed(name), true
		}
	}
	for _, t := range shortTitles {
		if name, ok := strings.CutSuffix(word, t); ok && name != "" && len([]rune(name)) <= 2 {
			return surnamed(name), true
		}
	}
	for _, t := range []string{"老", "小", "姓"} {
		if name, ok := strings.CutPrefix(word, t); ok && len([]rune(name)) == 1 {
			return surnamed(name), true
		}
	}
	return piece{}, false
}

// named is a piece that can be a name, with or without title: 王, 姓王的, 的王先生.
func named(text string) (piece, bool) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "的"), "的")
	if !allHan(text) || len([]rune(text)) > 6 || strings.ContainsAny(text, placeEnds) && len([]rune(text)) == 1 {
		return piece{}, false
	}
	if p, ok := untitled(text); ok {
		return p, true
	}
	return surnamed(text), true
}

// surnamed is a name, or the surname that it can be.
func surnamed(name string) piece { return piece{text: name, surname: len([]rune(name)) <= longSurname} }

const longSurname = 2

// tail is what stands behind a word for the end of a number.
func tail(word string) (string, bool) {
	for _, e := range ends {
		if digits, ok := strings.CutPrefix(word, e); ok {
			digits = strings.TrimLeft(digits, "是:：")
			return digits, len(digits) >= shortTail && strings.IndexFunc(digits, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsLetter(r) }) < 0
		}
	}
	return "", false
}

func allHan(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

func endsPlace(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(placeEnds, r) }

func beginsPlace(r rune) bool {
	return unicode.IsDigit(r) || r < unicode.MaxASCII && unicode.IsLetter(r) || strings.ContainsRune("一二三四五六七八九十", r)
}

func isPlace(text string) bool {
	rooms, _ := asRoom(text)
	return len(rooms) > 0
}

// asHeard reads a word in each of the ways it can be taken apart, and gives the rooms it names.
func asHeard(keys *vault.Store, word string) (out []expr, exact []string, title bool) {
	for _, way := range heard(word) {
		if len(way) == 0 {
			return nil, nil, true
		}
		var all []expr
		for _, p := range way {
			readings := readings(keys, p.text)
			if p.surname {
				readings = append(tokens(fact, tokSurname+p.text), asName(p.text)...)
				if len([]rune(p.text)) == 1 {
					readings = readings[:1]
				}
			} else if _, named := asRoom(p.text); len(way) > 1 {
				exact = append(exact, named...)
			}
			if len(readings) > 0 {
				all = append(all, anyOf(readings...))
			}
		}
		if len(all) == len(way) {
			out = append(out, allOf(all...))
		}
	}
	return out, exact, false
}

// surnameTokens are the characters a name begins with: its surname, of one character or two.
func surnameTokens(name string) []string {
	r := []rune(cn.Compact(name))
	var out []string
	for n := 1; n <= longSurname && n <= len(r) && unicode.Is(unicode.Han, r[n-1]); n++ {
		out = append(out, tokSurname+string(r[:n]))
	}
	return out
}
