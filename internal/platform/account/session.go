package account

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// How long a session lasts (reliability §6).
const (
	absolute = 12 * time.Hour
	touch    = time.Minute // how stale "last seen" may be, so that reading a page is not a write
	linkLife = 24 * time.Hour
)

// SessionStore opens, finds and ends sessions.
type SessionStore struct {
	Door  *op.Door
	Clock clock.Clock
	// Context gives words no password may be made of: the estates' names. nil for none.
	Context func(context.Context) ([]string, error)
}

// Session is a signed-in browser.
type Session struct {
	Actor    access.Actor
	Estate   access.EstateID // the one chosen in the header; access.Company for all
	Form     string          // token every form of this session carries
	MustSet  bool            // came by an administrator's link, or with a password that is too old: sets one before anything else
	MustCode bool            // an administrator who has to set up the second step before anything else
	PC       string          // name of the registered computer it is at, where people change places; empty for any other
	pc       PCID
	token    []byte
}

// ID is the account that is signed in; 0 for a stranger.
func (s Session) ID() ID { return ID(s.Actor.Account) }

// SignedIn is a session as it is shown.
type SignedIn struct {
	Ref        string // names it to EndSessions
	Made, Seen time.Time
	Address    string
	PC         string // name of the registered computer; empty for any other
	Here       bool   // the one that asks
	Parked     bool   // somebody else has the place
}

// Browser is where a sign-in comes from.
type Browser struct {
	Address string
	Cookie  string // it came with: that session ends or is parked, and its value is never used again
	PC      string // the cookie of a registered computer
}

type sessionKey struct{}

// With puts the session into a context.
func With(ctx context.Context, s Session) context.Context {
	return context.WithValue(access.WithChosen(access.With(ctx, s.Actor), s.Estate), sessionKey{}, s)
}

// From is the context's session; the zero session for a stranger.
func From(ctx context.Context) Session {
	s, _ := ctx.Value(sessionKey{}).(Session)
	return s
}

// NewLink makes a link that signs an account in once, within a day, and asks for no password: for the demonstration
// company and for tests. Only its hash is stored.
func (k SessionStore) NewLink(ctx context.Context, id ID) (secret string, err error) {
	secret = newSecret()
	expires := k.Clock.Now().Add(linkLife).UnixMicro()
	return secret, k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		return makeLink(ctx, s, id, hash(secret), expires)
	})
}

// ByLogin is the account of a login; 0 when there is none.
func (k SessionStore) ByLogin(ctx context.Context, login string) (ID, error) {
	var a Account
	err := k.Door.DB.Read().Select(&a).Where("login = ?", login).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return a.ID, err
}

// Any reports whether there is an account at all.
func (k SessionStore) Any(ctx context.Context) (bool, error) {
	return k.Door.DB.Read().Select((*Account)(nil)).Exists(ctx)
}

// Merged reports whether posts that stand apart may be in one hand here.
func (k SessionStore) Merged(ctx context.Context) (bool, error) {
	o, err := officeNow(ctx, k.Door.DB.Read())
	return o.Merged, err
}

// Find is the session of a browser; false when there is none, it is too old or parked, the browser is not the computer
// it was opened at, or the account was disabled.
func (k SessionStore) Find(ctx context.Context, b Browser) (Session, bool, error) {
	s, seen, err := k.peek(ctx, b)
	now := k.Clock.Now()
	if err != nil || s.token == nil || now.Sub(seen) <= touch {
		return s, s.token != nil, err
	}
	err = k.Door.DB.Write(ctx, func(ctx context.Context, tx *db.Session) error {
		return touchSession(ctx, tx, s.token, s.ID(), now.UnixMicro())
	})
	return s, err == nil, err
}

// Peek is Find for what a page asks by itself, which does not count as use: the session ends as if nobody had asked.
func (k SessionStore) Peek(ctx context.Context, b Browser) (Session, bool, error) {
	s, _, err := k.peek(ctx, b)
	return s, s.token != nil, err
}

// peek is the session of a browser, the zero one when there is none, and when it was last used.
func (k SessionStore) peek(ctx context.Context, b Browser) (Session, time.Time, error) {
	if b.Cookie == "" {
		return Session{}, time.Time{}, nil
	}
	token := hash(b.Cookie)
	s, found, err := sessionOf(ctx, k.Door.DB.Read(), token)
	if err != nil || !found || s.parked != 0 || !s.at(b.PC) {
		return Session{}, time.Time{}, err
	}
	rest, err := k.mayRest(ctx, s)
	if err != nil {
		return Session{}, time.Time{}, err
	}
	if !s.alive(k.Clock.Now(), rest) {
		return Session{}, time.Time{}, k.End(ctx, b.Cookie)
	}
	actor, err := ActorOf(ctx, k.Door.DB.Read(), s.account)
	if err != nil || actor.Account == 0 {
		return Session{}, time.Time{}, err
	}
	return Session{Actor: actor, Estate: s.estate, Form: k.formToken(s.account, s.seed), MustSet: s.mustSet, MustCode: s.mustCode, PC: s.pcName, pc: s.pc, token: token}, time.UnixMicro(s.seen), nil
}

// Open reports whether a session that a request came with is still there: long work asks between its parts.
func (k SessionStore) Open(ctx context.Context, s Session) (bool, error) {
	is, found, err := sessionOf(ctx, k.Door.DB.Read(), s.token)
	if err != nil || !found || is.parked != 0 {
		return false, err
	}
	actor, err := ActorOf(ctx, k.Door.DB.Read(), is.account)
	return actor.Account != 0, err
}

// mayRest is how long sessions may rest. For one that rested for less than any company could ask, nobody is asked.
func (k SessionStore) mayRest(ctx context.Context, s stored) (time.Duration, error) {
	least := time.Duration(IdleMinutes.Min) * time.Minute
	if now := k.Clock.Now(); now.Sub(time.UnixMicro(s.seen)) > least {
		minutes, err := IdleMinutes.At(ctx, k.Door.DB.Read(), access.Company, clock.Date(now))
		return time.Duration(minutes) * time.Minute, err
	}
	return least, nil
}

// IdleAfter is how many minutes a session may rest today.
func (k SessionStore) IdleAfter(ctx context.Context) (int, error) {
	minutes, err := IdleMinutes.At(ctx, k.Door.DB.Read(), access.Company, clock.Date(k.Clock.Now()))
	return int(minutes), err
}

// alive reports whether a session still counts. A parked one opens nothing by itself: it may wait all day.
func (s stored) alive(now time.Time, rest time.Duration) bool {
	return (s.parked != 0 || now.Sub(time.UnixMicro(s.seen)) <= rest) && now.Sub(time.UnixMicro(s.made)) <= absolute
}

// at reports whether a browser with a computer's cookie is where the session was opened.
func (s stored) at(pc string) bool {
	return s.pc == 0 || pc != "" && bytes.Equal(hash(pc), s.pcToken)
}

// Sessions are the browsers an account is signed in at, the last used first.
func (k SessionStore) Sessions(ctx context.Context, id ID) ([]SignedIn, error) {
	all, err := sessionsOf(ctx, k.Door.DB.Read(), id)
	var open []SignedIn
	now, here := k.Clock.Now(), From(ctx).token
	for _, s := range all {
		rest, err := k.mayRest(ctx, s)
		if err != nil {
			return nil, err
		}
		if s.alive(now, rest) {
			open = append(open, SignedIn{Ref: s.ref(), Made: time.UnixMicro(s.made), Seen: time.UnixMicro(s.seen), Address: s.address,
				PC: s.pcName, Parked: s.parked != 0, Here: string(s.token) == string(here)})
		}
	}
	return open, err
}

// Choose sets the estate a session looks at; one the account does not know is NotFound.
func (k SessionStore) Choose(ctx context.Context, s Session, estate access.EstateID) error {
	if estate != access.Company && !s.Actor.Knows(estate) {
		return errs.E(errs.NotFound, "error.not_found")
	}
	return k.Door.DB.Write(ctx, func(ctx context.Context, tx *db.Session) error { return chooseEstate(ctx, tx, s.token, estate) })
}

// End signs out.
func (k SessionStore) End(ctx context.Context, cookie string) error {
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error { return dropSession(ctx, s, hash(cookie)) })
}

// Others is the input of EndOwnSessions that signs this account out everywhere but here.
func (s Session) Others() EndSessionsIn { return EndSessionsIn{Account: s.ID(), keep: s.token} }

// Everywhere lets an account act on itself in the company's log, whatever estates its posts are held in.
func Everywhere(a access.Actor) access.Actor {
	own := make([]access.Grant, len(a.Grants))
	for i, g := range a.Grants {
		own[i] = access.Grant{Post: g.Post, Estate: access.Company}
	}
	a.Grants = own
	return a
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
