package cn

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func shipped(t *testing.T) *Calendar {
	t.Helper()
	c, err := NewCalendar(ShippedYears()...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCalendar_ShippedYears(t *testing.T) {
	t.Parallel()
	for _, year := range []struct {
		y, workdays int
		free        [][2]string
		worked      map[string]bool
	}{
		{2026, 248, [][2]string{{"01-01", "01-03"}, {"02-15", "02-23"}, {"04-04", "04-06"}, {"05-01", "05-05"}, {"06-19", "06-21"}, {"09-25", "09-27"}, {"10-01", "10-07"}},
			setOf("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")},
		{2027, 248, [][2]string{{"01-01", "01-03"}, {"02-05", "02-13"}, {"04-03", "04-05"}, {"05-01", "05-05"}, {"06-09", "06-09"}, {"09-15", "09-15"}, {"10-01", "10-07"}},
			setOf("01-31", "02-14", "05-08", "09-26", "10-09")},
	} {
		c := shipped(t)
		statutory, workdays := 0, 0
		for d := (Date{year.y, 1, 1, DayExact}); d.Y == year.y; d = d.AddDays(1) {
			md := d.String()[5:]
			free := slices.ContainsFunc(year.free, func(r [2]string) bool { return md >= r[0] && md <= r[1] })
			weekend := d.Weekday() == 0 || d.Weekday() == 6
			want := year.worked[md] || !weekend && !free
			if work, known := c.IsWorkday(d); !known || work != want {
				t.Errorf("%s: work %v known %v", d, work, known)
			}
			if year.worked[md] && !weekend {
				t.Errorf("%s is worked and no weekend", d)
			}
			switch kind, name, _ := c.Kind(d); kind {
			case Statutory:
				statutory++
				if name == "" || !free {
					t.Errorf("%s is statutory: %q, free %v", d, name, free)
				}
			case Workday:
				workdays++
			}
		}
		if statutory != 13 || workdays != year.workdays {
			t.Errorf("%d: %d statutory days, %d workdays", year.y, statutory, workdays)
		}
	}
}

func TestCalendar_AddWorkdays(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	for _, x := range []struct {
		from string
		n    int
		want string
	}{{"2026-02-13", 1, "2026-02-14"}, {"2026-02-14", 1, "2026-02-24"}, {"2026-09-30", 3, "2026-10-10"}, {"2026-11-23", 5, "2026-11-30"},
		{"2026-10-08", -1, "2026-09-30"}, {"2026-10-03", 0, "2026-10-03"}} {
		from, _ := ParseStored(x.from)
		if got, err := c.AddWorkdays(from, x.n); err != nil || got.String() != x.want {
			t.Errorf("%s%+d: %s, %v", x.from, x.n, got, err)
		}
	}
	if _, err := c.AddWorkdays(Date{2027, 12, 30, DayExact}, 5); !errors.Is(err, CalendarMissingYear) {
		t.Error(err)
	}
	if _, known := c.IsWorkday(Date{2028, 1, 1, DayExact}); known {
		t.Error("2028 is known")
	}
	if _, known := c.IsWorkday(Date{Y: 2026, M: 3, Precision: MonthOnly}); known {
		t.Error("a month is no workday")
	}
	rapid.Check(t, func(t *rapid.T) {
		from := Date{2026, 3, 1, DayExact}.AddDays(rapid.IntRange(0, 180).Draw(t, "from"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		to, err := c.AddWorkdays(from, n)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Workdays(from, to); err != nil || got != n {
			t.Fatalf("%s to %s: %d workdays, %v, want %d", from, to, got, err, n)
		}
	})
}

func TestNewCalendar_Rows(t *testing.T) {
	t.Parallel()
	day := func(d int) Date { return Date{2028, 1, d, DayExact} }
	c, err := NewCalendar(append(ShippedYears(), CalendarRow{2028, Date{2027, 12, 31, DayExact}, day(3), RestDay, "元旦"})...)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.AddWorkdays(Date{2027, 12, 30, DayExact}, 1); err != nil || got != day(4) {
		t.Error(got, err)
	}
	for name, rows := range map[string][]CalendarRow{
		"reversed": {{2028, day(3), day(1), RestDay, "x"}}, "vague": {{2027, Date{Y: 2027, Precision: YearOnly}, day(1), RestDay, "x"}},
		"too long": {{2027, Date{2027, 1, 1, DayExact}, Date{2027, 6, 1, DayExact}, RestDay, "x"}}, "no kind": {{2028, day(1), day(1), "", "x"}},
		"both": {{2028, day(1), day(3), RestDay, "x"}, {2028, day(3), day(3), Workday, "x"}},
	} {
		if _, err := NewCalendar(rows...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if c, err := NewCalendar(); err != nil || c.Known(2026) {
		t.Error("an empty calendar knows nothing")
	}
}
