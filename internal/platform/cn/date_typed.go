package cn

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// What can be the matter with a typed date.
const (
	DateNotUnderstood Problem = "date.not_understood" // no known notation
	DateImpossible    Problem = "date.impossible"     // the calendar has no such day
	DateAmbiguous     Problem = "date.ambiguous"      // several readings, see Candidates
	DateYearMissing   Problem = "date.year_missing"   // 3月5日, and no year is known for the sheet
	DateMaybeSerial   Problem = "date.maybe_serial"   // 43521: a spreadsheet's day count? The column decides
	DateSerialRange   Problem = "date.serial_range"   // a day count no spreadsheet date has
	DateAhead         Problem = "date.ahead"          // further ahead than anybody plans: FarAhead
)

// NoneKind says what a text in a date field means that is no date.
type NoneKind string

// The texts that are no date: for a term "long" is an answer, "pending" is a gap.
const (
	NoneEmpty   NoneKind = "empty"     // blank, "/", 无
	NonePending NoneKind = "pending"   // 待补
	NoneLong    NoneKind = "long_term" // 长期
	NoneNow     NoneKind = "until_now" // 至今
)

// DateContext is what a typed date needs from around it.
type DateContext struct {
	Today      Date // for 今天, +7, and the century of two-digit years
	SheetYear  int  // the year the sheet speaks of, 0 if none
	NumberCell bool // the cell held a number: 2019.10 arrives as 2019.1
	Entry      bool // typed into a form now: 11-23 is a day of this year, +7 is in a week
}

// DateReading is a typed date as understood. Exactly one of Date, None and Problems is filled.
type DateReading struct {
	Text       string
	Date       Date
	None       NoneKind
	Candidates []Date
	Problems   []Problem
}

var (
	storedDate  = regexp.MustCompile(`^(\d{4}(-\d\d(-\d\d)?)?)?$`)
	timeOfDay   = regexp.MustCompile(`(?i)[ T]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?[AP]M)?Z?$`)
	weekday     = regexp.MustCompile(`\(?(星期|周|礼拜)[一二三四五六日天]\)?$`)
	numeralRun  = regexp.MustCompile(`[` + hanNumerals + `O]+`)
	yearFirst   = regexp.MustCompile(`^(\d{4}|\d{2})[年./-](\d{1,2})[月./-](\d{1,2})[日号]?$`)
	yearLast    = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)
	yearMonth   = regexp.MustCompile(`^(?:(\d{4})[年./-](\d{1,2})月?|(\d{2})年(\d{1,2})月?)$`)
	yearAlone   = regexp.MustCompile(`^(\d{4})年?$`)
	monthDay    = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})[日号]?$`)
	twoNumbers  = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})$`)
	serialLike  = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	relativeDay = regexp.MustCompile(`^[+-]\d{1,4}$`)
)

var relativeWords = map[string]int{"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "昨天": -1, "昨日": -1, "前天": -2,
	"today": 0, "tomorrow": 1, "yesterday": -1}

var dateNone = map[string]NoneKind{"长期": NoneLong, "长期有效": NoneLong, "永久": NoneLong, "永久有效": NoneLong,
	"至今": NoneNow, "现在": NoneNow}

// ParseDate reads a date as people type it (docs/domain.md §6, "Dates typed").
func ParseDate(text string, in DateContext) DateReading {
	r := DateReading{Text: text}
	t := Compact(weekday.ReplaceAllString(timeOfDay.ReplaceAllString(Fold(text), ""), ""))
	if r.None = noneOf(t); r.None != "" {
		return r
	}
	t = foldDashes(t)
	if in.Entry && !in.Today.IsZero() {
		if days, ok := relative(t); ok {
			r.Date = in.Today.AddDays(days)
			return r
		}
	}
	readDate(&r, plainDate(t), in)
	return r
}

func noneOf(t string) NoneKind {
	if kind, ok := dateNone[t]; ok {
		return kind
	}
	if !IsPlaceholder(t) {
		return ""
	}
	if placeholders[t] == toCome {
		return NonePending
	}
	return NoneEmpty
}

func relative(t string) (int, bool) {
	if days, ok := relativeWords[strings.ToLower(t)]; ok {
		return days, true
	}
	if !relativeDay.MatchString(t) {
		return 0, false
	}
	days, err := strconv.Atoi(t)
	return days, err == nil
}

// plainDate turns Chinese numerals and odd separators into plain ones.
func plainDate(t string) string {
	t = strings.NewReplacer("。", ".", "、", ".", ",", ".", "\\", "/", "_", "-", "元月", "1月").Replace(t)
	if strings.ContainsAny(t, "年月") {
		t = numeralRun.ReplaceAllStringFunc(t, func(run string) string {
			if n, ok := hanNumber(strings.ReplaceAll(run, "O", "〇")); ok {
				return strconv.Itoa(n)
			}
			return run
		})
	}
	return strings.Trim(t, "./-")
}

func readDate(r *DateReading, t string, in DateContext) {
	if m := yearFirst.FindStringSubmatch(t); m != nil {
		r.settle(Day(fullYear(m[1], in.Today), number(m[2]), number(m[3])))
	} else if m := yearLast.FindStringSubmatch(t); m != nil {
		r.choose(days(number(m[3]), number(m[1]), number(m[2])))
	} else if m := yearMonth.FindStringSubmatch(t); m != nil {
		y, month := m[1]+m[3], m[2]+m[4]
		if in.NumberCell && month == "1" && strings.Contains(t, ".") {
			january, _ := Month(number(y), 1)
			october, _ := Month(number(y), 10)
			r.choose([]Date{january, october})
			return
		}
		r.settle(Month(fullYear(y, in.Today), number(month)))
	} else if m := yearAlone.FindStringSubmatch(t); m != nil {
		r.settle(Year(number(m[1])))
	} else if m := monthDay.FindStringSubmatch(t); m != nil {
		r.dayOfYear(number(m[1]), number(m[2]), in)
	} else if m := twoNumbers.FindStringSubmatch(t); m != nil {
		r.twoParts(m[1], m[2], in)
	} else if allDigits(t) && len(t) == 8 {
		r.settle(Day(number(t[:4]), number(t[4:6]), number(t[6:])))
	} else if allDigits(t) && len(t) == 6 {
		r.sixDigits(t, in)
	} else if serialLike.MatchString(t) {
		r.Problems = []Problem{DateMaybeSerial}
		if d, err := ParseSerial(t, false); err == nil {
			r.Candidates = []Date{d}
		}
	} else {
		r.Problems = []Problem{DateNotUnderstood}
	}
}

// fullYear gives a two-digit year the century that puts it between 79 years ago and 20 years ahead.
func fullYear(y string, today Date) int {
	n := number(y)
	if len(y) != 2 {
		return n
	}
	latest := today.Y + 20
	if today.IsZero() {
		latest = 2069
	}
	n += latest / 100 * 100
	if n > latest {
		n -= 100
	}
	return n
}

func (r *DateReading) settle(d Date, ok bool) {
	if !ok {
		r.Problems = []Problem{DateImpossible}
		return
	}
	r.Date = d
}

// choose settles on the only candidate, or leaves the choice to a person.
func (r *DateReading) choose(dates []Date) {
	switch len(dates) {
	case 0:
		r.Problems = []Problem{DateImpossible}
	case 1:
		r.Date = dates[0]
	default:
		r.Candidates, r.Problems = dates, []Problem{DateAmbiguous}
	}
}

// days are the readings of "a/b/year": month first or day first.
func days(y, a, b int) []Date {
	var out []Date
	if d, ok := Day(y, a, b); ok {
		out = append(out, d)
	}
	if d, ok := Day(y, b, a); ok && a != b {
		out = append(out, d)
	}
	return out
}

func (r *DateReading) dayOfYear(m, d int, in DateContext) {
	y := in.SheetYear
	if y == 0 {
		y = in.Today.Y
	}
	if y == 0 || in.SheetYear == 0 && !in.Entry {
		r.Problems = []Problem{DateYearMissing}
		if date, ok := Day(y, m, d); ok {
			r.Candidates = []Date{date}
		}
		return
	}
	r.settle(Day(y, m, d))
}

// twoParts reads "11-23": a day of this year on a form; in a sheet "19.3" may also be March 2019.
func (r *DateReading) twoParts(a, b string, in DateContext) {
	if in.Entry {
		r.dayOfYear(number(a), number(b), in)
		return
	}
	var all []Date
	if d, ok := Day(in.SheetYear, number(a), number(b)); ok {
		all = append(all, d)
	}
	if d, ok := Month(fullYear(a, in.Today), number(b)); ok && len(a) == 2 {
		all = append(all, d)
	}
	if len(all) == 1 && in.SheetYear == 0 { // a month is only a guess while the year of the sheet is unknown
		r.Candidates, r.Problems = all, []Problem{DateAmbiguous}
		return
	}
	r.choose(all)
}

// sixDigits reads 201903 as a month and 190305 as a day.
func (r *DateReading) sixDigits(t string, in DateContext) {
	var all []Date
	if d, ok := Month(number(t[:4]), number(t[4:])); ok && d.Y >= 1949 && d.Y < 2100 {
		all = append(all, d)
	}
	if d, ok := Day(fullYear(t[:2], in.Today), number(t[2:4]), number(t[4:])); ok {
		all = append(all, d)
	}
	r.choose(all)
}

// ParseSerial reads a spreadsheet's day count, also when stored as text; a time of day is cut off.
// The 1900 system counts from 1899-12-30 (n > 60, after its false 29 February); the 1904 system is 1,462 behind.
func ParseSerial(text string, base1904 bool) (Date, error) {
	f, err := strconv.ParseFloat(Compact(text), 64)
	if err != nil || math.IsNaN(f) {
		return Date{}, DateNotUnderstood
	}
	if base1904 {
		f += 1462
	}
	if f < 61 || f >= 110000 {
		return Date{}, DateSerialRange
	}
	return Date{1899, 12, 30, DayExact}.AddDays(int(f)), nil
}
