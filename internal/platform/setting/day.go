package setting

import (
	"strconv"
	"strings"
	"time"
)

// MaxDay is the last day a setting can name.
const MaxDay = 99991231

// compact is how a setting of a day is kept: 20261123.
const compact = "20060102"

// DayOf is the local date a setting's value names; empty for none.
func DayOf(value int64) string {
	t, err := time.Parse(compact, strconv.FormatInt(value, 10))
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ValueOf is the value of a local date; 0 for none, and for what is no date.
func ValueOf(day string) int64 {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return 0
	}
	value, err := strconv.ParseInt(strings.ReplaceAll(day, "-", ""), 10, 64)
	if err != nil {
		return 0
	}
	return value
}
