package cn

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// phoneLine writes the phones of a cell on one line.
func phoneLine(cell string) string {
	var out []string
	for _, p := range ParsePhones(cell) {
		s := string(p.Kind) + " " + p.Digits
		if p.Ext != "" {
			s += "x" + p.Ext
		}
		if p.Label != "" {
			s = p.Label + ": " + s
		}
		if p.Note != "" {
			s += " (" + p.Note + ")"
		}
		if p.Rest != "" {
			s += " rest=" + p.Rest
		}
		for _, problem := range p.Problems {
			s += " !" + string(problem)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestParsePhones(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"13800138000", "mobile 13800138000"},
		{"+86 138-0013-8000", "mobile 13800138000"},
		{"008613800138000", "mobile 13800138000"},
		{"8613800138000", "mobile 13800138000"},
		{"013800138000", "mobile 13800138000"},
		{"１３８　００１３　８０００", "mobile 13800138000"},
		{"\u200b138\u00a00013\u00a08000", "mobile 13800138000"},
		{"138.0013.8000", "mobile 13800138000"},
		{"020-82311234", "landline 02082311234"},
		{"020-8231 1234转802", "landline 02082311234x802"},
		{"020-82311234-802", "landline 02082311234x802"},
		{"(020)82311234", "landline 02082311234"},
		{"（0755）2612345", "landline 07552612345"},
		{"+86 20 8231 1234 ext.802", "landline 02082311234x802"},
		{"075526123456", "landline 075526123456"},
		{"82311234", "local 82311234 !phone.no_area_code"},
		{"8231 123", "local 8231123 !phone.no_area_code"},
		{"400-820-8820", "hotline 4008208820"},
		{"4008-208-820", "hotline 4008208820"},
		{"4008208-820", "hotline 4008208820"},
		{"8008208820", "hotline 8008208820"},
		{"95533", "service 95533"},
		{"961234", "service 961234"},
		{"10086", "service 10086"},
		{"+852 2345 6789", "hong_kong +85223456789"},
		{"852-23456789", "hong_kong +85223456789"},
		{"+853 62345678", "macau +85362345678"},
		{"+886 912 345 678", "taiwan +886912345678"},
		{"+886 0912345678", "taiwan +886912345678"},
		{"+1 415 555 0132", "foreign +14155550132"},
		// several
		{"13800001234/13900001234", "mobile 13800001234; mobile 13900001234"},
		{"13800001234 13900001234", "mobile 13800001234; mobile 13900001234"},
		{"138 0000 1234 139 0000 1234", "mobile 13800001234; mobile 13900001234"},
		{"13800001234\n020-82311234", "mobile 13800001234; landline 02082311234"},
		{"13800001234、020-82311234；95533", "mobile 13800001234; landline 02082311234; service 95533"},
		{"张三：13800001234、李四:13900001234", "张三: mobile 13800001234; 李四: mobile 13900001234"},
		{"张三：13800001234、13700001234，李四:13900001234", "张三: mobile 13800001234; 张三: mobile 13700001234; 李四: mobile 13900001234"},
		{"13800001234(儿子)", "mobile 13800001234 (儿子)"},
		{"13800001234（儿子）13900001234（女儿）", "mobile 13800001234 (儿子); mobile 13900001234 (女儿)"},
		{"13800001234儿子、13900001234女儿", "mobile 13800001234 (儿子); mobile 13900001234 (女儿)"},
		{"张三13800001234 李四13900001234", "张三: mobile 13800001234; 李四: mobile 13900001234"},
		{"张三:13800001234 李四:13900001234", "张三: mobile 13800001234; 李四: mobile 13900001234"},
		{"张三：13800001234李四：13900001234", "张三: mobile 13800001234; 李四: mobile 13900001234"},
		{"1202张三:13800001234", "1202张三: mobile 13800001234"},
		{"B座张三:13800001234", "B座张三: mobile 13800001234"},
		{"020-82311234 分机:802", "landline 02082311234x802"},
		{"张三(13800001234)", "张三: mobile 13800001234"},
		{"13800001234：张三", "mobile 13800001234 (张三)"},
		// what is not understood stays
		{"1380000123", "  rest=1380000123 !phone.bad_length"},
		{"138000012345", "  rest=138000012345 !phone.bad_length"},
		{"1380 0001 23", "  rest=1380 0001 23 !phone.bad_length"},
		{"138 2607 551", "  rest=138 2607 551 !phone.bad_length"},
		{"138-2607-551 139 0000 1234", "  rest=138-2607-551 !phone.bad_length; mobile 13900001234"},
		{"138 2607 55123", "  rest=138 2607 55123 !phone.bad_length"},
		{"138 2607 551、82311234", "  rest=138 2607 551 !phone.bad_length; local 82311234 !phone.no_area_code"},
		{"1.38E+10", "  rest=1.38E+10 !phone.excel_rounded"},
		{"13800001234/35", "mobile 13800001234;   rest=35 !phone.not_understood"},
		{"微信同号", "  rest=微信同号 !phone.not_understood"},
		{"张三：", "张三:   !phone.missing"},
		{"无", ""}, {"/", ""}, {"待补", ""}, {"", ""},
	} {
		if got := phoneLine(c[0]); strings.TrimSpace(got) != strings.TrimSpace(c[1]) {
			t.Errorf("%q:\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}

func TestCallerDigits(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"020-8231 1234转802":       {"02082311234"},
		"+86 138-0000-1234":       {"13800001234"},
		"13800001234/13900001234": {"13800001234", "13900001234"},
		"１３８００００１２３４":             {"13800001234"},
		"862082311234":            {"02082311234"},
		"1234":                    {"1234"},
		"张三":                      nil,
	} {
		if got := CallerDigits(typed); !slices.Equal(got, want) {
			t.Errorf("%s: %v", typed, got)
		}
	}
}

func TestPhone_FormatMaskRuns(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"13800138000", "138 0013 8000", "138****8000"},
		{"02162343390", "021-6234 3390", "021-****3390"},
		{"07552612345", "0755-261 2345", "0755-****2345"},
		{"4008208820", "400-820-8820", "4008208820"},
		{"+85223456789", "+852 2345 6789", "+852 ****6789"},
		{"+886912345678", "+886 91234 5678", "+886 ****5678"},
		{"62343390", "6234 3390", "****3390"},
		{"95533", "95533", "95533"},
		{"12", "12", "*2"},
		{"", "", ""},
	} {
		if got := FormatPhone(c[0]); got != c[1] {
			t.Errorf("FormatPhone(%s) = %s", c[0], got)
		}
		if got := MaskPhone(c[0]); got != c[2] {
			t.Errorf("MaskPhone(%s) = %s", c[0], got)
		}
	}
	if got := FourRuns("1380-0138"); !slices.Equal(got, []string{"1380", "3800", "8001", "0013", "0138"}) {
		t.Error(got)
	}
	if got := FourRuns("11111"); !slices.Equal(got, []string{"1111"}) || FourRuns("123") != nil {
		t.Error(got)
	}
}

// However a mobile number is written, the caller page finds the same digits.
func TestPhone_RoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.StringMatching(`(1[3-9]\d{9}|02[0-9][2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6})`).Draw(t, "digits")
		forms := []string{d, FormatPhone(d), "+86 " + FormatPhone(d), "张三：" + d + "(家)", strings.Join(strings.Split(d, ""), "\u200b")}
		for _, form := range forms {
			if got := CallerDigits(form); !slices.Equal(got, []string{d}) {
				t.Fatalf("%q gives %v", form, got)
			}
		}
	})
}

func FuzzParsePhones(f *testing.F) {
	for _, s := range []string{"张三：13800001234、李四:13900001234(儿子)", "020-8231 1234转802", "(021)62343390", "+86 138-0000-1234", "1.38E+10",
		"13800001234/35", "((13800001234", ":::", "张三(13800001234)", "+852 2345 6789 +1 415 555 0132", "00861380000123400"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := ""
		for _, p := range ParsePhones(s) {
			all += p.Label + p.Note + p.Digits + p.Ext + p.Rest
			if p.Digits == "" && p.Rest == "" && !slices.Contains(p.Problems, PhoneMissing) {
				t.Fatalf("%q: empty phone %+v", s, p)
			}
			_, _, _ = FormatPhone(p.Digits), MaskPhone(p.Digits), FourRuns(p.Digits)
		}
		keepsDigits(t, strings.NewReplacer("86", "", "00", "", "0", "").Replace(Fold(s)), all) // 0086 and 0 may go
		_ = CallerDigits(s)
		_ = MaskPhone(s)
	})
}
