package cn

// ShippedYears are the notices that come with the program: of 2025-11-04 for 2026, of November 2026 for 2027. The 13 statutory
// days of each are those that StatutoryDays computes.
func ShippedYears() []CalendarRow {
	row := func(y, m1, d1, m2, d2 int, kind DayKind, name string) CalendarRow {
		return CalendarRow{y, Date{y, m1, d1, DayExact}, Date{y, m2, d2, DayExact}, kind, name}
	}
	rows := []CalendarRow{
		row(2026, 1, 1, 1, 3, RestDay, "元旦"), row(2026, 1, 4, 1, 4, Workday, "元旦"),
		row(2026, 2, 15, 2, 23, RestDay, "春节"), row(2026, 2, 14, 2, 14, Workday, "春节"), row(2026, 2, 28, 2, 28, Workday, "春节"),
		row(2026, 4, 4, 4, 6, RestDay, "清明节"),
		row(2026, 5, 1, 5, 5, RestDay, "劳动节"), row(2026, 5, 9, 5, 9, Workday, "劳动节"),
		row(2026, 6, 19, 6, 21, RestDay, "端午节"),
		row(2026, 9, 25, 9, 27, RestDay, "中秋节"),
		row(2026, 10, 1, 10, 7, RestDay, "国庆节"), row(2026, 9, 20, 9, 20, Workday, "国庆节"), row(2026, 10, 10, 10, 10, Workday, "国庆节"),

		row(2027, 1, 1, 1, 3, RestDay, "元旦"),
		row(2027, 2, 5, 2, 13, RestDay, "春节"), row(2027, 1, 31, 1, 31, Workday, "春节"), row(2027, 2, 14, 2, 14, Workday, "春节"),
		row(2027, 4, 3, 4, 5, RestDay, "清明节"),
		row(2027, 5, 1, 5, 5, RestDay, "劳动节"), row(2027, 5, 8, 5, 8, Workday, "劳动节"),
		row(2027, 6, 9, 6, 9, RestDay, "端午节"),
		row(2027, 9, 15, 9, 15, RestDay, "中秋节"),
		row(2027, 10, 1, 10, 7, RestDay, "国庆节"), row(2027, 9, 26, 9, 26, Workday, "国庆节"), row(2027, 10, 9, 10, 9, Workday, "国庆节"),
	}
	return append(rows, append(StatutoryDays(2026), StatutoryDays(2027)...)...)
}
