package roster

import "testing"

var shopRows = [][]string{
	row("A101", "云上小厨餐饮店", "邓国", "13900020001", "d:45352", "d:46446", "8600", "17200"),
	row("A102", "拾光书房", "林满", "13900020002", "2025-1-1", "2026-12-31", "5200", "10400"),
	row("A105-A106", "康健大药房", "许远", "13900020003", "2023/7/15", "2028/7/14", "15800", "31600"),
}

var shopLeases = []string{"tenant 云上小厨餐饮店 2024-03-01~2027-02-28", "tenant 拾光书房 2025-01-01~2026-12-31", "tenant 康健大药房 2023-07-15~2028-07-14"}

func TestHeader_OverTwoRows(t *testing.T) {
	two := [][]string{
		row("铺号", "承租方", "联系人", "联系电话", "租期", "", "月租金", "押金"),
		row("", "", "", "", "起", "止", "（元）", "（元）"),
	}
	for name, merges := range map[string][]string{
		"across": {"A1:H1", "E2:F2"}, "downwards too": {"A1:H1", "E2:F2", "A2:A3", "B2:B3", "C2:C3", "D2:D3"}, "not merged": nil} {
		rows := append([][]string{row("商铺租赁一览")}, append(two, shopRows...)...)
		p := readBook(t, madeXLSX(t, tab{name: "Sheet1", rows: rows, merges: merges}), Input{})
		same(t, name, leases(p), shopLeases)
		if h := p.Households[2]; len(p.Units) != 4 || len(h.Units) != 2 || p.Counts.Refused != 0 {
			t.Errorf("%s: units %d, of the last household %d, %v", name, len(p.Units), len(h.Units), said(p))
		}
		if got := lines(p)[0]; got != "A101铺 tenant 云上小厨餐饮店 (邓国:联系人),13900020001" {
			t.Errorf("%s: %s", name, got)
		}
		if got := p.Tables[0].Headers[4].Text; got != "租期 起" {
			t.Errorf("%s: head %q", name, got)
		}
	}
}

func TestHeader_OverThreeAndFourRows(t *testing.T) {
	three := [][]string{
		row("商铺", "承租方信息", "", "", "租赁合同", "", "费用", ""),
		row("铺号", "承租方", "联系人", "联系电话", "租期", "", "月租金", "押金"),
		row("", "", "", "", "起", "止", "（元）", "（元）"),
	}
	p := readBook(t, madeXLSX(t, tab{name: "Sheet1", rows: append(three, shopRows...), merges: []string{"B1:D1", "E1:F1", "G1:H1", "E2:F2"}}), Input{})
	same(t, "three rows", leases(p), shopLeases)
	four := append([][]string{row("商铺", "承租方信息", "", "", "合同", "", "", "")}, three...)
	four[1] = row("", "", "", "", "租赁合同", "", "费用", "")
	p = readBook(t, madeXLSX(t, tab{name: "Sheet1", rows: append(four, shopRows...), merges: []string{"B1:D1", "E1:H1", "E2:F2", "G2:H2", "E3:F3"}}), Input{})
	same(t, "four rows", leases(p), shopLeases)
}

func TestHeader_ARowOfWordsIsNoHeader(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "状态", "备注"), row("商业街南区S-08-1", "张三", "出租", ""), row("1-102", "李四", "自住", ""))
	if len(p.Tables[0].Heads) != 1 || len(p.Households) != 2 {
		t.Errorf("heads %v, households %v", p.Tables[0].Heads, lines(p))
	}
}
