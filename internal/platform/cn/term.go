package cn

import (
	"regexp"
	"strings"
)

// TermReading is a time from one day to another, or a length, as it stands in one cell. Of what the cell does not say the
// reading is zero; where nothing was understood OK is false.
type TermReading struct {
	From, To DateReading
	Months   int // a length: 三年 is 36
	OK       bool
}

var (
	termBrackets = regexp.MustCompile(`[(\[【〔][^)\]】〕]*[)\]】〕]?`)
	termWithin   = regexp.MustCompile(`^(?:租期|为期|共)?(?:\d{1,3}|[` + hanNumerals + `半]{1,3})(?:年半?|个月)[(\[【〔](.*\d.*\d[年月日号止]*)[)\]】〕]?$`)
	termTotal    = regexp.MustCompile(`[,，;；]?(?:合?共|合计|为期|租期)[^年月日]{1,6}(?:年半?|个月|月|天|日)$`)
	termLength   = regexp.MustCompile(`^(?:租期|为期|期限|共|租)?(\d{1,3}|[` + hanNumerals + `半]{1,3})(年半|年|个月)$`)
	termSince    = regexp.MustCompile(`^(.*\d[年月日号]?)(?:起租|起始|起|开始)[,，]?(.*)$`)
	termEnd      = regexp.MustCompile(`^(?:至|到|截至|截止)?(.*\d[年月日号]?底?)(?:止|截止|终止|到期|期满|结束)$`)
	termMonthEnd = regexp.MustCompile(`^(\d{4}|\d{2})[年./-](\d{1,2})月?[底末]$`)
	termDayOnly  = regexp.MustCompile(`^(\d{1,2})[日号]$`)
	termMonthDay = regexp.MustCompile(`^(\d{1,2})[月./-](\d{1,2})[日号]?$`)
	termMonth    = regexp.MustCompile(`^(\d{2})[./-](\d{1,2})$`)
)

var (
	whenWord = regexp.MustCompile(`^\D{0,4}\d{2,4}[年./-]\d{1,2}|^\D{0,3}\d{1,4}[年月日起止]`)
	countEnd = "0123456789" + hanNumerals
)

// SaysWhen reports a text that begins as a date, or as a time since or until which something is: 2024.3起.
func SaysWhen(text string) bool { return whenWord.MatchString(text) }

// TrimCount takes a count off the end of a word: 电话2, 电话二.
func TrimCount(word string) string { return strings.TrimRight(word, countEnd) }

// ParseTerm reads a term as people type it in one cell: 2025-03-01至2026-02-28, 2025.3.1-2026.2.28, 25年3月1日~26年2月底,
// 2025年3月1日起三年, 一年半, 2026.2.28到期.
func ParseTerm(text string, in DateContext) TermReading {
	if len(text) > 200 || IsPlaceholder(text) {
		return TermReading{}
	}
	if m := termWithin.FindStringSubmatch(foldDashes(Compact(text))); m != nil { // 3年（2024.3.1-2027.2.28）
		text = m[1]
	}
	t := termBrackets.ReplaceAllString(foldDashes(Compact(strings.NewReplacer("\r", "-", "\n", "-").Replace(text))), "")
	t = strings.TrimLeft(strings.TrimLeft(t, "自从由"), "-")
	if months, ok := termMonths(t); ok {
		return TermReading{Months: months, OK: true}
	}
	if m := termSince.FindStringSubmatch(t); m != nil {
		if months, ok := termMonths(strings.TrimLeft(m[2], ",，")); ok {
			from := ParseDate(m[1], in)
			return TermReading{From: from, Months: months, OK: !from.Date.IsZero()}
		}
	}
	t = strings.TrimRight(termTotal.ReplaceAllString(t, ""), ",;，；、-")
	for strings.Contains(t, "--") {
		t = strings.ReplaceAll(t, "--", "-")
	}
	for _, sep := range []string{"起至", "起到", "至", "到", "~"} {
		if from, to, ok := strings.Cut(t, sep); ok && from != "" && to != "" {
			if r := readTerm(from, to, in); r.OK {
				return r
			}
		}
	}
	if r := dashedTerm(t, in); r.OK {
		return r
	}
	if m := termSince.FindStringSubmatch(t); m != nil && m[2] == "" {
		from := ParseDate(m[1], in)
		return TermReading{From: from, OK: !from.Date.IsZero()}
	}
	if m := termEnd.FindStringSubmatch(t); m != nil {
		to := termDate(m[1], Date{}, in)
		return TermReading{To: to, OK: !to.Date.IsZero()}
	}
	return TermReading{}
}

// termMonths reads a length.
func termMonths(t string) (int, bool) {
	m := termLength.FindStringSubmatch(t)
	if m == nil {
		return 0, false
	}
	n, ok := 0, true
	switch {
	case m[1] == "半" && m[2] == "年":
		return 6, true
	case allDigits(m[1]):
		n = number(m[1])
	default:
		n, ok = hanNumber(m[1])
	}
	switch m[2] {
	case "年":
		n *= 12
	case "年半":
		n = n*12 + 6
	}
	return n, ok && n > 0 && n <= 1200
}

// dashedTerm parts a text at the one dash that has a date on either side.
func dashedTerm(t string, in DateContext) TermReading {
	var found []TermReading
	for i := range len(t) {
		if t[i] == '-' && i > 0 {
			if r := readTerm(t[:i], t[i+1:], in); r.OK && r.From.Date.Precision <= r.To.Date.Precision || r.OK && r.To.None != "" {
				found = append(found, r)
			}
		}
	}
	if len(found) != 1 {
		return TermReading{}
	}
	return found[0]
}

func readTerm(from, to string, in DateContext) TermReading {
	from = strings.TrimRight(from, "起始-,")
	to = strings.TrimRight(strings.TrimLeft(to, "至到-~"), "止")
	for _, word := range []string{"截", "到期", "终"} {
		to = strings.TrimSuffix(to, word)
	}
	r := TermReading{From: termDate(from, Date{}, in)}
	r.To = termDate(to, r.From.Date, in)
	r.OK = !r.From.Date.IsZero() && (!r.To.Date.IsZero() || r.To.None == NoneLong || r.To.None == NoneNow) &&
		(r.To.Date.IsZero() || r.To.Date.Precision == YearOnly && r.To.Date.Y >= r.From.Date.Y || r.From.Date.Compare(r.To.Date) <= 0)
	return r
}

// MonthEnd reads the end of a month by its last day: 2026年2月底.
func MonthEnd(text string, today Date) (Date, bool) {
	m := termMonthEnd.FindStringSubmatch(foldDashes(Compact(text)))
	if m == nil {
		return Date{}, false
	}
	d, ok := Month(fullYear(m[1], today), number(m[2]))
	if !ok {
		return Date{}, false
	}
	return Day(d.Y, d.M, daysIn(d.Y, d.M))
}

// termDate reads one end of a term. What it leaves out of the year and month is taken from the day it began.
func termDate(t string, from Date, in DateContext) DateReading {
	if d, ok := MonthEnd(t, in.Today); ok {
		return DateReading{Text: t, Date: d}
	}
	if m := termMonthDay.FindStringSubmatch(t); m != nil && from.Precision >= MonthOnly {
		d, ok := Day(from.Y, number(m[1]), number(m[2]))
		if ok && d.Compare(from) < 0 {
			d, ok = Day(from.Y+1, number(m[1]), number(m[2]))
		}
		if ok {
			return DateReading{Text: t, Date: d}
		}
	}
	if m := termDayOnly.FindStringSubmatch(t); m != nil && from.Precision == DayExact {
		if d, ok := Day(from.Y, from.M, number(m[1])); ok {
			return DateReading{Text: t, Date: d}
		}
	}
	if m := termMonth.FindStringSubmatch(t); m != nil && number(m[1]) > 12 { // 25.3 is March 2025
		if d, ok := Month(fullYear(m[1], in.Today), number(m[2])); ok {
			return DateReading{Text: t, Date: d}
		}
	}
	return ParseDate(t, in)
}

// AddMonths is the last day of a term of so many months that begins on d: 2025-03-01 and 12 make 2026-02-28.
func (d Date) AddMonths(n int) Date {
	y, m := d.Y+(d.M-1+n)/12, (d.M-1+n)%12+1
	switch d.Precision {
	case DayExact:
		if d.D > daysIn(y, m) { // 2025-08-31 and six months: to the end of February
			return Date{y, m, daysIn(y, m), DayExact}
		}
		return Date{y, m, d.D, DayExact}.AddDays(-1)
	case MonthOnly:
		end := Date{y, m, 1, DayExact}.AddDays(-1)
		return Date{Y: end.Y, M: end.M, Precision: MonthOnly}
	}
	return Date{}
}
