package account_test

import (
	"context"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

const pin = "836194"

// desk is an office with a registered computer and two people who have cards and PINs.
type desk struct {
	*office
	pc     string // the computer's cookie
	place  account.PCID
	number map[string]string // login → card
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	each(t, func(t *testing.T, o *office) {
		d := &desk{office: o, number: map[string]string{}}
		in := account.RegisterPCIn{Name: "前台1"}
		d.pc = in.Mark(account.Session{})
		done, err := op.Run(o.admin, o.keeper.Door, account.RegisterPC, in)
		if err != nil {
			t.Fatal(err)
		}
		d.place = done.Out
		for _, login := range []string{"zhouqian", "wangfang"} {
			id := o.withPassword(login)
			d.issue(id, login)
			if err := d.setPIN(login, good, pin); err != nil {
				t.Fatal(err)
			}
		}
		test(t, d)
	})
}

func (d *desk) issue(id account.ID, login string) {
	d.t.Helper()
	if err := d.run(d.admin, account.IssueCard, id); err != nil {
		d.t.Fatal(err)
	}
	card, err := account.CardOf(d.t.Context(), d.keeper.Door.DB.Read(), id)
	if err != nil || card.Number == "" {
		d.t.Fatal(card, err)
	}
	d.number[login] = card.Number
}

func (d *desk) setPIN(login, password, typed string) error {
	d.t.Helper()
	cookie, err := d.signIn(login, password, "10.0.0.9")
	if err != nil {
		return err
	}
	return d.keeper.SetPIN(d.t.Context(), d.session(cookie), account.NewPIN{Password: password, PIN: typed, Again: typed}, lan)
}

func (d *desk) at(cookie string) account.Browser {
	return account.Browser{Address: lan, Cookie: cookie, PC: d.pc}
}

// sit gives the place to a card's holder.
func (d *desk) sit(login, typed, cookie string) (string, error) {
	return d.keeper.SwitchByCard(d.t.Context(), account.CardIn{Card: d.number[login], PIN: typed}, d.at(cookie))
}

func (d *desk) here(cookie string) (account.Session, bool) {
	d.t.Helper()
	s, found, err := d.keeper.Find(d.t.Context(), d.at(cookie))
	if err != nil {
		d.t.Error(err)
	}
	return s, found
}

func TestSwitch_ParksWhoSatThereAndBringsHimBack(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		first, err := d.keeper.SignInByPassword(t.Context(), "zhouqian", good, d.at(""))
		if err != nil {
			t.Fatal(err)
		}
		mine, _ := d.here(first)
		if err := d.keeper.Choose(t.Context(), mine, 7); err != nil || mine.PC != "前台1" {
			t.Fatalf("at %q: %v", mine.PC, err)
		}
		second, err := d.sit("wangfang", pin, first)
		if err != nil {
			t.Fatal(err)
		}
		if s, found := d.here(second); !found || s.Actor.Name != "wangfang" || s.PC != "前台1" {
			t.Errorf("the place has %q", s.Actor.Name)
		}
		if _, found := d.here(first); found {
			t.Error("the parked session's cookie opens it")
		}
		if d.alive(second) {
			t.Error("the session is good at another computer")
		}
		d.clock.Move(time.Hour) // longer than a session may idle
		back, err := d.sit("zhouqian", pin, second)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := d.here(back)
		if s.ID() != mine.ID() || s.Estate != 7 || s.Form != mine.Form || back == first {
			t.Errorf("back as %q, estate %d, same form token %v, same cookie %v", s.Actor.Name, s.Estate, s.Form == mine.Form, back == first)
		}
		open, err := d.keeper.Sessions(account.With(t.Context(), s), s.ID())
		if err != nil || len(open) != 1 || !open[0].Here || open[0].Parked || open[0].PC != "前台1" {
			t.Errorf("sessions %+v, %v", open, err)
		}
		d.clock.Move(31 * time.Minute)
		if _, found := d.here(back); found {
			t.Error("a session at the desk outlives its idle limit")
		}
	})
}

func TestSwitch_EveryRefusalIsTheSameAndCostsTheSame(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		gone, lost := d.hire("gone", access.Grant{Post: access.Assistant}), d.number["wangfang"]
		d.issue(gone, "gone")
		id, _ := d.keeper.ByLogin(t.Context(), "wangfang")
		d.issue(id, "wangfang") // the card before is void
		d.number["lost"], d.number["nobody"] = lost, "0123456789"
		var says string
		for _, c := range []struct{ name, login, typed string }{
			{"wrong PIN", "zhouqian", "111112"}, {"no PIN set", "gone", pin}, {"void card", "lost", pin}, {"unknown card", "nobody", pin}, {"empty", "", ""},
		} {
			d.clock.Move(time.Minute)
			before := account.PasswordsTried()
			_, err := d.sit(c.login, c.typed, "")
			if says == "" && err != nil {
				says = err.Error()
			}
			if !errs.Is(err, errs.Invalid) || err.Error() != says {
				t.Errorf("%s: %v, want %s", c.name, err, says)
			}
			if n := account.PasswordsTried() - before; n != 1 {
				t.Errorf("%s: %d hashes", c.name, n)
			}
		}
		if n := d.failed(); n != 5 {
			t.Errorf("%d failures counted, want 5", n)
		}
		d.clock.Move(time.Hour)
		if _, err := d.sit("wangfang", pin, ""); err != nil {
			t.Errorf("the new card: %v", err)
		}
		away := account.Browser{Address: lan, PC: "invented"}
		if _, err := d.keeper.SwitchByCard(t.Context(), account.CardIn{Card: d.number["zhouqian"], PIN: pin}, away); !errs.Is(err, errs.Forbidden) {
			t.Errorf("at a computer nobody registered: %v", err)
		}
	})
}

// failed is how many refused tries have been counted, logged or not.
func (d *desk) failed() int {
	d.t.Helper()
	if err := d.keeper.LogAllFailures(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	return len(failureLeaves(d.t, d.keeper.Door))
}

func TestSwitch_FiveWrongPINsNeedThePassword(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for range 5 {
			d.clock.Move(time.Second)
			if _, err := d.sit("zhouqian", "111112", ""); err == nil {
				t.Fatal("a wrong PIN opens")
			}
		}
		d.clock.Move(time.Hour)
		if _, err := d.sit("zhouqian", pin, ""); !errs.Is(err, errs.Invalid) {
			t.Errorf("after five wrong ones and an hour: %v", err)
		}
		d.clock.Move(time.Hour)
		if _, err := d.signIn("zhouqian", good, lan); err != nil {
			t.Fatal(err)
		}
		if _, err := d.sit("zhouqian", pin, ""); err != nil {
			t.Errorf("after the password: %v", err)
		}
		d.clock.Move(12*time.Hour + time.Minute)
		_, err := d.sit("zhouqian", pin, "")
		if !errs.Is(err, errs.Invalid) || errs.As(err).Key != "account.error.pin_stale" {
			t.Errorf("the next day: %v", err)
		}
		if _, err := d.sit("zhouqian", "111112", ""); errs.As(err).Key != "account.error.card" {
			t.Errorf("a wrong PIN the next day: %v", err)
		}
	})
}

func TestEndPC_SignsOutEverybodyThere(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		first, _ := d.sit("zhouqian", pin, "")
		second, err := d.sit("wangfang", pin, first)
		if err != nil {
			t.Fatal(err)
		}
		twice := account.RegisterPCIn{Name: " 前台1 "}
		twice.Mark(account.Session{})
		if _, err := op.Run(d.admin, d.keeper.Door, account.RegisterPC, twice); !errs.Is(err, errs.Invalid) {
			t.Errorf("the same name twice: %v", err)
		}
		clerk := optest.As(t.Context(), 9, access.Company, access.Manager)
		for who, want := range map[context.Context]bool{clerk: false, d.admin: true} {
			if _, err := op.Run(who, d.keeper.Door, account.EndPC, account.PCIn{PC: d.place}, op.Dry()); (err == nil) != want {
				t.Errorf("ending it: %v", err)
			}
		}
		if _, err := op.Run(d.admin, d.keeper.Door, account.EndPC, account.PCIn{PC: d.place}); err != nil {
			t.Fatal(err)
		}
		if _, found := d.here(second); found {
			t.Error("a session at a computer no longer registered")
		}
		if _, err := d.sit("zhouqian", pin, ""); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a card there: %v", err)
		}
	})
}

func TestSetPIN_RefusesTheObviousAndAsksForThePassword(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for _, weak := range []string{"000000", "123456", "654321", "123123", "121212", "112233", "12345", "1234567", "12a456", "八三六一九四", ""} {
			if err := d.setPIN("zhouqian", good, weak); !errs.Is(err, errs.Invalid) {
				t.Errorf("%q: %v", weak, err)
			}
		}
		cookie, _ := d.signIn("zhouqian", good, lan)
		in := account.NewPIN{Password: other, PIN: "492817", Again: "492816"}
		if err := d.keeper.SetPIN(t.Context(), d.session(cookie), in, lan); len(errs.As(err).Fields) != 2 {
			t.Errorf("a wrong password and two entries: %v", err)
		}
		id, _ := d.keeper.ByLogin(t.Context(), "zhouqian")
		d.enter(id) // a reset
		if has, err := account.HasPIN(t.Context(), d.keeper.Door.DB.Read(), id); has || err != nil {
			t.Errorf("a reset leaves the PIN: %v", err)
		}
	})
}

// Whoever works by card signs with his PIN there, as long as it stands for a password of the day (realities 2).
func TestConfirm_ByPINAtARegisteredComputer(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		cookie, err := d.sit("zhouqian", pin, "")
		if err != nil {
			t.Fatal(err)
		}
		here, _ := d.here(cookie)
		confirm := func(s account.Session, typed string) error {
			_, err := account.Confirm(t.Context(), d.keeper.Door, s, "password", typed)
			return err
		}
		wrong := func(err error, key string) bool {
			e := errs.As(err)
			return e != nil && e.Kind == errs.Invalid && len(e.Fields) == 1 && e.Fields[0].Name == "password" && e.Fields[0].Key == key
		}
		if err := confirm(here, pin); err != nil {
			t.Errorf("his PIN: %v", err)
		}
		if err := confirm(here, good); err != nil {
			t.Errorf("his password: %v", err)
		}
		if err := confirm(here, ""); !wrong(err, "error.required") {
			t.Errorf("nothing: %v", err)
		}
		if err := confirm(here, "836195"); !wrong(err, "account.error.own_pin") {
			t.Errorf("a wrong PIN: %v", err)
		}
		elsewhere, _ := d.signed("zhouqian", good)
		if err := confirm(elsewhere, pin); !wrong(err, "account.error.own_password") {
			t.Errorf("a PIN at any other computer: %v", err)
		}
		d.clock.Move(13 * time.Hour)
		if err := confirm(here, pin); !wrong(err, "account.error.own_pin_stale") {
			t.Errorf("after a working day: %v", err)
		}
	})
}

func TestConfirm_FiveWrongPINsAndOnlyThePasswordHelps(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		cookie, err := d.sit("zhouqian", pin, "")
		if err != nil {
			t.Fatal(err)
		}
		here, _ := d.here(cookie)
		for n := range 5 {
			here.Actor.Address = "10.0.2." + string(rune('1'+n)) // so that no address waits
			if _, err := account.Confirm(t.Context(), d.keeper.Door, here, "password", "836195"); !errs.Is(err, errs.Invalid) {
				t.Errorf("a wrong PIN: %v", err)
			}
		}
		d.clock.Move(time.Hour)
		if _, err := account.Confirm(t.Context(), d.keeper.Door, here, "password", pin); !errs.Is(err, errs.Invalid) {
			t.Errorf("the right PIN after five wrong ones: %v", err)
		}
		d.clock.Move(time.Hour)
		if _, err := account.Confirm(t.Context(), d.keeper.Door, here, "password", good); err != nil {
			t.Errorf("the password: %v", err)
		}
	})
}
