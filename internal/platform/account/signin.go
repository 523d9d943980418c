package account

import (
	"context"
	"errors"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// errSignIn is the one answer to an unknown login, a wrong password, a wait, and a disabled account.
var errSignIn = errs.E(errs.Invalid, "account.error.sign_in")

// longestLogin keeps what strangers type out of the questions to the database.
const longestLogin = 64

// SignInByPassword signs in and gives the cookie's value, or SecondStep where a code is to follow. Whatever is wrong, the
// answer and the work done for it are the same: one question, one password hash, one count.
func (k SessionStore) SignInByPassword(ctx context.Context, login, password string, from Browser) (cookie string, err error) {
	if err := k.LogFailures(ctx); err != nil {
		return "", err
	}
	if login = strings.ToLower(strings.TrimSpace(login)); len(login) > longestLogin {
		login = ""
	}
	who, err := knownBy(ctx, k.Door.DB.Read(), login)
	if err != nil {
		return "", err
	}
	actor, err := ActorOf(ctx, k.Door.DB.Read(), who.id)
	if err != nil {
		return "", err
	}
	if len(actor.Grants) == 0 { // disabled, or nobody
		who.secret = ""
	}
	right, err := k.prove(ctx, who, password, from.Address)
	if err != nil {
		return "", err
	}
	if !right {
		return "", errSignIn
	}
	asks, err := asksCode(ctx, k.Door.DB.Read(), who.id, k.Clock.Now())
	if err != nil {
		return "", err
	}
	if asks {
		return "", SecondStep{k.ticket(who, from.Address, k.Clock.Now().Add(ticketLife).UnixMicro())}
	}
	cookie, err = k.openByPassword(ctx, who, actor, code{}, from)
	if errs.Is(err, errs.Forbidden) { // reset or disabled while we looked
		return "", errSignIn
	}
	return cookie, err
}

// openByPassword opens the session, once all that is asked was proven.
func (k SessionStore) openByPassword(ctx context.Context, who known, actor access.Actor, second code, from Browser) (cookie string, err error) {
	pc, err := k.PCOf(ctx, from)
	if err != nil {
		return "", err
	}
	cookie = newSecret()
	in := SignInIn{Account: who.id, Means: ByPassword, Address: from.Address, Recovery: second.recovery != "",
		secret: who.secret, second: second, open: from.opening(cookie, pc)}
	_, err = op.Run(access.With(ctx, Everywhere(actor)), k.Door, SignIn, in)
	return cookie, err
}

// LinkUntil is whose a one-time link or its code is, and until when it holds; 0 for one that was used, is over or never was.
func (k SessionStore) LinkUntil(ctx context.Context, secret string) (ID, time.Time, error) {
	l, err := linkOf(ctx, k.Door.DB.Read(), hash(TypedCode(secret)))
	if err != nil || l.account == 0 || l.expires < k.Clock.Now().UnixMicro() {
		return 0, time.Time{}, err
	}
	return l.account, time.UnixMicro(l.expires), nil
}

// SignInByLink signs in with a one-time link, or its code as typed by hand. Used, expired and invented links are refused alike.
func (k SessionStore) SignInByLink(ctx context.Context, secret string, from Browser) (cookie string, err error) {
	q := k.Door.DB.Read()
	secret = TypedCode(secret)
	l, err := linkOf(ctx, q, hash(secret))
	if err != nil {
		return "", err
	}
	actor, err := ActorOf(ctx, q, l.account)
	if err != nil {
		return "", err
	}
	if actor.Account == 0 || l.expires < k.Clock.Now().UnixMicro() {
		return "", errs.E(errs.Forbidden, "account.error.link")
	}
	pc, err := k.PCOf(ctx, from)
	if err != nil {
		return "", err
	}
	cookie = newSecret()
	in := SignInIn{Account: l.account, Means: ByLink, Address: from.Address, link: hash(secret), open: from.opening(cookie, pc)}
	in.open.mustSet = l.mustSet
	_, err = op.Run(access.With(ctx, Everywhere(actor)), k.Door, SignIn, in)
	return cookie, err
}

func (b Browser) opening(cookie string, at PC) opening {
	o := opening{token: hash(cookie), pc: at.ID, address: b.Address}
	if b.Cookie != "" {
		o.old = hash(b.Cookie)
	}
	return o
}

// prove looks whether a password, or a PIN, is an account's.
func (k SessionStore) prove(ctx context.Context, who known, password, from string) (bool, error) {
	return k.tried(ctx, who, from, func() bool { return fits(who.secret, password) })
}

// tried looks at a try, and counts it when it is wrong. A wait is asked for within the place in the queue, so that many
// tries at once are not all looked at before the first is counted.
func (k SessionStore) tried(ctx context.Context, who known, from string, right func() bool) (bool, error) {
	done, err := queue(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	now, address := k.Clock.Now(), k.Door.Vault.MAC(addressKey, []byte(from))
	account, there, err := triedSince(ctx, k.Door.DB.Read(), who.id, address, now.Add(-remembered).UnixMicro())
	if err != nil {
		return false, err
	}
	waits := account.waits(now) || there.waits(now)
	if right() && !waits {
		return true, nil
	}
	return false, k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error {
		if who.pin && !waits {
			if err := countWrongPIN(ctx, s, who.id); err != nil {
				return err
			}
		}
		return countFailure(ctx, s, who.id, address, now.UnixMicro(), !waits)
	})
}

func (t tried) waits(now time.Time) bool {
	return now.Sub(time.UnixMicro(t.newest)) < waitAfter(t.times)
}

func minuteOf(micros int64) int64 { return micros / time.Minute.Microseconds() }

// LogFailures writes the leaves of refused sign-ins of the minutes that are over.
func (k SessionStore) LogFailures(ctx context.Context) error {
	return k.logFailures(ctx, minuteOf(k.Clock.Now().UnixMicro()))
}

// LogAllFailures writes them for this minute too: at the end of the program.
func (k SessionStore) LogAllFailures(ctx context.Context) error {
	return k.logFailures(ctx, minuteOf(k.Clock.Now().UnixMicro())+1)
}

func (k SessionStore) logFailures(ctx context.Context, before int64) error {
	open, err := unlogged(ctx, k.Door.DB.Read(), before)
	if err != nil || len(open) == 0 {
		return err
	}
	program := access.With(ctx, access.ProgramActor())
	for _, f := range open {
		in := RecordFailuresIn{Account: f.account, Address: hexOf(f.address), Minute: f.minute, Tries: f.tries - f.logged, row: f}
		if _, err := op.Run(program, k.Door, RecordFailures, in); err != nil && !errs.Is(err, errs.Conflict) {
			return err
		}
	}
	old := minuteOf(k.Clock.Now().Add(-remembered).UnixMicro())
	return k.Door.DB.Write(ctx, func(ctx context.Context, s *db.Session) error { return forget(ctx, s, old) })
}

// NewPassword is what somebody types to change his password.
type NewPassword struct {
	Old   string `form:"old,raw"`
	New   string `form:"new,raw"`
	Again string `form:"again,raw"`
}

// ChangePassword sets the password of who is signed in, and gives the cookie of the session that takes the place of all
// others. Whoever came by an administrator's link has no old one to tell.
func (k SessionStore) ChangePassword(ctx context.Context, s Session, in NewPassword, address string) (cookie string, err error) {
	a, err := Find(ctx, k.Door.DB.Read(), s.ID())
	if err != nil {
		return "", err
	}
	who, err := knownBy(ctx, k.Door.DB.Read(), a.Login)
	if err != nil {
		return "", err
	}
	var f errs.Fields
	if who.secret != "" {
		right, err := k.prove(ctx, who, in.Old, address)
		if err != nil {
			return "", err
		}
		f.Check(right, "old", "account.error.old_password")
		f.Check(!right || in.New != in.Old, "new", "account.error.same_password")
	}
	f.Check(in.New == in.Again, "again", "account.error.again")
	stored, under, err := k.hashNew(ctx, &f, "new", who, in.New, a.Login, a.Name)
	if err != nil {
		return "", err
	}
	cookie = newSecret()
	set := SetPasswordIn{Account: a.ID, First: who.secret == "", hash: stored, under: under, was: who.secret,
		open: opening{token: hash(cookie), pc: s.pc, estate: s.Estate, address: address}}
	_, err = op.Run(access.With(ctx, Everywhere(s.Actor)), k.Door, SetPassword, set)
	return cookie, err
}

// hashNew checks a new password, adds what is wrong to the fields, and hashes it when nothing is. It says by which rules.
func (k SessionStore) hashNew(ctx context.Context, f *errs.Fields, field string, who known, password string, about ...string) (stored string, under profile, err error) {
	if k.Context != nil {
		words, err := k.Context(ctx)
		if err != nil {
			return "", 0, err
		}
		about = append(about, words...)
	}
	CheckPassword(f, field, password, about...)
	if err := f.Err(); err != nil {
		return "", 0, err
	}
	done, err := queue(ctx)
	if err != nil {
		return "", 0, err
	}
	defer done()
	if under, err = profileOn(ctx, k.Door.DB.Read(), k.Clock.Now()); err != nil {
		return "", 0, err
	}
	if under == protected {
		err = checkProtected(ctx, k.Door.DB.Read(), f, field, who, password)
	}
	if err = errors.Join(err, f.Err()); err != nil {
		return "", 0, err
	}
	return hashed(password), under, nil
}

// FirstAccount is what the one who sets the program up says of himself.
type FirstAccount struct {
	SetUpIn
	Password string `form:"password,raw"`
	Again    string `form:"again,raw"`
}

// Check says what is wrong with the first account, without making it.
func (k SessionStore) Check(ctx context.Context, in FirstAccount, words ...string) error {
	var f errs.Fields
	_, err := op.Run(access.With(ctx, access.ProgramActor()), k.Door, SetUp, in.SetUpIn, op.Dry())
	if errs.Is(err, errs.Invalid) {
		for _, field := range errs.As(err).Fields {
			f.Add(field.Name, field.Key, field.Args...)
		}
	} else if err != nil {
		return err
	}
	CheckPassword(&f, "password", in.Password, append(words, in.Login, in.Name)...)
	f.Check(in.Password == in.Again, "again", "account.error.again")
	return f.Err()
}

// SetUp makes the first account and signs it in; no cookie when it has to sign in by itself.
func (k SessionStore) SetUp(ctx context.Context, in FirstAccount, from Browser) (cookie string, err error) {
	var f errs.Fields
	if in.hash, _, err = k.hashNew(ctx, &f, "password", known{}, in.Password, in.Login, in.Name); err != nil {
		return "", err
	}
	_, err = op.Run(access.With(ctx, access.ProgramActor()), k.Door, SetUp, in.SetUpIn)
	if err != nil {
		return "", err
	}
	cookie, err = k.SignInByPassword(ctx, in.Login, in.Password, from)
	if errors.Is(err, errSignIn) { // somebody tried passwords from this address; the sign-in page is open to him
		return "", nil
	}
	return cookie, err
}
