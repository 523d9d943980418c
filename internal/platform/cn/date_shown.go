package cn

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	shownDay   = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})日$`)
	shownDate  = regexp.MustCompile(`^(?:19|20)\d\d[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?$`)
	shownYear  = regexp.MustCompile(`^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-(\d{2})$`)
	shownMonth = regexp.MustCompile(`^(\d{1,2})-(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$`)
)

const monthNames = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"

// DayShown reads the month and the day of a text that is nothing but a day, as a spreadsheet program writes one that it made of
// 3-12: 3月12日, 2026-03-12, 12-Mar; Mar-32 of 3-32.
func DayShown(text string) (month, day int, ok bool) {
	if len(text) > 24 {
		return 0, 0, false
	}
	text = strings.ToUpper(Fold(text))
	if m := shownMonth.FindStringSubmatch(text); m != nil {
		month = strings.Index(monthNames, m[2])/3 + 1
		day, _ = strconv.Atoi(m[1])
	}
	if m := shownYear.FindStringSubmatch(text); m != nil { // 3-32 has no such day: the program takes the number for a year
		month = strings.Index(monthNames, m[1])/3 + 1
		day, _ = strconv.Atoi(m[2])
		return month, day, day > 0
	}
	for _, form := range []*regexp.Regexp{shownDay, shownDate} {
		if m := form.FindStringSubmatch(text); m != nil {
			month, _ = strconv.Atoi(m[1])
			day, _ = strconv.Atoi(m[2])
		}
	}
	return month, day, 1 <= month && month <= 12 && 1 <= day && day <= 31
}
