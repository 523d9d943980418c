package cn

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func calendar2026(t *testing.T) *Calendar {
	t.Helper()
	c, err := NewCalendar(Rows2026()...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCalendar_2026(t *testing.T) {
	t.Parallel()
	c := calendar2026(t)
	free := map[string]bool{}
	for _, r := range [][2]string{{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"}, {"2026-05-01", "2026-05-05"},
		{"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"}, {"2026-10-01", "2026-10-07"}} {
		from, _ := ParseStored(r[0])
		to, _ := ParseStored(r[1])
		for d := from; d.Compare(to) <= 0; d = d.AddDays(1) {
			free[d.String()] = true
		}
	}
	worked := setOf("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
	statutory, workdays := 0, 0
	for d := (Date{2026, 1, 1, DayExact}); d.Y == 2026; d = d.AddDays(1) {
		weekend := d.Weekday() == 0 || d.Weekday() == 6
		want := worked[d.String()] || !weekend && !free[d.String()]
		if work, known := c.IsWorkday(d); !known || work != want {
			t.Errorf("%s: work %v known %v", d, work, known)
		}
		if worked[d.String()] && !weekend {
			t.Errorf("%s is worked and no weekend", d)
		}
		switch kind, name, _ := c.Kind(d); kind {
		case Statutory:
			statutory++
			if name == "" {
				t.Errorf("%s has no name", d)
			}
		case Workday:
			workdays++
		}
	}
	if statutory != 13 || workdays != 248 {
		t.Errorf("%d statutory days, %d workdays", statutory, workdays)
	}
}

func TestCalendar_AddWorkdays(t *testing.T) {
	t.Parallel()
	c := calendar2026(t)
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
	if _, err := c.AddWorkdays(Date{2026, 12, 30, DayExact}, 5); !errors.Is(err, CalendarMissingYear) {
		t.Error(err)
	}
	if _, known := c.IsWorkday(Date{2027, 1, 1, DayExact}); known {
		t.Error("2027 is known")
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
	day := func(d int) Date { return Date{2027, 1, d, DayExact} }
	c, err := NewCalendar(append(Rows2026(), CalendarRow{2027, Date{2026, 12, 31, DayExact}, day(3), RestDay, "元旦"})...)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.AddWorkdays(Date{2026, 12, 30, DayExact}, 1); err != nil || got != day(4) {
		t.Error(got, err)
	}
	for name, rows := range map[string][]CalendarRow{
		"reversed": {{2027, day(3), day(1), RestDay, "x"}}, "vague": {{2027, Date{Y: 2027, Precision: YearOnly}, day(1), RestDay, "x"}},
		"too long": {{2027, Date{2027, 1, 1, DayExact}, Date{2027, 6, 1, DayExact}, RestDay, "x"}}, "no kind": {{2027, day(1), day(1), "", "x"}},
		"both": {{2027, day(1), day(3), RestDay, "x"}, {2027, day(3), day(3), Workday, "x"}},
	} {
		if _, err := NewCalendar(rows...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if c, err := NewCalendar(); err != nil || c.Known(2026) {
		t.Error("an empty calendar knows nothing")
	}
}
