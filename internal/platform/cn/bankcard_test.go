package cn

import (
	"errors"
	"slices"
	"testing"
)

func TestParseCard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, number string
		problems      []Problem
	}{
		{"6217000000000000004", "6217000000000000004", nil},
		{"6217 0000 0000 0000 004", "6217000000000000004", nil},
		{"6217000000000000005", "6217000000000000005", []Problem{CardBadCheck}},
		{"6217001234567890000", "6217001234567890000", []Problem{CardBadCheck, CardExcelRounded}},
		{"621700000000", "621700000000", []Problem{CardBadLength}},
		{"62170000000000000042", "62170000000000000042", []Problem{CardBadLength}},
		{"6217O00000000000004", "6217O00000000000004", []Problem{CardBadCharacter}},
		{"6.217E+18", "6.217E+18", []Problem{CardExcelRounded}},
		{"无", "", nil},
	} {
		if got := ParseCard(c.typed); got.Number != c.number || !slices.Equal(got.Problems, c.problems) {
			t.Errorf("%s: %+v", c.typed, got)
		}
	}
	if got := MaskCard("6217000000000000004"); got != "***************0004" {
		t.Error(got)
	}
}

func TestParsePostcode(t *testing.T) {
	t.Parallel()
	if got, err := ParsePostcode(" 010020"); got != "010020" || err != nil {
		t.Error(got, err)
	}
	for _, s := range []string{"10020", "1000200", "10002A", ""} {
		if _, err := ParsePostcode(s); !errors.Is(err, PostcodeBadLength) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzParseCard(f *testing.F) {
	f.Add("6217 0000-0000 0000 004")
	f.Add("6.217E+18")
	f.Fuzz(func(t *testing.T, s string) {
		c := ParseCard(s)
		if len(c.Problems) == 0 && c.Number != "" && !luhn(c.Number) {
			t.Fatal(c)
		}
		_, _ = ParsePostcode(s)
		_ = MaskCard(s)
	})
}
