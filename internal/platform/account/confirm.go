package account

import (
	"context"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sign"
)

// Confirm proves that who is signed in is there himself: he types his password again, or at a registered computer his PIN
// (realities 2), before he signs something. A wrong one is Invalid at the field, and counts like one at the sign-in.
func Confirm(ctx context.Context, d *op.Door, s Session, field, typed string) (sign.Proof, error) {
	if s.pc != 0 && len(typed) == pinDigits && isDigits(typed) { // no password is as short
		return confirmPIN(ctx, d, s, field, typed)
	}
	return confirmPassword(ctx, d, s, field, typed)
}

// ConfirmLabel names the field that Confirm looks at.
func ConfirmLabel(ctx context.Context) string {
	if From(ctx).PC != "" {
		return i18n.T(ctx, "account.confirm.pin")
	}
	return i18n.T(ctx, "account.confirm.password")
}

func confirmPassword(ctx context.Context, d *op.Door, s Session, field, password string) (sign.Proof, error) {
	who, err := ownSecret(ctx, d.DB.Read(), s)
	if err != nil {
		return sign.Proof{}, err
	}
	var f errs.Fields
	f.Check(who.secret != "", field, "account.error.no_password")
	f.Check(who.secret == "" || password != "", field, "error.required")
	if err := f.Err(); err != nil {
		return sign.Proof{}, err
	}
	right, err := SessionStore{Door: d, Clock: d.Clock}.prove(ctx, who, password, s.Actor.Address)
	if err != nil {
		return sign.Proof{}, err
	}
	f.Check(right, field, "account.error.own_password")
	return sign.Proven(int64(who.id), sign.ByPassword, d.Clock.Now()), f.Err()
}

// confirmPIN is the same with a PIN, as good as where people change places by it: five wrong ones, or a password older than
// a working day, and only the password helps.
func confirmPIN(ctx context.Context, d *op.Door, s Session, field, pin string) (sign.Proof, error) {
	h, err := pinOf(ctx, d.DB.Read(), s.ID())
	if err != nil {
		return sign.Proof{}, err
	}
	who := known{id: s.ID(), secret: h.secret, pin: true}
	if h.wrong >= freeTries {
		who.secret = ""
	}
	right, err := SessionStore{Door: d, Clock: d.Clock}.prove(ctx, who, pin, s.Actor.Address)
	if err != nil {
		return sign.Proof{}, err
	}
	var f errs.Fields
	f.Check(right, field, "account.error.own_pin")
	f.Check(!right || !h.stale(d.Clock.Now()), field, "account.error.own_pin_stale")
	if right && h.wrong > 0 {
		err = d.DB.Write(ctx, func(ctx context.Context, tx *db.Session) error { return forgiveWrongPIN(ctx, tx, s.ID()) })
	}
	if err != nil {
		return sign.Proof{}, err
	}
	return sign.Proven(int64(s.ID()), sign.ByPIN, d.Clock.Now()), f.Err()
}

func ownSecret(ctx context.Context, q db.Querier, s Session) (known, error) {
	a, err := Find(ctx, q, s.ID())
	if err != nil {
		return known{}, err
	}
	return knownBy(ctx, q, a.Login)
}

// Own is what somebody types to prove himself by all that his sign-in asks for.
type Own struct {
	Password string `form:"password,raw"`
	Code     string `form:"code,raw"` // where it has a second step
}

// Confirmed is the proof that he did. The zero value proves nothing.
type Confirmed struct {
	Proof  sign.Proof
	second code
}

// ConfirmWhole proves that who is signed in is there himself, for what changes the house itself: a PIN is not enough.
func (k SessionStore) ConfirmWhole(ctx context.Context, s Session, own Own) (Confirmed, error) {
	proof, err := confirmPassword(ctx, k.Door, s, "password", own.Password)
	if err != nil {
		return Confirmed{}, err
	}
	asks, err := k.AsksCode(ctx, s)
	if err != nil || !asks {
		return Confirmed{Proof: proof}, err
	}
	second, err := k.readCode(ctx, s.ID(), own.Code)
	if err != nil {
		return Confirmed{}, err
	}
	right, err := k.tried(ctx, known{id: s.ID()}, s.Actor.Address, func() bool { return second != code{} })
	if err != nil {
		return Confirmed{}, err
	}
	var f errs.Fields
	f.Check(right, "code", "account.error.totp")
	return Confirmed{proof, second}, f.Err()
}

// AsksCode reports whether the password of who is signed in is not enough.
func (k SessionStore) AsksCode(ctx context.Context, s Session) (bool, error) {
	return asksCode(ctx, k.Door.DB.Read(), s.ID(), k.Clock.Now())
}

// use takes the code within the operation: none is good twice.
func (c Confirmed) use(ctx context.Context, tx op.Tx) error {
	return takeSecond(ctx, tx, ID(tx.Actor().Account), c.second)
}
