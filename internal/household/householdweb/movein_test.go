package householdweb_test

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

func moveInForm(more url.Values) url.Values {
	in := url.Values{"unit": {"1-1-101"}, "people.0.name": {"刘洋"}, "people.0.phones.0.value": {"15012340002"}, "people.0.identity.number": {"34052419800101001X"},
		"kind": {"let"}, "use_as": {"living"}, "valid_from": {"2026-11-01"}, "valid_to": {"2027-10-31"}, "heads": {"2"}, "payer": {"tenant"}}
	for name, v := range more {
		in[name] = v
	}
	return in
}

// A let to somebody nobody knows yet: he is entered within the form, is tenant and nothing else, and the sheet to sign shows both
// sides.
func TestMoveIn_SomebodyNew(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		empty := clerk.Get("/leases/new?unit=" + ref.Text(c.Flats[0]))
		if !strings.Contains(empty.Body, "1-1-101 的业主：张伟、李娟") {
			t.Error("the form does not say whose flat it is")
		}
		if asked := clerk.Get("/leases/new/unit?" + url.Values{"unit": {"1-1-101"}, "estate": {idOf(c.Garden)}}.Encode()); !strings.Contains(asked.Body, "张伟、李娟") {
			t.Error("the field of the unit does not answer whose it is")
		}
		more := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"more": {"1"}}))
		if !strings.Contains(more.Body, `name="people.1.name"`) || !strings.Contains(more.Body, "15012340002") {
			t.Error("one more person was not asked for, or what was typed is gone")
		}
		p := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"people.1.name": {"刘小满"}, "people.1.relation": {"女"}, "plates": {"沪A12345"}}))
		if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/households/") {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, summary(t, p.Body))
		}
		pagetest.In(t, p.Body, ".rec h1", "刘洋", "租户")
		for _, want := range []string{"已办入住", "刘小满", "沪A12345", "户档还缺资料"} {
			if !strings.Contains(p.Body, want) {
				t.Errorf("the file does not show %s", want)
			}
		}
		lease := regexp.MustCompile(`/leases/[0-9]{6,}`).FindString(p.Body)
		sheet := clerk.Get(lease + "/print").Body
		for _, want := range []string{"租户/商住情况登记表", "张伟", "刘洋", "150 1234 0002", "34052419800101001X", "刘小满", "沪A12345"} {
			if !strings.Contains(sheet, want) {
				t.Errorf("the sheet lacks %s", want)
			}
		}
		if party := regexp.MustCompile(`/parties/[0-9]{6,}`).FindString(p.Body); strings.Contains(clerk.Get(party).Body, "业主</") {
			t.Error("the tenant is an owner somewhere")
		}
		pagetest.In(t, clerk.Get(c.Home.Path()).Body, ".rec", "出租")
		pagetest.In(t, clerk.Get("/households?stay=let").Body, "tbody", "张伟、李娟")
		if strings.Contains(clerk.Get("/households?stay=lived_in").Body, "张伟、李娟") {
			t.Error("the filter goes by what was typed")
		}
		english := clerk.Get("/leases/new?lang=en")
		if english.Status != http.StatusOK {
			t.Errorf("in English: %d", english.Status)
		}
		undo := clerk.Submit(p.Path+"/undo-move-in", p.Path+"/undo-move-in", url.Values{"why": {"登记错房号"}})
		if undo.Status != http.StatusOK || !strings.Contains(undo.Body, "登记错房号") {
			t.Errorf("taken back: %d at %s", undo.Status, undo.Path)
		}
	})
}

func summary(t *testing.T, body string) (all []string) {
	t.Helper()
	for _, n := range pagetest.All(t, body, ".summary li") {
		all = append(all, pagetest.Text(n))
	}
	return all
}

// Somebody registered already is offered, by his number and by his name; nobody is taken for him unasked.
func TestMoveIn_FillsInTheTerm(t *testing.T) {
	c := apptest.Open(t)
	clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
	term := func(from, until string) {
		t.Helper()
		p := clerk.Get("/leases/new?unit=" + ref.Text(c.Flats[0]))
		for name, want := range map[string]string{"valid_from": from, "valid_to": until} {
			if got := pagetest.Attr(t, p.Body, "input[name="+name+"]", "value"); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if pagetest.Count(t, p.Body, "details.set") != 1 || pagetest.Count(t, p.Body, "details.set[open]") != 0 {
			t.Error("what few fill in is not folded")
		}
	}
	term("2026-11-23", "2027-11-22")
	estatetest.Lease(t, c.App.Door, c.Flats[0], 0, estatetest.Party(t, c.App.Door, c.Garden, "刘洋"), "2026-01-01", "2027-06")
	term("2027-07-01", "2028-06-30")
	if p := clerk.Get("/leases/new/term?valid_from=12-15"); !strings.Contains(p.Body, "2027-12-14") {
		t.Errorf("another first day is not answered: %s", p.Body)
	}
	wrong := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"area": {"很大"}}))
	if wrong.Status != http.StatusUnprocessableEntity || pagetest.Count(t, wrong.Body, "details[open] input[name=area]") != 1 {
		t.Errorf("a wrong field among the folded ones is hidden: %d", wrong.Status)
	}
	missing := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"unit": {""}, "people.0.phones.0.value": {"1501"}, "area": {"很大"}}))
	for _, field := range []string{"unit", "people.0.phones.0.value", "area"} {
		if pagetest.Count(t, missing.Body, "input[name='"+field+"'][aria-invalid=true]") != 1 {
			t.Errorf("without its unit, the form's mistake in %s is not named", field)
		}
	}
}

func TestMoveIn_ATwinIsTold(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		known := estatetest.Party(t, c.App.Door, c.Garden, "刘洋", "15012340002")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		for _, typed := range []url.Values{nil, {"people.0.phones.0.value": {"15012349999"}}, {"people.0.name": {"刘阳"}}} {
			p := clerk.Submit("/leases/new", "/leases/new", moveInForm(typed))
			if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "就是 刘洋") || !strings.Contains(p.Body, known.Path()) && !strings.Contains(p.Body, ref.Text(known)) {
				t.Errorf("%v: %d, %s", typed, p.Status, summary(t, p.Body))
			}
			if !strings.Contains(p.Body, "34052419800101001X") {
				t.Error("what was typed is gone")
			}
		}
		p := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"people.0.known": {ref.Text(known)}}))
		if !strings.HasPrefix(p.Path, "/households/") || !strings.Contains(p.Body, known.Path()) {
			t.Fatalf("the one who is known: %d at %s %s", p.Status, p.Path, summary(t, p.Body))
		}
		other := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"unit": {"1-1-102"}, "people.0.identity.number": {""}, "people.0.known": {"another"}}))
		if !strings.HasPrefix(other.Path, "/households/") || strings.Contains(other.Body, known.Path()) {
			t.Errorf("somebody else of the name: %d at %s %s", other.Status, other.Path, summary(t, other.Body))
		}
	})
}

// Ending a lease on its own page asks what becomes of the tenant's file; who may not close it leaves it as somebody's duty.
func TestEndLease_AsksForTheFile(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		keeper := c.SignIn(t, "limin", c.Garden, access.Custodian)
		home := clerk.Submit("/leases/new", "/leases/new", moveInForm(nil))
		lease := regexp.MustCompile(`/leases/[0-9]{6,}`).FindString(home.Body)
		if p := keeper.Submit(lease+"/end", lease+"/end", url.Values{"why": {"到期"}}); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "刘洋 的户档") {
			t.Errorf("without an answer: %d %s", p.Status, summary(t, p.Body))
		}
		p := keeper.Submit(lease+"/end", lease+"/end", url.Values{"why": {"到期"}, "file": {"close"}, "stay": {"empty"}})
		if p.Path != lease || !strings.Contains(p.Body, "退租") {
			t.Fatalf("with the file: %d at %s", p.Status, p.Path)
		}
		if !strings.Contains(keeper.Get(home.Path).Body, "到期") || strings.Contains(keeper.Get(home.Path).Body, home.Path+"/people/new") {
			t.Error("the file is still open")
		}
		pagetest.In(t, keeper.Get(c.Home.Path()).Body, ".rec", "空置")
		if p := keeper.Submit(lease, lease+"/restore", nil); p.Path != lease {
			t.Errorf("restoring: %d at %s", p.Status, p.Path)
		}
		pagetest.In(t, keeper.Get(c.Home.Path()).Body, ".rec", "出租")
		if p := clerk.Submit(lease+"/end", lease+"/end", url.Values{"why": {"到期"}}); p.Path != lease {
			t.Errorf("by the assistant: %d at %s %s", p.Status, p.Path, summary(t, p.Body))
		}
		if duties := keeper.Get("/").Body; !strings.Contains(duties, "1 户租户租约已结束，户档未注销") {
			t.Error("the open file is nobody's duty")
		}
		pagetest.In(t, clerk.Get(home.Path).Body, ".note.due", "退租，户档未注销", "看租约") // who may not close it sees it all the same
		pagetest.In(t, keeper.Get(home.Path).Body, ".note.due a[href=#close]", "办理退租")
		pagetest.In(t, keeper.Get(home.Path).Body, "#close", "退租日期") // one date, one name: as where the lease ends
		pagetest.In(t, clerk.Get(home.Path).Body, ".time", "退租日期：2026-11-23")
		pagetest.In(t, keeper.Get("/households?q=刘洋").Body, "tbody", "退租，户档未注销")
		pagetest.In(t, clerk.Get(lease).Body, "a[href="+home.Path+"]", "1-1-101 租户")
		next := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"people.0.name": {"陈小红"}, "people.0.phones.0.value": {"15012340009"}, "people.0.identity.number": {""}}))
		if next.Status != http.StatusOK || !strings.Contains(next.Body, "陈小红") {
			t.Fatalf("the next tenant: %d at %s %s", next.Status, next.Path, summary(t, next.Body))
		}
		if strings.Contains(clerk.Get(home.Path).Body, "陈小红") {
			t.Error("the file of who left shows the lease of who came")
		}
		unit := clerk.Get("/units/" + ref.Text(c.Flats[0])).Body
		pagetest.In(t, unit, "a[href="+next.Path+"]", "陈小红")
		pagetest.In(t, unit, "a[href="+c.Home.Path()+"]", "张伟")
		pagetest.In(t, keeper.Get("/households?building=1&lease=ended").Body, "tbody", "刘洋")
	})
}

// A term that ran out is told on the tenant's file, with the two ways on, and in the list.
func TestHousehold_TheTermRanOut(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		home := clerk.Submit("/leases/new", "/leases/new", moveInForm(url.Values{"valid_from": {"2025-11-01"}, "valid_to": {"2026-10-31"}}))
		lease := regexp.MustCompile(`/leases/[0-9]{6,}`).FindString(home.Body)
		body := clerk.Get(home.Path).Body
		pagetest.In(t, body, ".note.due", "租期 2026-10-31 已满")
		pagetest.In(t, body, ".note.due a[href="+lease+"/extend]", "续租")
		pagetest.In(t, body, ".note.due a[href="+lease+"/end]", "退租")
		pagetest.In(t, clerk.Get("/households?q=刘洋").Body, "tbody", "租期 2026-10-31 已满")
		clerk.Submit(lease+"/extend", lease+"/extend", nil) // as proposed
		if body := clerk.Get(home.Path).Body; strings.Contains(body, "已满") || !strings.Contains(body, "2027-10-31") {
			t.Error("renewed, it still says that the term ran out")
		}
		pagetest.In(t, clerk.Get(lease+"/extend").Body, "#f-valid_to[value=2028-10-31]") // of the last term, not of both together
	})
}

// An owner moves in by one form.
func TestLiveIn_ByPage(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		page := c.Home.Path() + "/live-in"
		p := clerk.Submit(page, page, url.Values{"since": {"2026-11-20"}, "plates": {"沪A12345"}})
		if p.Status != http.StatusOK || p.Path != c.Home.Path() {
			t.Fatalf("%d at %s %s", p.Status, p.Path, summary(t, p.Body))
		}
		pagetest.In(t, p.Body, ".rec", "自住", "2026-11-20")
		if !strings.Contains(p.Body, "沪A12345") {
			t.Error("the car is not shown")
		}
	})
}

// The home page says by building how many files lack papers, who completes them and until when, and leads to them.
func TestHome_MissingPapersByBuilding(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		home := clerk.Get("/").Body
		pagetest.In(t, home, "main", "1 户的户档缺资料", "澜庭花园 1 栋 · 客服助理、档案管理员", "前收齐")
		way := regexp.MustCompile(`/households\?building=1&amp;papers=[0-9-]+`).FindString(home)
		way = strings.ReplaceAll(way, "&amp;", "&")
		lacking := clerk.Get(way).Body
		pagetest.In(t, lacking, "tbody", "张伟、李娟", "证件核验 · ")
		pagetest.In(t, lacking, "thead", "缺的资料")
		pagetest.In(t, lacking, "tbody", "入住（收铺）通知书 · ", " · 证件核验 · ", " · （临时）管理规约承诺书 · ")
		printed := pagetest.In(t, clerk.Get(strings.Replace(way, "?", "/print?", 1)).Body, "main", "缺的资料")
		if !strings.Contains(strings.ReplaceAll(printed, " ", ""), "购房合同或产权证复印件") { // whatever its lines
			t.Error("the print does not name the missing papers")
		}
		exported := unzipped(t, clerk.Get(strings.Replace(way, "?", "/xlsx?", 1)).Body)
		if !strings.Contains(exported, "缺的资料") || !strings.Contains(exported, "证件核验 · ") {
			t.Error("the sheet does not name the missing papers")
		}
		if all := clerk.Get("/households?building=1").Body; strings.Contains(all, "缺的资料") {
			t.Error("a list of all files has the column of missing papers")
		}
		clerk.Submit("/households?building=1", "/households/columns", url.Values{"column": {"names"}})
		pagetest.In(t, clerk.Get(way).Body, "thead", "缺的资料") // whatever else somebody left out
		pagetest.In(t, clerk.Get("/units").Body, "thead", "使用状态")
	})
}

// unzipped is everything in an archive, one file after the other.
func unzipped(t *testing.T, archive string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// The dialog of a tenant's file says how many people move out: those who live there today.
func TestClose_SaysHowManyMoveOut(t *testing.T) {
	c := apptest.Open(t)
	custodian := c.SignIn(t, "limin", access.Company, access.Custodian)
	pagetest.In(t, custodian.Get(c.Firm.Path()).Body, "#close", "住户 1 人随之迁出")
	pagetest.In(t, custodian.Get(c.Firm.Path()+"?lang=en").Body, "#close", "1")
}

// On a telephone, where the second column follows the first, people come before the timeline; a list says who owns and who rents,
// and the numbers of a shelf check say what they are.
func TestPhone_PeopleFirstAndLabelled(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		k := keeper(t, c)
		home := k.Get(c.Home.Path()).Body
		if people, time := strings.Index(home, `class="facts"`), strings.Index(home, `class="time"`); people < 0 || time < people || strings.Contains(home, `"two flip"`) {
			t.Errorf("people at %d, the timeline at %d", people, time)
		}
		if n := len(pagetest.All(t, k.Get(c.Home.CheckPath()).Body, "td[data-l]")); n == 0 {
			t.Error("the fields of the shelf check say nothing on a telephone")
		}
		cell := pagetest.All(t, k.Get("/households").Body, "tbody td.hide-s")
		for _, n := range cell {
			if pagetest.Text(n) == "业主" {
				t.Error("the list hides on a telephone who is owner")
			}
		}
	})
}
