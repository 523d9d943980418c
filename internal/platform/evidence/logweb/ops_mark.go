package logweb

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// mayAccept are the posts that answer for a log which has lost its high-water mark.
var mayAccept = []access.Post{access.Manager}

// AcceptMarkIn is a log as a manager accepts it.
type AcceptMarkIn struct {
	Log  access.EstateID
	Size int64
	Root string // in base64, as a checkpoint has it
	Why  string `form:"why"`
}

// AcceptMark is a manager's word that a log whose high-water mark is gone is to be signed as it stands. It says so in the
// log itself, before the new mark: who took the old one away leaves this behind.
var AcceptMark = op.Define("log.accept_mark", op.Spec[AcceptMarkIn, int64]{
	NoClause: "the proof of all clauses rests on it",
	Posts:    mayAccept,
	Check: func(in *AcceptMarkIn, _ cn.Date, f *errs.Fields) {
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "log.mark.error.why")
	},
	Subject: func(_ context.Context, _ op.Tx, in AcceptMarkIn) (op.Subject, error) {
		return op.Subject{Kind: "log", ID: int64(in.Log), Estate: in.Log}, nil
	},
	Do: func(_ context.Context, _ op.Tx, in AcceptMarkIn) (int64, error) { return in.Size, nil },
})

// Ops are the package's operations.
var Ops = []op.Any{AcceptMark}
