package cn

import (
	"cmp"
	"fmt"
	"time"
)

// Precision says how much of a date is known.
type Precision uint8

// The precisions; the zero value means that there is no date.
const (
	NoDate Precision = iota
	YearOnly
	MonthOnly
	DayExact
)

// The years a typed date may have: outside them it is a slip of the hand.
const (
	minYear = 1800
	maxYear = 2199
)

// Date is a local calendar date of known precision (docs/design.md §5); M and D are 0 where unknown.
type Date struct {
	Y, M, D   int
	Precision Precision
}

// Day is an exact date; ok is false when the calendar has no such day.
func Day(y, m, d int) (date Date, ok bool) {
	if y < minYear || y > maxYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return Date{}, false
	}
	return Date{y, m, d, DayExact}, true
}

// Month is a date known to the month.
func Month(y, m int) (date Date, ok bool) {
	if y < minYear || y > maxYear || m < 1 || m > 12 {
		return Date{}, false
	}
	return Date{Y: y, M: m, Precision: MonthOnly}, true
}

// Year is a date known to the year.
func Year(y int) (date Date, ok bool) {
	if y < minYear || y > maxYear {
		return Date{}, false
	}
	return Date{Y: y, Precision: YearOnly}, true
}

// DateOf is the calendar date an instant shows in its own zone.
func DateOf(t time.Time) Date {
	return Date{t.Year(), int(t.Month()), t.Day(), DayExact}
}

// daysIn is the length of a month by the Gregorian rule.
func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// String is the stored form: 2026-11-23, 2019-10, 2019, or nothing.
func (d Date) String() string {
	switch d.Precision {
	case DayExact:
		return fmt.Sprintf("%04d-%02d-%02d", d.Y, d.M, d.D)
	case MonthOnly:
		return fmt.Sprintf("%04d-%02d", d.Y, d.M)
	case YearOnly:
		return fmt.Sprintf("%04d", d.Y)
	}
	return ""
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Precision == NoDate }

// First is the earliest day the date can mean.
func (d Date) First() Date { return Date{d.Y, max(d.M, 1), max(d.D, 1), DayExact} }

// Time is midnight UTC of the first day: for counting only, never for storing.
func (d Date) Time() time.Time {
	f := d.First()
	return time.Date(f.Y, time.Month(f.M), f.D, 0, 0, 0, 0, time.UTC)
}

// AddDays counts days on from the first day.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Weekday is the day of the week of the first day.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Compare orders dates by their first day, the vaguer first.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Y, e.Y), cmp.Compare(d.M, e.M), cmp.Compare(d.D, e.D), cmp.Compare(d.Precision, e.Precision))
}

// ParseStored reads what String wrote, and nothing else; "" is no date.
func ParseStored(s string) (Date, error) {
	var d Date
	ok := true
	if !storedDate.MatchString(s) {
		return d, DateNotUnderstood
	}
	switch len(s) {
	case 4:
		d, ok = Year(number(s))
	case 7:
		d, ok = Month(number(s[:4]), number(s[5:]))
	case 10:
		d, ok = Day(number(s[:4]), number(s[5:7]), number(s[8:]))
	}
	if !ok {
		return Date{}, DateImpossible
	}
	return d, nil
}
