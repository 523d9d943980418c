package account

import (
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// BindRowsIn names the tables whose rows are bound from now on.
type BindRowsIn struct{ Tables []string }

// BindRows binds the rows that an earlier version of the program left: once, at the first start of the version that binds
// them, which the key store remembers. Its leaf says how many of each table it took over, so that more than there should be
// are seen. What only serves for a while is not taken over: sessions, links and the tokens of forms sent; everybody signs in
// once. A password, a PIN, a second step are taken over where the log has the operation that sets one for the account, so
// that a row laid there beforehand is worth nothing.
var BindRows = op.Define("account.bind_rows", op.Spec[BindRowsIn, map[string]int]{
	NoClause: "the proof of all clauses rests on it",
	Posts:    []access.Post{access.Program},
	Subject: func(context.Context, op.Tx, BindRowsIn) (op.Subject, error) {
		return op.Subject{Kind: "account", Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in BindRowsIn) (map[string]int, error) {
		taken := map[string]int{}
		for _, table := range in.Tables {
			if slices.Contains(passing, table) {
				if err := tx.DropUnbound(ctx, table); err != nil {
					return nil, err
				}
				continue
			}
			condition, args, err := rightful(ctx, tx, table)
			if err != nil {
				return nil, err
			}
			if taken[table], err = tx.BindOld(ctx, table, condition, args...); err != nil {
				return nil, err
			}
		}
		return taken, nil
	},
})

// passing are the tables whose rows are not taken over.
var passing = []string{"account_session", "account_link", "op_token"}

// sets are the operations by which an account gets what a table holds.
var sets = map[string][]string{
	"account_secret": {"account.set_password", "account.set_up"}, "account_former": {"account.set_password", "account.set_up"},
	"account_pin":  {"account.set_pin"},
	"account_totp": {"account.set_totp"}, "account_recovery": {"account.set_totp"},
}

// rightful is the condition for rows of a table that may be taken over.
func rightful(ctx context.Context, tx op.Tx, table string) (condition string, args []any, err error) {
	names := sets[table]
	if names == nil {
		return "1 = 1", nil, nil
	}
	subjects, err := evidence.DoneAbout(ctx, tx, access.Company, names)
	condition = "account IN (0"
	for _, id := range subjects {
		condition, args = condition+", ?", append(args, id)
	}
	return condition + ")", args, err
}
