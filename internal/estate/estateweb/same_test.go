package estateweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/ref"
)

// A number known in another estate is told to who sees both, who may link the two; nobody else learns of either.
func TestParty_TheSamePersonInAnotherEstate(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		here, there := estatetest.Party(t, c.App.Door, c.Garden, "王五"), estatetest.Party(t, c.App.Door, c.Tower, "王武")
		estatetest.Identity(t, c.App.Door, here, "11010519491231002X")
		estatetest.Identity(t, c.App.Door, there, "11010519491231002X")
		head, clerk := c.SignIn(t, "wu", access.Company, access.Manager), c.SignIn(t, "zhou", c.Garden, access.Assistant)
		const told = "同一证件号也登记在 金融中心 项目"
		if p := head.Get(here.Path()); !strings.Contains(p.Body, told) || !strings.Contains(p.Body, there.Path()) {
			t.Errorf("who sees both is not told: %d", p.Status)
		}
		form := here.Path() + "/same"
		if p := head.Submit(form, form, url.Values{"other": {"王武"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "写明原因") {
			t.Errorf("without a reason: %d %v", p.Status, mistakes(t, p.Body))
		}
		if p := head.Submit(form, form, url.Values{"other": {"王六"}, "why": {"同"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "没有找到") {
			t.Errorf("somebody unknown: %d %v", p.Status, mistakes(t, p.Body))
		}
		if p := clerk.Submit(form, form, url.Values{"other_id": {ref.Text(there)}, "why": {"同"}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("by who sees one alone: %d", p.Status)
		}
		p := head.Submit(form+"?other_id="+ref.Text(there), form, url.Values{"other_id": {ref.Text(there)}, "why": {"证件号相同"}})
		if p.Path != here.Path() || strings.Contains(p.Body, told) || !strings.Contains(p.Body, "王武") || !strings.Contains(p.Body, "证件号相同") {
			t.Errorf("linked: %d at %s %v", p.Status, p.Path, mistakes(t, p.Body))
		}
		if p := head.Get(there.Path()); !strings.Contains(p.Body, "王五") || !strings.Contains(p.Body, here.Path()) {
			t.Error("the other's page does not show the link")
		}
		at := strings.Index(p.Body, "/same/")
		end, _, _ := strings.Cut(p.Body[at:], `"`)
		if p := clerk.Get(end); p.Status != http.StatusNotFound {
			t.Errorf("a link of two estates to who sees one: %d", p.Status)
		}
		if p := clerk.Get(here.Path()); p.Status != http.StatusOK || strings.Contains(p.Body, "王武") || strings.Contains(p.Body, "金融中心") || strings.Contains(p.Body, "同一人") {
			t.Error("who sees one is told of the other")
		}
		if p := head.Submit(end, end, url.Values{"why": {"同名不同人"}}); p.Path != here.Path() || !strings.Contains(p.Body, "同名不同人") {
			t.Errorf("taken back: %d at %s %v", p.Status, p.Path, mistakes(t, p.Body))
		}
	})
}
