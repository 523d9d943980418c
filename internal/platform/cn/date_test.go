package cn

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func dateLine(r DateReading) string {
	if r.None != "" {
		return "none " + string(r.None)
	}
	s := r.Date.String()
	for _, p := range r.Problems {
		s += "!" + string(p)
	}
	for _, c := range r.Candidates {
		s += " ?" + c.String()
	}
	return strings.TrimSpace(s)
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	sheet := DateContext{Today: today, SheetYear: 2019}
	plain := DateContext{Today: today}
	cell := DateContext{Today: today, NumberCell: true}
	entry := DateContext{Today: today, Entry: true}
	for _, c := range []struct {
		typed string
		in    DateContext
		want  string
	}{
		{"2019.3.5", plain, "2019-03-05"}, {"2019-3-5", plain, "2019-03-05"}, {"2019/03/05", plain, "2019-03-05"},
		{"2019年3月5日", plain, "2019-03-05"}, {"2019 年 3 月 5 号", plain, "2019-03-05"}, {"20190305", plain, "2019-03-05"}, {"19.3.5", plain, "2019-03-05"},
		{"２０１９。３。５", plain, "2019-03-05"}, {"2019、3、5", plain, "2019-03-05"}, {"2019—3—5", plain, "2019-03-05"}, {"2019.3.5.", plain, "2019-03-05"},
		{"58.3.5", plain, "1958-03-05"}, {"46.3.5", plain, "2046-03-05"}, {"47.3.5", plain, "1947-03-05"}, {"19.3.5", DateContext{}, "2019-03-05"},
		{"2019年3月", plain, "2019-03"}, {"2019.03", plain, "2019-03"}, {"2019-10", plain, "2019-10"}, {"201910", plain, "2019-10"}, {"19年3月", plain, "2019-03"},
		{"2019", plain, "2019"}, {"2019年", plain, "2019"},
		{"二〇一九年三月五日", plain, "2019-03-05"}, {"二○一九年十月廿一日", plain, "2019-10-21"}, {"二O一九年十二月三十一日", plain, "2019-12-31"}, {"二零一九年元月", plain, "2019-01"},
		{"3月5日", sheet, "2019-03-05"}, {"三月五日", sheet, "2019-03-05"}, {"3月5日", entry, "2026-03-05"}, {"3月5日", plain, "!date.year_missing ?2026-03-05"},
		{"2019-03-05 00:00:00", plain, "2019-03-05"}, {"2019/3/5 0:00", plain, "2019-03-05"}, {"2019-03-05T08:00:00Z", plain, "2019-03-05"}, {"2026-11-23（周一）", plain, "2026-11-23"},
		{"190305", plain, "2019-03-05"}, {"201112", plain, "!date.ambiguous ?2011-12 ?2020-11-12"},
		{"3/5/2019", plain, "!date.ambiguous ?2019-03-05 ?2019-05-03"}, {"3/25/2019", plain, "2019-03-25"}, {"5/5/2019", plain, "2019-05-05"},
		{"2019.1", plain, "2019-01"}, {"2019.1", cell, "!date.ambiguous ?2019-01 ?2019-10"}, {"2019.11", cell, "2019-11"}, {"2019.3", cell, "2019-03"},
		{"43521", plain, "!date.maybe_serial ?2019-02-25"},
		{"长期", plain, "none long_term"}, {"至今", plain, "none until_now"}, {"/", plain, "none empty"}, {"无", plain, "none empty"}, {"待补", plain, "none pending"}, {"", plain, "none empty"},
		{"今天", entry, "2026-11-23"}, {"+7", entry, "2026-11-30"}, {"-1", entry, "2026-11-22"}, {"明天", entry, "2026-11-24"}, {"11-23", entry, "2026-11-23"}, {"20261123", entry, "2026-11-23"},
		{"今天", plain, "!date.not_understood"}, {"11-23", sheet, "2019-11-23"}, {"19.3", sheet, "2019-03"}, {"11.10", sheet, "!date.ambiguous ?2019-11-10 ?2011-10"}, {"11.10", plain, "!date.ambiguous ?2011-10"},
		{"2019-02-29", plain, "!date.impossible"}, {"2019.13.1", plain, "!date.impossible"}, {"1019-01-01", plain, "!date.impossible"}, {"2-30", entry, "!date.impossible"},
		{"张三", plain, "!date.not_understood"}, {"2019-3-5至2020-3-4", plain, "!date.not_understood"},
	} {
		if got := dateLine(ParseDate(c.typed, c.in)); got != c.want {
			t.Errorf("%q in %+v: %s, want %s", c.typed, c.in, got, c.want)
		}
	}
}

func TestParseSerial(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		mac  bool
		want string
	}{{"43521", false, "2019-02-25"}, {"43521.75", false, "2019-02-25"}, {"42059", true, "2019-02-25"}, {"61", false, "1900-03-01"}, {" 43521 ", false, "2019-02-25"}, {"0", true, "1904-01-01"}} {
		if got, err := ParseSerial(c.text, c.mac); err != nil || got.String() != c.want {
			t.Errorf("%s: %s, %v", c.text, got, err)
		}
	}
	for text, want := range map[string]Problem{"60": DateSerialRange, "-5": DateSerialRange, "1e300": DateSerialRange, "x": DateNotUnderstood, "NaN": DateNotUnderstood, "": DateNotUnderstood} {
		if got, err := ParseSerial(text, false); !errors.Is(err, want) {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

func TestDate_StoredRoundTrip(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2019-13", "2019-02-29", "2019-2-3", "20190203", "x", "0000"} {
		if d, err := ParseStored(s); err == nil {
			t.Errorf("%s read as %s", s, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Date{1850, 1, 1, DayExact}.AddDays(rapid.IntRange(0, 120000).Draw(t, "day"))
		switch rapid.IntRange(0, 3).Draw(t, "precision") {
		case 0:
			d = Date{}
		case 1:
			d = Date{Y: d.Y, Precision: YearOnly}
		case 2:
			d = Date{Y: d.Y, M: d.M, Precision: MonthOnly}
		}
		if back, err := ParseStored(d.String()); err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
		if d.Precision != DayExact {
			return
		}
		for _, form := range []string{"%d-%d-%d", "%d/%02d/%02d", "%d.%d.%d", "%d年%d月%d日", "%04d%02d%02d"} {
			text := fmt.Sprintf(form, d.Y, d.M, d.D)
			if r := ParseDate(text, DateContext{}); r.Date != d {
				t.Fatalf("%s read as %s", text, dateLine(r))
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2019.3.5", "二〇一九年三月五日", "3月5日", "43521", "201112", "长期", "+7", "2019-03-05 00:00:00", "11-23", "3/5/2019", "2019年廿月", "-88888"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, in := range []DateContext{{}, {Today: today, Entry: true}, {Today: today, SheetYear: 2019, NumberCell: true}} {
			r := ParseDate(s, in)
			answers := 0
			for _, is := range []bool{!r.Date.IsZero(), r.None != "", len(r.Problems) > 0} {
				if is {
					answers++
				}
			}
			if answers != 1 {
				t.Fatalf("%q: %+v", s, r)
			}
			if back, err := ParseStored(r.Date.String()); !r.Date.IsZero() && (err != nil || back != r.Date) {
				t.Fatalf("%q: %s is not storable: %v", s, r.Date, err)
			}
		}
		_, _ = ParseSerial(s, false)
		_, _ = ParseStored(s)
	})
}
