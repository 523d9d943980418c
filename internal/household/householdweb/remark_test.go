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
)

// What to know before serving a household is seen at once by whoever serves it, on the telephone too, and nobody else.
func TestRemark_SeenAtOnceByWhoeverServes(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk, cashier := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "wangfang", c.Garden, access.Cashier)
		at := c.Home.Path() + "/remark"
		pagetest.In(t, clerk.Submit(at, at, url.Values{"text": {" "}}).Body, ".summary", "备注：不能空着")
		p := clerk.Submit(at, at, url.Values{"text": {"耳背，打电话大声点"}})
		pagetest.In(t, p.Body, ".remark", "耳背，打电话大声点")
		for _, tab := range []string{"", "?tab=directory", "?tab=people"} {
			pagetest.In(t, cashier.Get(c.Home.Path()+tab).Body, ".remark", "耳背，打电话大声点")
		}
		pagetest.In(t, cashier.Get("/call?number=13800138000").Body, ".call", "张伟", "耳背，打电话大声点")
		if p := c.SignIn(t, "sunhao", c.Garden, access.OtherDept).Get(c.Home.Path()); strings.Contains(p.Body, "耳背") {
			t.Error("another department reads it")
		}

		again := regexp.MustCompile(`/households/[0-9]+/remark\?of=[0-9]+`).FindString(p.Body)
		two, _ := clerk.Get(again), clerk.Get(again)
		pagetest.In(t, two.Body, "textarea", "耳背，打电话大声点")
		p = clerk.Submit(again, again, url.Values{"text": {"已换助听器"}})
		pagetest.In(t, p.Body, ".remark", "已换助听器")
		pagetest.In(t, p.Body, ".time", "耳背，打电话大声点", "已换助听器")
		if p := clerk.Submit(again, again, url.Values{"text": {"另一个人写的"}}); p.Status != http.StatusConflict && p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a remark that is gone is corrected: %d", p.Status)
		}
		again = regexp.MustCompile(`/households/[0-9]+/remark\?of=[0-9]+`).FindString(clerk.Get(c.Home.Path()).Body)
		p = clerk.Submit(again, again, url.Values{"text": {""}})
		if len(pagetest.All(t, p.Body, ".remark")) > 0 {
			t.Error("a remark taken away still stands")
		}
		pagetest.In(t, clerk.Get(at).Body, ".plain", "已换助听器", "耳背，打电话大声点")
		if p := c.SignIn(t, "hexiaoyan", c.Tower, access.Assistant).Get(at); p.Status != http.StatusNotFound {
			t.Errorf("another estate's: %d", p.Status)
		}
	})
}

// After a correction the lines of before say what was true then.
func TestHousehold_EachLineShowsWhatWasTrueThen(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		p := clerk.Get(c.Home.Path())
		person := regexp.MustCompile(`/parties/[0-9]+`).FindString(p.Body)
		number := regexp.MustCompile(`/contacts/[0-9]+/correct`).FindString(clerk.Get(person).Body)
		clerk.Submit(person+"/contacts/new", person+"/contacts/new", url.Values{"contacts.0.value": {"13911112222"}})
		added := regexp.MustCompile(`/contacts/[0-9]+/correct`).FindAllString(clerk.Get(person).Body, -1)[1]
		clerk.Submit(added, added, url.Values{"value": {"13911113333"}, "kind": {"mobile"}})
		clerk.Submit(number, number, url.Values{"value": {"13700007777"}, "kind": {"mobile"}})
		for _, at := range []string{person, c.Home.Path()} {
			p := clerk.Get(at)
			if came := line(t, p.Body, "登记联系方式"); !strings.Contains(came, "139****2222") || strings.Contains(came, "139****3333") {
				t.Errorf("%s: the number came as %s", at, came)
			}
			if !strings.Contains(p.Body, "137****7777") {
				t.Errorf("%s does not show the number of today", at)
			}
		}
		if born := line(t, clerk.Get(person).Body, "新建户档 手机"); !strings.Contains(born, "138****8000") {
			t.Errorf("the person came with %s", born)
		}
		change := person + "/change"
		clerk.Submit(change, change, url.Values{"name": {"张玮"}, "why": {"按新身份证"}})
		p = clerk.Get(c.Home.Path())
		pagetest.In(t, p.Body, ".rec h1", "张玮")
		if born := line(t, p.Body, "新建户档"); !strings.Contains(born, "张伟（业主）") {
			t.Errorf("the file was opened for %s", born)
		}
	})
}

// line is the line of a history that has some words.
func line(t *testing.T, body, words string) string {
	t.Helper()
	for _, n := range pagetest.All(t, body, ".time li") {
		if text := strings.Join(strings.Fields(pagetest.Text(n)), " "); strings.Contains(text, words) {
			return text
		}
	}
	t.Errorf("no line says %s", words)
	return ""
}

// A number within a remark is masked at the strip, on the telephone and in the history; it is seen by who says why, with a leaf.
func TestRemark_NumbersInItAreMasked(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk, cashier := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "wangfang", c.Garden, access.Cashier)
		at := c.Home.Path() + "/remark"
		p := clerk.Submit(at, at, url.Values{"text": {"妻 王晓 990001198505050444，长子 139 0003 9030"}})
		pagetest.In(t, p.Body, ".remark", "妻 王晓 **************0444，长子 139****9030")
		p = cashier.Get(c.Home.Path())
		pagetest.In(t, p.Body, ".time", "**************0444")
		for _, page := range []string{p.Body, cashier.Get("/call?number=13800138000").Body} {
			if strings.Contains(page, "990001198505050444") || strings.Contains(page, "0003 9030") {
				t.Error("a number in a remark stands in clear")
			}
		}
		reveal := regexp.MustCompile(`/reveal/household.reveal_remark/[0-9]+`).FindString(p.Body)
		shown := cashier.Submit(c.Home.Path(), reveal, url.Values{"why": {"service"}})
		if !strings.Contains(shown.Body, "990001198505050444") {
			t.Errorf("not shown for a reason: %d", shown.Status)
		}
	})
}

// The form that corrects a remark shows its numbers masked too; those left alone are what they were, one written over is new, and a
// mask that stands for none of them is asked about with what was typed.
func TestRemark_CorrectedWithoutSeeingItsNumbers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		at := c.Home.Path() + "/remark"
		page := clerk.Submit(at, at, url.Values{"text": {"妻 王晓 990001198505050444，长子 139 0003 9030"}})
		correct := func(text string) apptest.Page {
			again := regexp.MustCompile(`/households/[0-9]+/remark\?of=[0-9]+`).FindString(page.Body)
			form := clerk.Get(again)
			if strings.Contains(form.Body, "990001198505050444") || strings.Contains(form.Body, "0003 9030") {
				t.Error("the form shows a number in clear")
			}
			pagetest.In(t, form.Body, "#f-text", "****9030")
			return clerk.Submit(again, again, url.Values{"text": {text}})
		}
		shown := func() string {
			reveal := regexp.MustCompile(`/reveal/household.reveal_remark/[0-9]+`).FindString(clerk.Get(c.Home.Path()).Body)
			return clerk.Submit(c.Home.Path(), reveal, url.Values{"why": {"service"}}).Body
		}
		wrong := correct("长子 139****9031")
		pagetest.In(t, wrong.Body, ".summary", "139****9031 对不上原来的号码")
		pagetest.In(t, wrong.Body, "#f-text", "长子 139****9031")
		page = correct("妻 王晓 **************0444，长子 139****9030（晚上打）")
		if got := shown(); !strings.Contains(got, "妻 王晓 990001198505050444，长子 139 0003 9030（晚上打）") {
			t.Errorf("the numbers left alone are lost: %s", got)
		}
		page = correct("妻 王晓 **************0444，长子 13711112222，旧号 139****9030")
		if got := shown(); !strings.Contains(got, "妻 王晓 990001198505050444，长子 13711112222，旧号 139 0003 9030") {
			t.Errorf("one number written over: %s", got)
		}
	})
}
