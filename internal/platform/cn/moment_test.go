package cn

import "testing"

func TestParseMoment(t *testing.T) {
	today, _ := Day(2026, 12, 3)
	for typed, want := range map[string]string{
		"":                     "",
		"无":                    "",
		"2026-12-01":           "2026-12-01",
		"2026-12":              "2026-12",
		"2026-12-01 09:40":     "2026-12-01 09:40",
		"2026-12-01T09:40:12Z": "2026-12-01 09:40",
		"20261201 9:40":        "2026-12-01 09:40",
		"12-1 21：15":           "2026-12-01 21:15",
		"昨天 下午3点":              "2026-12-02 15:00",
		"昨天下午3点半":              "2026-12-02 15:30",
		"12月1日 上午9点40分":        "2026-12-01 09:40",
		"12月1日12:05 AM":        "2026-12-01 00:05",
		"晚上8时":                 "2026-12-03 20:00",
		"中午12点":                "2026-12-03 12:00",
		"9:40":                 "2026-12-03 09:40",
		"12/1/2026 1:05 PM":    "!date.ambiguous",
		"2026-12-01 24:30":     "!date.impossible",
		"2026-12-01 9:75":      "!date.impossible",
		"2026-12 9:40":         "!date.not_understood",
		"大概 9:40":              "!date.not_understood",
		"大概":                   "!date.not_understood",
	} {
		m, wrong := ParseMoment(typed, DateContext{Today: today, Entry: true})
		got := m.String()
		if wrong != "" {
			got = "!" + string(wrong)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
		if wrong != "" || want == "" {
			continue
		}
		if again, wrong := ParseMoment(got, DateContext{Today: today, Entry: true}); wrong != "" || again != m {
			t.Errorf("%q is stored as %q, which reads as %q (%v)", typed, got, again, wrong)
		}
	}
}
