package cn

import (
	"regexp"
	"slices"
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
	return numbersWithin.ReplaceAllStringFunc(text, maskNumber)
}

func maskNumber(number string) string {
	plain := strings.ReplaceAll(Compact(number), "-", "")
	switch {
	case plainDay.MatchString(plain):
		return number
	case len(digitsOf(plain)) >= 15 || len(digitsOf(plain)) < len(plain):
		return MaskID(plain)
	}
	return MaskPhone(plain)
}

// starred finds what may be a mask in a text: a run of stars with the digits about it.
var starred = regexp.MustCompile(`[0-9A-Za-z-]*\*{3,}[0-9A-Za-z]*`)

// UnmaskNumbers is a text that was typed over the masked form of another: each mask that was left in it is the number it stood
// for. unknown is a mask that stands for none of them, or for several that look alike while not all of them were left.
func UnmaskNumbers(typed, was string) (text, unknown string) {
	numbers, left := map[string][]string{}, map[string]int{}
	for _, number := range numbersWithin.FindAllString(was, -1) {
		if mask := maskNumber(number); mask != number {
			numbers[mask] = append(numbers[mask], number)
		}
	}
	for _, mask := range starred.FindAllString(typed, -1) {
		left[mask]++
	}
	used := map[string]int{}
	text = starred.ReplaceAllStringFunc(typed, func(mask string) string {
		of := numbers[mask]
		at := used[mask]
		used[mask]++
		switch {
		case left[mask] == len(of):
			return of[at]
		case len(of) > 0 && !slices.ContainsFunc(of, func(n string) bool { return n != of[0] }):
			return of[0]
		case !strings.Contains(was, mask): // stars of its own stay as they are
			unknown = mask
		}
		return mask
	})
	return text, unknown
}
