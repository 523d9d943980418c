package label

import "testing"

func TestValid_FindsEveryWrongDigit(t *testing.T) {
	if got := withCheck("79462"); got != "794623" { // published example of ISO 7064, MOD 11,10
		t.Fatalf("withCheck(79462) = %s", got)
	}
	code := withCheck("260041832")
	if !Valid(code) {
		t.Fatalf("%s is not valid", code)
	}
	for at := range code {
		for digit := byte('0'); digit <= '9'; digit++ {
			wrong := []byte(code)
			wrong[at] = digit
			if digit != code[at] && Valid(string(wrong)) {
				t.Errorf("%s passes for %s", wrong, code)
			}
		}
	}
	for _, text := range []string{"", "26004183", code + "0", "26004183２2", "abcdefghij"} {
		if Valid(text) {
			t.Errorf("%q is valid", text)
		}
	}
	if Spaced(code) != code[:2]+" "+code[2:9]+" "+code[9:] {
		t.Errorf("Spaced = %s", Spaced(code))
	}
}
