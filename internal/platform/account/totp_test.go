package account_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
)

// phone makes the codes of a key as somebody's telephone does.
func phone(t *testing.T, key account.TOTPKey, at time.Time) string {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(key.Text)
	if err != nil || len(secret) != 20 {
		t.Fatal(key.Text, err)
	}
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/30)))
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[from:from+4])%(1<<31)%1e6)
}

// withTOTP is an auditor with a password and the second step.
func (o *office) withTOTP() (key account.TOTPKey, recovery []string) {
	o.t.Helper()
	id := o.hire("qianjin", access.Grant{Post: access.Auditor})
	s, _ := o.enter(id)
	cookie, err := o.keeper.ChangePassword(o.t.Context(), s, account.NewPassword{New: good, Again: good}, lan)
	if err != nil {
		o.t.Fatal(err)
	}
	return o.setTOTP(cookie)
}

func (o *office) setTOTP(cookie string) (key account.TOTPKey, recovery []string) {
	o.t.Helper()
	ctx, s := o.t.Context(), o.session(cookie)
	key, err := o.keeper.NewTOTPKey(ctx, s, "")
	if err != nil {
		o.t.Fatal(err)
	}
	in := account.NewTOTP{Nonce: key.Nonce, Password: good, Code: phone(o.t, key, o.clock.Now())}
	if recovery, err = o.keeper.SetUpTOTP(ctx, s, in, lan); err != nil {
		o.t.Fatal(err)
	}
	return key, recovery
}

// ticket is what the right password brings where a code is to follow.
func (o *office) ticket() string {
	o.t.Helper()
	_, err := o.signIn("qianjin", good, lan)
	var step account.SecondStep
	if !errors.As(err, &step) {
		o.t.Fatalf("the password alone: %v", err)
	}
	return step.Ticket
}

func (o *office) second(ticket, code, from string) (string, error) {
	return o.keeper.SignInByCode(o.t.Context(), account.CodeIn{Ticket: ticket, Code: code}, account.Browser{Address: from})
}

func TestTOTP_CodeAfterThePasswordAndNoneTwice(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		key, _ := o.withTOTP()
		now := func() string { return phone(t, key, o.clock.Now()) }
		if _, err := o.second(o.ticket(), now(), lan); err == nil {
			t.Error("the code it was set up with works again")
		}
		o.clock.Move(31 * time.Second)
		ticket := o.ticket()
		if _, err := o.second(ticket, now(), "10.9.9.9"); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a ticket taken to another address: %v", err)
		}
		cookie, err := o.second(ticket, now(), lan)
		if err != nil || o.session(cookie).Actor.Name != "qianjin" {
			t.Fatalf("password and code: %v", err)
		}
		if _, err := o.second(ticket, now(), lan); !errs.Is(err, errs.Invalid) {
			t.Errorf("the same code twice: %v", err)
		}
		o.clock.Move(5*time.Minute + time.Second)
		if _, err := o.second(ticket, now(), lan); !errs.Is(err, errs.Forbidden) {
			t.Errorf("an old ticket: %v", err)
		}
		bent := []byte(o.ticket())
		bent[3] ^= 1
		if _, err := o.second(string(bent), now(), lan); !errs.Is(err, errs.Forbidden) {
			t.Errorf("an altered ticket: %v", err)
		}
	})
}

func TestTOTP_WrongCodesWait(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		key, _ := o.withTOTP()
		o.clock.Move(time.Minute)
		ticket := o.ticket()
		for range 5 {
			if _, err := o.second(ticket, "000001", lan); !errs.Is(err, errs.Invalid) {
				t.Errorf("a wrong code: %v", err)
			}
		}
		if _, err := o.second(ticket, phone(t, key, o.clock.Now()), lan); !errs.Is(err, errs.Invalid) {
			t.Errorf("the right code during the wait: %v", err)
		}
		o.clock.Move(61 * time.Second)
		if _, err := o.second(ticket, phone(t, key, o.clock.Now()), lan); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

func TestTOTP_RecoveryCodesOnceEachAndResetTakesAll(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		_, recovery := o.withTOTP()
		if len(recovery) != 10 {
			t.Fatalf("%d recovery codes", len(recovery))
		}
		for n, want := range []bool{true, false} {
			if _, err := o.second(o.ticket(), " "+recovery[3]+" ", lan); (err == nil) != want {
				t.Errorf("a recovery code, time %d: %v", n+1, err)
			}
		}
		id, _ := o.keeper.ByLogin(t.Context(), "qianjin")
		s, _ := o.enter(id) // a reset
		if _, err := o.keeper.ChangePassword(t.Context(), s, account.NewPassword{New: good, Again: good}, lan); err != nil {
			t.Fatal(err)
		}
		if _, err := o.signIn("qianjin", good, lan); err != nil {
			t.Errorf("after a reset: %v", err)
		}
	})
}

func TestTOTP_OffOfferedRequired(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		mode := func(value int64) {
			t.Helper()
			who := optest.As(t.Context(), 5, access.Company, access.SystemAdmin)
			if _, err := op.Run(who, o.keeper.Door, settings.Change(), changeIn(value)); err != nil {
				t.Fatal(err)
			}
		}
		o.withTOTP()
		mode(0)
		if _, err := o.signIn("qianjin", good, lan); err != nil {
			t.Errorf("switched off: %v", err)
		}
		mode(2)
		o.ticket()
		o.withPassword("zhouqian")
		clerk, err := o.signIn("zhouqian", good, lan)
		if err != nil || o.session(clerk).MustCode {
			t.Errorf("a clerk, where administrators must: %v", err)
		}
		offers := func(cookie string) bool {
			yes, err := o.keeper.OffersTOTP(t.Context(), o.session(cookie))
			return yes && err == nil
		}
		if offers(clerk) {
			t.Error("a clerk is offered the second step")
		}
		s, cookie := o.enter(o.id)
		if !s.MustCode || !offers(cookie) {
			t.Error("an administrator without the second step does as he likes")
		}
		if cookie, err = o.keeper.ChangePassword(t.Context(), s, account.NewPassword{New: good, Again: good}, lan); err != nil || !o.session(cookie).MustCode {
			t.Errorf("a new password in its place: %v", err)
		}
		bad := account.NewTOTP{Nonce: "short", Password: other, Code: "1"}
		if _, err := o.keeper.SetUpTOTP(t.Context(), o.session(cookie), bad, lan); len(errs.As(err).Fields) != 2 {
			t.Errorf("a wrong password and code: %v", err)
		}
		if o.setTOTP(cookie); o.session(cookie).MustCode {
			t.Error("it is asked for again")
		}
		if _, err := op.Run(o.admin, o.keeper.Door, account.SetTOTP, account.SetTOTPIn{Account: o.id}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("without the password: %v", err)
		}
	})
}

func changeIn(value int64) setting.ChangeIn {
	return setting.ChangeIn{Name: account.TOTP.Name, Value: value, Why: "试行"}
}
