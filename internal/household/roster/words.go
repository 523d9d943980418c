package roster

import (
	_ "embed" // words.txt
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hudang/internal/platform/cn"
)

//go:embed words.txt
var wordsText string

// words are the vocabulary of words.txt: section, then word, then meaning.
type words map[string]map[string]string

var vocabulary = sync.OnceValue(func() words { return parseWords(wordsText) })

func parseWords(text string) words {
	w := words{}
	for line := range strings.Lines(text) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		section, meaning, dotted := strings.Cut(name, ".")
		if !ok || !dotted || strings.HasPrefix(name, "#") {
			continue
		}
		if w[section] == nil {
			w[section] = map[string]string{}
		}
		for word := range strings.FieldsSeq(list) {
			if _, taken := w[section][word]; !taken {
				w[section][word] = meaning
			}
		}
	}
	return w
}

// meaning is what a whole cell means in a section of values; "" when it is not one of its words. None has a digit.
func meaning(section, text string) string {
	if len(text) > 60 || strings.ContainsAny(text, "0123456789") {
		return ""
	}
	words := vocabulary()[section]
	if m, ok := words[text]; ok {
		return m
	}
	return words[plainWord(text)]
}

// begins reports whether a text begins with a word of a section, and that this word ends there: 合计, 合计:, 制表：李四.
func begins(section, text string) (meaning string, ok bool) {
	t := plainWord(text)
	for word, m := range vocabulary()[section] {
		if rest, found := strings.CutPrefix(t, word); found {
			r, _ := utf8.DecodeRuneInString(rest)
			if rest == "" || !unicode.IsLetter(r) || len(word) >= 6 {
				return m, true
			}
		}
	}
	return "", false
}

// subtotal reports a cell that names a sum: 合计, 本页小计, 11栋小计, 商铺合计：18户.
func subtotal(text string) bool {
	t := plainWord(text)
	if len(t) > 60 {
		return false
	}
	for word, m := range vocabulary()["row"] {
		before, _, found := strings.Cut(t, word)
		if found && m == "total" && len(word) >= 6 && (before == "" || word[0] >= utf8.RuneSelf) {
			return true
		}
	}
	return false
}

// plainWord is the form in which words are compared: folded, capitals, no blanks, no marks around it.
func plainWord(text string) string {
	return strings.Trim(cn.Compact(text), ":*.,;_-")
}

// headWord is a header without what stands in brackets, and that.
func headWord(text string) (word, inside string) {
	t := plainWord(text)
	open := strings.IndexAny(t, "([")
	if open < 0 {
		if i := strings.Index(t, "【"); i >= 0 {
			open = i
		}
	}
	if open <= 0 {
		return t, ""
	}
	inside = strings.Trim(t[open:], "()[]【】")
	return plainWord(t[:open]), inside
}

// vocabularyIn reports that a word of a section stands in a text.
func vocabularyIn(section, text string) bool {
	plain := plainWord(text)
	for word := range vocabulary()[section] {
		if strings.Contains(plain, word) {
			return true
		}
	}
	return false
}

// blank reports a cell that says that there is nothing.
func blank(text string) bool {
	return !strings.ContainsAny(text, "0123456789") && cn.IsPlaceholder(text)
}
