package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	bt "hudang/test/browser/browsertest"
)

// rings waits until the bells of nine windows of one browser have each shown five counts, which takes minutes where a page only asks by itself.
const rings = `const tabs = [window];
	while (tabs.length < 9) tabs.push(window.open("/vehicles", "", "width=900,height=600"));
	const shown = tabs.map(() => new Set()), few = () => shown.filter((s) => s.size < 5).length;
	for (const end = Date.now() + 27000; few() && Date.now() < end;) {
		tabs.forEach((tab, n) => { const at = tab.document.querySelector("#bell .dot"); if (at) shown[n].add(at.textContent); });
		await new Promise((go) => setTimeout(go, 100));
	}
	if (few()) throw new Error("the bells only show " + shown.map((s) => [...s].join(" ")).join("; "));
	tabs.slice(1).forEach((tab) => tab.close());`

// What somebody else does shows at the bells of more windows than a browser opens connections, and one stream serves them all.
func TestLive_TheBellChanges(t *testing.T) {
	each(t, func(t *testing.T, run func(base string, steps ...bt.Step), c *apptest.Company) {
		var now, most atomic.Int64
		site := behind(t, c, func(w http.ResponseWriter, r *http.Request) {
			n := now.Add(1)
			defer now.Add(-1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			c.App.Handler.ServeHTTP(w, r)
		})
		run(site, bt.Script(rings), bt.Axe(), bt.Overflow())
		if n := most.Load(); n < 1 || n > 3 {
			t.Errorf("%d streams at once, want one or, while a window takes over from another, a few", n)
		}
	})
}

// Behind a proxy that cuts every stream a page works, does not try all the time, and has the counts when it is shown again.
func TestLive_BehindAProxyThatCuts(t *testing.T) {
	each(t, func(t *testing.T, run func(base string, steps ...bt.Step), c *apptest.Company) {
		var tries atomic.Int64
		site := behind(t, c, func(w http.ResponseWriter, _ *http.Request) {
			tries.Add(1)
			w.Header().Set("Content-Type", "text/event-stream")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(100 * time.Millisecond)
			panic(http.ErrAbortHandler)
		})
		again := bt.Script(`const before = Number(document.querySelector("#bell .dot").textContent);
			await new Promise((go) => setTimeout(go, 25000));
			document.dispatchEvent(new Event("visibilitychange"));
			await new Promise((go) => setTimeout(go, 3000));
			if (Number(document.querySelector("#bell .dot").textContent) <= before) throw new Error("the bell does not change");`)
		run(site, bt.Wait("#bell .dot", ""), again, bt.Goto("/units"), bt.Wait("h1", "房屋"))
		if n := tries.Load(); n < 3 || n > 5 {
			t.Errorf("%d tries in half a minute, want each later than the one before", n)
		}
	})
}

// behind serves the company's program with its stream answered by another handler.
func behind(t *testing.T, c *apptest.Company, events http.HandlerFunc) (base string) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/live/events") {
			events(w, r)
			return
		}
		c.App.Handler.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { site.CloseClientConnections(); site.Close() })
	return site.URL
}

// each runs a test in both browsers of the gate, on plain http, while others work; run signs in and shows a page first.
func each(t *testing.T, test func(t *testing.T, run func(base string, steps ...bt.Step), c *apptest.Company)) {
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	c := apptest.Open(t)
	c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	id, err := c.App.Accounts.ByLogin(t.Context(), "zhouqian")
	if err != nil {
		t.Fatal(err)
	}
	begin := func(t *testing.T, steps []bt.Step) []bt.Step {
		secret, err := c.App.Accounts.NewLink(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return append(append(enter("/enter/"+secret), bt.Goto("/vehicles"), bt.Wait("h1", "")), steps...)
	}
	busy, stop := context.WithCancel(t.Context())
	defer stop()
	go others(busy, t, c)
	t.Run("present", func(t *testing.T) {
		test(t, func(base string, steps ...bt.Step) { bt.Open(t, base).Do(begin(t, steps)...) }, c)
	})
	t.Run("109", func(t *testing.T) {
		test(t, func(base string, steps ...bt.Step) {
			for _, p := range bt.In109(t, base, bt.Desk, begin(t, steps)...).Problems {
				t.Error(p)
			}
		}, c)
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
