package cn

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestParseOrg(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed    string
		kind     OrgKind
		class    OrgClass
		inner    string
		problems []Problem
	}{
		{"91350100M000100Y43", OrgUSCC, ClassCompany, "M000100Y4", nil},
		{" 9135 0100 m000100y43", OrgUSCC, ClassCompany, "M000100Y4", nil},
		{"91350100M000100Y4Z", OrgUSCC, "", "", []Problem{OrgBadCharacter}},
		{"91350100M000100Y44", OrgUSCC, ClassCompany, "M000100Y4", []Problem{OrgBadCheck}},
		{"91350100M000100Y53", OrgUSCC, ClassCompany, "M000100Y5", []Problem{OrgBadCheck, OrgBadInnerCheck}},
		{"91350I00M000100Y43", OrgUSCC, "", "", []Problem{OrgBadCharacter}},
		{"M000100Y-4", OrgCode, "", "M000100Y4", nil},
		{"M000100Y5", OrgCode, "", "M000100Y5", []Problem{OrgBadCheck}},
		{"10000018X", OrgCode, "", "10000018X", nil},
		{"100000040", OrgCode, "", "100000040", nil},
		{"350100100012345", OrgRegistration, "", "", nil},
		{"350100M000100Y4", OrgTax, "", "M000100Y4", nil},
		{"9.135E+17", OrgUnknown, "", "", []Problem{OrgExcelRounded}},
		{"12345", OrgUnknown, "", "", []Problem{OrgBadLength}},
		{"/", OrgNone, "", "", nil},
	} {
		got := ParseOrg(c.typed)
		if got.Kind != c.kind || got.Class != c.class || got.Inner != c.inner || !slices.Equal(got.Problems, c.problems) {
			t.Errorf("%s: %+v", c.typed, got)
		}
	}
	for prefix, class := range map[string]OrgClass{"92": ClassSoleTrader, "93": ClassFarmCoop, "52": ClassSocial, "11": ClassPublic, "91": ClassCompany, "A1": ""} {
		if got := ParseOrg(prefix + "350100M000100Y40").Class; got != class {
			t.Errorf("%s: %s", prefix, got)
		}
	}
}

// One wrong character never passes both checks.
func TestParseOrg_OneWrongCharacter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		org := rapid.StringMatching(`[0-9A-HJ-NP-RTUWXY]{8}`).Draw(t, "org")
		body := "91" + rapid.StringMatching(`[0-9]{6}`).Draw(t, "region") + org + string(orgCheck(org))
		code := body + string(usccCheck(body))
		if o := ParseOrg(code); o.Kind != OrgUSCC || len(o.Problems) > 0 {
			t.Fatalf("%s: %+v", code, o)
		}
		wrong := []byte(code)
		i := rapid.IntRange(0, 17).Draw(t, "at")
		wrong[i] = rapid.SampledFrom([]byte(usccAlphabet)).Draw(t, "to")
		if string(wrong) != code && len(ParseOrg(string(wrong)).Problems) == 0 {
			t.Fatalf("%s passes for %s", wrong, code)
		}
	})
}

func FuzzParseOrg(f *testing.F) {
	for _, s := range []string{"91350100M000100Y43", "91350100M000100Y4Z", "M000100Y-4", "350100100012345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if o := ParseOrg(s); o.Original != s {
			t.Fatal(o)
		}
	})
}
