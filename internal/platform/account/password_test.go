package account

import (
	"strings"
	"testing"

	"hudang/internal/platform/errs"
)

func TestPassword_Rules(t *testing.T) {
	about := []string{"zhouqian", "周倩", "澜庭花园", "Garden City"}
	for _, c := range []struct{ name, password, want string }{
		{"empty", "", "error.required"},
		{"eleven", "kW7#pQ9!zR2", "account.error.short"},
		{"twelve", "kW7#pQ9!zR2m", ""},
		{"chinese sentence", "老猫昨夜偷吃了三条小黄鱼", ""},
		{"english sentence", "my aunt keeps nine goats", ""},
		{"sixty-four", strings.Repeat("k9#Lw2!x", 8), ""},
		{"emoji and blanks", " 🐟🐟 老猫 偷鱼 on Tuesday ", ""},
		{"too long", strings.Repeat("k9#Lw2!x", 26), "account.error.long"},
		{"one letter", "aaaaaaaaaaaaaaaa", "account.error.weak"},
		{"digits up", "123456789012345", "account.error.weak"},
		{"keys in a row", "qwertyuiop123", "account.error.weak"},
		{"keys down", "1qaz2wsx3edc4rfv", "account.error.weak"},
		{"love in pinyin and numbers", "woaini5201314", "account.error.weak"},
		{"capitals and a sign change nothing", "WoAiNi5201314!", "account.error.weak"},
		{"password with a year", "P@ssw0rd2026!", "account.error.weak"},
		{"the trade", "wuyeguanli888", "account.error.weak"},
		{"the login", "zhouqian123456", "account.error.weak"},
		{"the estate", "澜庭花园澜庭花园2026", "account.error.weak"},
		{"the estate's english name", "gardencity2026", "account.error.weak"},
		{"the person", "周倩周倩周倩周倩周倩周倩", ""}, // two characters are in too many words to count
		{"chinese habits", "我爱你我爱你5201314", "account.error.weak"},
	} {
		var f errs.Fields
		CheckPassword(&f, "new", c.password, about...)
		got := ""
		if e := errs.As(f.Err()); e != nil {
			got = e.Fields[0].Key
		}
		if got != c.want {
			t.Errorf("%s (%q): %q, want %q", c.name, c.password, got, c.want)
		}
	}
}

func TestPassword_HashedAndFound(t *testing.T) {
	const password = "老猫昨夜偷吃了三条小黄鱼"
	stored := hashed(password)
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(stored, password) {
		t.Errorf("stored as %s", stored)
	}
	if stored == hashed(password) {
		t.Error("two accounts with one password have one hash")
	}
	for _, c := range []struct {
		stored, typed string
		want          bool
	}{{stored, password, true}, {stored, password + " ", false}, {stored, "", false}, {"", password, false}, {"", "", false}, {"$argon2id$v=19$", "", false}, {"plain", "plain", false}} {
		if fits(c.stored, c.typed) != c.want {
			t.Errorf("%.20q fits %q: %v", c.stored, c.typed, !c.want)
		}
	}
}

func TestWait_GrowsAndEnds(t *testing.T) {
	var last int64
	for n := range int64(40) {
		wait := waitAfter(n).Milliseconds()
		if wait < last || (n < freeTries) != (wait == 0) || wait > longestWait.Milliseconds() {
			t.Errorf("after %d: %d ms", n, wait)
		}
		last = wait
	}
}
