package cn

// EndsBefore reports that a period ends before it begins: stored dates of any precision, compared as far as they are known.
// An end or a beginning that nobody knows is no mistake.
func EndsBefore(from, to string) bool {
	begin, wrong := ParseStored(from)
	end, bad := ParseStored(to)
	if wrong != nil || bad != nil || begin.IsZero() || end.IsZero() {
		return false
	}
	return end.last().Time().Before(begin.First().Time())
}

// AfterToday reports a stored date that has not come, even on the earliest day it can mean.
func AfterToday(stored string, today Date) bool { return ahead(stored, today, 0) }

// FarAhead reports a stored date more than a year from today: people plan a moving in, but not for 2099, which is a slip.
func FarAhead(stored string, today Date) bool { return ahead(stored, today, 1) }

func ahead(stored string, today Date, years int) bool {
	d, err := ParseStored(stored)
	return err == nil && !d.IsZero() && !today.IsZero() && d.First().Time().After(today.Time().AddDate(years, 0, 0))
}

// last is the latest day the date can mean.
func (d Date) last() Date {
	switch d.Precision {
	case YearOnly:
		return Date{d.Y, 12, 31, DayExact}
	case MonthOnly:
		return Date{d.Y, d.M, daysIn(d.Y, d.M), DayExact}
	}
	return d
}
