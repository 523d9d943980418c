package account

import (
	"context"
	"database/sql"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// bindSession ties a session to the computer it is at.
func bindSession(ctx context.Context, tx op.Tx, token []byte, pc PCID) error {
	_, err := tx.Exec(ctx, "account_session", `UPDATE account_session SET pc = ? WHERE token = ?`, int64(pc), token)
	return err
}

// park keeps a session of another account at the same computer for its return; false when it is not such a one.
func park(ctx context.Context, tx op.Tx, id ID, o opening) (bool, error) {
	n, err := tx.Exec(ctx, "account_session", `UPDATE account_session SET parked = ? WHERE token = ? AND pc = ? AND account <> ?`,
		tx.Now().UnixMicro(), o.old, int64(o.pc), int64(id))
	return n == 1, err
}

// unpark takes what is worth keeping of the account's session parked at a computer, and ends it.
func unpark(ctx context.Context, tx op.Tx, id ID, pc PCID) (s stored, found bool, err error) {
	all, err := readSessions(ctx, tx, "account = ? AND pc = ? AND parked IS NOT NULL ORDER BY parked DESC", int64(id), int64(pc))
	if err != nil || len(all) == 0 {
		return stored{}, false, err
	}
	_, err = tx.Exec(ctx, "account_session", `DELETE FROM account_session WHERE account = ? AND pc = ? AND parked IS NOT NULL`, int64(id), int64(pc))
	return all[0], all[0].alive(tx.Now(), 0), err
}

// endSessionsAt ends every session at a computer, those parked there too.
func endSessionsAt(ctx context.Context, tx op.Tx, pc PCID) error {
	_, err := tx.Exec(ctx, "account_session", `DELETE FROM account_session WHERE pc = ?`, int64(pc))
	return err
}

// holder is what changing places needs of a card, found by the same questions whether it exists or not.
type holder struct {
	card          cardID
	id            ID
	secret        string // the PIN, hashed; empty when there is none
	wrong, proved int64
}

func holderOf(ctx context.Context, q db.Querier, number string) (h holder, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&h.card, &h.id) },
		`SELECT id, account FROM account_card WHERE number = ? AND ended IS NULL`, number)
	if err != nil {
		return h, err
	}
	pin, err := pinOf(ctx, q, h.id) // for a number nobody has too, so that it costs the same
	h.secret, h.wrong, h.proved = pin.secret, pin.wrong, pin.proved
	return h, err
}

// pinOf is an account's PIN, without regard to its card.
func pinOf(ctx context.Context, q db.Querier, id ID) (h holder, err error) {
	r, _, err := db.BoundRow(ctx, q, "account_pin", "account = ?", int64(id))
	return holder{secret: r.Text("hash"), wrong: r.Int("wrong"), proved: r.Int("proved")}, err
}

// HasPIN reports whether an account has set a PIN.
func HasPIN(ctx context.Context, q db.Querier, id ID) (has bool, err error) {
	_, has, err = db.BoundRow(ctx, q, "account_pin", "account = ?", int64(id))
	return has, err
}

// putPIN sets a PIN. Its owner has just given the password.
func putPIN(ctx context.Context, tx op.Tx, id ID, hash string) error {
	_, err := tx.Exec(ctx, "account_pin", `INSERT INTO account_pin (account, hash, wrong, proved) VALUES (?, ?, 0, ?)
		ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, wrong = 0, proved = excluded.proved`, int64(id), hash, tx.Now().UnixMicro())
	return err
}

func deletePIN(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_pin", `DELETE FROM account_pin WHERE account = ?`, int64(id))
	return err
}

// passwordProved lets the account's PIN be used for its time, and forgets the wrong ones.
func passwordProved(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_pin", `UPDATE account_pin SET wrong = 0, proved = ? WHERE account = ?`, tx.Now().UnixMicro(), int64(id))
	return err
}

func pinProved(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_pin", `UPDATE account_pin SET wrong = 0 WHERE account = ?`, int64(id))
	return err
}

func countWrongPIN(ctx context.Context, s *db.Session, id ID) error {
	_, err := s.Exec(ctx, `UPDATE account_pin SET wrong = wrong + 1 WHERE account = ?`, int64(id))
	return err
}

func forgiveWrongPIN(ctx context.Context, s *db.Session, id ID) error {
	_, err := s.Exec(ctx, `UPDATE account_pin SET wrong = 0 WHERE account = ?`, int64(id))
	return err
}
