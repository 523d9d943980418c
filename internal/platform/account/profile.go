package account

import (
	"context"
	"time"
	"unicode"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/setting"
)

// profile is a set of rules that passwords follow. ASVS forbids what 等保 (GB/T 22239) asks for, so that a company chooses
// (reliability §6).
type profile int64

const (
	regular   profile = 0 // long, and not put together from what everybody uses
	protected profile = 1 // that, and of several kinds of characters, changed every ninety days, none of the last five again
)

// What the profile 等保 asks for beyond the regular rules.
const (
	fewestKinds = 3 // of four
	lastsFor    = 90 * 24 * time.Hour
	lastOnes    = 5 // may not come back
)

// PasswordProfile is the rules that passwords follow.
var PasswordProfile = setting.Choice[profile]{Number: setting.Number{Name: "account.password_profile", Default: int64(regular), Company: true,
	Label: "account.password_profile", Meaning: "account.password_profile.meaning", Options: []setting.Option{
		{Value: int64(regular), Label: "account.password_profile.regular"},
		{Value: int64(protected), Label: "account.password_profile.protected"},
	}}}

// IdleMinutes is how long a session may rest before it ends; a company may make it shorter.
var IdleMinutes = setting.Number{Name: "account.idle_minutes", Default: 30, Min: 5, Max: 30, Company: true,
	Label: "account.idle_minutes", Meaning: "account.idle_minutes.meaning", Unit: "account.idle_minutes.unit"}

func profileOn(ctx context.Context, q db.Querier, now time.Time) (profile, error) {
	return PasswordProfile.At(ctx, q, access.Company, clock.Date(now))
}

// Protected reports whether passwords follow the profile 等保.
func (k SessionStore) Protected(ctx context.Context) (bool, error) {
	p, err := profileOn(ctx, k.Door.DB.Read(), k.Clock.Now())
	return p == protected, err
}

// expired reports whether an account has to change its password before anything else: under 等保 one is good for ninety
// days, and one that was never held against its rules is not good at all.
func expired(ctx context.Context, q db.Querier, id ID, now time.Time) (bool, error) {
	p, err := profileOn(ctx, q, now)
	if err != nil || p != protected {
		return false, err
	}
	set, under, err := passwordSince(ctx, q, id)
	return set != 0 && (under != protected || now.Sub(time.UnixMicro(set)) > lastsFor), err
}

// checkProtected notes what 等保 finds wrong with a new password.
func checkProtected(ctx context.Context, q db.Querier, f *errs.Fields, field string, who known, password string) error {
	if password == "" {
		return nil // nothing is wrong with it but that
	}
	if kinds(password) < fewestKinds {
		f.Add(field, "account.error.kinds", fewestKinds)
		return nil
	}
	former, err := formerOf(ctx, q, who.id)
	if err != nil {
		return err
	}
	most := lastOnes
	if who.secret != "" { // the one in force is compared as it was typed
		most--
	}
	for _, stored := range former[:min(most, len(former))] {
		if fits(stored, password) {
			f.Add(field, "account.error.former", lastOnes)
			return nil
		}
	}
	return nil
}

// kinds is how many of four kinds of characters a password has: capitals, small letters, digits, all others. A Chinese
// character is one of the others.
func kinds(password string) int {
	var has [4]int
	for _, r := range password {
		switch {
		case r <= unicode.MaxASCII && unicode.IsUpper(r):
			has[0] = 1
		case r <= unicode.MaxASCII && unicode.IsLower(r):
			has[1] = 1
		case r <= unicode.MaxASCII && unicode.IsDigit(r):
			has[2] = 1
		default:
			has[3] = 1
		}
	}
	return has[0] + has[1] + has[2] + has[3]
}
