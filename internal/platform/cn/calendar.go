package cn

import "fmt"

// What can be the matter with the calendar of workdays.
const (
	CalendarMissingYear Problem = "calendar.missing_year" // no notice loaded for a year: ask, never assume
	CalendarBadRow      Problem = "calendar.bad_row"      // dates missing, reversed, or too far apart
	CalendarConflict    Problem = "calendar.conflict"     // a day is both free and worked
)

// DayKind is what a day is to the office; overtime pay differs for the three free kinds and 平日 (docs/domain.md §7).
type DayKind string

// The kinds of days.
const (
	Workday   DayKind = "workday"   // 平日, or a weekend day worked by the notice
	RestDay   DayKind = "rest"      // 休息日: weekend, or a weekday given free by the notice
	Statutory DayKind = "statutory" // 法定节假日: one of the 13 days of the year
)

// CalendarRow is one line of a year's notice: the days From to To are of Kind.
type CalendarRow struct {
	Year     int // of the notice; its loading makes this year known
	From, To Date
	Kind     DayKind
	Name     string // 春节
}

// Rows2026 are the notice of 2025-11-04 and, as Statutory, the 13 days of the holiday rules:
// 元旦 1, 春节 4 (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3.
func Rows2026() []CalendarRow {
	row := func(m1, d1, m2, d2 int, kind DayKind, name string) CalendarRow {
		return CalendarRow{2026, Date{2026, m1, d1, DayExact}, Date{2026, m2, d2, DayExact}, kind, name}
	}
	return []CalendarRow{
		row(1, 1, 1, 3, RestDay, "元旦"), row(1, 1, 1, 1, Statutory, "元旦"), row(1, 4, 1, 4, Workday, "元旦"),
		row(2, 15, 2, 23, RestDay, "春节"), row(2, 16, 2, 19, Statutory, "春节"),
		row(2, 14, 2, 14, Workday, "春节"), row(2, 28, 2, 28, Workday, "春节"),
		row(4, 4, 4, 6, RestDay, "清明节"), row(4, 5, 4, 5, Statutory, "清明节"),
		row(5, 1, 5, 5, RestDay, "劳动节"), row(5, 1, 5, 2, Statutory, "劳动节"), row(5, 9, 5, 9, Workday, "劳动节"),
		row(6, 19, 6, 21, RestDay, "端午节"), row(6, 19, 6, 19, Statutory, "端午节"),
		row(9, 25, 9, 27, RestDay, "中秋节"), row(9, 25, 9, 25, Statutory, "中秋节"), row(9, 20, 9, 20, Workday, "国庆节"),
		row(10, 1, 10, 7, RestDay, "国庆节"), row(10, 1, 10, 3, Statutory, "国庆节"), row(10, 10, 10, 10, Workday, "国庆节"),
	}
}

// dayNote is what the notices say about one day.
type dayNote struct {
	kind DayKind
	name string
}

// Calendar knows the workdays of the years whose notices were loaded. It does not change after NewCalendar.
type Calendar struct {
	years map[int]bool
	days  map[Date]dayNote
}

// NewCalendar loads the rows of any number of years. A row that overlaps another must agree with it,
// but Statutory may lie within RestDay.
func NewCalendar(rows ...CalendarRow) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, days: map[Date]dayNote{}}
	for _, row := range rows {
		if row.From.Precision != DayExact || row.To.Precision != DayExact || row.From.Compare(row.To) > 0 ||
			row.To.Time().Sub(row.From.Time()).Hours() > 31*24 || row.Kind == "" || row.Year == 0 {
			return nil, fmt.Errorf("%w: %s %s..%s", CalendarBadRow, row.Name, row.From, row.To)
		}
		c.years[row.Year] = true
		for d := row.From; d.Compare(row.To) <= 0; d = d.AddDays(1) {
			was, noted := c.days[d]
			if noted && (was.kind == Workday) != (row.Kind == Workday) {
				return nil, fmt.Errorf("%w: %s", CalendarConflict, d)
			}
			if !noted || row.Kind == Statutory {
				c.days[d] = dayNote{row.Kind, row.Name}
			}
		}
	}
	return c, nil
}

// Known reports whether the notice of a year was loaded.
func (c *Calendar) Known(year int) bool { return c.years[year] }

// Kind is what a day is, and the name of its holiday; known is false for a year without notice, and for a vague date.
func (c *Calendar) Kind(d Date) (kind DayKind, name string, known bool) {
	if d.Precision != DayExact || !c.years[d.Y] {
		return "", "", false
	}
	if note, ok := c.days[d]; ok {
		return note.kind, note.name, true
	}
	if wd := d.Weekday(); wd == 0 || wd == 6 {
		return RestDay, "", true
	}
	return Workday, "", true
}

// IsWorkday reports whether the office works on a day; known is false for a year without notice.
func (c *Calendar) IsWorkday(d Date) (work, known bool) {
	kind, _, known := c.Kind(d)
	return kind == Workday, known
}

// maxWorkdays bounds how far AddWorkdays counts: no term of the trade is longer.
const maxWorkdays = 5000

// AddWorkdays counts n workdays on from a day, which itself does not count; n may be negative.
// Zero gives the day itself, worked or not. A year without notice on the way is an error.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	step := 1
	if n < 0 {
		step = -1
	}
	if d.Precision != DayExact || n > maxWorkdays || n < -maxWorkdays {
		return Date{}, fmt.Errorf("%w: %s%+d", CalendarBadRow, d, n)
	}
	for n != 0 {
		d = d.AddDays(step)
		work, known := c.IsWorkday(d)
		if !known {
			return Date{}, fmt.Errorf("%w: %d", CalendarMissingYear, d.Y)
		}
		if work {
			n -= step
		}
	}
	return d, nil
}

// Workdays counts the workdays after from up to and including to: 0 when to is not later.
func (c *Calendar) Workdays(from, to Date) (int, error) {
	if from.Precision != DayExact || to.Precision != DayExact {
		return 0, fmt.Errorf("%w: %s..%s", CalendarBadRow, from, to)
	}
	n := 0
	for d := from.AddDays(1); d.Compare(to) <= 0; d = d.AddDays(1) {
		work, known := c.IsWorkday(d)
		if !known {
			return 0, fmt.Errorf("%w: %d", CalendarMissingYear, d.Y)
		}
		if work {
			n++
		}
	}
	return n, nil
}
