package account_test

import (
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

const (
	day   = 24 * time.Hour
	mixed = "Old Cat steals 3 fish" // three kinds and blanks
)

// choose sets one of the package's settings.
func (o *office) choose(name string, value int64) {
	o.t.Helper()
	manager := optest.As(o.t.Context(), 900, access.Company, access.Manager)
	in := setting.ChangeIn{Name: name, Value: value, Why: "等保检查"}
	if _, err := op.Run(manager, o.keeper.Door, settings.Change(), in); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) protect() { o.t.Helper(); o.choose(account.PasswordProfile.Name, 1) }

// change sets the password of whoever a cookie stands for, and gives the next cookie.
func (o *office) change(cookie, old, fresh string) (string, error) {
	o.t.Helper()
	return o.keeper.ChangePassword(o.t.Context(), o.session(cookie), account.NewPassword{Old: old, New: fresh, Again: fresh}, lan)
}

// signed is the session a password opens.
func (o *office) signed(login, password string) (account.Session, string) {
	o.t.Helper()
	cookie, err := o.signIn(login, password, lan)
	if err != nil {
		o.t.Fatal(err)
	}
	return o.session(cookie), cookie
}

func mistake(err error, key string) bool {
	e := errs.As(err)
	return e != nil && len(e.Fields) == 1 && e.Fields[0].Name == "new" && e.Fields[0].Key == key
}

func TestProfile_RegularAsksForNoKindsAndNoChange(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.withPassword("zhouqian") // a sentence of one kind of characters
		o.clock.Move(400 * day)
		s, cookie := o.signed("zhouqian", good)
		if s.MustSet {
			t.Error("a password of last year has to be changed")
		}
		for _, step := range [][2]string{{good, other}, {other, good}} { // and the one before comes back
			var err error
			if cookie, err = o.change(cookie, step[0], step[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestProfile_ProtectedAsksForThreeKinds(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.withPassword("zhouqian")
		o.protect()
		s, cookie := o.signed("zhouqian", good)
		if !s.MustSet {
			t.Error("a password of the regular rules goes on")
		}
		for _, plain := range []string{"老猫昨夜偷吃了两条小黄鱼", "my aunt keeps nine goats", "myauntkeeps9goats"} {
			if _, err := o.change(cookie, good, plain); !mistake(err, "account.error.kinds") {
				t.Errorf("%s: %v", plain, err)
			}
		}
		if _, err := o.change(cookie, good, "Ab3"); !mistake(err, "account.error.short") {
			t.Errorf("a short one: %v", err)
		}
		cookie, err := o.change(cookie, good, mixed)
		if err != nil || o.session(cookie).MustSet {
			t.Errorf("three kinds: %v", err)
		}
		if s, _ := o.signed("zhouqian", mixed); s.MustSet {
			t.Error("asked again at the next sign-in")
		}
	})
}

func TestProfile_ProtectedAsksForAnotherAfterNinetyDays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.protect()
		o.withPasswordOf("zhouqian", mixed)
		o.clock.Move(90 * day)
		if s, _ := o.signed("zhouqian", mixed); s.MustSet {
			t.Error("expired on the ninetieth day")
		}
		o.clock.Move(time.Hour)
		s, cookie := o.signed("zhouqian", mixed)
		if !s.MustSet {
			t.Error("goes on after ninety days")
		}
		cookie, err := o.change(cookie, mixed, mixed+" again")
		if err != nil || o.session(cookie).MustSet {
			t.Errorf("changed: %v", err)
		}
	})
}

// withPasswordOf hires somebody with a password.
func (o *office) withPasswordOf(login, password string) (account.ID, string) {
	o.t.Helper()
	id := o.hire(login, access.Grant{Post: access.Assistant, Estate: 7})
	_, cookie := o.enter(id)
	cookie, err := o.change(cookie, "", password)
	if err != nil {
		o.t.Fatal(err)
	}
	return id, cookie
}

func TestProfile_ProtectedBringsNoneOfTheLastFiveBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.protect()
		number := func(n int) string { return fmt.Sprintf("%s, number %d", mixed, n) }
		id, cookie := o.withPasswordOf("zhouqian", number(0))
		for n := 1; n <= 5; n++ {
			o.clock.Move(time.Minute)
			var err error
			if cookie, err = o.change(cookie, number(n-1), number(n)); err != nil {
				t.Fatal(n, err)
			}
		}
		for _, n := range []int{1, 4} {
			if _, err := o.change(cookie, number(5), number(n)); !mistake(err, "account.error.former") {
				t.Errorf("number %d of the last five: %v", n, err)
			}
		}
		if _, err := o.change(cookie, number(5), number(5)); !mistake(err, "account.error.same_password") {
			t.Errorf("the one in force: %v", err)
		}
		_, cookie = o.enter(id) // a reset is no way around it
		for _, n := range []int{1, 5} {
			if _, err := o.change(cookie, "", number(n)); !mistake(err, "account.error.former") {
				t.Errorf("number %d after a reset: %v", n, err)
			}
		}
		if _, err := o.change(cookie, "", number(0)); err != nil {
			t.Errorf("the sixth: %v", err)
		}
	})
}

func TestSessions_RestAsLongAsTheSettingSays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.withPassword("zhouqian")
		o.choose(account.IdleMinutes.Name, 10)
		_, cookie := o.signed("zhouqian", good)
		o.clock.Move(9 * time.Minute)
		if !o.alive(cookie) {
			t.Error("ended after nine minutes")
		}
		o.clock.Move(11 * time.Minute)
		if o.alive(cookie) {
			t.Error("lives after eleven idle minutes")
		}
	})
}
