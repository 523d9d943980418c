package account_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/setting"
	"hudang/internal/platform/sign"
)

var world = optest.World{Migrations: []fs.FS{account.Files, setting.Files, sign.Module.Files},
	Tables: [][]evidence.Table{account.Tables, setting.Tables, sign.Module.Tables},
	Ops:    append(slices.Clone(account.Ops), settings.Change())}

var settings = func() *setting.Registry {
	r, err := setting.NewRegistry(account.Settings)
	if err != nil {
		panic(err)
	}
	return r
}()

const (
	good  = "老猫昨夜偷吃了三条小黄鱼"
	other = "my aunt keeps nine goats"
	lan   = "192.168.1.23"
)

// office is a door with a keeper and a security administrator who acts.
type office struct {
	t      *testing.T
	keeper account.SessionStore
	clock  *clock.Manual
	admin  context.Context
	id     account.ID // the administrator's
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		o := &office{t: t, keeper: account.SessionStore{Door: d, Clock: d.Clock}, clock: d.Clock.(*clock.Manual)}
		o.id = o.hire("zhengjie", access.Grant{Post: access.SecurityAdmin})
		o.admin = optest.As(t.Context(), int64(o.id), access.Company, access.SecurityAdmin)
		test(t, o)
	})
}

func (o *office) hire(login string, grants ...access.Grant) account.ID {
	o.t.Helper()
	in := account.AddAccountIn{Login: login, Name: login, Grants: grants}
	res, err := op.Run(access.With(o.t.Context(), access.ProgramActor()), o.keeper.Door, account.AddAccount, in)
	if err != nil {
		o.t.Fatal(err)
	}
	return res.Out
}

// enter brings an account in by an administrator's link and gives its session.
func (o *office) enter(id account.ID) (account.Session, string) {
	o.t.Helper()
	in := account.ResetAccountIn{Account: id}
	secret := in.Invite()
	if _, err := op.Run(access.With(o.t.Context(), access.ProgramActor()), o.keeper.Door, account.ResetAccount, in); err != nil {
		o.t.Fatal(err)
	}
	cookie, err := o.keeper.SignInByLink(o.t.Context(), secret, account.Browser{Address: lan})
	if err != nil {
		o.t.Fatal(err)
	}
	return o.session(cookie), cookie
}

func (o *office) session(cookie string) account.Session {
	o.t.Helper()
	s, found, err := o.keeper.Find(o.t.Context(), account.Browser{Cookie: cookie})
	if err != nil || !found {
		o.t.Fatal("no session", err)
	}
	return s
}

// withPassword hires somebody who has set the password good.
func (o *office) withPassword(login string) account.ID {
	o.t.Helper()
	id := o.hire(login, access.Grant{Post: access.Assistant, Estate: 7})
	s, _ := o.enter(id)
	if _, err := o.keeper.ChangePassword(o.t.Context(), s, account.NewPassword{New: good, Again: good}, lan); err != nil {
		o.t.Fatal(err)
	}
	return id
}

func (o *office) signIn(login, password, from string) (string, error) {
	return o.keeper.SignInByPassword(o.t.Context(), login, password, account.Browser{Address: from})
}

func (o *office) alive(cookie string) bool {
	_, found, err := o.keeper.Find(o.t.Context(), account.Browser{Cookie: cookie})
	if err != nil {
		o.t.Error(err)
	}
	return found
}

func (o *office) run(who context.Context, do *op.Op[account.AccountIn, account.ID], id account.ID) error {
	_, err := op.Run(who, o.keeper.Door, do, account.AccountIn{Account: id})
	return err
}

func TestSetPassword_FirstByLinkThenWithTheOld(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.hire("zhouqian", access.Grant{Post: access.Assistant, Estate: 7})
		s, first := o.enter(id)
		if !s.MustSet {
			t.Error("an administrator's link asks for no password")
		}
		if _, err := o.keeper.ChangePassword(t.Context(), s, account.NewPassword{New: good, Again: other}, lan); !errs.Is(err, errs.Invalid) {
			t.Errorf("two different entries: %v", err)
		}
		cookie, err := o.keeper.ChangePassword(t.Context(), s, account.NewPassword{New: good, Again: good}, lan)
		if err != nil || o.alive(first) {
			t.Fatalf("first password: %v; the link's session lives: %v", err, o.alive(first))
		}
		if s = o.session(cookie); s.MustSet {
			t.Error("asked for a password although there is one")
		}
		for _, wrong := range []account.NewPassword{{New: other, Again: other}, {Old: other, New: other, Again: other}, {Old: good, New: good, Again: good}} {
			if _, err := o.keeper.ChangePassword(t.Context(), s, wrong, lan); !errs.Is(err, errs.Invalid) {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		if _, err := o.keeper.ChangePassword(t.Context(), s, account.NewPassword{Old: good, New: other, Again: other}, lan); err != nil {
			t.Error(err)
		}
		if _, err := o.signIn("zhouqian", good, lan); err == nil {
			t.Error("the old password still opens")
		}
		if _, err := o.signIn(" ZhouQian ", other, lan); err != nil {
			t.Error(err)
		}
	})
}

func TestSignIn_WaitsAfterFiveAndLonger(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.withPassword("zhouqian")
		wrong := func(from string) { // each from another address, so that only the account counts
			if _, err := o.signIn("zhouqian", other, from); !errs.Is(err, errs.Invalid) {
				t.Errorf("a wrong password: %v", err)
			}
		}
		for n := range 5 {
			wrong("10.0.0." + string(rune('1'+n)))
		}
		opens := func(want bool, when string) {
			t.Helper()
			if _, err := o.signIn("zhouqian", good, "10.0.1.1"); (err == nil) != want {
				t.Errorf("%s: %v", when, err)
			}
		}
		opens(false, "at once")
		o.clock.Move(59 * time.Second)
		opens(false, "after 59 s: what is refused unlooked does not lengthen the wait")
		o.clock.Move(2 * time.Second)
		wrong("10.0.0.6")
		o.clock.Move(90 * time.Second)
		opens(false, "90 s after the sixth")
		o.clock.Move(31 * time.Second)
		opens(true, "two minutes after the sixth")
		wrong("10.0.0.7")
		opens(true, "a success starts the count anew")
	})
}

func TestSignIn_AnAddressWaitsToo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.withPassword("zhouqian")
		for _, login := range []string{"a1", "a2", "a3", "a4", "zhouqian"} {
			if _, err := o.signIn(login, other, "10.0.0.9"); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v", login, err)
			}
		}
		if _, err := o.signIn("zhouqian", good, "10.0.0.9"); err == nil {
			t.Error("an address that tried five logins goes on at once")
		}
		if _, err := o.signIn("zhouqian", good, "10.0.0.10"); err != nil {
			t.Errorf("another address waits as well: %v", err)
		}
	})
}

// One leaf per account, address and minute, with the number; the address itself stands nowhere in it.
func TestFailures_OneLeafAMinute(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.withPassword("zhouqian")
		before := optest.Leaves(t, o.keeper.Door, access.Company)
		for range 3 {
			_, _ = o.signIn("zhouqian", other, lan)
		}
		_, _ = o.signIn("nobody", other, lan)
		if n := optest.Leaves(t, o.keeper.Door, access.Company); n != before {
			t.Errorf("%d leaves within the minute", n-before)
		}
		o.clock.Move(time.Minute)
		if err := o.keeper.LogFailures(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := o.keeper.LogAllFailures(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := optest.Leaves(t, o.keeper.Door, access.Company); n != before+2 {
			t.Errorf("%d leaves, want one for the account and one for nobody's login", n-before)
		}
		tries := map[int64]int64{}
		for _, leaf := range failureLeaves(t, o.keeper.Door) {
			var in account.RecordFailuresIn
			if _, err := o.keeper.Door.Log.Said(t.Context(), o.keeper.Door.DB.Read(), leaf.Op, "in", &in); err != nil {
				t.Fatal(err)
			}
			tries[leaf.Subject] = in.Tries
			if raw, _ := json.Marshal(in); strings.Contains(string(raw), lan) || len(in.Address) != 64 {
				t.Errorf("the leaf says %s", raw)
			}
		}
		if tries[int64(id)] != 3 || tries[0] != 1 {
			t.Errorf("tries = %v", tries)
		}
	})
}

func failureLeaves(t *testing.T, d *op.Door) (all []evidence.Leaf) {
	err := db.Rows(t.Context(), d.DB.Read(), func(rows *sql.Rows) error {
		var raw []byte
		err := rows.Scan(&raw)
		if leaf, bad := evidence.DecodeLeaf(raw); bad == nil && leaf.Name == account.RecordFailures.Name() {
			all = append(all, leaf)
		}
		return err
	}, `SELECT leaf FROM evidence_leaf WHERE log = 0 ORDER BY pos`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAccount_DisabledAndEnabled(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.withPassword("zhouqian")
		cookie, err := o.signIn("zhouqian", good, lan)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.run(o.admin, account.DisableAccount, id); err != nil || o.alive(cookie) {
			t.Errorf("disabling: %v; the session lives: %v", err, o.alive(cookie))
		}
		if _, err := o.signIn("zhouqian", good, lan); !errs.Is(err, errs.Invalid) {
			t.Errorf("a disabled account signs in: %v", err)
		}
		if err := o.run(o.admin, account.EnableAccount, id); err != nil || o.alive(cookie) {
			t.Errorf("enabling: %v; the old session is back: %v", err, o.alive(cookie))
		}
		if _, err := o.signIn("zhouqian", good, lan); err != nil {
			t.Error(err)
		}
	})
}

func TestAccount_ResetTakesPasswordSessionsAndOldLinks(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.withPassword("zhouqian")
		cookie, _ := o.signIn("zhouqian", good, lan)
		link := func() string {
			in := account.ResetAccountIn{Account: id}
			secret := in.Invite()
			if _, err := op.Run(o.admin, o.keeper.Door, account.ResetAccount, in); err != nil {
				t.Fatal(err)
			}
			return secret
		}
		first, second := link(), link()
		if _, err := o.signIn("zhouqian", good, lan); err == nil || o.alive(cookie) {
			t.Error("the password or the session outlived the reset")
		}
		if _, err := o.keeper.SignInByLink(t.Context(), first, account.Browser{}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("the first link: %v", err)
		}
		for n, want := range []bool{true, false} {
			if _, err := o.keeper.SignInByLink(t.Context(), second, account.Browser{}); (err == nil) != want {
				t.Errorf("the second link, time %d: %v", n+1, err)
			}
		}
		third := link()
		o.clock.Move(24*time.Hour + time.Second)
		if _, err := o.keeper.SignInByLink(t.Context(), third, account.Browser{}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a link of yesterday: %v", err)
		}
	})
}

func TestGrants_NobodyChangesHimselfNorMixesWhatIsApart(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		clerk := o.withPassword("zhouqian")
		cookie, _ := o.signIn("zhouqian", good, lan)
		change := func(who context.Context, id account.ID, grants ...access.Grant) error {
			_, err := op.Run(who, o.keeper.Door, account.ChangeGrants, account.ChangeGrantsIn{Account: id, Grants: grants})
			return err
		}
		for name, err := range map[string]error{
			"own posts":           change(o.admin, o.id, access.Grant{Post: access.Manager}),
			"own disabling":       o.run(o.admin, account.DisableAccount, o.id),
			"two administrators":  change(o.admin, clerk, access.Grant{Post: access.SystemAdmin}, access.Grant{Post: access.SecurityAdmin}),
			"with a trade post":   change(o.admin, clerk, access.Grant{Post: access.SystemAdmin}, access.Grant{Post: access.Manager}),
			"auditor and manager": change(o.admin, clerk, access.Grant{Post: access.Auditor}, access.Grant{Post: access.Manager}),
		} {
			if e := errs.As(err); e == nil || e.Kind != errs.Blocked || e.Clause == "" {
				t.Errorf("%s: %v, want a rule's refusal", name, err)
			}
		}
		for name, err := range map[string]error{
			"no post":                    change(o.admin, clerk),
			"an administrator's in one":  change(o.admin, clerk, access.Grant{Post: access.Auditor, Estate: 7}),
			"a post that is not for men": change(o.admin, clerk, access.Grant{Post: access.Program}),
		} {
			if !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := change(optest.As(t.Context(), 5, access.Company, access.Manager), clerk, access.Grant{Post: access.Manager}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("a manager gives posts: %v", err)
		}
		if !o.alive(cookie) {
			t.Error("a refusal ended the session")
		}
		if err := change(o.admin, clerk, access.Grant{Post: access.Cashier, Estate: 7}, access.Grant{Post: access.Cashier, Estate: 8}); err != nil || o.alive(cookie) {
			t.Errorf("changing posts: %v; the session with the old ones lives: %v", err, o.alive(cookie))
		}
		held, err := account.Grants(t.Context(), o.keeper.Door.DB.Read(), clerk)
		if err != nil || len(held) != 2 || held[0].Post != access.Cashier {
			t.Errorf("held = %v, %v", held, err)
		}
	})
}
