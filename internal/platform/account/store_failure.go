package account

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// failure is a minute of refused sign-ins.
type failure struct {
	account       ID
	address       []byte
	minute        int64
	tries, logged int64
}

// triedSince counts the wrong passwords in a row, of an account and from an address, and says when the newest was.
func triedSince(ctx context.Context, q db.Querier, id ID, address []byte, since int64) (account, from tried, err error) {
	if id == 0 {
		id = -1 // what nobody's logins were tried with holds back their address only
	}
	rows, err := db.BoundRows(ctx, q, "account_failure", "account = ? AND tested > 0 AND newest > ?", int64(id), since)
	if err != nil {
		return account, from, err
	}
	account = together(rows)
	rows, err = db.BoundRows(ctx, q, "account_failure", "address = ? AND tested > 0 AND newest > ?", address, since)
	return account, together(rows), err
}

func together(minutes []db.Row) (t tried) {
	for _, m := range minutes {
		t.times += m.Int("tested")
		t.newest = max(t.newest, m.Int("newest"))
	}
	return t
}

// tried is how often in a row, and when last (µs UTC).
type tried struct{ times, newest int64 }

// countFailure adds a refused sign-in to its minute. One whose password was not looked at, since there is a wait, does
// not make the wait longer.
func countFailure(ctx context.Context, s *db.Session, id ID, address []byte, now int64, tested bool) error {
	n, newest := int64(0), int64(0)
	if tested {
		n, newest = 1, now
	}
	_, err := s.Exec(ctx, `INSERT INTO account_failure (account, address, minute, tries, tested, newest, logged) VALUES (?, ?, ?, 1, ?, ?, 0)
		ON CONFLICT (account, address, minute) DO UPDATE SET tries = account_failure.tries + 1,
		tested = account_failure.tested + excluded.tested,
		newest = CASE WHEN excluded.newest > account_failure.newest THEN excluded.newest ELSE account_failure.newest END`,
		int64(id), address, minuteOf(now), n, newest)
	return err
}

// forgive ends the count in a row, of an account and of the address it signed in from.
func forgive(ctx context.Context, tx op.Tx, id ID, address []byte) error {
	_, err := tx.Exec(ctx, "account_failure", `UPDATE account_failure SET tested = 0 WHERE tested > 0 AND (account = ? OR address = ?)`, int64(id), address)
	return err
}

// unlogged are the minutes before one that have refused sign-ins without a leaf.
func unlogged(ctx context.Context, q db.Querier, before int64) ([]failure, error) {
	rows, err := db.BoundRows(ctx, q, "account_failure", "minute < ? AND logged < tries ORDER BY minute, account, address", before)
	all := make([]failure, len(rows))
	for i, r := range rows {
		all[i] = failure{ID(r.Int("account")), r.Bytes("address"), r.Int("minute"), r.Int("tries"), r.Int("logged")}
	}
	return all, err
}

// markLogged notes that a minute has its leaf; false when somebody else did.
func markLogged(ctx context.Context, tx op.Tx, f failure) (bool, error) {
	n, err := tx.Exec(ctx, "account_failure",
		`UPDATE account_failure SET logged = ? WHERE account = ? AND address = ? AND minute = ? AND logged = ?`,
		f.tries, int64(f.account), f.address, f.minute, f.logged)
	return n == 1, err
}

// forget removes what is logged and too old to hold anybody back.
func forget(ctx context.Context, s *db.Session, before int64) error {
	_, err := s.Exec(ctx, `DELETE FROM account_failure WHERE minute < ? AND logged = tries`, before)
	return err
}
