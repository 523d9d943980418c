package cn

import "testing"

func TestEndsBefore(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"2020-03-11", "1999-01-01", true}, {"2026-01-01", "2025-11-30", true}, {"2026-01-01", "2026-01-01", false},
		{"2026", "2026-05-01", false}, {"2026", "2025-12", true}, {"2026-05", "2026", false}, {"2026-05-31", "2026-05", false},
		{"", "1999-01-01", false}, {"2026-01-01", "", false}, {"long ago", "1999", false},
	} {
		if got := EndsBefore(c.from, c.to); got != c.want {
			t.Errorf("from %q to %q: %v", c.from, c.to, got)
		}
	}
}

func TestAhead(t *testing.T) {
	today := Date{2026, 11, 23, DayExact}
	for _, c := range []struct {
		day      string
		come, in bool // has come; within a year
	}{
		{"2026-11-23", true, true}, {"2026-11", true, true}, {"2026", true, true}, {"2026-12-01", false, true}, {"2027-11-23", false, true},
		{"2027", false, true}, {"2027-11-24", false, false}, {"2028", false, false}, {"2099-01-01", false, false}, {"", true, true}, {"soon", true, true},
	} {
		if AfterToday(c.day, today) == c.come || FarAhead(c.day, today) == c.in {
			t.Errorf("%q: after today %v, far ahead %v", c.day, AfterToday(c.day, today), FarAhead(c.day, today))
		}
	}
	if FarAhead("2099", Date{}) {
		t.Error("nobody said what day it is")
	}
}
