package householdweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
)

func TestObservation_FromTheGuardToTheFile(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		guard := c.SignIn(t, "sunhao", c.Garden, access.OtherDept)
		custodian := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := "/observations/new"
		pagetest.In(t, guard.Submit(at, at, url.Values{"estate": {idOf(c.Garden)}, "place": {"1栋1单元101"}}).Body, ".summary", "所见情况：不能空着")
		p := guard.Submit(at, at, url.Values{"estate": {idOf(c.Garden)}, "place": {"1栋1单元101"}, "said": {"新来一位姓赵的房客"}})
		pagetest.In(t, p.Body, ".note.done", "已记下 1栋1单元101")
		if p := guard.Get("/observations"); p.Status != http.StatusForbidden {
			t.Errorf("the guard reads the register: %d", p.Status)
		}
		p = custodian.Get("/observations")
		pagetest.In(t, p.Body, "tbody", "1-1-101", "待核实", "sunhao")
		pagetest.In(t, p.Body, "tbody", "新来一位姓赵的房客")
		seen := regexp.MustCompile(`/observations/[0-9]+`).FindString(p.Body)
		pagetest.In(t, custodian.Get(c.Home.Path()).Body, ".rec .chip.due", "人员变动待核实 1")
		p = custodian.Get(seen)
		pagetest.In(t, p.Body, ".facts", "新来一位姓赵的房客", "1-1-101 · 张伟、李娟")
		if len(pagetest.All(t, p.Body, "input[type=radio][checked]")) > 0 {
			t.Error("an answer is chosen before anybody gave one")
		}
		pagetest.In(t, custodian.Submit(seen, seen+"/settle", url.Values{"outcome": {""}}).Body, ".summary", "核实结果：不能空着", "选定属实或不属实")
		pagetest.In(t, custodian.Get(c.Home.Path()).Body, ".time", "新来一位姓赵的房客", "待核实")
		p = custodian.Submit(seen, seen+"/settle", url.Values{"state": {"confirmed"}, "outcome": {"已登记同住人"}})
		if p.Path != "/observations" {
			t.Fatalf("settling: %d at %s", p.Status, p.Path)
		}
		p = custodian.Get(c.Home.Path() + "?kind=observed")
		pagetest.In(t, p.Body, ".time", "记录人员变动", "新来一位姓赵的房客", "已核实", "已登记同住人")
		clerk := c.SignIn(t, "zhouqian", c.Garden, access.Assistant)
		if p := clerk.Get(seen); p.Status != http.StatusOK || !strings.Contains(p.Body, "姓赵") || len(pagetest.All(t, p.Body, "form[action$=settle]")) > 0 {
			t.Errorf("a clerk sees it, and settles nothing: %d", p.Status)
		}
		other := c.SignIn(t, "hexiaoyan", c.Tower, access.Custodian)
		if p := other.Get(seen); p.Status != http.StatusNotFound {
			t.Errorf("another estate's: %d", p.Status)
		}
	})
}

// One that waited longer than the company allows is late, rolled up by building (C7, realities 7).
func TestObservation_BecomesADuty(t *testing.T) {
	c := apptest.Open(t)
	custodian := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := "/observations/new"
	for _, place := range []string{"1-1-101", "1-1-102"} {
		custodian.Submit(at, at, url.Values{"estate": {idOf(c.Garden)}, "place": {place}, "said": {"换了租客"}})
	}
	pagetest.In(t, custodian.Get("/").Body, ".duty", "2 处人员变动待核实", "1 栋")
	c.Clock.Move(5 * 24 * time.Hour)
	custodian = c.SignIn(t, "chenli", c.Garden, access.Manager)
	pagetest.In(t, custodian.Get("/").Body, ".duty .late")
	link := "/observations?estate=" + idOf(c.Garden)
	whole := c.SignIn(t, "zhaomin", access.Company, access.Custodian)
	pagetest.In(t, whole.Get("/").Body, ".duty a[href='"+link+"']", "去核实") // though no other estate has one
	tower := c.SignIn(t, "hexiaoyan", c.Tower, access.Custodian)
	tower.Submit(at, at, url.Values{"estate": {idOf(c.Tower)}, "place": {"B座 901"}, "said": {"换了公司"}})
	home := whole.Get("/").Body
	pagetest.In(t, home, ".duty a[href='/observations?estate="+idOf(c.Tower)+"']", "去核实")
	pagetest.In(t, home, ".duty a[href='"+link+"']", "去核实")
	if p := whole.Get(link).Body; !strings.Contains(p, "1-1-102") || strings.Contains(p, "B座 901") {
		t.Error("the duty of an estate leads to other estates' too")
	}
}
