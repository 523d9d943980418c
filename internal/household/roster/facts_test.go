package roster

import (
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
)

func TestFacts_SeveralPeopleAndNumbersInACell(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主", "联系电话", "身份证号", "车牌号"),
		row("1-101", "张三/李四", "张三：13800138000、李四：13900139000", "张三：11010519491231002X", "京A12345/无"),
		row("1-102", "王　伟", "１３８００１３８００２(儿子)", "110105491231002", "/"),
		row("1-103", "张三、赵六", "13800138003/13800138004", "34052419800101001X", "粤B·D12345"),
		row("1-104、105", "某某（中国）有限公司", "020-8231 1234转802", "", "待补"),
		row("1-106", "孙八（代）", "无", "34052419800101001X", ""))
	same(t, "households", lines(p), []string{
		"1-101 owner 张三,13800138000#11010519491231002X 李四,13900139000 [京A12345]",
		"1-102 owner 王伟,13800138002~儿子#110105491231002",
		"1-103 owner 张三,13800138003 赵六,13800138004 [粤BD12345]",
		"1-104+1-105 owner 某某（中国）有限公司,02082311234",
		"1-106 owner 孙八#34052419800101001X"})
	same(t, "problems", said(p), []string{"warning in_order C4", "warning id_whose D4", "warning to_come E5"})
	if n := p.Households[3].People[0].Name; n.Kind != cn.NameCompany || !p.Households[4].People[0].Name.Agent {
		t.Errorf("company %v, agent %v", n.Kind, p.Households[4].People[0].Name.Agent)
	}
}

func TestFacts_Dates(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主", "交房日期", "入住日期"),
		row("1-101", "张三", "d:43521", "43521"),
		row("1-102", "李四", "n:2019.1", "43522"),
		row("1-103", "王五", "2019年3月", "43523"),
		row("1-104", "赵六", "43521", "43524"),
		row("1-105", "孙八", "3月5日", "待补"))
	same(t, "problems", said(p), []string{"warning date_serials D1", "ask cn.date.ambiguous C3", "ask cn.date.maybe_serial C5", "ask cn.date.year_missing C6",
		"warning to_come D6"})
	var dates []string
	for i, u := range p.Units {
		dates = append(dates, u.HandOver.String()+" "+p.Households[i].MoveIn.String())
	}
	same(t, "dates", dates, []string{"2019-02-25 2019-02-25", " 2019-02-26", "2019-03 2019-02-27", " 2019-02-28", " "})
	if got := p.Problems[1].Candidates; !slices.Equal(got, []string{"2019-01", "2019-10"}) {
		t.Errorf("candidates %v", got)
	}
}

func TestFacts_RuinedNumbers(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主", "电话", "身份证号"),
		row("1-101", "张三", "n:13800138000", "n:110105194912310000"),
		row("1-102", "李四", "1.38E+10", "1.10105E+17"),
		row("1-103", "王五", "n:13800138002", "110105194912310000"),
		row("1-104", "赵六", "1380013800", "110105194912310021"))
	same(t, "problems", said(p), []string{"ask ruined D2", "ask ruined C3", "ask ruined D3", "ask cn.id.excel_rounded D4", "warning cn.phone.bad_length C5", "warning cn.id.bad_check D5"})
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000", "1-102 owner 李四", "1-103 owner 王五,13800138002", "1-104 owner 赵六,#110105194912310021"})
	if got := p.Households[3].People[0].Phones[0].Rest; got != "1380013800" {
		t.Errorf("number not understood is kept as %q", got)
	}
}

func TestFacts_BuildingsNamedAfterTheirUse(t *testing.T) {
	p := readRows(t, Input{},
		row("楼栋", "房号", "业主"),
		row("1栋", "101", "张三"),
		row("商业", "101", "李四"),
		row("公寓", "101", "王五"))
	var units []string
	for _, u := range p.Units {
		units = append(units, u.House.Code()+" "+string(u.Kind))
	}
	same(t, "units", units, []string{"1-101 ", "商业-101 shop", "公寓-101 flat"})
	same(t, "problems", said(p), nil)
}

func TestFacts_Units(t *testing.T) {
	p := readRows(t, Input{},
		row("楼栋", "单元", "室号", "用途", "建筑面积", "状态", "业主"),
		row("二栋", "一单元", "0301", "住宅", "89.50㎡", "自住", "张三"),
		row("2", "1", "302", "商铺", "n:48.8379", "出租", "李四"),
		row("2", "1", "2栋303", "厂房", "约90", "闹鬼", "王五"),
		row("2", "1", "3栋304", "住宅", "90", "自住", "赵六"),
		row("未知", "1", "305", "住宅", "90", "自住", "孙八"),
		row("2", "1", "大堂2", "", "", "", ""))
	same(t, "problems", said(p), []string{"warning area_rounded E3", "warning kind_unread D4", "ask area_unread E4", "warning state_unread F4", "refused building_differs C5",
		"refused unknown A6", "ask public_place C7"})
	u := p.Units[0]
	if u.House.Words() != "2栋1单元0301" || u.Kind != estate.Flat || u.Gross.Area != 8950 || u.Gross.Typed != "89.50㎡" || u.State != Living || u.House.Floor != "3" {
		t.Errorf("unit %+v", u)
	}
	if u := p.Units[1]; u.Kind != estate.Shop || u.Gross.Area != 4884 || u.Gross.Typed != "48.8379" || u.State != Let {
		t.Errorf("unit %+v", u)
	}
}

func TestFacts_FamilyLeaseEmergency(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主", "家庭成员", "紧急联系人", "紧急联系电话", "租户", "租户电话", "租赁开始日期", "租赁结束日期", "人数"),
		row("1-101", "张三", "妻：李四，子：张小三", "王五", "13800138009", "赵六", "13800138001", "2026-1-1", "2025-12-31", "3人"),
		row("1-102", "孙八", "三口之家共3人", "", "钱七13800138008", "", "", "", "", "几个"))
	same(t, "households", lines(p), []string{"1-101 owner 张三 (李四:妻) (张小三:子) !王五,13800138009", "1-101 tenant 赵六,13800138001", "1-102 owner 孙八 !钱七,13800138008"})
	same(t, "problems", said(p), []string{"warning lease_reversed I2", "warning family_unread C3", "ask number_unread J3"})
	if l := p.Households[1].Lease; l == nil || l.From.String() != "2026-01-01" || p.Households[0].Lease != nil || len(p.Households[2].Family) != 1 {
		t.Errorf("lease %+v, family %v", l, p.Households[2].Family)
	}
}

func TestFacts_OneUnitInSeveralRows(t *testing.T) {
	p := readBook(t, madeXLSX(t,
		tab{name: "业主", rows: [][]string{
			row("房号", "身份类型", "姓名", "电话", "面积"),
			row("1-101", "业主", "张三", "13800138000", "89"),
			row("1-101", "家庭成员", "李四", "13800138001", "89"),
			row("1-101", "租户", "王五", "13800138002", "90"),
			row("1-102", "业主", "赵六", "13800138003", "70"),
			row("1-102", "业主", "孙八", "13800138004", "70"),
		}},
		tab{name: "再记", rows: [][]string{row("房号", "业主", "电话"), row("1-101", "张三", "13800138005")}}), Input{})
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000,13800138005 (李四:),13800138001", "1-101 tenant 王五,13800138002",
		"1-102 owner 赵六,13800138003", "1-102 owner 孙八,13800138004 held"})
	same(t, "problems", said(p), []string{"warning differs E4", "ask unit_twice 6"})
	if len(p.Units) != 2 {
		t.Errorf("%d units", len(p.Units))
	}
}

// A day nobody plans so far ahead is left out and asked; a lease may end then.
func TestFacts_DatesFarAhead(t *testing.T) {
	p := readRows(t, Input{Today: cn.Date{Y: 2026, M: 11, D: 23, Precision: cn.DayExact}},
		row("房号", "业主", "交房日期", "入住日期", "出生日期"),
		row("1-101", "张三", "2019-05-01", "2035-04-12", "1980-01-02"),
		row("1-102", "李四", "2099", "2027-01-15", "2027-01-01"))
	same(t, "problems", said(p), []string{"ask cn.date.ahead D2", "ask cn.date.ahead C3", "ask cn.date.ahead E3"})
	if !p.Households[0].MoveIn.IsZero() || p.Households[0].MoveIn.Typed != "2035-04-12" || p.Households[1].MoveIn.String() != "2027-01-15" {
		t.Errorf("moved in %+v and %+v", p.Households[0].MoveIn, p.Households[1].MoveIn)
	}
}
