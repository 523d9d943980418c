package estateweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/estate/estateweb"
	"hudang/internal/platform/access"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/ref"
)

func lease(tenant estate.PartyID, values url.Values) url.Values {
	in := url.Values{"unit": {"1-1-101"}, "people.0.name": {"刘洋"}, "people.0.known": {ref.Text(tenant)}, "kind": {"let"}, "use_as": {"living"}, "valid_from": {"2025-12-17"}, "valid_to": {"2026-12-16"},
		"heads": {"2"}, "payer": {"tenant"}}
	for name, v := range values {
		in[name] = v
	}
	return in
}

// leaseOf is the lease to which the page of a tenant who has just moved in leads.
func leaseOf(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`(/leases/[0-9]{6,})/print`).FindStringSubmatch(body)
	if found == nil {
		t.Fatal("the page leads to no lease")
	}
	return found[1]
}

func TestLease_RegisterRenewEndRestore(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		owner := estatetest.Party(t, d, c.Garden, "陈建国", "15012340001")
		tenant := estatetest.Party(t, d, c.Garden, "刘洋", "15012340002")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		send := func(values url.Values) apptest.Page {
			return clerk.Submit("/leases/new", "/leases/new", lease(tenant, values))
		}
		for field, wrong := range map[string]string{"unit": "9-9-999", "people.0.name": "", "valid_to": "2025-12-01", "payer": "", "use_as": "", "heads": "0", "lessor": "15012349999"} {
			if p := send(url.Values{"estate": {idOf(c.Garden)}, field: {wrong}}); p.Status != http.StatusUnprocessableEntity || len(mistakes(t, p.Body)) != 1 {
				t.Errorf("%s %q: %d, %s", field, wrong, p.Status, mistakes(t, p.Body))
			}
		}
		if p := send(url.Values{"valid_from": {"2026-01-01"}, "valid_to": {"2046-01-02"}}); !strings.Contains(p.Body, "租期不超过 20 年") {
			t.Errorf("twenty years and a day: %d", p.Status)
		}
		offered := clerk.Get("/pick/party/lessor?" + url.Values{"lessor": {"刘"}, "estate": {idOf(c.Garden)}}.Encode()).Body
		if !strings.Contains(offered, `name="lessor_id"`) || !strings.Contains(offered, "刘洋 · 150****0002") {
			t.Errorf("while typing is offered: %s", offered)
		}
		home := send(url.Values{"lessor": {"150 1234 0001"}})
		registered(t, home, "/households/")
		page := leaseOf(t, home.Body)
		body := clerk.Get(page).Body
		for _, want := range []string{"刘洋", "150****0002", "陈建国", owner.Path(), "即将到期", "1-1-101", "租户"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not show %s", want)
			}
		}
		if p := send(nil); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "先办退租") {
			t.Errorf("let twice: %d %s", p.Status, mistakes(t, p.Body))
		}
		registered(t, send(url.Values{"kind": {"sublet"}}), "/households/")
		if unit := clerk.Get("/units/" + ref.Text(c.Flats[0])).Body; !strings.Contains(unit, page) || !strings.Contains(unit, "/vehicles/new?unit="+ref.Text(c.Flats[0])) {
			t.Error("the unit's page does not lead to its lease, and to a new vehicle")
		}
		registered(t, send(url.Values{"valid_from": {"2026-12-17"}, "valid_to": {"2027-12-16"}}), "/households/") // the next one, registered in time
		if p := clerk.Submit(page+"/change", page+"/change", url.Values{"contract": {"ZL-2025-7"}}); p.Path != page || !strings.Contains(p.Body, "ZL-2025-7") || !strings.Contains(p.Body, "陈建国") {
			t.Errorf("changing: %d at %s %s", p.Status, p.Path, mistakes(t, p.Body))
		}
		ask := clerk.Get(page + "/extend").Body
		for _, want := range []string{"1-1-101", "刘洋", "2025-12-17 – 2026-12-16", "从 2026-12-17 起", `value="2027-12-16"`} {
			if !strings.Contains(ask, want) {
				t.Errorf("the form of a renewal does not show %s", want)
			}
		}
		if p := clerk.Submit(page+"/extend", page+"/extend", url.Values{"valid_to": {"2026-12-01"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "2026-12-16") {
			t.Errorf("renewing backwards: %d", p.Status)
		}
		if p := clerk.Submit(page+"/end", page+"/end", url.Values{"why": {"到期退租"}, "on": {"2026-11-20"}}); p.Path != page || !strings.Contains(p.Body, "2026-11-20 退租") {
			t.Errorf("ending: %d at %s", p.Status, p.Path)
		}
		if p := clerk.Submit(page, page+"/restore", nil); p.Path != page || strings.Contains(p.Body, "退租 · ") {
			t.Errorf("restoring: %d at %s", p.Status, p.Path)
		}
	})
}

func TestLease_TwoClerksSeeEachOthersFields(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		id := estatetest.Lease(t, d, c.Flats[0], 0, estatetest.Party(t, d, c.Garden, "刘洋"), "2026-01-01", "2027-12-31")
		first, second := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "limin", c.Garden, access.Custodian)
		page := id.Path() + "/change"
		form := first.Form(page, page)
		second.Submit(page, page, url.Values{"heads": {"3"}})
		p := first.Send(form, page, url.Values{"heads": {"4"}})
		if p.Status != http.StatusConflict || !strings.Contains(p.Body, "limin") {
			t.Errorf("the conflict: %d", p.Status)
		}
	})
}

func TestLeases_TabsDutiesAndPrint(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		tenant := estatetest.Party(t, d, c.Garden, "刘洋", "15012340002")
		for i, until := range []string{"2027-12", "2026-12-20", "2026-11-01", "2027-01-01"} {
			estatetest.Lease(t, d, c.Flats[i], 0, tenant, "2026-01-01", until)
		}
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		for tab, want := range map[string]string{"": "共 4 条", "?tab=ending": "共 1 条", "?tab=over": "共 1 条", "?tab=left": "“已退租”里没有记录", "?q=刘": "共 4 条", "?q=1-1-102": "共 1 条",
			"?until.from=2026-12-01&until.to=2026-12-31": "共 1 条", "?kind=mixed": "共 0 条"} {
			if p := clerk.Get("/leases" + tab); p.Status != http.StatusOK || !strings.Contains(p.Body, want) {
				t.Errorf("%s does not say %s (%d)", tab, want, p.Status)
			}
		}
		if p := clerk.Get("/leases?tab=over"); strings.Count(p.Body, "已到期未退") != 2 { // the tab, and the state of its one row
			t.Error("the list does not say how a lease stands")
		}
		if p := clerk.Get("/leases"); !strings.Contains(p.Body, "150****0002") || strings.Contains(p.Body, "15012340002") || !strings.Contains(p.Body, "/reveal/estate.reveal_contact/") {
			t.Error("the numbers are not masked with a way to see them")
		}
		home := clerk.Get("/").Body
		if !strings.Contains(home, "1 份租赁已到期") || !strings.Contains(home, "1 份租赁 30 日内到期") {
			t.Error("the duties of leases are not on the home page")
		}
		c.Clock.Move(40 * 24 * time.Hour)
		fresh := c.SignIn(t, "limin", c.Garden, access.Custodian)
		if home = fresh.Get("/").Body; !strings.Contains(home, "3 份租赁已到期") {
			t.Error("40 days later the leases that ended are no duty")
		}
		p := fresh.Get("/leases/print?tab=over")
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "租户/商住情况登记表") || strings.Contains(p.Body, "15012340002") {
			t.Errorf("the register's print: %d", p.Status)
		}
	})
}

func TestLease_SheetIsTheForm(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		owner, tenant := estatetest.Party(t, d, c.Garden, "陈建国", "15012340001"), estatetest.Party(t, d, c.Garden, "刘洋", "15012340002")
		estatetest.Identity(t, d, tenant, "34052419800101001X")
		facts := estatetest.Home("2026-01-01", "2027-12-31")
		facts.Kind = estate.Mixed
		id := estatetest.Do(t, d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: c.Flats[0], Lessor: owner, Tenant: tenant, LeaseFacts: facts})
		estatetest.Vehicle(t, d, c.Flats[0], tenant, "沪a·12345")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(id.Path()); !strings.Contains(p.Body, "缺业主同意书") || !strings.Contains(p.Body, "民法典第 279 条") {
			t.Error("the missing consent is not said")
		}
		p := clerk.Get(id.Path() + "/print")
		for _, want := range []string{"租户/商住情况登记表", "1-1-101", "陈建国", "刘洋", "150 1234 0002", "34052419800101001X", "沪A12345", "与承租人关系", "利害关系业主同意书", "物业费承担方", "客服助理", "退租日期"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the sheet lacks %s", want)
			}
		}
		if strings.Contains(p.Body, "****") {
			t.Error("what is to be signed is masked")
		}
		if p := clerk.Get(id.Path() + "/print?pdf=1"); !strings.HasPrefix(p.Body, "%PDF") {
			t.Errorf("pdf: %d", p.Status)
		}
	})
}

// The longest names and every line filled still make one sheet.
func TestLeaseDoc_OneSheet(t *testing.T) {
	long := strings.Repeat("名", 30)
	side := estateweb.Side{Name: long, Sex: "女", Phone: "0571-****5678", Address: long, Origin: long, Employer: long, Legal: long, PaperKind: "统一社会信用代码", PaperNo: "**************0Y43", Company: true}
	resident := estateweb.Resident{Name: "王小明", Sex: "男", Relation: "配偶之父", PaperNo: "**************001X", Phone: "150****0001", Since: "2026-01-01"}
	s := estateweb.LeaseSheet{Estate: "澜庭花园", Unit: "3-1-1202", Owner: side, Tenant: side, Emergency: "张建国（父） 137****0925",
		Lease: &estate.Lease{Registered: "2026-11-23", LeaseFacts: estate.LeaseFacts{Kind: estate.Mixed, Use: estate.Business, ValidFrom: "2026-01-01", ValidTo: "2036-12-31", Area: 12345678, Heads: 12,
			Contract: "ZL-2026-00012345", FilingNo: "BA-2026-0001234567", Payer: estate.PayerTenant, Trade: long + long, Hours: "09:00–22:00"}},
		Residents: []estateweb.Resident{resident, resident, resident}, Vehicles: []string{"沪A12345 白 小型轿车", "沪AD12345 黑 小型轿车"},
		Code: paper.Code{Data: "http://hudang.lan:8080/c/1234567890", Text: "12 3456789 0"}}
	pages, err := paper.Layout(estateweb.LeaseDoc(s, paper.Printed{By: "周倩", At: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC), Leaf: "澜-0001", Clause: "D6 D9"}))
	if err != nil || len(pages.Pages) != 1 || len(pages.Missing) > 0 {
		t.Errorf("%d pages, missing %v, %v", len(pages.Pages), pages.Missing, err)
	}
}

func TestVehicle_RegisterHandOverEnd(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		d := c.App.Door
		first, second := estatetest.Party(t, d, c.Garden, "陈建国", "15012340001"), estatetest.Party(t, d, c.Garden, "刘洋", "15012340002")
		space := estatetest.Do(t, d, estate.AddUnit, estate.AddUnitIn{Estate: c.Garden, UnitFacts: estate.UnitFacts{Building: "B1", Room: "023", Floor: "-1", Kind: estate.Parking}})
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		send := func(values url.Values) apptest.Page { return clerk.Submit("/vehicles/new", "/vehicles/new", values) }
		if p := send(url.Values{"unit": {"1-1-101"}, "plate": {"沪A1234"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "写明保留原因") {
			t.Errorf("a short plate: %d", p.Status)
		}
		if p := send(url.Values{"unit": {"1-1-101"}, "plate": {" "}}); len(mistakes(t, p.Body)) != 1 || !strings.Contains(p.Body, "不能空着") {
			t.Errorf("no plate: %s", mistakes(t, p.Body))
		}
		page := registered(t, send(url.Values{"unit": {"1栋1单元101"}, "party": {"陈建国"}, "plate": {"沪a·d12345"}, "parking": {"B1-023"}, "colour": {"白"}, "terms": {"monthly"}}), "/vehicles/")
		body := clerk.Get(page).Body
		for _, want := range []string{"沪AD12345", "陈建国", "150****0001", "B1-023", "月卡", "白"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not show %s", want)
			}
		}
		if p := send(url.Values{"unit": {"1-1-102"}, "plate": {"沪AD12345"}}); !strings.Contains(p.Body, "此车牌已登记在 1-1-101") {
			t.Errorf("the same plate: %d %s", p.Status, mistakes(t, p.Body))
		}
		if p := clerk.Submit(page+"/change", page+"/change", url.Values{"parking": {"1-1-102"}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a flat as parking space: %d", p.Status)
		}
		if p := clerk.Submit(page+"/change", page+"/change", url.Values{"colour": {"黑"}}); p.Path != page || !strings.Contains(p.Body, "黑") || !strings.Contains(p.Body, "B1-023") {
			t.Errorf("changing: %d at %s %s", p.Status, p.Path, mistakes(t, p.Body))
		}
		if p := clerk.Submit(page+"/holder", page+"/holder", url.Values{"party": {"谁也不是"}, "why": {""}}); len(mistakes(t, p.Body)) != 2 {
			t.Errorf("handing over to nobody, without a reason: %s", mistakes(t, p.Body))
		}
		next := registered(t, clerk.Submit(page+"/holder", page+"/holder", url.Values{"party": {"15012340002"}, "why": {"转让"}}), "/vehicles/")
		if next == page || !strings.Contains(clerk.Get(next).Body, "刘洋") || !strings.Contains(clerk.Get(page).Body, "转让") {
			t.Errorf("handed over to %s", next)
		}
		if p := clerk.Submit(page, page+"/restore", nil); p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusConflict {
			t.Errorf("restored beside its successor: %d", p.Status)
		}
		clerk.Submit(next+"/end", next+"/end", url.Values{"why": {"迁出"}})
		if p := clerk.Get("/vehicles?tab=ended"); !strings.Contains(p.Body, "共 2 条") {
			t.Error("two periods are not over")
		}
		vehicles, err := estate.VehiclesOf(t.Context(), d.DB.Read(), c.Flats[0])
		if all := vehicles[c.Flats[0]]; err != nil || len(all) != 2 || all[0].Party != first && all[0].Party != second || all[0].Parking != space {
			t.Errorf("vehicles %+v, %v", all, err)
		}
		if p := clerk.Get("/vehicles/print"); p.Status != http.StatusOK || !strings.Contains(p.Body, "车辆登记") || !strings.Contains(p.Body, "产权/租/月卡") {
			t.Errorf("print: %d", p.Status)
		}
	})
}
