package browser

import (
	"context"
	"fmt"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	bt "hudang/test/browser/browsertest"
)

// rings watches the bell of a page that stands open: it shows three more counts sooner than the page asks by itself.
const rings = `const shown = new Set();
	for (let i = 0; i < 300 && shown.size < 5; i++) { shown.add(document.querySelector("#bell .dot").textContent); await new Promise((go) => setTimeout(go, 100)); }
	if (shown.size < 5) throw new Error("the bell only shows " + [...shown]);`

// What somebody else does shows at the bell, in both browsers of the gate, on plain http.
func TestLive_TheBellChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	c := apptest.Open(t)
	c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	id, err := c.App.Accounts.ByLogin(t.Context(), "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	steps := func() []bt.Step {
		secret, err := c.App.Accounts.NewLink(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return append(enter("/enter/"+secret), bt.Goto("/vehicles"), bt.Script(rings), bt.Axe(), bt.Overflow())
	}
	busy, stop := context.WithCancel(t.Context())
	defer stop()
	go others(busy, t, c)
	t.Run("present", func(t *testing.T) { bt.Open(t, c.URL).Do(steps()...) })
	t.Run("109", func(t *testing.T) {
		for _, p := range bt.In109(t, c.URL, bt.Desk, steps()...).Problems {
			t.Error(p)
		}
	})
}

// others add a flat without its area every second, each in a building of its own, which is one more duty.
func others(ctx context.Context, t *testing.T, c *apptest.Company) {
	as := optest.As(ctx, 7, c.Garden, access.Assistant)
	for n := 1; ctx.Err() == nil; n++ {
		in := estate.AddUnitIn{Estate: c.Garden, UnitFacts: estate.UnitFacts{Building: fmt.Sprint(n + 10), Room: "101", Kind: estate.Flat}}
		if _, err := op.Run(as, c.App.Door, estate.AddUnit, in); err != nil && ctx.Err() == nil {
			t.Error(err)
		}
		time.Sleep(time.Second)
	}
}
