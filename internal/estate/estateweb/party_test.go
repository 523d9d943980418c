package estateweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

// registered is the answer to a person's form, which led to a record.
func registered(t *testing.T, p apptest.Page, below string) string {
	t.Helper()
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, below) || strings.HasSuffix(p.Path, "/new") {
		t.Fatalf("%d at %s: %s", p.Status, p.Path, mistakes(t, p.Body))
	}
	return p.Path
}

func mistakes(t *testing.T, body string) (all []string) {
	for _, n := range pagetest.All(t, body, ".summary li") {
		all = append(all, pagetest.Text(n))
	}
	return all
}

func TestParty_FormsOfAPerson(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		in := url.Values{"estate": {idOf(c.Garden)}, "name": {""}, "birth": {"不记得"}, "contacts.0.value": {"1380013800"}, "identity.number": {"110105194912310021"}}
		p := clerk.Submit("/parties/new", "/parties/new", in)
		for _, want := range []string{"不能空着", "手机号应为", "末位与前 17 位不符", "写明保留原因"} {
			if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, want) {
				t.Errorf("%d, %q is not said: %s", p.Status, want, mistakes(t, p.Body))
			}
		}
		in = url.Values{"estate": {idOf(c.Garden)}, "name": {"陈建国"}, "sex": {"male"}, "birth": {"1949-12-31"}, "note": {"晚上回电"},
			"contacts.0.value": {"150-1234-0001"}, "contacts.1.value": {"15012340002"}, "contacts.1.whose": {"儿子"}, "identity.number": {"11010519491231002x"}}
		party := registered(t, clerk.Submit("/parties/new", "/parties/new", in), "/parties/")
		page := clerk.Get(party)
		for _, want := range []string{"150****0001", "150****0002", "儿子", "002X", "未核验", "1949-**-**", "首选"} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the page does not show %s", want)
			}
		}
		for _, never := range []string{"15012340001", "110105194912310", "晚上回电", "1949-12"} {
			if strings.Contains(page.Body, never) || strings.Contains(clerk.Get(party+"/change").Body, never) {
				t.Errorf("%s is shown in clear", never)
			}
		}
		p = clerk.Submit(party+"/change", party+"/change", url.Values{"name": {"陈建华"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "姓名有变") {
			t.Errorf("a new name without a reason: %d", p.Status)
		}
		p = clerk.Submit(party+"/change", party+"/change", url.Values{"name": {"陈建华"}, "why": {"按新身份证"}})
		if p.Path != party || !strings.Contains(p.Body, "用至 2026-11-23") || !strings.Contains(p.Body, "1949-**-**") {
			t.Errorf("a new name: %d at %s", p.Status, p.Path)
		}
	})
}

func TestParty_ContactsAndPapers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		id := estatetest.Party(t, c.App.Door, c.Garden, "陈建国", "15012340001")
		party := id.Path()
		p := clerk.Submit(party+"/contacts/new", party+"/contacts/new", url.Values{"contacts.1.value": {"15012340002"}, "contacts.2.kind": {"wechat"}, "contacts.2.value": {"zhangwei88"}})
		if p.Path != party || !strings.Contains(p.Body, "150****0002") || !strings.Contains(p.Body, "zh****") {
			t.Fatalf("adding: %d at %s %s", p.Status, p.Path, mistakes(t, p.Body))
		}
		contacts, err := estate.ContactsOf(t.Context(), c.App.Door.DB.Read(), id)
		if err != nil {
			t.Fatal(err)
		}
		first, second := "/contacts/"+ref.Text(contacts[id][0].ID), "/contacts/"+ref.Text(contacts[id][1].ID)
		p = clerk.Submit(first+"/correct", first+"/correct", url.Values{"whose": {"白天"}})
		if p.Path != party || !strings.Contains(p.Body, "白天") || !strings.Contains(p.Body, "150****0001") {
			t.Errorf("correcting: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Submit(party, second+"/first", nil); p.Path != party {
			t.Errorf("ranking: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Submit(first+"/end", first+"/end", url.Values{"why": {" "}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("ending without a reason: %d", p.Status)
		}
		if p = clerk.Submit(first+"/end", first+"/end", url.Values{"why": {"停机"}}); p.Path != party || !strings.Contains(p.Body, "停机") {
			t.Errorf("ending: %d at %s", p.Status, p.Path)
		}
		if p = clerk.Submit(party, first+"/restore", nil); p.Path != party || strings.Contains(p.Body, first+"/restore") {
			t.Errorf("restoring: %d at %s", p.Status, p.Path)
		}
		p = clerk.Submit(party+"/identities/new", party+"/identities/new", url.Values{"number": {"110105194912310021"}, "doubt_why": {"原登记表如此"}})
		if p.Path != party || !strings.Contains(p.Body, "号码存疑") || strings.Contains(p.Body, "核验原件") {
			t.Errorf("a doubtful number: %d at %s", p.Status, p.Path)
		}
		papers, err := estate.IdentitiesOf(t.Context(), c.App.Door.DB.Read(), id)
		if err != nil {
			t.Fatal(err)
		}
		paper := "/identities/" + ref.Text(papers[id][0].ID)
		clerk.Submit(paper+"/correct", paper+"/correct", url.Values{"number": {"11010519491231002X"}})
		if p = clerk.Submit(party, paper+"/verify", nil); p.Path != party || !strings.Contains(p.Body, "2026-11-23 zhouqian 已核验") {
			t.Errorf("verifying: %d at %s", p.Status, p.Path)
		}
	})
}

func TestParty_OtherEstateLooksAbsent(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		id := estatetest.Party(t, d, c.Tower, "何晓燕", "15012340001")
		lease := estatetest.Lease(t, d, c.Office, 0, id, "2026-01-01", "2027-12-31")
		vehicle := estatetest.Vehicle(t, d, c.Office, id, "沪A5K3W8")
		contacts, err := estate.ContactsOf(t.Context(), d.DB.Read(), id)
		if err != nil {
			t.Fatal(err)
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		finance := c.SignIn(t, "sunli", c.Tower, access.Finance)
		for _, path := range []string{id.Path(), id.Path() + "/change", id.Path() + "/contacts/new", "/contacts/" + ref.Text(contacts[id][0].ID) + "/correct",
			lease.Path(), lease.Path() + "/print", lease.Path() + "/end", vehicle.Path(), vehicle.Path() + "/holder"} {
			if p := clerk.Get(path); p.Status != http.StatusNotFound || strings.Contains(p.Body, "何晓燕") {
				t.Errorf("%s: %d", path, p.Status)
			}
			if p := finance.Get(path); p.Status != http.StatusForbidden || strings.Contains(p.Body, "何晓燕") {
				t.Errorf("%s by finance: %d", path, p.Status)
			}
		}
		for _, path := range []string{"/leases", "/vehicles", "/vehicles?tab=no_holder", "/leases?q=何"} {
			if p := clerk.Get(path); p.Status != http.StatusOK || strings.Contains(p.Body, "A-501") || strings.Contains(p.Body, "沪A5K3W8") {
				t.Errorf("%s: %d", path, p.Status)
			}
		}
	})
}

func TestParty_Merge(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		a, b := estatetest.Party(t, d, c.Garden, "陈建国", "15012340001"), estatetest.Party(t, d, c.Garden, "陈建华", "15012340002")
		clerk, custodian := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "limin", c.Garden, access.Custodian)
		if p := clerk.Get(b.Path() + "/merge"); p.Status != http.StatusForbidden {
			t.Errorf("an assistant merges: %d", p.Status)
		}
		form := b.Path() + "/merge"
		if p := custodian.Submit(form, form, url.Values{"into": {"李四"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "没有这个人") {
			t.Errorf("nobody: %d", p.Status)
		}
		p := custodian.Submit(form, form, url.Values{"into": {"陈"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "150****0001") {
			t.Errorf("two fit: %d", p.Status)
		}
		p = custodian.Submit(form, form, url.Values{"into": {"陈"}, "into_id": {ref.Text(a)}})
		if p.Path != a.Path() || !strings.Contains(p.Body, "150****0002") {
			t.Errorf("merged: %d at %s", p.Status, p.Path)
		}
		if p = custodian.Get(b.Path()); !strings.Contains(p.Body, "已并入 陈建国") {
			t.Error("the merged party does not say where it went")
		}
		if p = custodian.Submit(b.Path(), b.Path()+"/separate", nil); p.Path != b.Path() || strings.Contains(p.Body, "已并入") {
			t.Errorf("separated: %d at %s", p.Status, p.Path)
		}
	})
}

// A revealed number takes the mask's place for those with script; without, it stands on a page that goes back by itself.
func TestReveal_ByPostWithAReason(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		id := estatetest.Party(t, d, c.Garden, "陈建国", "15012340001")
		contacts, err := estate.ContactsOf(t.Context(), d.DB.Read(), id)
		if err != nil {
			t.Fatal(err)
		}
		reveal := "/reveal/estate.reveal_contact/" + ref.Text(contacts[id][0].ID)
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		fields := clerk.Form(id.Path(), reveal)
		p := clerk.Send(fields, reveal, url.Values{"why": {"call"}, "back": {id.Path()}})
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "15012340001") || p.Header.Get("Refresh") != "60; url="+id.Path() {
			t.Errorf("revealed: %d, then %q", p.Status, p.Header.Get("Refresh"))
		}
		if p = clerk.Send(fields, reveal, url.Values{"why": {"other"}}); p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, "15012340001") {
			t.Errorf("other without words: %d", p.Status)
		}
		if p = clerk.Send(fields, reveal, url.Values{"why": {""}, "back": {"https://elsewhere.example/x"}}); p.Status != http.StatusOK || strings.Contains(p.Body, "15012340001") || strings.Contains(p.Body, "elsewhere") {
			t.Errorf("without a reason it is asked for: %d", p.Status)
		}
		if p = clerk.Get(reveal); p.Status != http.StatusOK || strings.Contains(p.Body, "15012340001") {
			t.Errorf("a link reveals: %d", p.Status)
		}
		stranger, finance := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant), c.SignIn(t, "sunli", c.Garden, access.Finance)
		own := stranger.Form("/account/password", "/account/password")
		for _, other := range []*apptest.Client{stranger, finance} {
			values := url.Values{"why": {"call"}, "_session": own["_session"]}
			if other == finance {
				values["_session"] = finance.Form("/account/password", "/account/password")["_session"]
			}
			if p := other.Post(reveal, values); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden || strings.Contains(p.Body, "15012340001") {
				t.Errorf("others see it: %d", p.Status)
			}
		}
		if p = clerk.Get("/reveal/estate.reveal_everything/1"); p.Status != http.StatusNotFound {
			t.Errorf("an invented field: %d", p.Status)
		}
	})
}

func TestRecords_LooksAtThemAreKept(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		in := url.Values{"estate": {idOf(c.Garden)}, "name": {"陈建国"}}
		clerk.Get(registered(t, clerk.Submit("/parties/new", "/parties/new", in), "/parties/"))
		if err := c.App.StoreLooks(t.Context()); err != nil {
			t.Fatal(err)
		}
		manager := c.SignIn(t, "limin", c.Garden, access.Manager)
		if p := manager.Get("/views"); !strings.Contains(p.Body, "陈建国") {
			t.Errorf("the manager does not see who looked at a person's page: %d", p.Status)
		}
	})
}
