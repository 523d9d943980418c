package control

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
)

// KeepIn is how the controls stood in an estate at the end of a month.
type KeepIn struct {
	Estate access.EstateID
	Month  YearMonth
	Found  []Found
}

// KeepMonth writes it down, once: what was kept of a month never changes.
var KeepMonth = op.Define("control.keep_month", op.Spec[KeepIn, int]{
	NoClause: "all clauses; each row names its own",
	Posts:    []access.Post{access.Program},
	Subject: func(_ context.Context, _ op.Tx, in KeepIn) (op.Subject, error) {
		return op.Subject{Kind: "control", Estate: in.Estate}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in KeepIn) (int, error) {
		if some, err := isKept(ctx, tx, in.Estate, in.Month); err != nil || some {
			return 0, err
		}
		for _, f := range in.Found {
			row := &kept{Found: f, Month: in.Month, At: tx.Now().UnixMicro()}
			row.ID, row.Estate = keptID(tx.NewID()), in.Estate
			if err := tx.Insert(ctx, row); err != nil {
				return 0, err
			}
		}
		return len(in.Found), nil
	},
})
