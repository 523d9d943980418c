package cn

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var today = Date{2026, 11, 23, DayExact}

func TestParseID(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, number string
		kind          IDKind
		birth         string
		sex           Sex
		problems      []Problem
	}{
		{"11010519491231002X", "11010519491231002X", IDResident, "1949-12-31", Female, nil},
		{"34052419800101001X", "34052419800101001X", IDResident, "1980-01-01", Male, nil},
		{"110101200002290018", "110101200002290018", IDResident, "2000-02-29", Male, nil}, // leap day
		{"１１０１０５　19491231\u200b 002x", "11010519491231002X", IDResident, "1949-12-31", Female, nil},
		{"'34052419800101001X", "34052419800101001X", IDResident, "1980-01-01", Male, nil},
		{"身份证号：11010519491231002X", "11010519491231002X", IDResident, "1949-12-31", Female, nil},
		{"110105491231002", "110105491231002", IDResidentOld, "1949-12-31", Female, nil},
		{"810000199408230021", "810000199408230021", IDHMTResidence, "1994-08-23", Female, nil},
		{"991156197801010014", "991156197801010014", IDForeignPR, "1978-01-01", "", nil},
		{"USA110078010115", "USA110078010115", IDForeignPROld, "", "", nil},
		{"H12345678", "H12345678", IDHMTravel, "", "", nil},
		{"m1234567801", "M1234567801", IDHMTravel, "", "", nil},
		{"12345678", "12345678", IDTaiwanTravel, "", "", nil},
		{"1234567890(B)", "1234567890(B)", IDTaiwanTravel, "", "", nil},
		{"E12345678", "E12345678", IDPassport, "", "", nil},
		{"EA1234567", "EA1234567", IDPassport, "", "", nil},
		{"EI1234567", "EI1234567", IDPassportOther, "", "", nil}, // no I in a Chinese series
		{"G12345678", "G12345678", IDPassport, "", "", nil},
		{"141234567", "141234567", IDPassport, "", "", nil},
		{"151234567", "151234567", IDPassport, "", "", nil},
		{"PE1234567", "PE1234567", IDPassport, "", "", nil},
		{"P.1234567", "P.1234567", IDPassport, "", "", nil},
		{"D12345678", "D12345678", IDPassport, "", "", nil},
		{"K12345678", "K12345678", IDPassport, "", "", nil},
		{"MA1234567", "MA1234567", IDPassport, "", "", nil},
		{"312345678", "312345678", IDPassportOther, "", "", nil}, // Taiwan
		{"C01X00T47", "C01X00T47", IDPassportOther, "", "", nil},
		{"军官证 南字第1234567号", "军官证南字第1234567号", IDMilitary, "", "", nil},
		{"户口簿 00123", "户口簿00123", IDHouseholdBook, "", "", nil},
		{"", "", IDNone, "", "", nil},
		{"待补", "", IDNone, "", "", nil},

		{"650101198001010016", "650101198001010016", IDResident, "1980-01-01", Male, nil},
		{"660101198001010018", "660101198001010018", IDResident, "1980-01-01", Male, []Problem{IDUnknownRegion}},
		{"110105194912310021", "110105194912310021", IDResident, "1949-12-31", Female, []Problem{IDBadCheck}},
		{"110105194902300025", "110105194902300025", IDResident, "", Female, []Problem{IDBadDate, IDBadCheck}},
		{"110101200102290013", "110101200102290013", IDResident, "", Male, []Problem{IDBadDate, IDBadCheck}},
		{"991231491231002", "991231491231002", IDResidentOld, "1949-12-31", Female, []Problem{IDUnknownRegion}},
		{"110101203001010015", "110101203001010015", IDResident, "2030-01-01", Male, []Problem{IDFutureBirth, IDBadCheck}},
		{"111111111111111111", "111111111111111111", IDResident, "", Male, []Problem{IDBadDate, IDBadCheck}}, // a dummy
		{"1101051949123100", "1101051949123100", IDResident, "", "", []Problem{IDBadLength}},
		{"11010519491231002", "11010519491231002", IDResident, "", "", []Problem{IDBadLength}},
		{"1101051949123100212", "1101051949123100212", IDResident, "", "", []Problem{IDBadLength}},
		{"11010519491231O02X", "11010519491231O02X", IDResident, "", "", []Problem{IDBadCharacter}},
		{"1.10105E+17", "1.10105E+17", IDUnknown, "", "", []Problem{IDExcelRounded}},
		{"110105194912310000", "110105194912310000", IDResident, "1949-12-31", Female, []Problem{IDBadCheck, IDExcelRounded}},
		{"13800138000", "13800138000", IDUnknown, "", "", []Problem{IDLooksLikeCell}},
		{"张三", "张三", IDUnknown, "", "", []Problem{IDNotUnderstood}},
	} {
		got := ParseID(c.typed, today)
		if got.Original != c.typed || got.Number != c.number || got.Kind != c.kind || got.Birth.String() != c.birth || got.Sex != c.sex ||
			!slices.Equal(got.Problems, c.problems) {
			t.Errorf("%s: %+v", c.typed, got)
		}
	}
}

// Every number that fits and ends in 000 keeps a doubt, since one rounded number in eleven fits by chance.
func TestParseID_FitsByChance(t *testing.T) {
	t.Parallel()
	for year := 1950; year < 2000; year++ {
		n := "110105" + Date{year, 1, 1, DayExact}.Time().Format("20060102") + "000"
		if idCheck(n) == '0' {
			if got := ParseID(n+"0", today); !slices.Equal(got.Problems, []Problem{IDEndsInZeros}) {
				t.Errorf("%s: %v", n, got.Problems)
			}
			return
		}
	}
	t.Error("no example found")
}

func TestID_Lookups(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"110105491231002":    {"110105491231002", "11010519491231002X"},
		"11010519491231002X": {"11010519491231002X", "110105491231002"},
		"110101200002290018": {"110101200002290018"},
		"H1234567801":        {"H1234567801", "H12345678"},
		"810000199408230021": {"810000199408230021"},
		"无":                  nil,
	} {
		if got := ParseID(typed, today).Lookups(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", typed, got)
		}
	}
}

// The old and the new number of a person find each other.
func TestID_RoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Date{1900, 1, 1, DayExact}.AddDays(rapid.IntRange(0, 36500).Draw(t, "day"))
		body := "440305" + d.Time().Format("20060102") + rapid.StringMatching(`[0-9]{3}`).Draw(t, "seq")
		full := body + string(idCheck(body))
		id := ParseID(full, today)
		if slices.Contains(id.Problems, IDBadCheck) || id.Birth != d {
			t.Fatalf("%s: %+v", full, id)
		}
		if l := id.Lookups(); len(l) != 2 || !slices.Contains(ParseID(l[1], today).Lookups(), full) {
			t.Fatalf("%s is lost by way of %v", full, l)
		}
		wrong := []byte(full)
		i := rapid.IntRange(0, 16).Draw(t, "at")
		wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if id := ParseID(string(wrong), today); id.Kind == IDResident && !slices.Contains(id.Problems, IDBadCheck) {
			t.Fatalf("one wrong digit passes: %s", wrong)
		}
	})
}

func TestParseIDs(t *testing.T) {
	t.Parallel()
	type row struct {
		label, number, note string
		kind                IDKind
	}
	for cell, want := range map[string][]row{
		"张三：11010519491231002X、李四:110105491231002(子)": {{"张三", "11010519491231002X", "", IDResident}, {"李四", "110105491231002", "子", IDResidentOld}},
		"11010519491231002X 34052419800101001X":       {{"", "11010519491231002X", "", IDResident}, {"", "34052419800101001X", "", IDResident}},
		"110105 19491231 002X":                        {{"", "11010519491231002X", "", IDResident}},
		"张三11010519491231002X/待补":                     {{"张三", "11010519491231002X", "", IDResident}, {"", "", "", IDNone}},
		"张三(11010519491231002X)":                      {{"张三", "11010519491231002X", "", IDResident}},
		"张三：":                                         {{"张三", "", "", IDNone}},
		"军官证 南字第1234567号":                             {{"", "军官证南字第1234567号", "", IDMilitary}},
		"无":                                           nil,
	} {
		var got []row
		for _, l := range ParseIDs(cell, today) {
			got = append(got, row{l.Label, l.ID.Number, l.Note, l.ID.Kind})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", cell, got)
		}
	}
}

func TestMaskID(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{"11010519491231002X": "**************002X", "H12345678": "*****5678", "12345678": "******78", "": "", "A1": "*1"} {
		if got := MaskID(number); got != want {
			t.Errorf("%s: %s", number, got)
		}
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "110105491231002", "1.10105E+17", "H1234567801", "E12345678", "张三：110105491231002、(子)", "1234567890(B)", "X"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id := ParseID(s, today)
		if id.Original != s || (id.Kind == IDNone) != (id.Number == "") {
			t.Fatalf("%q: %+v", s, id)
		}
		_ = id.Lookups()
		_ = MaskID(s)
		all := ""
		for _, l := range ParseIDs(s, today) {
			all += l.Label + l.Note + l.ID.Original
			_ = l.ID.Lookups()
		}
		keepsDigits(t, s, all)
	})
}

// keepsDigits fails when a digit of the cell is nowhere in the parts it was read into.
func keepsDigits(t *testing.T, cell, parts string) {
	t.Helper()
	if IsPlaceholder(cell) {
		return
	}
	have := map[rune]int{}
	for _, r := range digitsOf(parts) {
		have[r]++
	}
	for _, r := range digitsOf(Fold(cell)) {
		if have[r]--; have[r] < 0 {
			t.Fatalf("%q lost a %c: %q", cell, r, parts)
		}
	}
}
