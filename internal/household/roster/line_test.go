package roster

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// told writes what became of each row, as a person would say it.
func told(p *Plan) []string {
	var out []string
	for _, l := range p.Lines {
		what := string(l.Aside)
		switch {
		case l.Empty:
			what = fmt.Sprint("empty to ", l.Upto)
		case l.Refused:
			what = "refused"
		case l.Aside == "":
			what = fmt.Sprintf("units %v households %v", l.Units, l.Households)
		}
		if l.Joined.Row != 0 {
			what += fmt.Sprint(" joins ", l.Joined.Sheet, " ", l.Joined.Row)
			for _, a := range l.Adds {
				what += " +" + string(a.Field) + ":" + a.Text
			}
		}
		out = append(out, fmt.Sprint(l.At.Sheet, " ", l.At.Row, " ", what))
	}
	return out
}

func TestLines_EveryRowOfEverySheetIsToldOnce(t *testing.T) {
	p := readBook(t, madeXLSX(t,
		tab{name: "住宅", rows: [][]string{
			row("望江花园住户名册"),
			row("房号", "业主", "业主电话", "租户", "备注"),
			row("1-101", "张三", "13800138000", "", "养狗"),
			row("1-102", "李四", "13800138001", "王五"),
			row(""),
			row(""),
			row("1-101", "张三", "13800138009", "", ""),
			row("1-102", "李四", "13800138001"),
			row("不详", "赵六"),
			row("合计", "3户"),
		}},
		tab{name: "补充", rows: [][]string{
			row("房号", "业主", "建筑面积"),
			row("1-102", "李四", "n:88"),
		}},
		tab{name: "说明", rows: [][]string{row("一、房号写全")}}), Input{})
	same(t, "rows", told(p), []string{
		"住宅 1 title", "住宅 2 header",
		"住宅 3 units [0] households [0]",
		"住宅 4 units [1] households [1 2]",
		"住宅 5 empty to 6",
		"住宅 7 units [0] households [0] joins 住宅 3 +phone:13800138009",
		"住宅 8 units [1] households [1] joins 住宅 4",
		"住宅 9 refused", "住宅 10 total",
		"补充 1 header", "补充 2 units [1] households [1] joins 住宅 4 +gross_area:88",
		"说明 1 no_table",
	})
}

// A sum below a building merged over its rows is no room of it, wherever the word stands.
func TestLines_SubtotalsUnderAMergedBuilding(t *testing.T) {
	for _, sum := range [][]string{row("", "小计", "2户"), row("11栋小计", "", "2户"), row("", "11栋小计", "n:2"), row("", "", "小计：", "n:2"), row("", "本页合计", "n:2"), row("", "总计2户")} {
		data := madeXLSX(t, tab{name: "名册", merges: []string{"A2:A4"}, rows: [][]string{
			row("楼栋", "房号", "业主", "电话"),
			row("11栋", "101", "张三", "13800138000"), row("", "102", "李四", "13800138001"), sum, row("12栋", "101", "王五", "13800138002"),
		}})
		p := readBook(t, data, Input{})
		if got := told(p)[3]; got != "名册 4 total" || len(p.Units) != 3 || len(p.Problems) != 0 {
			t.Errorf("%s: %s, %d units, %v", strings.Join(sum, "|"), got, len(p.Units), said(p))
		}
	}
}

// The list of problems shows what a merged building says beside each of its rows; sent back untouched it changes nothing.
func TestRoundTrip_MergedBlocksAreShownAndAreNoAnswers(t *testing.T) {
	data := madeXLSX(t, tab{name: "名册", merges: []string{"A2:A4", "B3:B4"}, rows: [][]string{
		row("楼栋", "房号", "业主", "电话"),
		row("11栋", "101", "张三", "13800138000"), row("", "102", "李四", "1380013800"), row("", "", "王五", "1380013801"),
	}})
	plan := readBook(t, data, Input{})
	var out bytes.Buffer
	if err := WriteProblems(&out, openBook(t, data, "x"), plan, chinese(t)); err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, out.Bytes())
	if len(rows) != 3 || rows[1][0] != "11栋" || rows[2][0] != "11栋" || rows[2][1] != "102" {
		t.Errorf("%q", rows)
	}
	untouched, err := ReadAnswers(openBook(t, out.Bytes(), "x"), chinese(t))
	if err != nil {
		t.Fatal(err)
	}
	again := readBook(t, data, Input{Answers: untouched})
	same(t, "problems", said(again), said(plan))
	same(t, "rows", told(again), told(plan))
}

// A number stands in what was made of a row only as a number of its own, not by digits that happen to lie within another.
func TestStands_NumbersAsNumbers(t *testing.T) {
	var h held
	h.take("13800138002\n2020-03-05\n客厅朝南\n粤B12345\nwu1@biao.cn\n2\n")
	for text, want := range map[string]bool{"3": true, "80": false, "02": true, "wu2@biao.cn": false, "12345": true, "138 0013 8002": true, "2020.3.5": true, "朝南": true, "朝北": false, "粤B·12345": true, "5 朝南": true, "7 朝南": false} {
		if got := (&tableReader{}).stands(value{text: text}, &h); got != want {
			t.Errorf("%q stands %v, want %v", text, got, want)
		}
	}
}
