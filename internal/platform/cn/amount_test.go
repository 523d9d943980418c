package cn

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountInWords(t *testing.T) {
	t.Parallel()
	for fen, want := range map[int64]string{
		0: "零元整", 5: "伍分", 50: "伍角整", 100: "壹元整", 1000: "壹拾元整", 1005: "壹拾元零伍分", 10010: "壹佰元壹角整",
		100001: "壹仟元零壹分", 140950: "壹仟肆佰零玖元伍角整", 168032: "壹仟陆佰捌拾元叁角贰分", 600714: "陆仟零柒元壹角肆分",
		1640902: "壹万陆仟肆佰零玖元零贰分", 10000000: "壹拾万元整", 10700053: "壹拾万柒仟元伍角叁分", 100050000: "壹佰万零伍佰元整",
		1000000050: "壹仟万元伍角整", 10000050000: "壹亿零伍佰元整", 10001000000: "壹亿零壹万元整", 12003400056: "壹亿贰仟零叁万肆仟元伍角陆分",
		// further: our own
		55: "伍角伍分", 123450: "壹仟贰佰叁拾肆元伍角整", 10000100000: "壹亿零壹仟元整", 100000000001: "壹拾亿元零壹分",
		99999999999999: "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
	} {
		got, err := AmountInWords(fen)
		if err != nil || got != want {
			t.Errorf("%d: %s, %v, want %s", fen, got, err, want)
		}
		if back, err := ParseWords(want); err != nil || back != fen {
			t.Errorf("%s read as %d, %v", want, back, err)
		}
	}
	if _, err := AmountInWords(-1); !errors.Is(err, MoneyNegative) {
		t.Error(err)
	}
	if _, err := AmountInWords(math.MaxInt64); !errors.Is(err, MoneyTooLarge) {
		t.Error(err)
	}
}

func TestParseWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"人民币壹拾万零柒仟元零伍角叁分": 10700053, "壹仟陆佰捌拾元零叁角贰分": 168032, "壹仟万元零伍角正": 1000000050, "人民币：壹佰圆正": 10000,
		"拾元整": 1000, "壹元": 100, "拾万元整": 10000000, "一千二百元五角": 120050, "贰拾萬圓整": 20000000, "零元伍角": 50, "伍元零角伍分": 505,
		" 壹 佰 元 整 ": 10000, "壹佰两拾元": 12000,
	} {
		if got, err := ParseWords(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "整", "壹", "壹佰", "壹贰元", "拾佰元", "壹元贰元", "壹元零", "负壹元", "壹分壹角", "零零元", "佰元", "万元", "元", "1元", "壹亿亿元"} {
		if got, err := ParseWords(text); err == nil {
			t.Errorf("%q read as %d", text, got)
		}
	}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for fen, want := range map[int64]string{0: "¥0.00", 5: "¥0.05", 123450: "¥1,234.50", -2000: "-¥20.00", 100: "¥1.00", 100000000: "¥1,000,000.00",
		math.MinInt64: "-¥92,233,720,368,547,758.08"} {
		if got := FormatMoney(fen); got != want {
			t.Errorf("%d: %s", fen, got)
		}
	}
	for text, want := range map[string]int64{"¥1,234.50": 123450, "￥1，234．50": 123450, "1234.5元": 123450, "1234": 123400, "-¥20.00": -2000, "¥-20": -2000,
		"(20.00)": -2000, "RMB 5": 500, "1.2万": 1200000, "3万元": 3000000, ".5": 50, "12.500": 1250, "1.234567万元": 1234567, "12.": 1200} {
		if got, err := ParseMoney(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for text, want := range map[string]Problem{"": MoneyNotUnderstood, "x": MoneyNotUnderstood, "1,23": MoneyBadGroups, "12.345": MoneyTooPrecise,
		"0.30000000000000004": MoneyTooPrecise, "1.2E+10": MoneyExcelRounded, "99999999999999999999": MoneyTooLarge, "--5": MoneyNotUnderstood, ".": MoneyNotUnderstood} {
		if got, err := ParseMoney(text); !errors.Is(err, want) {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
}

func TestMoney_RoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.OneOf(rapid.Int64(), rapid.Int64Range(0, maxWordsFen-1), rapid.Int64Range(0, 200000)).Draw(t, "fen")
		if back, err := ParseMoney(FormatMoney(fen)); err != nil || back != fen {
			t.Fatalf("%d: %s, %v", fen, FormatMoney(fen), err)
		}
		words, err := AmountInWords(fen)
		if err != nil {
			return
		}
		if back, err := ParseWords("人民币" + words); err != nil || back != fen {
			t.Fatalf("%d: %s read as %d, %v", fen, words, back, err)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"¥1,234.50", "壹拾万零柒仟元零伍角叁分", "(20.00)", "1.2万", "壹亿零伍佰元整", "零元零角伍分"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if fen, err := ParseMoney(s); err == nil {
			if back, err := ParseMoney(FormatMoney(fen)); err != nil || back != fen {
				t.Fatalf("%q: %d, %d", s, fen, back)
			}
		}
		if fen, err := ParseWords(s); err == nil {
			if words, err := AmountInWords(fen); err != nil || words == "" {
				t.Fatalf("%q: %d, %v", s, fen, err)
			}
		}
	})
}
