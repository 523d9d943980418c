package account

import (
	"context"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// How refused sign-ins hold back: from the fifth in a row on, an account or an address waits, twice as long each time.
// An account cannot be kept shut for long by somebody who does not know its password.
const (
	freeTries   = 5
	firstWait   = time.Minute
	longestWait = 15 * time.Minute
	remembered  = 24 * time.Hour
	addressKey  = "sign-in address"
)

// waitAfter is how long nothing is tried after the n-th wrong password in a row.
func waitAfter(n int64) time.Duration {
	if n < freeTries {
		return 0
	}
	return min(firstWait<<min(n-freeTries, 10), longestWait)
}

// RecordFailuresIn are the sign-ins refused within a minute, for one account and one address.
type RecordFailuresIn struct {
	Account ID     // 0 for a login nobody has
	Address string // keyed hash, never the address itself
	Minute  int64  // since 1970
	Tries   int64
	row     failure
}

// RecordFailures leaves the leaf of refused sign-ins: one per account, address and minute, with their number. The log
// cannot be added to afterwards, so a minute is written once it is over: with the next sign-in, good or refused, with
// the hourly checkpoint, or when the program ends.
var RecordFailures = op.Define("account.record_failures", op.Spec[RecordFailuresIn, bool]{
	NoClause: "a watch over signing in; D5 rests on it",
	Posts:    []access.Post{access.Program},
	Subject: func(_ context.Context, _ op.Tx, in RecordFailuresIn) (op.Subject, error) {
		return op.Subject{Kind: "account", ID: int64(in.Account), Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in RecordFailuresIn) (bool, error) {
		mine, err := markLogged(ctx, tx, in.row)
		if err == nil && !mine { // another request wrote this minute
			return false, errs.E(errs.Conflict, "error.stale")
		}
		return mine, err
	},
})
