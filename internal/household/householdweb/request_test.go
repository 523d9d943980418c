package householdweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

// Another department finds the room, no name, and asks; the head of the group answers, and the asker sees it (D5).
func TestRequest_FromTheRoomToTheAnswer(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		guard, manager := c.SignIn(t, "sunhao", c.Garden, access.OtherDept), c.SignIn(t, "chenbo", c.Garden, access.Manager)
		p := guard.Get("/search?q=1-1-101")
		if strings.Contains(p.Body, "张伟") || !strings.Contains(p.Body, "1-1-101") {
			t.Fatalf("the search box: %d at %s", p.Status, p.Path)
		}
		pagetest.In(t, p.Body, "main", "申请查阅 1-1-101 的户档")
		to := "/access-requests/new?unit=" + ref.Text(c.Flats[0])
		pagetest.In(t, guard.Submit(to, to, url.Values{"why": {""}}).Body, ".summary", "查阅事由：不能空着")
		pagetest.In(t, guard.Submit(to, to, url.Values{"why": {"楼下漏水，联系业主"}}).Body, "main", "1-1-101", "待答复", "楼下漏水，联系业主")
		pagetest.In(t, guard.Submit(to, to, url.Values{"why": {"再问一次"}}).Body, ".summary", "正在等待答复")
		pagetest.In(t, manager.Get("/").Body, "main", "1 件查阅申请待答复")
		p = manager.Get("/access-requests")
		pagetest.In(t, p.Body, "tbody", "1-1-101", "sunhao", "楼下漏水，联系业主")
		one := regexp.MustCompile(`/access-requests/[0-9]+`).FindString(p.Body)
		pagetest.In(t, manager.Submit(one, one+"/answer", url.Values{"answer": {"明天上午"}}).Body, ".summary", "选定同意或不同意")
		if p := manager.Submit(one, one+"/answer", url.Values{"state": {"granted"}, "answer": {"明天 9 点，档案室，李敏陪同"}}); p.Path != "/access-requests" {
			t.Fatalf("answering: %d at %s", p.Status, p.Path)
		}
		pagetest.In(t, guard.Get("/").Body, "main", "1-1-101 的查阅申请：已同意", "李敏陪同", "看答复") // until he has seen it, and nobody else
		if strings.Contains(c.SignIn(t, "wangbo", c.Garden, access.OtherDept).Get("/").Body, "的查阅申请：") {
			t.Error("another is told of the answer")
		}
		pagetest.In(t, guard.Get("/access-requests/new").Body, "main", "已同意", "李敏陪同")
		if strings.Contains(guard.Get("/").Body, "的查阅申请：") {
			t.Error("he is told again of an answer that he has seen")
		}
		if p := guard.Get(one); p.Status != http.StatusForbidden {
			t.Errorf("the asker at the register: %d", p.Status)
		}
		if p := c.SignIn(t, "hexiaoyan", c.Tower, access.OtherDept).Get(to); p.Status != http.StatusNotFound {
			t.Errorf("another estate's: %d", p.Status)
		}
	})
}

// A confirmation of the wrong household is taken back, and the day of before stands again.
func TestConfirm_TakenBack(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		p := clerk.Submit(c.Home.Path(), c.Home.Path()+"/confirm", nil)
		pagetest.In(t, p.Body, ".rec", "2026-11-23 已核实", "撤回今天的核实")
		p = clerk.Submit(c.Home.Path(), c.Home.Path()+"/unconfirm", nil)
		pagetest.In(t, p.Body, ".rec .chip.none", "未核实")
		pagetest.In(t, p.Body, ".time", "撤回核实")
		if len(pagetest.All(t, p.Body, "form[action$=unconfirm]")) > 0 {
			t.Error("nothing is left to take back")
		}
	})
}

// A phone is mended in two clicks from the household and from the person, whose page leads to the household first.
func TestPerson_LeadsToTheHouseholdAndBack(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		home := clerk.Get(c.Home.Path())
		mend := regexp.MustCompile(`/contacts/[0-9]+/correct\?back=/households/[0-9]+`).FindString(home.Body)
		p := clerk.Get(mend)
		pagetest.In(t, p.Body, "main", "138****8000")
		if p = clerk.Submit(mend, mend, url.Values{"value": {"138 2607 551"}, "kind": {"mobile"}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a digit too few: %d", p.Status)
		}
		pagetest.In(t, p.Body, ".summary", "现为 10 位，少 1 位")
		if p = clerk.Submit(mend, mend, url.Values{"value": {"13826075512"}, "kind": {"mobile"}}); p.Path != c.Home.Path() {
			t.Errorf("mended, and on to %s", p.Path)
		}
		pagetest.In(t, p.Body, ".rec", "138****5512")
		person := regexp.MustCompile(`/parties/[0-9]+`).FindString(p.Body)
		p = clerk.Get(person)
		pagetest.In(t, p.Body, ".crumbs", "1-1-101")
		if first := pagetest.Text(pagetest.All(t, p.Body, ".facts section")[0]); !strings.Contains(first, "1-1-101") || !strings.Contains(first, "业主") {
			t.Errorf("the person's page begins with %s", first)
		}
		away, at := strings.Replace(mend, "/households/", "//elsewhere/", 1), strings.Split(mend, "?")[0]
		if clerk.Submit(away, at, url.Values{"whose": {"白天"}}).Path != person {
			t.Error("a form leads to where somebody else says")
		}
	})
}

// Several people are registered one after another without leaving the form.
func TestPeople_OneAfterAnother(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		at := c.Home.Path() + "/people/new"
		p := clerk.Submit(at, at, url.Values{"people.0.name": {"张父"}, "people.0.part": {"emergency"}, "again": {"1"}})
		pagetest.In(t, p.Body, ".note.done", "已登记 张父")
		if p.Path != at || len(pagetest.All(t, p.Body, "input[name='people.0.name'][autofocus]")) != 1 {
			t.Errorf("on to %s", p.Path)
		}
		p = clerk.Submit("/households/new", "/households/new", url.Values{"rooms": {"1-1-102"}, "people.0.name": {"王五"}, "people.0.part": {"owner"}, "more": {"1"}})
		if len(pagetest.All(t, p.Body, "input[name='people.1.name'][autofocus]")) != 1 || len(pagetest.All(t, p.Body, "main [autofocus]")) != 1 {
			t.Error("the new line has not got the cursor")
		}
	})
}
