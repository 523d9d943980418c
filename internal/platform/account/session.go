package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// How long a session lasts (reliability §6).
const (
	idle     = 30 * time.Minute
	absolute = 12 * time.Hour
	touch    = time.Minute // how stale "last seen" may be, so that reading a page is not a write
	linkLife = 24 * time.Hour
)

// Keeper opens, finds and ends sessions.
type Keeper struct {
	Door  *op.Door
	Clock clock.Clock
}

// Session is a signed-in browser.
type Session struct {
	Actor  access.Actor
	Estate access.EstateID // the one chosen in the header; access.Company for all
	Form   string          // token every form of this session carries
}

// NewLink makes a link that signs an account in once, within a day. Only its hash is stored.
func (k Keeper) NewLink(ctx context.Context, id ID) (secret string, err error) {
	secret = newSecret()
	expires := k.Clock.Now().Add(linkLife).UnixMicro()
	return secret, k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		_, err := s.Exec(ctx, `INSERT INTO account_link (token, account, expires) VALUES (?, ?, ?)`, hash(secret), int64(id), expires)
		return err
	})
}

// SignInIn is a sign-in that has been proven already; it says how.
type SignInIn struct {
	Account ID
	Means   string // link
	Address string
	token   []byte // of the cookie, hashed: not part of the log
	link    []byte
}

// SignIn opens a session. It is carried out as the account itself.
var SignIn = op.Define("account.sign_in", op.Spec[SignInIn, bool]{
	NoClause: "signing in serves no clause of its own; D5 rests on it",
	Posts:    access.Posts,
	Subject: func(_ context.Context, _ op.Tx, in SignInIn) (op.Subject, error) {
		return op.Subject{Kind: "account", ID: int64(in.Account), Estate: access.Company}, nil
	},
	Do: openSession,
})

func openSession(ctx context.Context, tx op.Tx, in SignInIn) (bool, error) {
	n, err := tx.Exec(ctx, "account_link", `DELETE FROM account_link WHERE token = ? AND account = ?`, in.link, int64(in.Account))
	if err != nil {
		return false, err
	}
	if n != 1 { // used by another request meanwhile
		return false, errs.E(errs.Forbidden, "account.error.link")
	}
	now := tx.Now().UnixMicro()
	_, err = tx.Exec(ctx, "account_session",
		`INSERT INTO account_session (token, account, estate, made, seen, address) VALUES (?, ?, ?, ?, ?, ?)`,
		in.token, int64(in.Account), int64(access.Company), now, now, in.Address)
	return true, err
}

// ByLink signs in with a one-time link and gives the cookie's value. Used, expired and invented links are refused alike.
func (k Keeper) ByLink(ctx context.Context, secret, address string) (cookie string, err error) {
	q := k.Door.DB.Read()
	var id, expires int64
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&id, &expires) },
		`SELECT account, expires FROM account_link WHERE token = ?`, hash(secret))
	if err != nil {
		return "", err
	}
	actor, err := actorOf(ctx, q, ID(id))
	if err != nil {
		return "", err
	}
	if actor.Account == 0 || expires < k.Clock.Now().UnixMicro() {
		return "", errs.E(errs.Forbidden, "account.error.link")
	}
	cookie = newSecret()
	_, err = op.Run(access.With(ctx, everywhere(actor)), k.Door, SignIn,
		SignInIn{Account: ID(id), Means: "link", Address: address, token: hash(cookie), link: hash(secret)})
	return cookie, err
}

// everywhere lets an account act on itself in the company's log, whatever estates its posts are held in.
func everywhere(a access.Actor) access.Actor {
	own := make([]access.Grant, len(a.Grants))
	for i, g := range a.Grants {
		own[i] = access.Grant{Post: g.Post, Estate: access.Company}
	}
	a.Grants = own
	return a
}

// Find is the session of a cookie; false when there is none, it is too old, or the account was disabled.
func (k Keeper) Find(ctx context.Context, cookie string) (Session, bool, error) {
	if cookie == "" {
		return Session{}, false, nil
	}
	var id, estate, made, seen int64
	err := db.Rows(ctx, k.Door.DB.Read(), func(rows *sql.Rows) error { return rows.Scan(&id, &estate, &made, &seen) },
		`SELECT account, estate, made, seen FROM account_session WHERE token = ?`, hash(cookie))
	if err != nil || id == 0 {
		return Session{}, false, err
	}
	now := k.Clock.Now()
	if now.Sub(time.UnixMicro(seen)) > idle || now.Sub(time.UnixMicro(made)) > absolute {
		return Session{}, false, k.End(ctx, cookie)
	}
	if now.Sub(time.UnixMicro(seen)) > touch {
		if err := k.set(ctx, `UPDATE account_session SET seen = ? WHERE token = ?`, now.UnixMicro(), cookie); err != nil {
			return Session{}, false, err
		}
	}
	actor, err := actorOf(ctx, k.Door.DB.Read(), ID(id))
	if err != nil || actor.Account == 0 {
		return Session{}, false, err
	}
	form := base64.RawURLEncoding.EncodeToString(k.Door.Vault.MAC("form", []byte(cookie)))
	return Session{Actor: actor, Estate: access.EstateID(estate), Form: form}, true, nil
}

// Choose sets the estate a session looks at; one the account does not know is NotFound.
func (k Keeper) Choose(ctx context.Context, cookie string, s Session, estate access.EstateID) error {
	if estate != access.Company && !s.Actor.Knows(estate) {
		return errs.E(errs.NotFound, "error.not_found")
	}
	return k.set(ctx, `UPDATE account_session SET estate = ? WHERE token = ?`, int64(estate), cookie)
}

// End signs out.
func (k Keeper) End(ctx context.Context, cookie string) error {
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		_, err := s.Exec(ctx, `DELETE FROM account_session WHERE token = ?`, hash(cookie))
		return err
	})
}

func (k Keeper) set(ctx context.Context, query string, value int64, cookie string) error {
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		_, err := s.Exec(ctx, query, value, hash(cookie))
		return err
	})
}

func newSecret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
