package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"hudang/internal/platform/errs"
)

// The cost of a password (reliability §6): 19 MiB, two passes. Two at a time are all a small machine is asked for.
const (
	costMemory  = 19 * 1024 // KiB
	costPasses  = 2
	costThreads = 1
	saltSize    = 16
	hashSize    = 32
	atATime     = 2
	mostWaiting = 100
)

var (
	places  = make(chan struct{}, atATime)
	waiting atomic.Int64
)

// queue waits for one of the places where passwords are hashed; done gives it back.
func queue(ctx context.Context) (done func(), err error) {
	defer waiting.Add(-1)
	if waiting.Add(1) > mostWaiting {
		return nil, errs.E(errs.Unavailable, "error.busy")
	}
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, errs.E(errs.Unavailable, "error.busy").Because(ctx.Err())
	}
}

// hashed is a password as it is stored: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func hashed(password string) string {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt)
	sum := argon2.IDKey([]byte(password), salt, costPasses, costMemory, costThreads, hashSize)
	return written(salt, sum)
}

func written(salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, costMemory, costPasses, costThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

// nobody stands for the password of those who have none, so that as much work is done for them: chance in place of a hash.
var nobody = sync.OnceValue(func() string {
	chance := make([]byte, saltSize+hashSize)
	_, _ = rand.Read(chance)
	return written(chance[:saltSize], chance[saltSize:])
})

var triedPasswords atomic.Int64

// PasswordsTried is how many passwords were hashed to be compared since the program started. Every refusal costs one,
// whatever is wrong, so that its time tells nothing.
func PasswordsTried() int64 { return triedPasswords.Load() }

// fits reports whether a password is the stored one. The cost is the one it was stored with; without a stored one it
// takes as long, and is false.
func fits(stored, password string) bool {
	known := stored != ""
	if !known {
		stored = nobody()
	}
	var version, memory, passes int
	var threads uint8
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	_, err1 := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &threads)
	salt, err2 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err3 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || err3 != nil || version != argon2.Version {
		return false
	}
	triedPasswords.Add(1)
	got := argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && known
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }
