package account_test

import (
	"slices"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sign"
)

// small is an office that one person, 李敏, set up with posts merged; three colleagues have passwords.
type small struct {
	*office
	boss                   account.ID
	cookie                 string // hers
	system, security, audi account.ID
}

func eachSmall(t *testing.T, test func(t *testing.T, s *small)) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		o := &office{t: t, keeper: account.SessionStore{Door: d, Clock: d.Clock}, clock: d.Clock.(*clock.Manual)}
		in := account.FirstAccount{SetUpIn: account.SetUpIn{Login: "limin", Name: "李敏", Merged: true}, Password: good, Again: good}
		cookie, err := o.keeper.SetUp(t.Context(), in, account.Browser{Address: lan})
		if err != nil {
			t.Fatal(err)
		}
		s := &small{office: o, cookie: cookie, boss: o.session(cookie).ID()}
		s.system, s.security, s.audi = o.withPassword("wulei"), o.withPassword("zhengjie"), o.withPassword("qianjin")
		test(t, s)
	})
}

// confirm is the proof of whoever a cookie stands for.
func (o *office) confirm(cookie, password, code string) (account.Confirmed, error) {
	return o.keeper.ConfirmWhole(o.t.Context(), o.session(cookie), account.Own{Password: password, Code: code})
}

func (s *small) naming() account.SeparateIn {
	s.t.Helper()
	proof, err := s.confirm(s.cookie, good, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return account.SeparateIn{System: s.system, Security: s.security, Auditor: s.audi, Reason: "人员到齐", Confirm: proof}
}

func (s *small) separate(in account.SeparateIn) error {
	actor := access.With(s.t.Context(), s.session(s.cookie).Actor)
	_, err := op.Run(actor, s.keeper.Door, account.Separate, in, op.Reason(in.Reason))
	return err
}

func (o *office) posts(id account.ID) (held []access.Post) {
	o.t.Helper()
	grants, err := account.Grants(o.t.Context(), o.keeper.Door.DB.Read(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, g := range grants {
		held = append(held, g.Post)
	}
	return held
}

func TestSeparate_LeavesOneAdministratorsPostInEachHand(t *testing.T) {
	eachSmall(t, func(t *testing.T, s *small) {
		mixed := s.hire("chenbo", access.Grant{Post: access.SystemAdmin}, access.Grant{Post: access.Cashier})
		clerk := s.hire("zhouqian", access.Grant{Post: access.Assistant, Estate: 7})
		bystander, err := s.signIn("wulei", good, lan)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.separate(s.naming()); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[account.ID][]access.Post{
			s.system: {access.SystemAdmin}, s.security: {access.SecurityAdmin}, s.audi: {access.Auditor},
			s.boss: {access.Manager, access.Custodian}, mixed: {access.Cashier}, clerk: {access.Assistant},
		} {
			if held := s.posts(id); !slices.Equal(held, want) {
				t.Errorf("%d holds %v, want %v", id, held, want)
			}
		}
		if s.alive(s.cookie) || s.alive(bystander) {
			t.Error("a session outlived the change of its posts")
		}
		if merged, err := s.keeper.Merged(t.Context()); err != nil || merged {
			t.Errorf("still merged: %v", err)
		}
		signed, err := sign.Of(t.Context(), s.keeper.Door.DB.Read(), ref.Ref{Kind: "office", ID: 1})
		if err != nil || len(signed) != 1 || signed[0].Account != int64(s.boss) {
			t.Errorf("signed: %+v, %v", signed, err)
		}
		past, err := account.ModeHistory(t.Context(), s.keeper.Door)
		if err != nil || len(past) != 2 || past[0].Leaf.Name != account.Separate.Name() || past[0].Reason != "人员到齐" {
			t.Errorf("history: %+v, %v", past, err)
		}
		both := account.AddAccountIn{Login: "another", Name: "x", Grants: []access.Grant{{Post: access.SystemAdmin}, {Post: access.Cashier}}}
		if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), s.keeper.Door, account.AddAccount, both); !errs.Is(err, errs.Blocked) {
			t.Errorf("posts are mixed after they parted: %v", err)
		}
	})
}

func TestSeparate_Refuses(t *testing.T) {
	eachSmall(t, func(t *testing.T, s *small) {
		noPassword := s.hire("chenbo", access.Grant{Post: access.Cashier})
		gone := s.withPassword("gone")
		if err := s.run(access.With(t.Context(), s.session(s.cookie).Actor), account.DisableAccount, gone); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			kind errs.Kind
			bend func(*account.SeparateIn)
		}{
			"one person for two posts": {errs.Invalid, func(in *account.SeparateIn) { in.Auditor = in.System }},
			"nobody for a post":        {errs.Invalid, func(in *account.SeparateIn) { in.Security = 0 }},
			"no reason":                {errs.Invalid, func(in *account.SeparateIn) { in.Reason = " " }},
			"no password":              {errs.Invalid, func(in *account.SeparateIn) { in.Confirm = account.Confirmed{} }},
			"somebody without one":     {errs.Blocked, func(in *account.SeparateIn) { in.System = noPassword }},
			"somebody disabled":        {errs.Blocked, func(in *account.SeparateIn) { in.System = gone }},
			"herself the auditor":      {errs.Blocked, func(in *account.SeparateIn) { in.Auditor = s.boss }},
			"an unknown account":       {errs.NotFound, func(in *account.SeparateIn) { in.System = 77 }},
		} {
			in := s.naming()
			c.bend(&in)
			if err := s.separate(in); !errs.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if held := s.posts(s.boss); len(held) != 4 || !s.alive(s.cookie) {
			t.Errorf("a refusal changed something: %v", held)
		}
		old := s.naming()
		s.clock.Move(6 * time.Minute)
		if err := s.separate(old); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a proof of six minutes ago: %v", err)
		}
	})
}

// She may keep a post she holds: that gains her nothing.
func TestSeparate_OneMayKeepWhatOneHolds(t *testing.T) {
	eachSmall(t, func(t *testing.T, s *small) {
		in := s.naming()
		in.Security = s.boss
		if err := s.separate(in); err != nil {
			t.Fatal(err)
		}
		if held := s.posts(s.boss); !slices.Equal(held, []access.Post{access.SecurityAdmin}) {
			t.Errorf("she holds %v", held)
		}
		if held := s.posts(s.security); !slices.Equal(held, []access.Post{access.Assistant}) {
			t.Errorf("who was not named holds %v", held)
		}
	})
}

func TestMerge_GivesNobodyAPostAndMixingIsAllowedAgain(t *testing.T) {
	eachSmall(t, func(t *testing.T, s *small) {
		if err := s.separate(s.naming()); err != nil {
			t.Fatal(err)
		}
		cookie, err := s.signIn("zhengjie", good, lan)
		if err != nil {
			t.Fatal(err)
		}
		merge := func(reason string) error {
			proof, err := s.confirm(cookie, good, "")
			if err != nil {
				t.Fatal(err)
			}
			in := account.MergeIn{Reason: reason, Confirm: proof}
			_, err = op.Run(access.With(t.Context(), s.session(cookie).Actor), s.keeper.Door, account.Merge, in)
			return err
		}
		if err := merge(""); !errs.Is(err, errs.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		if err := merge("审计员离职"); err != nil {
			t.Fatal(err)
		}
		if err := merge("又一次"); !errs.Is(err, errs.Blocked) {
			t.Errorf("twice: %v", err)
		}
		if held := s.posts(s.security); !slices.Equal(held, []access.Post{access.SecurityAdmin}) {
			t.Errorf("who merged them holds %v", held)
		}
		s.hire("chenbo", access.Grant{Post: access.SystemAdmin}, access.Grant{Post: access.Cashier})
	})
}

// Where somebody's sign-in has a second step, this has it too, and no code is good twice.
func TestConfirmWhole_AsksForTheCode(t *testing.T) {
	eachSmall(t, func(t *testing.T, s *small) {
		key, _ := s.setTOTP(s.cookie)
		s.clock.Move(31 * time.Second)
		if _, err := s.confirm(s.cookie, other, ""); !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Name != "password" {
			t.Errorf("a wrong password: %v", err)
		}
		if _, err := s.confirm(s.cookie, good, "000001"); !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Name != "code" {
			t.Errorf("a wrong code: %v", err)
		}
		code := phone(t, key, s.clock.Now())
		in := account.SeparateIn{System: s.system, Security: s.security, Auditor: s.audi, Reason: "人员到齐"}
		var err error
		if in.Confirm, err = s.confirm(s.cookie, good, code); err != nil {
			t.Fatal(err)
		}
		again := in
		again.Confirm, err = s.confirm(s.cookie, good, code) // not taken before the operation
		if err != nil {
			t.Fatal(err)
		}
		session := s.session(s.cookie)
		if err := s.separate(in); err != nil {
			t.Fatal(err)
		}
		merged := access.With(t.Context(), access.Actor{Account: int64(session.ID()), Grants: []access.Grant{{Post: access.SecurityAdmin}}})
		if _, err := op.Run(merged, s.keeper.Door, account.Merge, account.MergeIn{Reason: "x", Confirm: again.Confirm}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("the same code twice: %v", err)
		}
	})
}
