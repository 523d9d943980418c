package app_test

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/op"
)

const password = "老猫昨夜偷吃了三条小黄鱼"

// An empty system says what to do on its first day, in this order, and each line goes by what was done, not by a tick.
func TestFirstDay_EachLineGoesByTheStateItself(t *testing.T) {
	c := apptest.Bare(t)
	b := c.SetUp(t, "江湾一号", "limin", password)
	const people, roster, copied, pc = "只有你一个账号", "还没有房屋：导入花名册", "先做一次备份", "还没有登记的电脑"
	says := func(want ...string) {
		t.Helper()
		home, at := b.Get("/").Body, 0
		for _, line := range []string{people, roster, copied, pc} {
			found, wanted := strings.Index(home, line), false
			for _, w := range want {
				wanted = wanted || w == line
			}
			if (found >= 0) != wanted {
				t.Errorf("%s stands there %v, want %v", line, found >= 0, wanted)
			}
			if found >= 0 && found < at {
				t.Errorf("%s stands out of its order", line)
			}
			at = max(at, found)
		}
	}
	says(people, roster, copied, pc)
	if strings.Contains(b.Get("/").Body, "今日事项已全部完成") {
		t.Error("an empty system has nothing to do")
	}
	b.Submit("/accounts/new", "/accounts/new", url.Values{"name": {"周倩"}, "login": {"zhouqian"}, "at.0.posts": {"assistant"}})
	says(roster, copied, pc)
	all, err := estate.Estates(t.Context(), c.App.Door.DB.Read(), access.ProgramActor().Scope([]access.Post{access.Program}, access.Company))
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	manager := access.With(t.Context(), access.Actor{Account: 1, Name: "limin", Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}})
	unit := estate.AddUnitIn{Estate: all[0].ID, UnitFacts: estate.UnitFacts{Building: "1", Entrance: "1", Room: "101", Kind: estate.Flat, GrossArea: 8950}}
	if _, err := op.Run(manager, c.App.Door, estate.AddUnit, unit); err != nil {
		t.Fatal(err)
	}
	says(copied, pc)
	if _, err := app.Copy(t.Context(), app.CopyOptions{Data: c.Data, Dest: filepath.Join(t.TempDir(), "copy")}); err != nil {
		t.Fatal(err)
	}
	says(pc)
	b.Submit(account.PCPath, account.PCPath, url.Values{"name": {"前台"}})
	says()
	if home := b.Get("/").Body; !strings.Contains(home, "今日事项已全部完成") {
		t.Error("all is done and the page does not say so")
	}
}

// That there is no copy stands above the pages of who can make one, and nobody else's.
func TestBanner_NoCopyIsToldToWhoCanMakeOne(t *testing.T) {
	c := apptest.Open(t)
	const none = "还没有备份"
	says := func(e access.EstateID, post access.Post, told bool) {
		if body := c.SignIn(t, "b-"+string(post), e, post).Get("/search").Body; strings.Contains(body, none) != told {
			t.Errorf("%s is told: %v", post, !told)
		}
	}
	says(access.Company, access.SystemAdmin, true)
	says(c.Garden, access.Manager, true)
	says(c.Garden, access.Assistant, false)
	says(c.Garden, access.Cashier, false)
	in := account.AddAccountIn{Login: "new", Name: "new", Grants: []access.Grant{{Post: access.Manager}}}
	secret := in.Invite()
	if _, err := op.Run(access.With(t.Context(), access.ProgramActor()), c.App.Door, account.AddAccount, in); err != nil {
		t.Fatal(err)
	}
	if p := c.Stranger(t).Post("/enter/"+secret, nil); p.Path != account.PasswordPath || strings.Contains(p.Body, none) {
		t.Errorf("who must set a password first is told too, at %s", p.Path)
	}
}

// The papers of the first day name every estate they are for, or the one that is chosen.
func TestFirstDay_PapersNameTheirEstates(t *testing.T) {
	c := apptest.Open(t)
	all, one := c.SignIn(t, "limin", access.Company, access.Manager), c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	for _, paper := range []string{"steps", "keys"} {
		body := all.Get("/first-day/" + paper).Body
		if !strings.Contains(body, "金融中心、澜庭花园") {
			t.Errorf("%s does not name both estates", paper)
		}
		if body = one.Get("/first-day/" + paper).Body; !strings.Contains(body, "澜庭花园") || strings.Contains(body, "金融中心、") {
			t.Errorf("%s for one estate names others, or not its own", paper)
		}
	}
}
