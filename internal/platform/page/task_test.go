package page_test

import (
	"testing"

	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

// A row of a task list has one state and one act; a blocked one has none, and says what unblocks it.
func TestTaskList_BlockedRowsSayWhatUnblocksThem(t *testing.T) {
	act := page.Action{Label: "收资料", Href: "/x"}
	body := shown(t, page.TaskList("资料", []page.TaskView{
		{State: page.Due, StateText: "今日", Title: "资质", Text: "业主答应补来", Clause: "B8", Act: act},
		{State: page.Unknown, StateText: "受阻", Title: "查验", Text: "未约", Until: "押金收讫", Act: act},
	}))
	pagetest.In(t, body, "ul[aria-label=资料] .act a[href='/x']", "收资料")
	pagetest.In(t, body, "li.duty .d", "等：押金收讫")
	if n := pagetest.Count(t, body, "li.duty .act a"); n != 1 {
		t.Errorf("%d acts", n)
	}
}

func TestCodes_SayWhatTheyAre(t *testing.T) {
	body := shown(t, within(page.Group("", false), page.QR("26 0041832 2", "编号"), page.Bars("2600418322", "条码")))
	pagetest.In(t, body, "svg.qr[role=img][aria-label=编号] path[d]", "")
	pagetest.In(t, body, "svg.bars[role=img][aria-label=条码] path[d]", "")
}
