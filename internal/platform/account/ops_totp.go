package account

import (
	"context"
	"crypto/rand"
	"encoding/base64"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// SetTOTPIn is the second step of an account, proven already by a code.
type SetTOTPIn struct {
	Account  ID
	nonce    []byte
	step     int64 // of the code it was proven with
	recovery []string
	secret   string // the stored hash of the password that was proven
}

// SetTOTP sets up one's own second step, with new recovery codes, in place of any before. Only a reset takes it away.
var SetTOTP = op.Define("account.set_totp", op.Spec[SetTOTPIn, ID]{
	NoClause: "one's own second step serves no clause of its own; D5 rests on it",
	Posts:    Administrators,
	Subject: func(ctx context.Context, tx op.Tx, in SetTOTPIn) (op.Subject, error) {
		_, s, err := lockAccount(ctx, tx, in.Account)
		return s, err
	},
	Allow: func(_ context.Context, tx op.Tx, in SetTOTPIn, _ op.Subject) error {
		return onlyOneself(tx.Actor(), in.Account)
	},
	Do: func(ctx context.Context, tx op.Tx, in SetTOTPIn) (ID, error) {
		if now, err := secretOf(ctx, tx, in.Account); err != nil || now == "" || now != in.secret {
			return 0, orRefused(err, "account.error.password_changed")
		}
		return in.Account, putTOTP(ctx, tx, in)
	},
})

// NewTOTPKey is a key to set up the second step with; nothing keeps it until SetUpTOTP proves that it arrived. With a
// nonce it is the key shown before.
func (k SessionStore) NewTOTPKey(ctx context.Context, s Session, nonce string) (TOTPKey, error) {
	a, err := Find(ctx, k.Door.DB.Read(), s.ID())
	if err != nil {
		return TOTPKey{}, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(nonce)
	if err != nil || len(raw) != nonceSize {
		raw = make([]byte, nonceSize)
		_, _ = rand.Read(raw)
	}
	return newTOTPKey(a.Login, base64.RawURLEncoding.EncodeToString(raw), k.secret(a.ID, raw)), nil
}

// NewTOTP is what somebody types to set up the second step.
type NewTOTP struct {
	Nonce    string `form:"nonce"`
	Password string `form:"password,raw"`
	Code     string `form:"code,raw"`
}

// SetUpTOTP sets up the second step of who is signed in, and gives the recovery codes, which are shown once.
func (k SessionStore) SetUpTOTP(ctx context.Context, s Session, in NewTOTP, address string) (recovery []string, err error) {
	a, err := Find(ctx, k.Door.DB.Read(), s.ID())
	if err != nil {
		return nil, err
	}
	who, err := knownBy(ctx, k.Door.DB.Read(), a.Login)
	if err != nil {
		return nil, err
	}
	right, err := k.prove(ctx, who, in.Password, address)
	if err != nil {
		return nil, err
	}
	set := SetTOTPIn{Account: a.ID, secret: who.secret}
	raw, broken := base64.RawURLEncoding.DecodeString(in.Nonce)
	if broken == nil && len(raw) == nonceSize {
		set.nonce, set.step = raw, totpStep(k.secret(a.ID, raw), plainCode(in.Code), k.Clock.Now())
	}
	var f errs.Fields
	f.Check(right, "password", "account.error.own_password")
	f.Check(set.step != 0, "code", "account.error.totp_setup")
	if err := f.Err(); err != nil {
		return nil, err
	}
	recovery, set.recovery = newRecoveryCodes()
	_, err = op.Run(access.With(ctx, Everywhere(s.Actor)), k.Door, SetTOTP, set)
	return recovery, err
}
