package account

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"hudang/internal/platform/errs"
)

// What a password must be: long, and not put together from what everybody uses. Any characters will do.
const (
	shortestPassword = 12
	longestPassword  = 200 // far above 64; bounds the work
	ownCharacters    = 4   // that must be left when common pieces are taken out
	shortestWord     = 3   // of the context; two letters are in too many words
)

// common is the passwords people choose first, and the pieces they make longer ones of; one a line.
//
//go:embed weak.txt
var common string

var commonWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(common) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			words[word] = true
		}
	}
	return words
})

// CheckPassword notes at a field what is wrong with a new password. Words are those of its surroundings that a stranger
// would try: login, names of the person and of the estates.
func CheckPassword(f *errs.Fields, field, password string, words ...string) {
	n := utf8.RuneCountInString(password)
	switch {
	case n == 0:
		f.Add(field, "error.required")
	case n < shortestPassword:
		f.Add(field, "account.error.short", shortestPassword, n)
	case n > longestPassword:
		f.Add(field, "account.error.long", longestPassword)
	case own(password, words) < ownCharacters:
		f.Add(field, "account.error.weak")
	}
}

// own is the number of characters that remain when as much as possible of a password is covered with common words, words
// of the context, runs along the alphabet or the digits, and repetitions.
func own(password string, context []string) int {
	words := map[string]bool{}
	for _, word := range context {
		for _, w := range append(strings.Fields(word), word) {
			if utf8.RuneCountInString(w) >= shortestWord {
				words[strings.ToLower(w)] = true
			}
		}
	}
	text := []rune(strings.ToLower(password))
	left := make([]int, len(text)+1) // left[i]: what remains of the first i characters
	for i := 1; i <= len(text); i++ {
		left[i] = left[i-1] + 1
		for from := max(0, i-longestWord); from < i; from++ {
			piece := string(text[from:i])
			if commonWords()[piece] || words[piece] || isRun(text[from:i]) {
				left[i] = min(left[i], left[from])
			}
		}
	}
	return left[len(text)]
}

const longestWord = 40 // characters looked at as one piece

// isRun reports three or more characters that repeat one, or go up or down by one: aaaa, 123456, 54321, abcd.
func isRun(text []rune) bool {
	if len(text) < 3 {
		return false
	}
	step := text[1] - text[0]
	if step < -1 || step > 1 {
		return false
	}
	for i := 2; i < len(text); i++ {
		if text[i]-text[i-1] != step {
			return false
		}
	}
	return true
}
