package roster

import (
	"fmt"
	"testing"
)

// What allows one reading only is not asked: the rows of a building that name no entrance are in the only one it has.
func TestEntrance_TheOnlyOneOfABuildingIsNotAsked(t *testing.T) {
	rows := [][]string{row("房号", "业主姓名"), row("3-1301", "江舟"), row("3-1-1201", "宋远"), row("3-1-1202", "苏晚"), row("3-1302", "温言"), row("2-101", "裴照"), row("2-102", "卓然")}
	p := readRows(t, Input{}, rows...)
	same(t, "problems", said(p), []string{"warning entrance_only A1"})
	same(t, "households", lines(p), []string{"3-1-1301 owner 江舟", "3-1-1201 owner 宋远", "3-1-1202 owner 苏晚", "3-1-1302 owner 温言", "2-101 owner 裴照", "2-102 owner 卓然"})
	if got := fmt.Sprint(p.Problems[0].Args); got != "[2 3 1]" || !p.Problems[0].Whole() {
		t.Errorf("said %s", got)
	}
	p = readRows(t, Input{}, append(rows, row("3-2-1201", "晏清"))...)
	same(t, "two entrances", said(p), []string{"ask entrance_mixed A2", "ask entrance_mixed A5"})
	p = readRows(t, Input{Answers: Answers{Cell{"名册", 2, 1}: {Keep: true}}}, rows...)
	same(t, "confirmed as typed", lines(p)[:1], []string{"3-1301 owner 江舟"})
}

func TestEntrance_TheOnlyOneAsTheEstateHasIt(t *testing.T) {
	rows := [][]string{row("楼栋", "单元", "房号", "业主"), row("3栋", "", "1301", "江舟"), row("3栋", "1", "1201", "宋远")}
	for _, c := range []struct {
		name   string
		places Places
		first  string
		said   []string
	}{
		{"nothing is known", nil, "3-1301 owner 江舟 held", []string{"ask entrance_mixed C2"}},
		{"one unit and one row", Places{"3": {"1"}}, "3-1-1301 owner 江舟", []string{"warning entrance_only C1"}},
		{"the estate has another", Places{"3": {"1", "1", "2"}}, "3-1301 owner 江舟 held", []string{"ask entrance_mixed C2"}},
		{"the estate has rooms without", Places{"3": {"", "1", "1"}}, "3-1301 owner 江舟 held", []string{"ask entrance_mixed C2"}},
	} {
		p := readRows(t, Input{Places: c.places}, rows...)
		same(t, c.name, said(p), c.said)
		same(t, c.name, lines(p)[:1], []string{c.first})
	}
	p := readRows(t, Input{Places: Places{"3": {"1", "1"}}}, rows[:2]...)
	same(t, "no row names one, the estate does", lines(p), []string{"3-1-1301 owner 江舟"})
}
