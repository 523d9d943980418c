package estate

import (
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/record"
)

// NextTerm is the term that a lease is proposed for after its own: from the day after its end, as long as it was. Both are
// empty where the lease does not say how long it runs; the end is written as precisely as the lease's own.
func NextTerm(from, until string) (start, end string) {
	begun, next, known := term(from, until)
	if !known {
		return "", ""
	}
	to := next.Add(next.Sub(begun)) // no whole months: as many days
	if months := MonthsOf(from, until); monthsOn(begun, months).Equal(next) {
		to = monthsOn(next, months)
	}
	return clock.Date(next), clock.Date(to.AddDate(0, 0, -1))[:len(until)]
}

// MonthsOf are the whole months of a term.
func MonthsOf(from, until string) int {
	begun, next, known := term(from, until)
	n := 0
	for known && !monthsOn(begun, n+1).After(next) {
		n++
	}
	return n
}

// term is the day on which a term begins, and the first after it; false where one is not known, or stands before the other.
func term(from, until string) (begun, next time.Time, known bool) {
	first, err := cn.ParseStored(from)
	after, wrong := cn.ParseStored(record.DayAfter(until))
	begun, next = first.Time(), after.Time()
	return begun, next, from != "" && until != "" && err == nil && wrong == nil && next.After(begun)
}

// monthsOn is the same day some months later, or, where that month is shorter, the first of the one after.
func monthsOn(day time.Time, months int) time.Time {
	t := day.AddDate(0, months, 0)
	if t.Day() != day.Day() {
		t = t.AddDate(0, 0, 1-t.Day())
	}
	return t
}
