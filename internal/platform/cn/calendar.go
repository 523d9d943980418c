package cn

import "fmt"

// What can be the matter with the calendar of workdays.
const (
	CalendarMissingYear Problem = "calendar.missing_year" // no notice loaded for a year: ask, never assume
	CalendarBadRow      Problem = "calendar.bad_row"      // dates missing, reversed, or too far apart
	CalendarConflict    Problem = "calendar.conflict"     // a day is both free and worked
	NoticeNoYear        Problem = "notice.no_year"        // the notice does not say of which year it is
	NoticeNoDays        Problem = "notice.no_days"        // no day off was found: another text
	NoticeDays          Problem = "notice.days"           // 共8天 beside dates that are another number of days
	NoticeWeekday       Problem = "notice.weekday"        // （周五）beside a date that is another day of the week
	NoticeBadDate       Problem = "notice.bad_date"       // 2月30日, or a span that ends before it begins
	NoticeFarDate       Problem = "notice.far_date"       // a date of another year
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
