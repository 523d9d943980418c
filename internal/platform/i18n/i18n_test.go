package i18n_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"hudang/internal/platform/i18n"
)

func room(zh, en string) fstest.MapFS {
	return fstest.MapFS{"locales/zh.json": {Data: []byte(zh)}, "locales/en.json": {Data: []byte(en)}}
}

func TestNew_RefusesMissingAndDoubledKeys(t *testing.T) {
	_, err := i18n.New(room(`{"a":"甲","b":"乙"}`, `{"a":"A"}`), room(`{"a":"又"}`, `{"a":"again"}`))
	if err == nil || !strings.Contains(err.Error(), `en has no "b"`) || !strings.Contains(err.Error(), `"a" twice`) {
		t.Errorf("New: %v", err)
	}
	if _, err := i18n.New(room(`{"a":`, `{}`)); err == nil {
		t.Error("a broken catalogue was read")
	}
}

func TestText_FillsPlaceholdersAndKeysWithin(t *testing.T) {
	b, err := i18n.New(room(`{"hi":"{0}，{1}","name":"姓名"}`, `{"hi":"{1}: {0}","name":"name"}`))
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), b, i18n.English)
	if got := i18n.T(ctx, "hi", "{1}", i18n.Key("name")); got != "name: {1}" { // an argument is never a pattern
		t.Errorf("T = %q", got)
	}
	if got := i18n.T(i18n.In(ctx, i18n.Chinese), "hi", 3, i18n.Key("name")); got != "3，姓名" {
		t.Errorf("in Chinese T = %q", got)
	}
	if got := i18n.T(ctx, "nowhere"); got != "[nowhere]" {
		t.Errorf("unknown key = %q", got)
	}
}

func TestText_OneOrMany(t *testing.T) {
	b, err := i18n.New(room(`{"n":"{0} 份租约 {1}"}`, `{"n":"{0} {0|lease ends|leases end} within {1} {1|day|days}"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		n, days any
		want    string
	}{
		{1, 30, "1 lease ends within 30 days"}, {2, 1, "2 leases end within 1 day"}, {"1", 0, "1 lease ends within 0 days"},
		{int64(21), "1,001", "21 leases end within 1,001 days"}, {"{1|a|b}", 2, "{1|a|b} leases end within 2 days"},
	} {
		if got := b.Text(i18n.English, "n", c.n, c.days); got != c.want {
			t.Errorf("%v, %v: %q, want %q", c.n, c.days, got, c.want)
		}
	}
}

func TestText_AnAddressInMemoryIsNoArgument(t *testing.T) {
	b, err := i18n.New(room(`{"out":"住户 {0} 人"}`, `{"out":"{0} people"}`))
	if err != nil {
		t.Fatal(err)
	}
	n := 3
	for _, arg := range []any{func() int { return n }, &n, make(chan int)} {
		if got := b.Text(i18n.Chinese, "out", arg); got != "[out]" {
			t.Errorf("%T: %q", arg, got)
		}
	}
	if got := b.Text(i18n.Chinese, "out", nil); !strings.Contains(got, "nil") {
		t.Errorf("nothing: %q", got)
	}
}
