package account

import (
	"slices"

	"hudang/internal/platform/errs"
)

// obviousPINs are those people think of after the runs and repetitions.
var obviousPINs = []string{"112233", "147258", "258369", "147852", "159357", "159753", "520131", "135790", "246810", "102030"}

// checkPIN notes what is wrong with a new PIN: other than six digits, or what anybody would try.
func checkPIN(f *errs.Fields, field, pin string) {
	switch {
	case pin == "":
		f.Add(field, "error.required")
	case len(pin) != pinDigits || !isDigits(pin):
		f.Add(field, "account.error.pin_form", pinDigits)
	case obvious(pin):
		f.Add(field, "account.error.pin_weak")
	}
}

func obvious(pin string) bool {
	half := pin[:3] == pin[3:]
	pairs := pin[:2] == pin[2:4] && pin[2:4] == pin[4:]
	return half || pairs || isRun([]rune(pin)) || slices.Contains(obviousPINs, pin)
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
