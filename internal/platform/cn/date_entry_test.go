package cn

import "testing"

func TestEntryDay(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"": "", " ": "", "/": "", "20261123": "2026-11-23", "2026-11-23": "2026-11-23", "11-23": "2026-11-23", "11.5": "2026-11-05",
		"今天": "2026-11-23", "Today": "2026-11-23", "+7": "2026-11-30", "-1": "2026-11-22", "＋7": "2026-11-30", "2026年12月1日": "2026-12-01", "12月1日": "2026-12-01", "26.12.1": "2026-12-01",
	} {
		if got, err := EntryDay(typed, "2026-11-23"); err != nil || got != want {
			t.Errorf("%q = %q, %v; want %q", typed, got, err, want)
		}
	}
	for typed, want := range map[string]Problem{
		"soon": DateNotUnderstood, "2026-02-30": DateImpossible, "2026年3月": DateNotUnderstood, "2026": DateNotUnderstood,
		"长期": DateNotUnderstood, "1/2/2026": DateAmbiguous,
	} {
		if got, err := EntryDay(typed, "2026-11-23"); err != want {
			t.Errorf("%q = %q, %v; want %v", typed, got, err, want)
		}
	}
}

func TestDayShown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]int{"3月12日": {3, 12}, "2026-03-12": {3, 12}, "12-Mar": {3, 12}, "Mar-32": {3, 32}, "2026/1/2 0:00:00": {1, 2}} {
		if m, d, ok := DayShown(text); !ok || m != want[0] || d != want[1] {
			t.Errorf("%s: %d-%d %t", text, m, d, ok)
		}
	}
	for _, text := range []string{"3-1202", "Mar-00", "Mär-32", "1202"} {
		if _, _, ok := DayShown(text); ok {
			t.Errorf("%s is no day", text)
		}
	}
}
