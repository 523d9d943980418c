package browser

import (
	"fmt"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	bt "hudang/test/browser/browsertest"
	"hudang/test/round"
)

// scripted are texts that want to run; the program's own pages of them are looked through in test/hostile.
var scripted = []string{`"><img src=x onerror=xss7()>`, `</script><script>xss7()`, `javascript:xss7()`}

// TestScripts_InABrowser opens pages whose every text is a script (S3): none runs, and none even asks to, which the browser
// would report against the policy.
func TestScripts_InABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	c, n := apptest.Open(t), 0
	r := round.New(t, c, c.Garden, "x", func(field, plain string) string {
		switch field {
		case "identity", "phone", "import.identity", "import.area", "pc.name":
			return plain
		}
		n++
		return scripted[n%len(scripted)]
	})
	r.Run(round.Steps(), nil)
	c.SignIn(t, "desk", c.Garden, access.Custodian, access.Manager)
	id, err := c.App.Accounts.ByLogin(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := c.App.Accounts.NewLink(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	b := bt.Open(t, c.URL)
	b.Do(enter("/enter/" + secret)...)
	for _, path := range []string{r.Home.Path(), r.Home.Path() + "?tab=people", r.Home.Path() + "?tab=directory", r.Home.Path() + "/change", r.Sold.Path(), r.Party.Path(), r.Party.Path() + "/change",
		r.Lease.Path(), r.Lease.Path() + "/print", r.Vehicle.Path(), r.Units[0].Path(), r.Volume.Path(), r.Item.Path(), r.Item.Path() + "/correct", r.Check.Path(), r.Check.Path() + "/print",
		r.Open.Path(), r.Open.Path() + "?step=problems", r.Waiting.Path(), "/households", "/units", "/papers", "/observations", "/observations/" + fmt.Sprint(r.Seen), "/leases", "/vehicles",
		"/imports", "/summary", "/views", "/search?q=xss7", "/households/print", "/summary/print", "/directories"} {
		b.Do(bt.Goto(path))
	}
	for _, p := range b.Problems() {
		t.Error(p)
	}
}
