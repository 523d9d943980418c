package search

import (
	"regexp"
	"strings"
	"unicode"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/vault"
)

// phoneTokens are each whole number of a text and every four digits in a row of it, keyed.
func phoneTokens(keys *vault.Store, text string) []string {
	var out []string
	for _, digits := range cn.CallerDigits(text) {
		out = append(out, wholePhone(keys, digits)...)
		out = append(out, fourRuns(keys, digits)...)
	}
	return out
}

// wholePhone is a number, and a landline's also without its area code, as neighbours dial it.
func wholePhone(keys *vault.Store, digits string) []string {
	out := []string{keyed(keys, tokWhole, digits)}
	if strings.HasPrefix(digits, "0") {
		if _, local, ok := strings.Cut(cn.FormatPhone(digits), "-"); ok {
			out = append(out, keyed(keys, tokWhole, strings.ReplaceAll(local, " ", "")))
		}
	}
	return out
}

func fourRuns(keys *vault.Store, digits string) []string {
	var out []string
	for _, four := range cn.FourRuns(digits) {
		out = append(out, keyed(keys, tokRun, four))
	}
	return out
}

// tails are the ends of an identity number people read out.
var tails = []int{4, 5, 6}

// idTokens are the numbers the paper may be filed under, and how they end, keyed.
func idTokens(keys *vault.Store, text string) []string {
	var out []string
	for _, n := range cn.ParseID(text, cn.Date{}).Lookups() {
		out = append(out, keyed(keys, tokID, n))
		for _, length := range tails {
			if len(n) >= 8 {
				out = append(out, keyed(keys, tokTail, n[len(n)-length:]))
			}
		}
	}
	return out
}

const shortTail = 3 // characters by which a plate can be found

// plateTokens are a plate and its ends, down to three characters; with and without a last character that is no number.
func plateTokens(text string) []string {
	r := []rune(plateForm(text))
	ends := [][]rune{r}
	if n := len(r); n > 1 && unicode.Is(unicode.Han, r[n-1]) {
		ends = append(ends, r[:n-1])
	}
	var out []string
	for _, end := range ends {
		for i := 0; i+shortTail <= len(end); i++ {
			out = append(out, tokPlate+string(end[i:]))
		}
	}
	return out
}

func plateForm(text string) string { return strings.ToLower(cn.ParsePlate(text).Number) }

var plateTyped = regexp.MustCompile(`^\p{Han}?[a-z0-9]{2,8}\p{Han}?$`)

// asPhone reads a text that is nothing but telephone numbers, however messy.
func asPhone(keys *vault.Store, text string) []expr {
	var out []expr
	for _, p := range cn.ParsePhones(text) {
		if p.Digits == "" || p.Label != "" {
			return nil
		}
		out = append(out, tokens(fact, wholePhone(keys, p.Digits)...)...)
	}
	return out
}

var partDigits = regexp.MustCompile(`^[0-9]{4,12}$`)

// asRun reads a word as digits of a telephone number.
func asRun(keys *vault.Store, word string) []expr {
	if !partDigits.MatchString(word) {
		return nil
	}
	return []expr{allOf(tokens(fact, fourRuns(keys, word)...)...)}
}

var idTail = regexp.MustCompile(`^[0-9]{3,5}[0-9X]$`)

// asID reads a word as an identity number or its end.
func asID(keys *vault.Store, word string) []expr {
	word = cn.Compact(word)
	var out []expr
	if idTail.MatchString(word) {
		out = tokens(fact, keyed(keys, tokTail, word))
	}
	id := cn.ParseID(word, cn.Date{})
	if id.Kind == cn.IDNone || id.Kind == cn.IDUnknown || len(id.Number) < 5 {
		return out
	}
	for _, n := range id.Lookups() {
		out = append(out, tokens(fact, keyed(keys, tokID, n))...)
	}
	return out
}

// asPlate reads a word as a plate or its end.
func asPlate(word string) []expr {
	form := plateForm(word)
	if !plateTyped.MatchString(form) || len([]rune(form)) < shortTail || !strings.ContainsAny(form, "0123456789") {
		return nil
	}
	return tokens(fact, tokPlate+form)
}

const shortCode = 4

// asCode reads a word as a whole number of a paper.
func asCode(word string) []expr {
	form := codeForm(word)
	if len(form) < shortCode || !strings.ContainsAny(form, "0123456789") {
		return nil
	}
	return tokens(fact, tokCode+form)
}
