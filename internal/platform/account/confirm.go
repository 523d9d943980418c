package account

import (
	"context"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sign"
)

// Confirm proves that who is signed in is there himself: he types his password again, before he signs something. A wrong one is
// Invalid at the field, and counts like one at the sign-in.
func Confirm(ctx context.Context, d *op.Door, s Session, field, password string) (sign.Proof, error) {
	k := Keeper{Door: d, Clock: d.Clock}
	a, err := Find(ctx, d.DB.Read(), s.ID())
	if err != nil {
		return sign.Proof{}, err
	}
	who, err := knownBy(ctx, d.DB.Read(), a.Login)
	if err != nil {
		return sign.Proof{}, err
	}
	var f errs.Fields
	f.Check(who.secret != "", field, "account.error.no_password")
	f.Check(who.secret == "" || password != "", field, "error.required")
	if err := f.Err(); err != nil {
		return sign.Proof{}, err
	}
	right, err := k.prove(ctx, who, password, s.Actor.Address)
	if err != nil {
		return sign.Proof{}, err
	}
	f.Check(right, field, "account.error.own_password")
	return sign.Proven(int64(a.ID), sign.ByPassword, d.Clock.Now()), f.Err()
}
