package account

import (
	"crypto/rand"
	"strings"
)

// linkCode is the alphabet of one-time codes (Crockford's base 32): no I, L, O, U, so that a code can be read out.
const linkCode = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// linkCodeLength makes 80 bits: too many to guess within the day that a code lives.
const linkCodeLength = 16

// newLinkCode is the secret of a one-time link, short enough to be dictated.
func newLinkCode() string {
	b := make([]byte, linkCodeLength)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = linkCode[int(b[i])%len(linkCode)]
	}
	return string(b)
}

// SpokenCode is a one-time link's secret in groups of four, for a slip and for the telephone.
func SpokenCode(secret string) string {
	var groups []string
	for len(secret) > 4 {
		groups, secret = append(groups, secret[:4]), secret[4:]
	}
	return strings.Join(append(groups, secret), "-")
}

// TypedCode undoes what a person does to a code: groups, small letters, O for 0, I and L for 1, full-width characters.
// A secret of another length (links made by earlier versions) stays as it is.
func TypedCode(typed string) string {
	code := strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r == '-' || r == ' ' || r == '\u3000' || r == '—' || r == '–' || r == '\t':
			return -1
		}
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, typed)
	if len(code) == linkCodeLength {
		return code
	}
	return strings.TrimSpace(typed)
}
