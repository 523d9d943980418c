package account

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"sync/atomic"
)

// SetupCode is the one-time code of an installation's first start. Only the process that made it knows its hash, so it
// ends with the process, and with the first account.
type SetupCode struct {
	hash []byte
	used atomic.Bool
}

const codeSize = 10 // bytes: sixteen letters and digits

// NewSetupCode makes a code; the text is for whoever started the program and is kept nowhere.
func NewSetupCode() (c *SetupCode, text string) {
	b := make([]byte, codeSize)
	_, _ = rand.Read(b)
	plain := base32.StdEncoding.EncodeToString(b)
	return &SetupCode{hash: hash(plain)}, plain[:4] + "-" + plain[4:8] + "-" + plain[8:12] + "-" + plain[12:]
}

// Waiting reports whether the installation still has to be set up; false for no code.
func (c *SetupCode) Waiting() bool { return c != nil && !c.used.Load() }

// Fits reports whether a code as typed, in small letters or without its hyphens, is the one.
func (c *SetupCode) Fits(typed string) bool {
	plain := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(typed))
	return c.Waiting() && subtle.ConstantTimeCompare(hash(plain), c.hash) == 1
}

// Used ends the code.
func (c *SetupCode) Used() { c.used.Store(true) }
