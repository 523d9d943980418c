package cn

import (
	"regexp"
	"strings"
)

// numbersWithin finds the numbers of a text by which somebody can be called or is known: telephones and identity numbers,
// together or in groups, and any other number of seven digits or more.
var numbersWithin = regexp.MustCompile(strings.ReplaceAll(
	`(?:\+?86[ -]?)?1[3-9]D[ -]?D{4}[ -]?D{4}`+ // mobile
		`|0D{2,3}[ -]D{7,8}`+ // landline
		`|D{6}[ -]D{8}[ -]?D{3}[DXx]`+ // identity number in groups
		`|D{4}(?:[ -]D{4}){2,4}(?:[ -]?D{1,3})?`+ // bank card
		`|[A-Za-z]{0,2}D{7,}[Xx]?`, "D", `[0-9０-９]`))

var plainDay = regexp.MustCompile(`^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$`)

// MaskNumbers is a text with the personal numbers in it masked.
func MaskNumbers(text string) string {
	if len(digitsOf(Fold(text))) < 7 {
		return text
	}
	return numbersWithin.ReplaceAllStringFunc(text, func(number string) string {
		plain := strings.ReplaceAll(Compact(number), "-", "")
		switch {
		case plainDay.MatchString(plain):
			return number
		case len(digitsOf(plain)) >= 15 || len(digitsOf(plain)) < len(plain):
			return MaskID(plain)
		}
		return MaskPhone(plain)
	})
}
