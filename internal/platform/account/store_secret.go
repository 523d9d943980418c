package account

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// secretOf is the stored hash of an account's password; empty when it has none.
func secretOf(ctx context.Context, q db.Querier, id ID) (hash string, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&hash) },
		`SELECT hash FROM account_secret WHERE account = ?`, int64(id))
	return hash, err
}

func putSecret(ctx context.Context, tx op.Tx, id ID, hash string) error {
	_, err := tx.Exec(ctx, "account_secret",
		`INSERT INTO account_secret (account, hash) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash`, int64(id), hash)
	return err
}

func deleteSecret(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_secret", `DELETE FROM account_secret WHERE account = ?`, int64(id))
	return err
}

// known is what signing in needs of a login, found in one question whether it exists or not.
type known struct {
	id     ID
	secret string
	pin    bool // the secret is a PIN: wrong ones are counted beside those of the password
}

func knownBy(ctx context.Context, q db.Querier, login string) (k known, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&k.id, &k.secret) },
		`SELECT a.id, COALESCE(s.hash, '') FROM account_account a LEFT JOIN account_secret s ON s.account = a.id WHERE a.login = ?`, login)
	return k, err
}
