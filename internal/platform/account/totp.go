package account

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// Codes by time as RFC 6238 has them and every authenticator program makes them: SHA-1, six digits, 30 seconds.
const (
	totpPeriod = 30 * time.Second
	totpSecret = 20 // bytes
	totpDrift  = 1  // steps a telephone's clock may be off
)

// totpCode is the code of a step (RFC 4226 §5.3).
func totpCode(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%1_000_000)
}

// totpStep is the step a code belongs to, around now; 0 for a code of no such step.
func totpStep(secret []byte, code string, now time.Time) (found int64) {
	for d := int64(-totpDrift); d <= totpDrift; d++ {
		step := stepAt(now) + d
		if subtle.ConstantTimeCompare([]byte(totpCode(secret, step)), []byte(code)) == 1 {
			found = step
		}
	}
	return found
}

func stepAt(now time.Time) int64 { return now.Unix() / int64(totpPeriod/time.Second) }

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// TOTPKey is what an authenticator program is given: as text, and as the address behind the QR code.
type TOTPKey struct{ Nonce, Text, Address string }

func newTOTPKey(login, nonce string, secret []byte) TOTPKey {
	text := base32Plain.EncodeToString(secret)
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Hudang:" + login, RawQuery: "secret=" + text + "&issuer=Hudang"}
	return TOTPKey{Nonce: nonce, Text: text, Address: address.String()}
}
