// Package browser does whole jobs in the two browsers of the gate, on the demonstration company.
package browser

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"testing"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/render"
	bt "hudang/test/browser/browsertest"
)

// company is the demonstration company, served once for all tests of the run.
type company struct {
	app *app.App
	url string
}

var (
	served company
	opened = sync.OnceValue(func() error {
		dir, err := os.MkdirTemp("", "hudang-browser-")
		if err != nil {
			return err
		}
		a, err := app.Open(context.Background(), app.Options{Data: dir, Gallery: true, Render: render.Inside()})
		if err != nil {
			return err
		}
		served = company{a, httptest.NewServer(a.Handler).URL}
		return a.Fill(context.Background(), io.Discard)
	})
)

// demo serves the company and gives a fresh sign-in link of one of its people.
func demo(t *testing.T, login string) (base, link string) {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	if err := opened(); err != nil {
		t.Fatal(err)
	}
	id, err := served.app.Accounts.ByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := served.app.Accounts.NewLink(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return served.url, "/enter/" + secret
}

// both does the same steps in both browsers; since the last Count they take two keys at most.
func both(t *testing.T, login string, steps func(n int) []bt.Step) { within(t, login, 2, 1000, steps) }

// within is both for steps that take so many keys and clicks at most since the last Count (ui §7).
func within(t *testing.T, login string, keys, clicks int, steps func(n int) []bt.Step) {
	check := func(t *testing.T, r bt.Result) {
		for _, v := range r.Violations {
			t.Errorf("%s: %s %v", v.ID, v.Help, v.At)
		}
		if r.Keys > keys || r.Clicks > clicks {
			t.Errorf("%d keys and %d clicks, want %d and %d at most", r.Keys, r.Clicks, keys, clicks)
		}
	}

	t.Run("present", func(t *testing.T) {
		base, link := demo(t, login) // a link works once
		check(t, bt.Open(t, base).Do(append(enter(link), steps(1)...)...))
	})
	t.Run("109", func(t *testing.T) {
		base, link := demo(t, login)
		r := bt.In109(t, base, bt.Desk, append(enter(link), steps(2)...)...)
		for _, p := range r.Problems {
			t.Error(p)
		}
		check(t, r)
	})
}

func enter(link string) []bt.Step {
	return []bt.Step{bt.Goto(link), bt.Click("form .btn.pri"), bt.Wait("h1", "今日")}
}

func TestUnit_AddedCorrectedFoundEndedByKeyboard(t *testing.T) {
	both(t, "limin", func(n int) []bt.Step {
		room := fmt.Sprintf("990%d", n)
		code := "9-1-" + room
		return []bt.Step{
			bt.Click(".top details summary"), bt.Click("button[name=estate]:last-of-type"), bt.Wait(".top summary", "澜庭花园"),
			bt.Goto("/units"), bt.Wait("h1", "房屋"),
			bt.Press("Alt+n"), bt.Wait("h1", "新增房屋"),
			bt.Type("#f-building", "9"), bt.Type("#f-entrance", "1"), bt.Type("#f-room", room), bt.Type("#f-gross_area", "89.5"),
			bt.Type("#f-net_area", "95"), bt.Press("Ctrl+s"),
			bt.Wait(".summary", "1 处"), bt.Wait(".err", "套内面积大于建筑面积"), // refused, and everything typed is still there
			bt.Axe(), bt.Overflow(),
			bt.Click("#f-net_area"), bt.Press("Ctrl+a"), bt.Type("", "70"), bt.Press("Ctrl+s"), bt.Wait(".list h1", "房屋"),
			bt.Count(), bt.Press("F2"), bt.Type("#q", code), bt.Press("Enter"), bt.Wait("h1", code), // ui.md §7: find in 2 keys
			bt.Axe(), bt.Overflow(),
			bt.Click("a[href='#end']"), bt.Type("#f-why", "录错"), bt.Click("dialog .btn.red"), bt.Wait(".note", "录错"),
		}
	})
}

// A dialog whose form was refused is open again, with the mistake, and takes the cursor to it.
func TestUnit_RefusedDialogStaysOpen(t *testing.T) {
	both(t, "limin", func(int) []bt.Step {
		return []bt.Step{
			bt.Goto("/units"), bt.Click("tbody th a"), bt.Click("a[href='#end']"), bt.Click("#end .btn.red"),
			bt.Wait("#end .summary", "原因：写明注销原因"), bt.Wait("#f-why-err", "写明注销原因"), bt.Wait("#end:modal", "注销"), bt.Axe(), bt.Overflow(),
			bt.Click("#end .summary a"), bt.Type("", "录"), bt.Wait("#end:focus-within", ""), bt.Click("#end .x"), bt.Wait("#main", ""), bt.Wait("body:not(:has(dialog[open]))", ""),
		}
	})
}

// firstUnit is the address of a flat with some history.
func firstUnit(t *testing.T) string {
	t.Helper()
	ctx := access.With(t.Context(), access.Actor{Name: "test", Grants: []access.Grant{{Post: access.Manager}}})
	v, err := estate.Units.View(ctx, served.app.Door.DB.Read(), list.Reader{Actor: access.From(ctx)}, url.Values{"building": {"3"}, "kind": {"flat"}})
	if err != nil {
		t.Fatal(err)
	}
	id := estate.ParseUnitID(v.Rows[0].ID)
	facts := estate.UnitFacts{Building: "3", Entrance: "1", Room: "101", Kind: estate.Flat, GrossArea: 9120, NetArea: 7000}
	if _, err := op.Run(ctx, served.app.Door, estate.ChangeUnit, estate.ChangeUnitIn{ID: id, UnitFacts: facts}, op.Reason("按产权证更正面积")); err != nil {
		t.Fatal(err)
	}
	return v.Rows[0].Href
}
