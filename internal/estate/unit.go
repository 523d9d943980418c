package estate

import (
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
)

// UnitID names a unit.
type UnitID int64

// UnitKind is what a unit is for.
type UnitKind string

// The kinds of unit (domain.md §1, Places).
const (
	Flat    UnitKind = "flat"    // 住宅
	Shop    UnitKind = "shop"    // 商铺
	Office  UnitKind = "office"  // 写字间
	Parking UnitKind = "parking" // 车位
	Store   UnitKind = "store"   // 储藏间
)

// UnitKinds lists the kinds in the order they are offered.
var UnitKinds = []UnitKind{Flat, Shop, Office, Parking, Store}

// Unit is premises with a number on the door: a flat, a shop, an office, a parking space, a store room.
type Unit struct {
	bun.BaseModel `bun:"table:estate_unit,alias:unit"`
	evidence.Row[UnitID]
	Code    string `bun:"code"`
	Sorting string `bun:"sorting"`
	UnitFacts
	ValidTo string `bun:"valid_to,nullzero"` // local date
	Ended   string `bun:"ended,nullzero"`    // why it ended
}

// InForce reports whether the unit exists today; one that was split, merged or removed does not.
func (u *Unit) InForce() bool { return u.ValidTo == "" }

// name gives the unit its code and its place in the order of the estate.
func (u *Unit) name() {
	parts := []string{}
	for _, p := range []string{u.Building, u.Entrance, u.Room} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	u.Code = strings.Join(parts, "-")
	u.Sorting = padded(u.Building) + "-" + padded(u.Entrance) + "-" + padded(u.Room)
}

// padded writes every number of a text with six digits, so that 2 comes before 10.
func padded(s string) string {
	const width = 6
	var b strings.Builder
	for s != "" {
		text := strings.IndexFunc(s, isDigit)
		if text < 0 {
			text = len(s)
		}
		number := len(s) - len(strings.TrimLeftFunc(s[text:], isDigit))
		b.WriteString(s[:text])
		if number > text {
			b.WriteString(strings.Repeat("0", max(0, width-(number-text))))
		}
		b.WriteString(s[text:number])
		s = s[number:]
	}
	return b.String()
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// Area is a floor area in 0.01 ㎡.
type Area int64

// String writes the area with two decimals, without its unit.
func (a Area) String() string { return fmt.Sprintf("%d.%02d", a/100, a%100) }

// Text is String, without an area for none.
func (a Area) Text() string {
	if a == 0 {
		return ""
	}
	return a.String()
}

// MarshalText is String, for forms; no area is empty.
func (a Area) MarshalText() ([]byte, error) {
	if a == 0 {
		return nil, nil
	}
	return []byte(a.String()), nil
}

// areaUnits are the letters of the units people type behind an area: ㎡, m², 平方米.
const areaUnits = "\u33a1m\u00b2\u5e73\u65b9\u7c73"

var errArea = errs.E(errs.Invalid, "unit.error.area")

// UnmarshalText reads a typed area: 89, 89.5, 89.50, with or without its unit. More than two decimals, a sign, or more
// than a million ㎡ is an error.
func (a *Area) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(string(text)), areaUnits))
	*a = 0
	if s == "" {
		return nil
	}
	whole, part, _ := strings.Cut(s, ".")
	if len(whole) == 0 || len(whole) > 7 || len(part) > 2 {
		return errArea
	}
	for _, r := range whole + part {
		if r < '0' || r > '9' {
			return errArea
		}
		*a = *a*10 + Area(r-'0')
	}
	for range 2 - len(part) {
		*a *= 10
	}
	return nil
}

// Sorting is the place of a unit with these facts in the order of its estate: equal for two notations of one unit.
func (in UnitFacts) Sorting() string { return in.named().Sorting }

// Code is how the desk says a unit with these facts.
func (in UnitFacts) Code() string { return in.named().Code }

func (in UnitFacts) named() Unit {
	u := Unit{UnitFacts: in}
	u.name()
	return u
}
