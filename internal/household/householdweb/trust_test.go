package householdweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page/pagetest"
)

// How long a check of the facts is good is the setting of D8, as it stands for the estate.
func TestHousehold_CheckedChipFollowsTheSetting(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		estatetest.Do(t, c.App.Door, household.Confirm, c.Home)
		c.Clock.Move(40 * 24 * time.Hour)
		clerk := c.SignIn(t, "zhou", c.Garden, access.Assistant)
		pagetest.In(t, clerk.Get(c.Home.Path()).Body, "header.rec .chip.ok", "上次核实 1 个月前")
		head := c.SignIn(t, "chenli", access.Company, access.Manager)
		const path = "/settings/household.refresh_days"
		if p := head.Submit(path, path, url.Values{"value": {"30"}, "why": {"试行"}}); p.Path != "/settings" {
			t.Fatalf("%d at %s", p.Status, p.Path)
		}
		pagetest.In(t, clerk.Get(c.Home.Path()).Body, "header.rec .chip.late", "上次核实 1 个月前")
	})
}

// Who saw what is masked stands among those who opened the page, the newest first, with the reason given.
func TestLooks_WhoSawWhatIsMasked(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		clerk.Get(c.Home.Path())
		if err := c.App.StoreLooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.Clock.Move(time.Minute)
		id, mask := phoneOf(t, c, c.Home)
		account, err := c.App.Accounts.ByLogin(t.Context(), "zhouqian")
		if err != nil {
			t.Fatal(err)
		}
		as := optest.As(t.Context(), int64(account), c.Garden, access.Assistant)
		if _, err := estate.RevealContact.Reveal(as, c.App.Door, masked.RevealIn{ID: int64(id), Why: masked.WhyOther, Words: "物业费退款"}); err != nil {
			t.Fatal(err)
		}
		body := c.SignIn(t, "limin", c.Garden, access.Custodian).Get(c.Home.Path() + "?tab=looks").Body
		rows := pagetest.All(t, body, "main tbody tr")
		if len(rows) != 2 {
			t.Fatalf("%d rows", len(rows))
		}
		for _, want := range []string{"zhouqian", "查看联系方式", mask, "物业费退款"} {
			if text := pagetest.Text(rows[0]); !strings.Contains(text, want) {
				t.Errorf("%q does not tell %q", text, want)
			}
		}
		if text := pagetest.Text(rows[1]); !strings.Contains(text, "打开本户页面") {
			t.Errorf("before: %q", text)
		}
	})
}

// phoneOf is a number of a household.
func phoneOf(t *testing.T, c *apptest.Company, id household.ID) (estate.ContactID, string) {
	t.Helper()
	details, err := household.Details(t.Context(), c.App.Door.DB.Read(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, all := range details[id].Phones {
		for _, contact := range all {
			return contact.ID, contact.Value.Mask
		}
	}
	t.Fatal("nobody has a number")
	return 0, ""
}

// Whoever sees both estates sees on the household's page that somebody lives in the other too.
func TestHousehold_TheSamePersonElsewhere(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		home := householdtest.Owner(t, c.App.Door, c.Garden, []estate.UnitID{c.Flats[3]}, householdtest.Person(household.Owner, "王五", ""))
		details, err := household.Details(t.Context(), c.App.Door.DB.Read(), home)
		if err != nil {
			t.Fatal(err)
		}
		here, there := details[home].People[0].Party, estatetest.Party(t, c.App.Door, c.Tower, "王武")
		both := optest.As(t.Context(), 1, access.Company, access.Manager)
		if _, err := op.Run(both, c.App.Door, estate.LinkSamePerson, estate.LinkSamePersonIn{ID: here, Other: there, Why: "证件号相同"}); err != nil {
			t.Fatal(err)
		}
		people := home.Path() + "?tab=people"
		pagetest.In(t, c.SignIn(t, "wu", access.Company, access.Manager).Get(people).Body, "main tbody", "同一人", "金融中心", "王武")
		if p := c.SignIn(t, "zhou", c.Garden, access.Manager).Get(people); p.Status != http.StatusOK || strings.Contains(p.Body, "王武") || strings.Contains(p.Body, "同一人") {
			t.Errorf("who sees one estate: %d", p.Status)
		}
	})
}
