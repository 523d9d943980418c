package household

import (
	"strconv"
	"strings"

	"hudang/internal/platform/errs"
)

// Percent is a share of a property in basis points; 0 is not stated.
type Percent int64

// String writes 50 or 33.33, without the sign.
func (p Percent) String() string {
	return strings.TrimSuffix(strings.TrimSuffix(strconv.FormatFloat(float64(p)/100, 'f', 2, 64), "0"), ".0")
}

// MarshalText is String, for forms; no share is empty.
func (p Percent) MarshalText() ([]byte, error) {
	if p == 0 {
		return nil, nil
	}
	return []byte(p.String()), nil
}

var errShare = errs.E(errs.Invalid, "household.error.share")

// UnmarshalText reads a typed share: 50, 33.33, 50%.
func (p *Percent) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(text)), "%"))
	if s == "" {
		*p = 0
		return nil
	}
	whole, part, _ := strings.Cut(s, ".")
	if part += "00"; len(part) > 4 {
		return errShare
	}
	n, err := strconv.ParseUint(whole+part[:2], 10, 32)
	if err != nil {
		return errShare
	}
	*p = Percent(n)
	return nil
}

func (p Percent) check(field string, f *errs.Fields) {
	f.Check(p >= 0 && p <= 100_00, field, "household.error.share")
}

// prefixed is how a form names the fields of a group's line: people.0. and so on.
func prefixed(group string, i int) string { return group + "." + strconv.Itoa(i) + "." }
