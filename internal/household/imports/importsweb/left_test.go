package importsweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job/jobtest"
)

const leaving = `楼栋,单元,房号,业主姓名,联系电话,备注
3,1,1201,张伟,1380013800,养狗
3,1,1201,张伟,13900139000,
3,1,1202,王芳,13600136000,
3,1,未知,孙八,13500135000,
合计,,,,,
`

var rowAt = regexp.MustCompile(`/import-rows/\d+`)

var leftAt = regexp.MustCompile(`/import-left/(\d+)"`)

// What nobody answered is work with a person and a day: on the home page, in a list, on the household's page, where it is done.
func TestLeft_IsWorkedOffOnTheHouseholdsPage(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		li := c.SignIn(t, "limin", c.Garden, access.Custodian)
		at := upload(t, li, nil, file("花名册.csv", []byte(leaving))).Path
		wants(t, li.Get(at+"?step=dry&list=households.new"), http.StatusOK, "增加业主：张伟", "备注：养狗", "136****6000")
		wants(t, li.Get(at+"?step=dry&list=joined"), http.StatusOK, "并入第 2 行", "139****9000")
		jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
		wants(t, li.Get(at), http.StatusOK, "澜庭花园", "/households?estate="+strconv.FormatInt(int64(c.Garden), 10), "逐行去向", "遗留问题 2 处", "合计行 1", "并入前行 1")
		id := strings.TrimPrefix(at, "/imports/")
		wants(t, li.Get("/import-rows?import="+id), http.StatusOK, "3-1-1201", "并入第 2 行", "房号写的是未知", "张伟")
		refused := li.Get("/import-rows?import=" + id + "&row=5")
		wants(t, refused, http.StatusOK, "未收")
		wants(t, li.Get(rowAt.FindString(refused.Body)), http.StatusOK, "未收", "原文", "····", "显示", "房号写的是未知", "待处理")
		wants(t, li.Get("/import-rows/1"), http.StatusNotFound)
		if head := li.Get(rowAt.FindString(li.Get("/import-rows?import=" + id + "&row=1").Body)); strings.Contains(head.Body, "未登记") || !strings.Contains(head.Body, "表头") {
			t.Errorf("the page of a head: %s", head.Body)
		}
		if over := li.Get(at).Body; strings.Count(over, "逐行去向") != 1 || !strings.Contains(over, "/import-rows?import="+id+`"`) {
			t.Errorf("what became of the rows stands %d times on the page of an import", strings.Count(over, "逐行去向"))
		}
		wants(t, li.Get("/"), http.StatusOK, "导入遗留问题 2 处")
		list := li.Get("/import-left")
		wants(t, list, http.StatusOK, "3-1-1201", "未知", "******3800", "limin")

		home := regexp.MustCompile(`/households/\d+`).FindString(li.Get("/import-rows?import=" + id + "&row=2").Body)
		wants(t, li.Get(home), http.StatusOK, "第 2、3 行导入")
		tab := li.Get(home + "?tab=imports")
		wants(t, tab, http.StatusOK, "待处理", "******3800", "花名册 2")
		one := "/import-left/" + leftAt.FindStringSubmatch(tab.Body)[1]
		p := li.Submit(one, one+"/settle", url.Values{"state": {"dropped"}})
		wants(t, p, http.StatusUnprocessableEntity, "写明为什么不用处理")
		p = li.Send(li.Form(home+"?tab=imports", one+"/settle"), one+"/settle", url.Values{"state": {"mended"}, "outcome": {"问过本人"}, "from": {"household"}})
		wants(t, p, http.StatusOK, "已补正", "问过本人")
		if !strings.HasPrefix(p.Path, home) {
			t.Errorf("settled on the household's page, and led to %s", p.Path)
		}
		wants(t, li.Submit(one, one+"/reopen", url.Values{}), http.StatusOK, "待处理")
		wants(t, li.Submit(one, one+"/give", url.Values{"given": {""}, "due": {"20261231"}}), http.StatusUnprocessableEntity)
		wants(t, li.Submit(at, at+"/give", url.Values{"due": {"20261231"}}), http.StatusOK, "2026-12-31")
		wants(t, li.Get("/import-left/999"), http.StatusNotFound)
	})
}

// An undo keeps what was typed: the same file begins again with its answers, by a press or by being uploaded once more.
func TestUndo_KeepsTheAnswers(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := upload(t, li, nil, file("花名册.csv", []byte(leaving))).Path
	wants(t, li.Submit(at+"?step=problems", at+"/answers", url.Values{"c.0.5.3": {"1203"}, "all": {"1"}}), http.StatusOK, "已答复 1 处")
	jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
	jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at, at+"/undo", url.Values{})))
	wants(t, li.Get("/import-rows?import="+strings.TrimPrefix(at, "/imports/")), http.StatusOK, "新增（已撤销）")
	again := li.Submit(at, at+"/again", url.Values{})
	wants(t, again, http.StatusOK, "已答复 1 处")
	if again.Path == at {
		t.Error("the import that was taken back was opened again")
	}
	wants(t, li.Submit(again.Path+"?step=map", again.Path+"/discard", url.Values{}), http.StatusOK)
	up := upload(t, li, nil, file("改了名.csv", []byte(leaving)))
	wants(t, li.Get(up.Path+"?step=problems"), http.StatusOK, "已答复 1 处")
}

// Leaving rows out asks first, with how many and what is lost; the grid shows the columns that matter, and all when asked.
func TestProblems_AskBeforeRowsAreLeftOut(t *testing.T) {
	c := apptest.Open(t)
	li := c.SignIn(t, "limin", c.Garden, access.Custodian)
	at := upload(t, li, nil, file("花名册.csv", []byte(leaving))).Path
	p := li.Get(at + "?step=problems")
	wants(t, p, http.StatusOK, "这 1 行整行略过？", "人员 1、电话 2、证件 0", "3 1 1201", "显示全部列")
	if strings.Contains(p.Body, "c.0.2.6") {
		t.Error("a column that matters to no problem is shown")
	}
	wants(t, li.Get(at+"?step=problems&all=1"), http.StatusOK, "c.0.2.6", "只看有关的列")
	left := li.Send(li.Form(at+"?step=problems", at+"/cure"), at+"/cure", url.Values{"kind": {"roster.problem.unknown"}, "do": {"skip"}})
	wants(t, left, http.StatusOK, "已答复 1 处")
	jobtest.Over(t, c.App.Door, jobIn(t, li.Submit(at+"?step=commit", at+"/commit", url.Values{})))
	wants(t, li.Get("/import-rows?import="+strings.TrimPrefix(at, "/imports/")+"&row=5"), http.StatusOK, "按要求略过", "limin 决定略过")
}
