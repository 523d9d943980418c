package account

import (
	"context"
	"slices"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// BindRowsIn names the tables whose rows are bound from now on.
type BindRowsIn struct{ Tables []string }

// BindRows binds the rows that an earlier version of the program left: once, at the first start of the version that binds
// them, which the key store remembers. Its leaf says how many of each table it took over, so that more than there should be
// are seen. What only serves for a while is not taken over: sessions, links and the tokens of forms sent; everybody signs in
// once. A password, a PIN, a second step are taken over where the log has the operation that sets one for the account, a
// post where the log has its row, so that a row laid there beforehand is worth nothing.
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
			condition, err := rightful(ctx, tx, table)
			if err != nil {
				return nil, err
			}
			if taken[table], err = tx.BindOld(ctx, table, condition); err != nil {
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
func rightful(ctx context.Context, tx op.Tx, table string) (condition string, err error) {
	switch names := sets[table]; {
	case table == "account_power":
		grants, err := evidence.TouchedOf(ctx, tx, access.Company, "account_grant")
		return among("held", grants), err
	case names != nil:
		subjects, err := evidence.DoneAbout(ctx, tx, access.Company, names)
		return among("account", subjects), err
	default:
		return "1 = 1", nil
	}
}

// among is the condition that a column holds one of some numbers; written out, since they may be more than an engine's arguments.
func among(column string, ids []int64) string {
	condition := column + " IN (0"
	for _, id := range ids {
		condition += ", " + strconv.FormatInt(id, 10)
	}
	return condition + ")"
}
