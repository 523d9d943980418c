package cn

import (
	"fmt"
	"regexp"
	"strings"
)

// Moment is a local day with the time of day, where it is known, to the minute.
type Moment struct {
	Day    Date
	Hour   int
	Minute int
	Timed  bool
}

// String is the stored form, which sorts by time: 2026-12-03 09:40, a date, or nothing.
func (m Moment) String() string {
	if !m.Timed {
		return m.Day.String()
	}
	return fmt.Sprintf("%s %02d:%02d", m.Day, m.Hour, m.Minute)
}

var clockTime = regexp.MustCompile(`(?i)[ T]?(凌晨|早上|上午|中午|下午|傍晚|晚上)? ?(\d{1,2})(?::(\d{2})(?::\d{2}(?:\.\d+)?)?|[点时](?:(\d{1,2})分?|(半)|整)?)( ?[AP]M)?Z?$`)

// ParseMoment reads a moment as people type it: a date of ParseDate with 9:40, 下午3点 or 21:15 behind it; a time alone is
// today's. The problem is empty when it was understood.
func ParseMoment(text string, in DateContext) (Moment, Problem) {
	t := strings.TrimSpace(Fold(text))
	var m Moment
	if at := clockTime.FindStringSubmatchIndex(t); at != nil {
		part := clockTime.FindStringSubmatch(t)
		m.Timed, m.Hour, m.Minute = true, number(part[2]), number(part[3]+part[4])
		if part[5] != "" {
			m.Minute = 30
		}
		half := strings.ToUpper(strings.TrimSpace(part[6]))
		switch {
		case m.Hour < 12 && (half == "PM" || strings.Contains("下午傍晚晚上", part[1]) && part[1] != ""), part[1] == "中午" && m.Hour < 3:
			m.Hour += 12
		case m.Hour == 12 && (half == "AM" || part[1] == "凌晨"):
			m.Hour = 0
		}
		if m.Hour > 23 || m.Minute > 59 {
			return m, DateImpossible
		}
		if t = strings.TrimSpace(t[:at[0]]); t == "" {
			m.Day = in.Today
			return m, ""
		}
	}
	r := ParseDate(t, in)
	if len(r.Problems) > 0 {
		return m, r.Problems[0]
	}
	m.Day = r.Date
	if m.Timed && m.Day.Precision != DayExact {
		return m, DateNotUnderstood
	}
	return m, ""
}
