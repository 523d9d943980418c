package account_test

import (
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func TestSetUp_OnceAndMerged(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		o := &office{t: t, keeper: account.SessionStore{Door: d, Clock: d.Clock}}
		in := account.FirstAccount{SetUpIn: account.SetUpIn{Login: "limin", Name: "李敏", Merged: true}, Password: good, Again: good}
		if err := o.keeper.Check(t.Context(), account.FirstAccount{Password: "short", Again: "else"}); len(errs.As(err).Fields) != 4 {
			t.Errorf("mistakes: %v", err)
		}
		cookie, err := o.keeper.SetUp(t.Context(), in, account.Browser{Address: lan})
		if err != nil {
			t.Fatal(err)
		}
		actor := o.session(cookie).Actor
		for _, p := range []access.Post{access.Manager, access.Custodian, access.SystemAdmin, access.SecurityAdmin} {
			if _, ok := actor.Holding(access.Company, []access.Post{p}); !ok {
				t.Errorf("the first account does not hold %s", p)
			}
		}
		in.Login = "another"
		if _, err := o.keeper.SetUp(t.Context(), in, account.Browser{}); !errs.Is(err, errs.Blocked) {
			t.Errorf("a second set-up: %v", err)
		}
		o.hire("wulei", access.Grant{Post: access.SystemAdmin}, access.Grant{Post: access.Cashier}) // merged: allowed
		both := account.AddAccountIn{Login: "qianjin", Name: "钱进", Grants: []access.Grant{{Post: access.Auditor}, {Post: access.Manager}}}
		if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), d, account.AddAccount, both); !errs.Is(err, errs.Blocked) {
			t.Errorf("an auditor with another post: %v", err)
		}
	})
}

func TestSessions_EndedOneByOneAndByTime(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.withPassword("zhouqian")
		first, _ := o.signIn("zhouqian", good, "10.0.0.1")
		o.clock.Move(time.Minute)
		second, _ := o.signIn("zhouqian", good, "10.0.0.2")
		me := o.session(second)
		ctx := account.With(t.Context(), me)
		open, err := o.keeper.Sessions(ctx, id)
		if err != nil || len(open) != 3 || !open[0].Here || open[1].Here {
			t.Fatalf("sessions = %+v, %v", open, err)
		}
		stranger := optest.As(t.Context(), 99, access.Company, access.Manager)
		if _, err := op.Run(stranger, o.keeper.Door, account.EndOwnSessions, account.EndSessionsIn{Account: id}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a stranger ends my sessions: %v", err)
		}
		own := access.With(ctx, account.Everywhere(me.Actor))
		in := me.Others()
		for _, s := range open {
			if s.Address == "10.0.0.1" {
				in.Ref = s.Ref
			}
		}
		if _, err := op.Run(own, o.keeper.Door, account.EndOwnSessions, in); err != nil || o.alive(first) || !o.alive(second) {
			t.Errorf("ending one: %v", err)
		}
		if _, err := op.Run(own, o.keeper.Door, account.EndOwnSessions, me.Others()); err != nil || !o.alive(second) {
			t.Errorf("ending the others: %v", err)
		}
		o.clock.Move(31 * time.Minute)
		if o.alive(second) {
			t.Error("a session lives after 31 idle minutes")
		}
		third, _ := o.signIn("zhouqian", good, "10.0.0.2")
		for range 25 {
			o.clock.Move(29 * time.Minute)
			o.alive(third)
		}
		if o.alive(third) {
			t.Error("a session lives after twelve hours")
		}
	})
}
