package cn

import "strings"

// What can be the matter with a bank card number or a post code.
const (
	CardBadLength     Problem = "card.bad_length"    // not 13 to 19 digits
	CardBadCharacter  Problem = "card.bad_character" // something other than digits
	CardBadCheck      Problem = "card.bad_check"     // fails Luhn: mistyped, or a company's account and no card
	CardExcelRounded  Problem = "card.excel_rounded"
	PostcodeBadLength Problem = "postcode.bad_length" // not six digits: a leading 0 may be lost
)

// Card is a bank card number as understood. Company accounts are not cards and have no check digit.
type Card struct {
	Original string
	Number   string
	Problems []Problem
}

// ParseCard reads a card number of 13 to 19 digits with its Luhn digit (ISO/IEC 7812-1 annex B).
func ParseCard(text string) Card {
	c := Card{Original: text}
	if IsPlaceholder(text) {
		return c
	}
	n := Compact(text)
	if idScientist.MatchString(n) {
		c.Number, c.Problems = n, []Problem{CardExcelRounded}
		return c
	}
	c.Number = strings.ReplaceAll(foldDashes(n), "-", "")
	switch {
	case !allDigits(c.Number):
		c.Problems = []Problem{CardBadCharacter}
	case len(c.Number) < 13 || len(c.Number) > 19:
		c.Problems = []Problem{CardBadLength}
	case !luhn(c.Number):
		c.Problems = []Problem{CardBadCheck}
		if len(c.Number) > 15 && strings.Trim(c.Number[15:], "0") == "" {
			c.Problems = append(c.Problems, CardExcelRounded)
		}
	}
	return c
}

// luhn doubles every second digit from the right.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// MaskCard hides all but the last four digits.
func MaskCard(number string) string {
	n := Compact(number)
	if len(n) < 9 {
		return stars(n, 0)
	}
	return stars(n, 4)
}

// ParsePostcode reads a post code: six digits, a text (it may begin with 0).
func ParsePostcode(text string) (string, error) {
	n := Compact(text)
	if len(n) != 6 || !allDigits(n) {
		return n, PostcodeBadLength
	}
	return n, nil
}
