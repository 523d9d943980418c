package account

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// nonceOf is what an account's second step is made of; empty when it has none.
func nonceOf(ctx context.Context, q db.Querier, id ID) (nonce []byte, err error) {
	r, _, err := db.BoundRow(ctx, q, "account_totp", "account = ?", int64(id))
	return r.Bytes("nonce"), err
}

// HasTOTP reports whether an account has set up the second step.
func HasTOTP(ctx context.Context, q db.Querier, id ID) (bool, error) {
	nonce, err := nonceOf(ctx, q, id)
	return len(nonce) > 0, err
}

// putTOTP sets the second step, with its recovery codes, in place of any before.
func putTOTP(ctx context.Context, tx op.Tx, in SetTOTPIn) error {
	if err := deleteTOTP(ctx, tx, in.Account); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "account_totp", `INSERT INTO account_totp (account, nonce, step) VALUES (?, ?, ?)`, int64(in.Account), in.nonce, in.step)
	if err != nil {
		return err
	}
	for _, code := range in.recovery {
		_, err := tx.Exec(ctx, "account_recovery", `INSERT INTO account_recovery (account, code) VALUES (?, ?)`, int64(in.Account), recoveryHash(tx, in.Account, code))
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, "account_session", `UPDATE account_session SET must_code = NULL WHERE account = ?`, int64(in.Account))
	return err
}

func deleteTOTP(ctx context.Context, tx op.Tx, id ID) error {
	if _, err := tx.Exec(ctx, "account_totp", `DELETE FROM account_totp WHERE account = ?`, int64(id)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "account_recovery", `DELETE FROM account_recovery WHERE account = ?`, int64(id))
	return err
}

// useStep takes a code's step; false when it, or a later one, was used.
func useStep(ctx context.Context, tx op.Tx, id ID, step int64) (bool, error) {
	n, err := tx.Exec(ctx, "account_totp", `UPDATE account_totp SET step = ? WHERE account = ? AND step < ?`, step, int64(id), step)
	return n == 1, err
}

// useRecovery takes a recovery code; false when it is none, or was used.
func useRecovery(ctx context.Context, tx op.Tx, id ID, hash []byte) (bool, error) {
	n, err := tx.Exec(ctx, "account_recovery", `DELETE FROM account_recovery WHERE account = ? AND code = ?`, int64(id), hash)
	return n == 1, err
}

func isRecovery(ctx context.Context, q db.Querier, id ID, hash []byte) (is bool, err error) {
	_, is, err = db.BoundRow(ctx, q, "account_recovery", "account = ? AND code = ?", int64(id), hash)
	return is, err
}
