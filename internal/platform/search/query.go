package search

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/vault"
)

// set is tokens, each once.
type set map[string]struct{}

func (s set) add(before string, tokens ...string) {
	for _, t := range tokens {
		s[before+t] = struct{}{}
	}
}

// addMinor adds tokens of somebody who only belongs to a thing, and says so of those that are not there already.
func (s set) addMinor(tokens []string) {
	for _, t := range tokens {
		if _, main := s[t]; !main {
			s[minor+t] = struct{}{}
		}
	}
	s.add("", tokens...)
}

// addFormer adds tokens of what is former, and says so of those that are not there already.
func (s set) addFormer(tokens []string) {
	for _, t := range tokens {
		if _, current := s[t]; !current {
			s[former+t] = struct{}{}
		}
	}
	s.add("", tokens...)
}

func (s set) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// tokens are leaves of a question.
func tokens(w when, texts ...string) []expr {
	out := make([]expr, len(texts))
	for i, t := range texts {
		out[i] = expr{token: t, when: w}
	}
	return out
}

// question is what somebody typed, as the index understands it.
type question struct {
	expr
	papers expr // the same of papers: beside what stands beside, one word at least is of the paper itself
	exact  set  // tokens that name one thing only
}

const mostWords = 8

// betweenNames parts two names of a household, as lists and callers give them: 宋小姐/宋太.
var betweenNames = regexp.MustCompile(`(\p{Han})[/、,]+(\p{Han})`)

// parse reads what is typed: every word as every kind it can be, all words together; and numbers and rooms written with
// blanks as a whole. False when it means nothing.
func parse(keys *vault.Store, typed string) (question, bool) {
	q := question{exact: set{}}
	typed = betweenNames.ReplaceAllString(cn.Fold(typed), "$1 $2")
	all := strings.Fields(typed)
	if len(all) == 0 || len(all) > mostWords {
		return q, false
	}
	whole := strings.Join(all, "")
	rooms, exact := asRoom(whole)
	codes := asCode(whole)
	q.exact.add("", exact...)
	for _, c := range codes {
		q.exact.add("", c.token)
	}
	var readings []expr
	if len(all) > 1 {
		readings = slices.Concat(rooms, codes, asPhone(keys, typed), asID(keys, whole), asPlate(whole), asDate(whole))
	}
	forPapers := slices.Clone(readings)
	words, named, ok := wordByWord(keys, all)
	q.exact.add("", named...)
	if ok {
		readings = append(readings, allOf(words...))
		forPapers = append(forPapers, ofPapers(words))
	}
	q.expr, q.papers = anyOf(readings...), anyOf(forPapers...)
	return q, len(readings) > 0
}

// ofPapers is what several words ask of a paper; a single one is its own.
func ofPapers(words []expr) expr {
	if len(words) == 1 {
		return words[0]
	}
	return allOf(append(each(words, expr.wide), anyOf(words...))...)
}

// wordByWord reads each word in every way it can be meant; a word that is only a title (王 先生) says nothing beside others. The
// second answer are the rooms that are named among them.
func wordByWord(keys *vault.Store, all []string) (each []expr, exact []string, ok bool) {
	for _, w := range all {
		spoken, named, title := asHeard(keys, w)
		if title && len(all) > 1 {
			continue
		}
		readings := append(readings(keys, w), spoken...)
		exact = append(exact, named...)
		if len(readings) == 0 {
			return nil, nil, false
		}
		each = append(each, anyOf(readings...))
	}
	return each, exact, len(each) > 0
}

// readings are everything a word can be by itself.
func readings(keys *vault.Store, w string) []expr {
	rooms, _ := asRoom(w)
	return slices.Concat(asName(w), rooms, asPhone(keys, w), asRun(keys, w), asID(keys, w), asPlate(w), asCode(w), asDate(w), asText(keys, w))
}

var letters = regexp.MustCompile(`^[a-z]{2,64}$`)

const enough = 3 // letters after which a word is also taken for the beginning of one

// asName reads a word as part of a name: its characters, its pinyin, its initials, or characters with pinyin behind.
func asName(word string) []expr {
	var parts []expr
	mixed := false
	for _, r := range runs(word) {
		if r.han {
			n := min(3, len([]rune(r.text)))
			parts = append(parts, tokens(fact, grams(tokHan, r.text, n)...)...)
		} else {
			parts = append(parts, beginning(tokLatin, r.text))
			mixed = len(parts) > 1
			if len(parts) == 1 && partDigits.MatchString(word) {
				return nil // a number, in no name
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	out := []expr{allOf(parts...)}
	if mixed {
		for _, s := range cn.Readings(word) {
			out = append(out, allOf(append(parts[:1:1], beginning(tokPinyin, s))...))
		}
	}
	spoken := spelled(word)
	if letters.MatchString(spoken) {
		out = append(out, beginning(tokPinyin, spoken), beginning(tokInitials, spoken))
	}
	return out
}

func beginning(kind, text string) expr {
	return expr{token: kind + text, prefix: len(text) >= enough, when: fact}
}

// spelled is pinyin as the index has it: without apostrophes, in lower case, v for the u with two dots.
func spelled(word string) string {
	return strings.ReplaceAll(strings.ToLower(cn.Compact(word)), "\u00fc", "v")
}

// asText reads a word as part of a text.
func asText(keys *vault.Store, word string) []expr {
	var parts []expr
	for _, r := range runs(word) {
		grammed := []string{r.text}
		if n := len([]rune(r.text)); r.han && n > 1 {
			grammed = grams("", r.text, 2)
		}
		for _, g := range grammed {
			parts = append(parts, tokens(late, keyed(keys, tokText, g))...)
		}
	}
	if len(parts) == 0 || strings.IndexFunc(word, unicode.IsLetter) < 0 {
		return nil
	}
	return []expr{allOf(parts...)}
}

var dateTyped = regexp.MustCompile(`^(19|20)[0-9]{2}(\p{Han}|[-./]?[0-9])`)

// asDate reads a word as a day or a month of a year that is named.
func asDate(word string) []expr {
	if !dateTyped.MatchString(word) {
		return nil
	}
	r := cn.ParseDate(word, cn.DateContext{})
	if date := r.Date.String(); len(r.Problems) == 0 && len(date) >= monthLong {
		return tokens(fact, tokDate+date)
	}
	return nil
}
