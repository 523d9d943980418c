package cn

import "github.com/6tail/lunar-go/calendar"

// StatutoryDays are the 13 statutory days of a year since 2025 (全国年节及纪念日放假办法): 元旦 1, 春节 4 (除夕 to 初三),
// 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3. The yearly notice does not say which of its days off these are; the lunar calendar does.
func StatutoryDays(year int) []CalendarRow {
	solar := func(month, day int) Date { return Date{year, month, day, DayExact} }
	lunar := func(month, day int) Date {
		s := calendar.NewLunarFromYmd(year, month, day).GetSolar()
		return Date{s.GetYear(), s.GetMonth(), s.GetDay(), DayExact}
	}
	row := func(from Date, days int, name string) CalendarRow {
		return CalendarRow{year, from, from.AddDays(days - 1), Statutory, name}
	}
	return []CalendarRow{
		row(solar(1, 1), 1, "元旦"), row(lunar(1, 1).AddDays(-1), 4, "春节"), row(qingming(year), 1, "清明节"), row(solar(5, 1), 2, "劳动节"),
		row(lunar(5, 5), 1, "端午节"), row(lunar(8, 15), 1, "中秋节"), row(solar(10, 1), 3, "国庆节"),
	}
}

// qingming is the day of 清明, a solar term: 4, 5 or 6 April.
func qingming(year int) Date {
	for day := 4; day < 6; day++ {
		if calendar.NewSolarFromYmd(year, 4, day).GetLunar().GetJieQi() == "清明" {
			return Date{year, 4, day, DayExact}
		}
	}
	return Date{year, 4, 6, DayExact}
}
