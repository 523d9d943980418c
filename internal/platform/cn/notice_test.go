package cn

import (
	"errors"
	"strings"
	"testing"
)

// notice2027 is made up in the manner of the notices, with the days of 2027.
const notice2027 = `关于2027年部分节假日安排的通知

各单位：现将2027年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至13日（农历正月初八、周六）放假调休，共9天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，不调休。
六、中秋节：9月15日（周三）放假，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
节假日期间，各单位要妥善安排值班。`

func TestParseNotice_GivesTheShippedYear(t *testing.T) {
	t.Parallel()
	year, rows, err := ParseNotice(notice2027)
	if err != nil || year != 2027 {
		t.Fatal(year, err)
	}
	read, err := NewCalendar(rows...)
	if err != nil {
		t.Fatal(err)
	}
	known := shipped(t)
	for d := (Date{2027, 1, 1, DayExact}); d.Y == 2027; d = d.AddDays(1) {
		kind, _, _ := read.Kind(d)
		if want, _, _ := known.Kind(d); kind != want {
			t.Errorf("%s is %s, want %s", d, kind, want)
		}
	}
}

func TestParseNotice_Ways(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"over the turn of the year": "一、元旦：2027年12月31日至2028年1月2日放假，共3天。",
		"a month named twice":       "1．元旦：1月1日至1月3日放假，与周末连休。",
		"full-width figures":        "一、元旦：１月１日（星期六）放假１天。",
		"two days one by one":       "一、元旦：1月1日、1月2日放假，共2天。",
	} {
		if _, rows, err := ParseNotice("2028年放假安排\r\n" + line); err != nil || rows[0].Kind != RestDay || rows[0].Name != "元旦" {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
	}
}

func TestParseNotice_Refuses(t *testing.T) {
	t.Parallel()
	for problem, text := range map[Problem]string{
		NoticeNoYear:     "一、元旦：1月1日至3日放假。",
		NoticeNoDays:     "2028年物业费收取通知：3月1日起收。",
		NoticeDays:       strings.Replace(notice2027, "共9天", "共8天", 1),
		NoticeWeekday:    strings.Replace(notice2027, "2月5日（农历腊月二十九、周五）", "2月5日（农历腊月二十九、周六）", 1),
		NoticeBadDate:    strings.Replace(notice2027, "4月3日（周六）至5日（周一）", "4月31日至5日", 1),
		NoticeFarDate:    "2028年\n一、元旦：2025年1月1日放假。",
		CalendarConflict: strings.Replace(notice2027, "5月8日（周六）上班", "5月3日（周一）上班", 1),
	} {
		if _, _, err := ParseNotice(text); !errors.Is(err, problem) {
			t.Errorf("%s: %v", problem, err)
		}
	}
}
