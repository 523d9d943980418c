package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// AuthMethod is how somebody proved who he is.
type AuthMethod string

// The means.
const (
	ByLink     AuthMethod = "link"
	ByPassword AuthMethod = "password"
	ByCard     AuthMethod = "card" // a work card and its PIN, at a registered computer
)

// SignInIn is a sign-in that has been proven already; it says how.
type SignInIn struct {
	Account ID
	Means   AuthMethod
	Address string
	// Recovery: one of the recovery codes was the second step.
	Recovery bool `json:",omitempty"`
	open     opening
	link     []byte // hashed; with Means ByLink
	secret   string // the stored hash that was proven: of the password, or with Means ByCard of the PIN
	card     cardID // with Means ByCard
	second   code   // with Means ByPassword, where one is asked
}

// opening is a session about to be made. Nothing of it is part of the log.
type opening struct {
	token   []byte          // of the cookie, hashed
	old     []byte          // of the cookie the browser came with: that session ends, or is parked
	pc      PCID            // the registered computer it is at; 0 for any other
	estate  access.EstateID // chosen in the header
	address string
	mustSet bool
}

// SignIn opens a session. It is carried out as the account itself.
var SignIn = op.Define("account.sign_in", op.Spec[SignInIn, bool]{
	NoClause: "signing in serves no clause of its own; D5 rests on it",
	Posts:    access.Posts,
	Subject: func(_ context.Context, _ op.Tx, in SignInIn) (op.Subject, error) {
		return op.Subject{Kind: "account", ID: int64(in.Account), Estate: access.Company}, nil
	},
	Do: signIn,
})

// signIn asks again what was proven before the transaction: the link may have been used, the password reset meanwhile.
func signIn(ctx context.Context, tx op.Tx, in SignInIn) (bool, error) {
	if a, err := ActorOf(ctx, tx, in.Account); err != nil || a.Account == 0 {
		return false, orRefused(err, "account.error.sign_in")
	}
	switch in.Means {
	case ByLink:
		if ok, err := useLink(ctx, tx, in.Account, in.link); err != nil || !ok {
			return false, orRefused(err, "account.error.link")
		}
	case ByPassword:
		if now, err := secretOf(ctx, tx, in.Account); err != nil || now == "" || now != in.secret {
			return false, orRefused(err, "account.error.sign_in")
		}
		if err := proveSecond(ctx, tx, in); err != nil {
			return false, err
		}
	case ByCard:
		if err := proveCard(ctx, tx, in); err != nil {
			return false, err
		}
	default:
		return false, errs.E(errs.Forbidden, "account.error.sign_in")
	}
	if err := forgive(ctx, tx, in.Account, tx.MAC(addressKey, []byte(in.Address))); err != nil {
		return false, err
	}
	return true, openSession(ctx, tx, in.Account, in.open)
}

// proveSecond takes the code where one is asked, and notes that all of the sign-in was proven.
func proveSecond(ctx context.Context, tx op.Tx, in SignInIn) error {
	if err := takeSecond(ctx, tx, in.Account, in.second); err != nil {
		return err
	}
	return passwordProved(ctx, tx, in.Account)
}

// takeSecond takes the code of an account's second step, where it has one.
func takeSecond(ctx context.Context, tx op.Tx, id ID, second code) error {
	asks, err := asksCode(ctx, tx, id, tx.Now())
	if err != nil || !asks {
		return err
	}
	if ok, err := second.use(ctx, tx, id); err != nil || !ok {
		return orRefused(err, "account.error.totp")
	}
	return nil
}

// orRefused is the engine's error, or the refusal where there was none.
func orRefused(err error, key string) error {
	if err != nil {
		return err
	}
	return errs.E(errs.Forbidden, key)
}

// SetPasswordIn is a new password of an account, hashed already.
type SetPasswordIn struct {
	Account ID
	First   bool   // there was none before
	hash    string // of the new one
	under   profile
	was     string // the stored hash that was proven; empty for none
	open    opening
}

// SetPassword sets one's own password. Every session of the account ends, and the browser it was done in gets a new one.
var SetPassword = op.Define("account.set_password", op.Spec[SetPasswordIn, ID]{
	NoClause: "one's own password serves no clause of its own; D5 rests on it",
	Posts:    access.Posts,
	Subject: func(ctx context.Context, tx op.Tx, in SetPasswordIn) (op.Subject, error) {
		_, s, err := lockAccount(ctx, tx, in.Account)
		return s, err
	},
	Allow: func(_ context.Context, tx op.Tx, in SetPasswordIn, _ op.Subject) error {
		return onlyOneself(tx.Actor(), in.Account)
	},
	Do: func(ctx context.Context, tx op.Tx, in SetPasswordIn) (ID, error) {
		a, _, err := lockAccount(ctx, tx, in.Account)
		if err != nil {
			return 0, err
		}
		if now, err := secretOf(ctx, tx, a.ID); err != nil || now != in.was {
			return 0, orRefused(err, "account.error.password_changed")
		}
		if err := retire(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := putSecret(ctx, tx, a.ID, in.hash, in.under); err != nil {
			return 0, err
		}
		a.PasswordSet = tx.Now().UnixMicro()
		if err := tx.Update(ctx, a); err != nil {
			return 0, err
		}
		if err := deleteLinks(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := endSessions(ctx, tx, a.ID, nil); err != nil {
			return 0, err
		}
		return a.ID, openSession(ctx, tx, a.ID, in.open)
	},
})

// ResetAccountIn is an account whose password is forgotten or feared known.
type ResetAccountIn struct {
	Account ID
	link    []byte // hashed: not part of the log
}

// Invite adds a one-time link and gives its secret, which is shown once.
func (in *ResetAccountIn) Invite() (secret string) {
	secret = newLinkCode()
	in.link = hash(secret)
	return secret
}

// ResetAccount takes an account's password, PIN and second step away and gives a one-time link in their place. Its sessions end.
var ResetAccount = op.Define("account.reset_account", op.Spec[ResetAccountIn, ID]{
	Clauses: []string{"D5"},
	Posts:   mayInvite,
	Subject: func(ctx context.Context, tx op.Tx, in ResetAccountIn) (op.Subject, error) {
		_, s, err := lockAccount(ctx, tx, in.Account)
		return s, err
	},
	Allow: func(_ context.Context, tx op.Tx, in ResetAccountIn, _ op.Subject) error {
		return notOneself(tx.Actor(), in.Account)
	},
	Do: func(ctx context.Context, tx op.Tx, in ResetAccountIn) (ID, error) {
		a, _, err := lockAccount(ctx, tx, in.Account)
		if err != nil {
			return 0, err
		}
		if a.Disabled != 0 {
			return 0, errs.Rule("D5", "account.error.disabled", a.Name)
		}
		a.PasswordSet = 0
		if err := tx.Update(ctx, a); err != nil {
			return 0, err
		}
		if err := retire(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := deleteSecret(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := deletePIN(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := deleteTOTP(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := deleteLinks(ctx, tx, a.ID); err != nil {
			return 0, err
		}
		if err := endSessions(ctx, tx, a.ID, nil); err != nil {
			return 0, err
		}
		return a.ID, insertLink(ctx, tx, a.ID, in.link)
	},
})

// EndSessionsIn names sessions of an account to end.
type EndSessionsIn struct {
	Account ID
	Ref     string `form:"ref"` // one of them (SignedIn.Ref); empty for all
	keep    []byte // one's own, when all others end
}

// EndSessions signs an account out elsewhere.
var EndSessions = op.Define("account.end_sessions", op.Spec[EndSessionsIn, ID]{
	Clauses: []string{"D5", "E10"},
	Posts:   mayManage,
	Subject: sessionsSubject,
	Do:      endThese,
})

// EndOwnSessions signs oneself out elsewhere.
var EndOwnSessions = op.Define("account.end_own_sessions", op.Spec[EndSessionsIn, ID]{
	NoClause: "one's own sessions serve no clause of their own; D5 rests on them",
	Posts:    access.Posts,
	Subject:  sessionsSubject,
	Allow: func(_ context.Context, tx op.Tx, in EndSessionsIn, _ op.Subject) error {
		return onlyOneself(tx.Actor(), in.Account)
	},
	Do: endThese,
})

func sessionsSubject(ctx context.Context, tx op.Tx, in EndSessionsIn) (op.Subject, error) {
	_, s, err := lockAccount(ctx, tx, in.Account)
	return s, err
}

func endThese(ctx context.Context, tx op.Tx, in EndSessionsIn) (ID, error) {
	if in.Ref == "" {
		return in.Account, endSessions(ctx, tx, in.Account, in.keep)
	}
	open, err := sessionsOf(ctx, tx, in.Account)
	if err != nil {
		return 0, err
	}
	for _, s := range open {
		if s.ref() == in.Ref {
			return in.Account, endSession(ctx, tx, s.token)
		}
	}
	return in.Account, nil // it ended by itself meanwhile
}
