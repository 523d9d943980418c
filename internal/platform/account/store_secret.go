package account

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// secretOf is the stored hash of an account's password; empty when it has none.
func secretOf(ctx context.Context, q db.Querier, id ID) (hash string, err error) {
	r, _, err := db.BoundRow(ctx, q, "account_secret", "account = ?", int64(id))
	return r.Text("hash"), err
}

// putSecret sets a password that was held against the rules of a profile.
func putSecret(ctx context.Context, tx op.Tx, id ID, hash string, under profile) error {
	_, err := tx.Exec(ctx, "account_secret",
		`INSERT INTO account_secret (account, hash, profile) VALUES (?, ?, ?)
		ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, profile = excluded.profile`, int64(id), hash, int64(under))
	return err
}

// passwordSince is when the password in force was set, and by which rules; 0 when there is none.
func passwordSince(ctx context.Context, q db.Querier, id ID) (set int64, under profile, err error) {
	r, has, err := db.BoundRow(ctx, q, "account_secret", "account = ?", int64(id))
	if err != nil || !has {
		return 0, 0, err
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&set) }, `SELECT COALESCE(password_set, 0) FROM account_account WHERE id = ?`, int64(id))
	return set, profile(r.Int("profile")), err
}

// retire keeps the password in force among those that may not come back. Where they may, none is kept.
func retire(ctx context.Context, tx op.Tx, id ID) error {
	p, err := profileOn(ctx, tx, tx.Now())
	if err != nil {
		return err
	}
	if p != protected {
		_, err := tx.Exec(ctx, "account_former", `DELETE FROM account_former WHERE account = ?`, int64(id))
		return err
	}
	hash, err := secretOf(ctx, tx, id)
	if err != nil || hash == "" {
		return err
	}
	_, err = tx.Exec(ctx, "account_former", `INSERT INTO account_former (account, hash, retired) VALUES (?, ?, ?)`, int64(id), hash, tx.Now().UnixMicro())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "account_former", `DELETE FROM account_former WHERE account = ? AND hash NOT IN
		(SELECT hash FROM account_former WHERE account = ? ORDER BY retired DESC, hash LIMIT ?)`, int64(id), int64(id), lastOnes)
	return err
}

// formerOf are the passwords of an account that were in force before, hashed, the newest first.
func formerOf(ctx context.Context, q db.Querier, id ID) (all []string, err error) {
	rows, err := db.BoundRows(ctx, q, "account_former", "account = ? ORDER BY retired DESC, hash", int64(id))
	for _, r := range rows {
		all = append(all, r.Text("hash"))
	}
	return all, err
}

func deleteSecret(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_secret", `DELETE FROM account_secret WHERE account = ?`, int64(id))
	return err
}

// known is what signing in needs of a login, found by the same questions whether it exists or not.
type known struct {
	id     ID
	secret string
	pin    bool // the secret is a PIN: wrong ones are counted beside those of the password
}

func knownBy(ctx context.Context, q db.Querier, login string) (k known, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&k.id) }, `SELECT id FROM account_account WHERE login = ?`, login)
	if err == nil {
		k.secret, err = secretOf(ctx, q, k.id) // for a login nobody has too, so that it costs the same
	}
	return k, err
}
