package control

import (
	"time"

	"hudang/internal/platform/clock"
)

// YearMonth is a calendar month: 2026-11.
type YearMonth string

const monthForm = "2006-01"

// MonthOf is the month of a moment.
func MonthOf(at time.Time) YearMonth { return YearMonth(at.In(clock.China).Format(monthForm)) }

// Before is the month so many months earlier.
func (m YearMonth) Before(months int) YearMonth { return MonthOf(m.first().AddDate(0, -months, 0)) }

// LastDay is its last local date.
func (m YearMonth) LastDay() string { return clock.Date(m.end().AddDate(0, 0, -1)) }

func (m YearMonth) first() time.Time {
	at, err := time.ParseInLocation(monthForm, string(m), clock.China)
	if err != nil {
		return time.Time{}
	}
	return at
}

// end is the first moment after it.
func (m YearMonth) end() time.Time { return m.first().AddDate(0, 1, 0) }
