package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/setting"
)

// totpMode is whether the administrators' sign-in has a second step.
type totpMode int64

// The values of TOTP.
const (
	totpOff      totpMode = 0 // not asked, even of those who have it
	totpOffered  totpMode = 1 // administrators may set it up
	totpRequired totpMode = 2 // administrators must
)

// TOTP says whether the administrators' sign-in has a second step (realities 4: not on the first day).
var TOTP = setting.Choice[totpMode]{Number: setting.Number{Name: "account.totp", Default: int64(totpOffered), Company: true,
	Label: "account.totp", Meaning: "account.totp.meaning", Options: []setting.Option{
		{Value: int64(totpOff), Label: "account.totp.mode.off"},
		{Value: int64(totpOffered), Label: "account.totp.mode.offered"},
		{Value: int64(totpRequired), Label: "account.totp.mode.required"},
	}}}

// Settings are the package's settings.
var Settings = []setting.Number{TOTP.Number, PasswordProfile.Number, IdleMinutes}

func totpModeOn(ctx context.Context, q db.Querier, now time.Time) (totpMode, error) {
	return TOTP.At(ctx, q, access.Company, clock.Date(now))
}

// mustCode reports whether an account has to set up the second step before anything else.
func mustCode(ctx context.Context, q db.Querier, id ID, now time.Time) (bool, error) {
	mode, err := totpModeOn(ctx, q, now)
	if err != nil || mode != totpRequired {
		return false, err
	}
	held, err := Grants(ctx, q, id)
	if err != nil || !(access.Actor{Grants: held}).HoldsAny(Administrators) {
		return false, err
	}
	has, err := HasTOTP(ctx, q, id)
	return !has, err
}

// asksCode reports whether an account's password is not enough.
func asksCode(ctx context.Context, q db.Querier, id ID, now time.Time) (bool, error) {
	mode, err := totpModeOn(ctx, q, now)
	if err != nil || mode == totpOff {
		return false, err
	}
	return HasTOTP(ctx, q, id)
}

// OffersTOTP reports whether somebody may set up the second step: administrators, unless it is switched off.
func (k SessionStore) OffersTOTP(ctx context.Context, s Session) (bool, error) {
	if !s.Actor.HoldsAny(Administrators) {
		return false, nil
	}
	mode, err := totpModeOn(ctx, k.Door.DB.Read(), k.Clock.Now())
	return mode != totpOff, err
}

// SecondStep is what SignInByPassword answers in place of a cookie when the password is right and a code is to follow.
type SecondStep struct{ Ticket string }

// Error makes it an error, so that nobody takes the password for the whole.
func (SecondStep) Error() string { return "account: a code is to follow the password" }

const (
	ticketLife = 5 * time.Minute
	ticketSize = 16 + 32
)

// ticket says for five minutes, at one address, that an account's password was right; a new password ends it.
func (k SessionStore) ticket(who known, address string, expires int64) string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(who.id))
	raw = binary.BigEndian.AppendUint64(raw, uint64(expires))
	mac := k.Door.Vault.MAC("second step", raw, []byte(who.secret), []byte(address))
	return base64.RawURLEncoding.EncodeToString(append(raw, mac...))
}

// holderOfTicket is whose password a ticket stands for; nobody for one that is expired, altered or another address's.
func (k SessionStore) holderOfTicket(ctx context.Context, ticket, address string) (known, error) {
	raw, err := base64.RawURLEncoding.DecodeString(ticket)
	if err != nil || len(raw) != ticketSize {
		return known{}, nil
	}
	who := known{id: ID(binary.BigEndian.Uint64(raw))}
	expires := int64(binary.BigEndian.Uint64(raw[8:]))
	if who.secret, err = secretOf(ctx, k.Door.DB.Read(), who.id); err != nil {
		return known{}, err
	}
	real := subtle.ConstantTimeCompare([]byte(k.ticket(who, address, expires)), []byte(ticket)) == 1
	if !real || who.secret == "" || expires < k.Clock.Now().UnixMicro() {
		return known{}, nil
	}
	return who, nil
}

// CodeIn is the second step: what the password brought, and a code of the authenticator or of the recovery codes.
type CodeIn struct {
	Ticket string `form:"ticket"`
	Code   string `form:"code,raw"`
}

// SignInByCode signs in with the second step. A ticket that does not hold any more is Forbidden: begin anew.
func (k SessionStore) SignInByCode(ctx context.Context, in CodeIn, from Browser) (cookie string, err error) {
	if err := k.LogFailures(ctx); err != nil {
		return "", err
	}
	who, err := k.holderOfTicket(ctx, in.Ticket, from.Address)
	if err != nil {
		return "", err
	}
	actor, err := ActorOf(ctx, k.Door.DB.Read(), who.id)
	if err != nil {
		return "", err
	}
	if len(actor.Grants) == 0 {
		return "", errs.E(errs.Forbidden, "account.error.ticket")
	}
	second, err := k.readCode(ctx, who.id, in.Code)
	if err != nil {
		return "", err
	}
	right, err := k.tried(ctx, who, from.Address, func() bool { return second != code{} })
	if err != nil {
		return "", err
	}
	if !right {
		return "", errs.E(errs.Invalid, "account.error.totp")
	}
	cookie, err = k.openByPassword(ctx, who, actor, second, from)
	if errs.Is(err, errs.Forbidden) { // used by another request meanwhile
		return "", errs.E(errs.Invalid, "account.error.totp")
	}
	return cookie, err
}

// code is a second step as it was recognised: of a step, or of recovery. The zero code is none.
type code struct {
	step     int64
	recovery string // keyed hash
}

// readCode recognises what was typed.
func (k SessionStore) readCode(ctx context.Context, id ID, typed string) (code, error) {
	q := k.Door.DB.Read()
	nonce, err := nonceOf(ctx, q, id)
	if err != nil || len(nonce) == 0 {
		return code{}, err
	}
	plain := plainCode(typed)
	if step := totpStep(k.secret(id, nonce), plain, k.Clock.Now()); step != 0 {
		return code{step: step}, nil
	}
	hash := recoveryHash(k.Door.Vault, id, plain)
	is, err := isRecovery(ctx, q, id, hash)
	if !is {
		return code{}, err
	}
	return code{recovery: string(hash)}, nil
}

// use takes the code, within the operation; false when another took it first.
func (c code) use(ctx context.Context, tx op.Tx, id ID) (bool, error) {
	switch {
	case c.step != 0:
		return useStep(ctx, tx, id, c.step)
	case c.recovery != "":
		return useRecovery(ctx, tx, id, []byte(c.recovery))
	}
	return false, nil
}

func plainCode(typed string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(typed))
}

// secret is an account's key of the second step. It lies nowhere: the key store and the nonce make it.
func (k SessionStore) secret(id ID, nonce []byte) []byte {
	return k.Door.Vault.MAC("totp", binary.BigEndian.AppendUint64(nil, uint64(id)), nonce)[:totpSecret]
}

type macer interface {
	MAC(purpose string, parts ...[]byte) []byte
}

func recoveryHash(m macer, id ID, plain string) []byte {
	return m.MAC("recovery code", binary.BigEndian.AppendUint64(nil, uint64(id)), []byte(plain))
}

const (
	nonceSize     = 16
	recoveryCodes = 10
	recoverySize  = 10 // letters and digits
)

// newRecoveryCodes are shown once: XXXXX-XXXXX.
func newRecoveryCodes() (shown, plain []string) {
	for range recoveryCodes {
		b := make([]byte, recoverySize)
		_, _ = rand.Read(b)
		text := base32Plain.EncodeToString(b)[:recoverySize]
		shown, plain = append(shown, text[:recoverySize/2]+"-"+text[recoverySize/2:]), append(plain, text)
	}
	return shown, plain
}
