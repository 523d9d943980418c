package cn

import (
	"fmt"
	"regexp"
	"strings"
)

// NoticeError is what is wrong with a yearly notice, with the words of it where that is.
type NoticeError struct {
	Problem
	Where string // 二、春节：2月5日至13日放假调休，共8天
}

// Unwrap makes errors.Is find the problem.
func (e *NoticeError) Unwrap() error { return e.Problem }

func (e *NoticeError) Error() string { return fmt.Sprintf("%s: %s", string(e.Problem), e.Where) }

var (
	noticeYear = regexp.MustCompile(`(20\d\d)\s*年`)
	noticeItem = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]+|\d{1,2})\s*[、.．]\s*([^：:]{2,12})[：:]\s*(.+)$`)
	noticeSpan = regexp.MustCompile(`(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(` + noticeRemark + `)` +
		`(?:[至到—–~-]+(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日(` + noticeRemark + `))?`)
	noticeTotal   = regexp.MustCompile(`共\s*(\d{1,2})\s*天|放假\s*(\d{1,2})\s*天`)
	noticeWeekday = regexp.MustCompile(`(?:周|星期|礼拜)([一二三四五六日天])`)
)

// noticeRemark is what stands in brackets behind a date: （农历腊月二十九、周五）.
const noticeRemark = `(?:[（(][^（）()]*[）)])?`

// ParseNotice reads the yearly notice of days off (国务院办公厅关于…部分节假日安排的通知) as it is published: one item for
// each holiday, "二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月31日（周日）上班。" Its statutory days are added.
// What contradicts itself (共8天 beside nine days, a wrong day of the week) is refused with its words, since it is a slip of
// whoever copied it; the error is a *NoticeError. Text around the items is passed over.
func ParseNotice(text string) (year int, rows []CalendarRow, err error) {
	text = strings.NewReplacer("\r", "\n", "\u3000", " ", "\u00a0", " ", "０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9").Replace(text)
	m := noticeYear.FindStringSubmatch(text)
	if m == nil {
		return 0, nil, &NoticeError{NoticeNoYear, ""}
	}
	year = number(m[1])
	for _, line := range strings.Split(text, "\n") {
		item := noticeItem.FindStringSubmatch(line)
		if item == nil {
			continue
		}
		found, err := noticeRows(year, strings.TrimSpace(item[1]), item[2])
		if err != nil {
			return year, nil, err
		}
		rows = append(rows, found...)
	}
	if len(rows) == 0 {
		return year, nil, &NoticeError{NoticeNoDays, ""}
	}
	rows = append(rows, StatutoryDays(year)...)
	_, err = NewCalendar(rows...)
	return year, rows, err
}

// noticeRows reads one item: each sentence says of its dates that they are free or worked.
func noticeRows(year int, name, body string) (rows []CalendarRow, err error) {
	for _, sentence := range strings.FieldsFunc(body, func(r rune) bool { return r == '。' || r == '；' || r == ';' }) {
		kind := DayKind("")
		switch {
		case strings.Contains(sentence, "放假"), strings.Contains(sentence, "休息"):
			kind = RestDay
		case strings.Contains(sentence, "上班"):
			kind = Workday
		default:
			continue
		}
		days := 0
		for _, m := range noticeSpan.FindAllStringSubmatch(sentence, -1) {
			row, err := noticeRow(year, m)
			if err != nil {
				return nil, &NoticeError{err.(Problem), strings.TrimSpace(m[0])}
			}
			row.Kind, row.Name = kind, name
			days += int(row.To.Time().Sub(row.From.Time()).Hours()/24) + 1
			rows = append(rows, row)
		}
		if total := noticeTotal.FindStringSubmatch(sentence); total != nil && kind == RestDay && days != number(total[1]+total[2]) {
			return nil, &NoticeError{NoticeDays, strings.TrimSpace(sentence)}
		}
	}
	return rows, nil
}

// noticeRow is one span of days: groups 1 to 4 are its first day, 5 to 8 its last; what is left out is as before.
func noticeRow(year int, m []string) (CalendarRow, error) {
	orElse := func(text string, n int) int {
		if text == "" {
			return n
		}
		return number(text)
	}
	fromYear := orElse(m[1], year)
	from, ok := Day(fromYear, number(m[2]), number(m[3]))
	to, also := from, true
	if m[7] != "" {
		to, also = Day(orElse(m[5], fromYear), orElse(m[6], from.M), number(m[7]))
	}
	switch {
	case !ok || !also || to.Compare(from) < 0:
		return CalendarRow{}, NoticeBadDate
	case from.Y < year-1 || to.Y > year+1:
		return CalendarRow{}, NoticeFarDate
	case !onWeekday(from, m[4]) || !onWeekday(to, m[8]):
		return CalendarRow{}, NoticeWeekday
	}
	return CalendarRow{Year: year, From: from, To: to}, nil
}

// onWeekday reports whether the remark behind a date names no other day of the week.
func onWeekday(d Date, remark string) bool {
	m := noticeWeekday.FindStringSubmatch(remark)
	return m == nil || strings.Index("日一二三四五六", strings.Replace(m[1], "天", "日", 1)) == 3*int(d.Weekday())
}
