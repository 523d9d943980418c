package account

import (
	"context"
	"database/sql"
	"encoding/hex"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
)

// stored is a session as it lies in its table.
type stored struct {
	token      []byte
	account    ID
	estate     access.EstateID
	made, seen int64 // µs UTC
	address    string
	mustSet    bool
	mustCode   bool
	pc         PCID
	pcName     string
	pcToken    []byte // empty when the computer's registration was taken back
	parked     int64  // µs UTC
	seed       []byte // its forms' token is made of it
}

// ref names a session on a page; nobody can sign in with it.
func (s stored) ref() string { return hex.EncodeToString(s.token[:8]) }

// readSessions are the sessions that a condition finds, of those that the program itself opened.
func readSessions(ctx context.Context, q db.Querier, condition string, args ...any) ([]stored, error) {
	rows, err := db.BoundRows(ctx, q, "account_session", condition, args...)
	if err != nil {
		return nil, err
	}
	var all []stored
	for _, r := range rows {
		s := stored{token: r.Bytes("token"), account: ID(r.Int("account")), estate: access.EstateID(r.Int("estate")), made: r.Int("made"), seen: r.Int("seen"),
			address: r.Text("address"), mustSet: r.Int("must_set") != 0, mustCode: r.Int("must_code") != 0, pc: PCID(r.Int("pc")), parked: r.Int("parked"), seed: r.Bytes("seed")}
		if s.seed == nil {
			s.seed = s.token
		}
		if s.pc != 0 {
			err := db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&s.pcName, &s.pcToken) },
				`SELECT name, token FROM account_pc WHERE id = ? AND ended IS NULL`, int64(s.pc))
			if err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// sessionOf is the session with a token; false when there is none.
func sessionOf(ctx context.Context, q db.Querier, token []byte) (stored, bool, error) {
	found, err := readSessions(ctx, q, "token = ?", token)
	if err != nil || len(found) == 0 {
		return stored{}, false, err
	}
	return found[0], true, nil
}

// sessionsOf are an account's sessions, the last used first.
func sessionsOf(ctx context.Context, q db.Querier, id ID) ([]stored, error) {
	return readSessions(ctx, q, "account = ? ORDER BY seen DESC, token", int64(id))
}

// openSession opens a session in the place of the browser's old one. At a registered computer another's is parked, and
// the account's own parked one goes on: its estate, and the forms that stand open.
func openSession(ctx context.Context, tx op.Tx, id ID, o opening) error {
	now := tx.Now().UnixMicro()
	seed := newSeed(now, o.token)
	if err := leaveSession(ctx, tx, id, o); err != nil {
		return err
	}
	if o.pc != 0 {
		mine, found, err := unpark(ctx, tx, id, o.pc)
		if err != nil {
			return err
		}
		if found {
			o.estate, seed = mine.estate, mine.seed
		}
	}
	code, err := mustCode(ctx, tx, id, tx.Now())
	if err != nil {
		return err
	}
	old, err := expired(ctx, tx, id, tx.Now())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "account_session",
		`INSERT INTO account_session (token, account, estate, made, seen, address, must_set, must_code, pc, seed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.token, int64(id), int64(o.estate), now, now, o.address, bit(o.mustSet || old), bit(code), int64(o.pc), seed)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "account_seen", putSeen, int64(id), now)
	return err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// leaveSession ends the browser's old session, or parks it.
func leaveSession(ctx context.Context, tx op.Tx, id ID, o opening) error {
	if len(o.old) == 0 {
		return nil
	}
	if o.pc != 0 {
		if parked, err := park(ctx, tx, id, o); err != nil || parked {
			return err
		}
	}
	return endSession(ctx, tx, o.old)
}

func endSession(ctx context.Context, tx op.Tx, token []byte) error {
	_, err := tx.Exec(ctx, "account_session", deleteSession, token)
	return err
}

// endSessions ends all sessions of an account but one; keep nil ends all.
func endSessions(ctx context.Context, tx op.Tx, id ID, keep []byte) error {
	if keep == nil {
		keep = []byte{0} // no token, and not NULL, which would spare all
	}
	_, err := tx.Exec(ctx, "account_session", `DELETE FROM account_session WHERE account = ? AND token <> ?`, int64(id), keep)
	return err
}

const (
	deleteSession = `DELETE FROM account_session WHERE token = ?`
	putSeen       = `INSERT INTO account_seen (account, seen) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET seen = excluded.seen`
)

// touchSession notes that a session is at work.
func touchSession(ctx context.Context, s *db.Session, token []byte, id ID, now int64) error {
	if _, err := s.Exec(ctx, `UPDATE account_session SET seen = ? WHERE token = ?`, now, token); err != nil {
		return err
	}
	_, err := s.Exec(ctx, putSeen, int64(id), now)
	return err
}

func chooseEstate(ctx context.Context, s *db.Session, token []byte, estate access.EstateID) error {
	_, err := s.Exec(ctx, `UPDATE account_session SET estate = ? WHERE token = ?`, int64(estate), token)
	return err
}

func dropSession(ctx context.Context, s *db.Session, token []byte) error {
	_, err := s.Exec(ctx, deleteSession, token)
	return err
}

const putLink = `INSERT INTO account_link (token, account, expires, must_set) VALUES (?, ?, ?, ?)`

// insertLink adds an administrator's link: whoever enters by it sets a password first.
func insertLink(ctx context.Context, tx op.Tx, id ID, token []byte) error {
	_, err := tx.Exec(ctx, "account_link", putLink, token, int64(id), tx.Now().Add(linkLife).UnixMicro(), 1)
	return err
}

func makeLink(ctx context.Context, s *db.Session, id ID, token []byte, expires int64) error {
	_, err := s.Exec(ctx, putLink, token, int64(id), expires, 0)
	return err
}

// useLink takes a link away; false when another request has.
func useLink(ctx context.Context, tx op.Tx, id ID, token []byte) (bool, error) {
	n, err := tx.Exec(ctx, "account_link", `DELETE FROM account_link WHERE token = ? AND account = ?`, token, int64(id))
	return n == 1, err
}

func deleteLinks(ctx context.Context, tx op.Tx, id ID) error {
	_, err := tx.Exec(ctx, "account_link", `DELETE FROM account_link WHERE account = ?`, int64(id))
	return err
}

// link is a one-time link as it lies in its table.
type link struct {
	account ID
	expires int64
	mustSet bool
}

func linkOf(ctx context.Context, q db.Querier, token []byte) (link, error) {
	r, _, err := db.BoundRow(ctx, q, "account_link", "token = ?", token)
	return link{account: ID(r.Int("account")), expires: r.Int("expires"), mustSet: r.Int("must_set") != 0}, err
}
