package cn

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, folded, compact string }{
		{"１３８　００", "138 00", "13800"},
		{"\u200b 1 \u00a0 2\ufeff", "1 2", "12"},
		{"'110105", "'110105", "110105"},
		{"ａbc（x）", "abc(x)", "ABC(X)"},
		{"a\xffb", "a\uFFFDb", "A\uFFFDB"},
		{"\t\n", "", ""},
	} {
		if got := Fold(c.typed); got != c.folded {
			t.Errorf("Fold(%q) = %q, want %q", c.typed, got, c.folded)
		}
		if got := Compact(c.typed); got != c.compact {
			t.Errorf("Compact(%q) = %q, want %q", c.typed, got, c.compact)
		}
	}
}

func TestIsPlaceholder(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " ", "/", "／", "—", "无", "（无）", "待补", "空置", "n/a", "--", "不详"} {
		if !IsPlaceholder(s) {
			t.Errorf("%q is a placeholder", s)
		}
	}
	for _, s := range []string{"0", "1", "无锡", "张三", "A", "吴"} {
		if IsPlaceholder(s) {
			t.Errorf("%q is no placeholder", s)
		}
	}
}

func TestHanNumber(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"〇": 0, "一": 1, "十": 10, "十二": 12, "二十": 20, "二十一": 21, "廿一": 21, "卅": 30, "二〇一九": 2019,
		"三零一": 301, "一百": 100, "一百零二": 102, "一百二十": 120, "九百九十九": 999} {
		if got, ok := hanNumber(s); !ok || got != want {
			t.Errorf("%s = %d, %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "十十", "十百", "二廿", "一二十", "好", "〇百", "一二三四五六七八九十"} {
		if n, ok := hanNumber(s); ok {
			t.Errorf("%s read as %d", s, n)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("１３８　\u200b'００")
	f.Fuzz(func(t *testing.T, s string) {
		for _, fold := range []func(string) string{Fold, Compact} {
			if once := fold(s); !utf8.ValidString(once) || Fold(once) != Fold(Fold(once)) {
				t.Fatalf("%q folds to %q", s, once)
			}
		}
	})
}
