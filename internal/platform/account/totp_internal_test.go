package account

import (
	"testing"
	"time"
)

// The vectors of RFC 6238, appendix B, for SHA-1: the last six of their eight digits.
func TestTOTPCode_VectorsOfTheRFC(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		now := time.Unix(at, 0)
		if got := totpCode(secret, stepAt(now)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
		for drift, fits := range map[time.Duration]bool{0: true, 30 * time.Second: true, -30 * time.Second: true, time.Minute: false, -time.Minute: false} {
			if got := totpStep(secret, want, now.Add(drift)); at > 100 && (got == stepAt(now)) != fits {
				t.Errorf("at %d, %s later: step %d", at, drift, got)
			}
		}
	}
}
