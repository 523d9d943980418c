package paper

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWrap_Rules(t *testing.T) {
	l := newLetters()
	runes := rapid.StringOfN(rapid.RuneFrom([]rune("赵启明欧阳禾，。；：（）《》“”、 　AB12.5-/x％")), 0, 80, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := runes.Draw(t, "text")
		width := rapid.Float64Range(20, 90).Draw(t, "width")
		lines := l.wrap(text, 10.5, width)
		if got := solid(strings.Join(lines, "")); got != solid(text) {
			t.Fatalf("%q became %q", text, got)
		}
		for i, line := range lines {
			if w := l.width(line, 10.5); w > width+1e-3 {
				t.Fatalf("line %q is %.2f mm, more than %.2f", line, w, width)
			}
			rs := []rune(line)
			if i == 0 || len(rs) == 0 || strings.ContainsAny(text, " 　") {
				continue // beside a space the author has chosen the place
			}
			if strings.ContainsRune("，。；：）》”、", rs[0]) && punctuationBefore(lines[i-1]) < 3 { // long rows of punctuation must break somewhere
				t.Fatalf("line %d begins with %q: %q", i, rs[0], lines)
			}
		}
	})
}

func punctuationBefore(line string) int {
	n := 0
	rs := []rune(line)
	for i := len(rs) - 1; i >= 0 && (mayNotStart(rs[i]) || mayNotEnd(rs[i])); i-- {
		n++
	}
	return n
}

func TestWrap_Cases(t *testing.T) {
	l := newLetters()
	em := 10.5 * mmPerPt
	for _, c := range []struct {
		text  string
		ems   float64
		lines string
	}{
		{"一二三四五，六", 5.1, "一二三四|五，六"},
		{"一二三四（五六）", 5.1, "一二三四|（五六）"},
		{"编号 YH-3-0118 号", 6.2, "编号|YH-3-0118|号"},
		{"粤B12345 粤AD81751", 6, "粤B12345|粤AD81751"},
		{"浅灰粤AD81751轿车", 6, "浅灰|粤AD81751|轿车"},
		{"鲁E·2266挂 红", 6, "鲁E·2266挂|红"},
		{"电话138 0013 8000 家", 8, "电话|138 0013 8000|家"},
		{"021-6234 3390、138****8000", 9, "021-6234 3390、|138****8000"},
		{"甲\n\n乙", 5, "甲||乙"},
		{"　　首行缩进二字", 6.1, "　　首行缩进|二字"},
		{"☑原件　☐复印件　☐扫描件", 9.5, "☑原件　☐复印件|☐扫描件"},
		{"", 5, ""},
	} {
		if got := strings.Join(l.wrap(c.text, 10.5, c.ems*em), "|"); got != c.lines {
			t.Errorf("%q in %g em: %q, not %q", c.text, c.ems, got, c.lines)
		}
	}
}

func TestFit_ShrinksBeforeBreaking(t *testing.T) {
	l := newLetters()
	w := l.space("12,345,678.90", 8) * 0.9
	if lines, pt := l.fit("12,345,678.90", 8, 5, w, WrapText); len(lines) != 1 || pt >= 8 || pt < 6 {
		t.Errorf("an amount: %q at %g pt", lines, pt)
	}
	if lines, pt := l.fit("12,345,678.90", 8, 5, w/2, WrapText); strings.Join(lines, "") != "12,345,678.90" || pt != 8 {
		t.Errorf("a far too long amount: %q at %g pt", lines, pt)
	}
}

func TestClean(t *testing.T) {
	l := newLetters()
	if got := l.clean("a\x00b\u200b\u202ec\xff¥5 m² ✓"); got != "abc〓￥5 ㎡ √" {
		t.Errorf("%q", got)
	}
}

func TestYuan(t *testing.T) {
	for fen, want := range map[int64]string{0: "0.00", 5: "0.05", 128640: "1,286.40", -100: "-1.00", 123456789012: "1,234,567,890.12", -1 << 63: "-92,233,720,368,547,758.08"} {
		if got := yuan(fen); got != want {
			t.Errorf("%d: %s, not %s", fen, got, want)
		}
	}
}
