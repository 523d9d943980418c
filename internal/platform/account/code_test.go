package account

import (
	"strings"
	"testing"
)

func TestTypedCode_AsPeopleTypeIt(t *testing.T) {
	secret := newLinkCode()
	for _, typed := range []string{secret, SpokenCode(secret), strings.ToLower(SpokenCode(secret)), " " + strings.ReplaceAll(SpokenCode(secret), "-", " ") + " ",
		strings.NewReplacer("0", "o", "1", "l").Replace(secret), strings.ReplaceAll(secret, "A", "Ａ")} {
		if got := TypedCode(typed); got != secret {
			t.Errorf("%q is read as %q, want %q", typed, got, secret)
		}
	}
	if long := newSecret(); TypedCode(long) != long {
		t.Error("a link of an earlier version is changed")
	}
}
