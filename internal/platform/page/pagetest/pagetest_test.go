package pagetest_test

import (
	"testing"

	"hudang/internal/platform/page/pagetest"
)

const sample = `<main id="m"><form class="a b" method="post"><input name="q" value="1"><input type="checkbox" name="c" value="x"><select name="s"><option value="1">一</option><option value="2" selected>二</option></select><textarea name="t">文 字</textarea></form><p class="b">段 <b>落</b></p></main>`

func TestSelectors(t *testing.T) {
	for selector, want := range map[string]int{
		"main": 1, "#m": 1, ".b": 2, "form.b": 1, "form.a.b[method=post]": 1, "#m .b b": 1, "form p": 0, "[name]": 4, "input[name=q]": 1, "p[method]": 0, "main * b": 1, `[value="2"]`: 1,
	} {
		if got := pagetest.Count(t, sample, selector); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}
	pagetest.In(t, sample, "p", "段 落")
	pagetest.NotIn(t, sample, "table")
	if v := pagetest.Attr(t, sample, "input", "value"); v != "1" {
		t.Errorf("value %q", v)
	}
}

func TestFields(t *testing.T) {
	got := pagetest.Fields(t, sample, "form")
	if len(got) != 3 || got["q"][0] != "1" || got["s"][0] != "2" || got["t"][0] != "文 字" {
		t.Errorf("fields %v", got)
	}
}
