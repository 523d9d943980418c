package account

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// errCard is the one answer to an unknown or void card, a wrong PIN, too many wrong ones, a wait, and a disabled account.
var errCard = errs.E(errs.Invalid, "account.error.card")

// CardIn is what somebody shows to take the place at a registered computer.
type CardIn struct {
	Card string `form:"card"`
	PIN  string `form:"pin,raw"`
}

// SwitchByCard gives the place at a registered computer to the holder of a card, and the cookie of his session. Whoever
// sat there is parked, not signed out. Refusals cost the same work, as with passwords.
func (k SessionStore) SwitchByCard(ctx context.Context, in CardIn, from Browser) (cookie string, err error) {
	if err := k.LogFailures(ctx); err != nil {
		return "", err
	}
	q := k.Door.DB.Read()
	pc, err := pcOf(ctx, q, from.PC)
	if err != nil {
		return "", err
	}
	if pc.ID == 0 {
		return "", errs.E(errs.Forbidden, "account.error.pc")
	}
	h, err := holderOf(ctx, q, strings.ReplaceAll(in.Card, " ", ""))
	if err != nil {
		return "", err
	}
	actor, err := ActorOf(ctx, q, h.id)
	if err != nil {
		return "", err
	}
	who := known{id: h.id, secret: h.secret, pin: true}
	if len(actor.Grants) == 0 || h.wrong >= freeTries { // from the fifth wrong PIN on only the password helps
		who.secret = ""
	}
	right, err := k.prove(ctx, who, in.PIN, from.Address)
	switch {
	case err != nil:
		return "", err
	case !right:
		return "", errCard
	case h.stale(k.Clock.Now()): // he knows the PIN: he may be told
		return "", errs.E(errs.Invalid, "account.error.pin_stale")
	}
	cookie = newSecret()
	sign := SignInIn{Account: h.id, Means: ByCard, Address: from.Address, secret: who.secret, card: h.card, open: from.opening(cookie, pc)}
	_, err = op.Run(access.With(ctx, Everywhere(actor)), k.Door, SignIn, sign)
	if errs.Is(err, errs.Forbidden) { // reissued, reset or disabled while we looked
		return "", errCard
	}
	return cookie, err
}

// proveCard asks again, within the operation, what SwitchByCard found before it.
func proveCard(ctx context.Context, tx op.Tx, in SignInIn) error {
	card := &Card{}
	card.ID = in.card
	if err := tx.Lock(ctx, card); err != nil {
		return err
	}
	h, err := holderOf(ctx, tx, card.Number)
	if err != nil || h.id != in.Account || h.secret == "" || h.secret != in.secret {
		return orRefused(err, "account.error.card")
	}
	pc, err := lockPC(ctx, tx, in.open.pc)
	if err != nil || pc.Ended != 0 {
		return orRefused(err, "account.error.pc")
	}
	return pinProved(ctx, tx, in.Account)
}

// NewPIN is what somebody types to set his PIN.
type NewPIN struct {
	Password string `form:"password,raw"`
	PIN      string `form:"pin,raw"`
	Again    string `form:"again,raw"`
}

// SetPIN sets the PIN of who is signed in, who proves himself by his password.
func (k SessionStore) SetPIN(ctx context.Context, s Session, in NewPIN, address string) error {
	a, err := Find(ctx, k.Door.DB.Read(), s.ID())
	if err != nil {
		return err
	}
	who, err := knownBy(ctx, k.Door.DB.Read(), a.Login)
	if err != nil {
		return err
	}
	right, err := k.prove(ctx, who, in.Password, address)
	if err != nil {
		return err
	}
	var f errs.Fields
	f.Check(right, "password", "account.error.own_password")
	checkPIN(&f, "pin", in.PIN)
	f.Check(in.PIN == in.Again, "again", "account.error.again_pin")
	if err := f.Err(); err != nil {
		return err
	}
	done, err := queue(ctx)
	if err != nil {
		return err
	}
	stored := hashed(in.PIN)
	done()
	_, err = op.Run(access.With(ctx, Everywhere(s.Actor)), k.Door, SetPIN, SetPINIn{Account: a.ID, hash: stored, secret: who.secret})
	return err
}
