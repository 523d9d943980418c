package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestStructure_TitleTwoRowHeaderTotalsNotes(t *testing.T) {
	data := madeXLSX(t, tab{name: "住户", merges: []string{"A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4"}, hidden: []int{8}, rows: [][]string{
		row("望江花园住户名册"),
		row("制表日期：2026年3月"),
		row("房号", "业主信息", "", "租户信息", "", "备注"),
		row("", "姓名", "电话", "姓名", "电话"),
		row("1-101", "张三", "13800138000", "", "", "养狗"),
		row("1-102", "李四", "13800138001", "王五", "13900139000"),
		row("房号", "姓名", "电话", "姓名", "电话", "备注"),
		row("1-103", "赵六", "13800138003"),
		row("合计：", "3户"),
		row("制表人：钱七", "", "审核：孙八"),
		row("24小时服务热线：020-82311234 关注公众号领礼品"),
	}})
	p := readBook(t, data, Input{})
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000", "1-102 owner 李四,13800138001", "1-102 tenant 王五,13900139000"})
	same(t, "problems", said(p), nil)
	want := map[AsideKind]int{AsideTitle: 2, AsideHeader: 2, AsideRepeated: 1, AsideHidden: 1, AsideTotal: 1, AsideNote: 2}
	if got := asides(p); !maps.Equal(got, want) {
		t.Errorf("set aside %v, want %v", got, want)
	}
	if p.Households[0].Remark != "养狗" {
		t.Errorf("remark %q", p.Households[0].Remark)
	}
	m := p.Tables[0].Mapping
	m.Options.Hidden = true
	if p := readBook(t, data, Input{Mappings: []Mapping{m}}); len(p.Households) != 4 {
		t.Errorf("with hidden rows %d households", len(p.Households))
	}
}

func TestStructure_TwoListsSideBySide(t *testing.T) {
	for name, rows := range map[string][][]string{
		"with a gap": {
			row("空置房清单", "", "", "", "出租房清单"),
			row("房号", "业主", "面积", "", "房号", "租户", "电话"),
			row("1-101", "张三", "n:89.5", "", "2-201", "李四", "13800138000"),
			row("1-102", "王五", "n:90", "", "2-202", "赵六", "13800138001"),
			row("1-103", "孙八", "n:91"),
		},
		"without a gap": {
			row("序号", "房号", "姓名", "序号", "房号", "姓名"),
			row("n:1", "1-101", "张三", "n:4", "2-201", "李四"),
			row("n:2", "1-102", "王五", "n:5", "2-202", "赵六"),
			row("n:3", "1-103", "孙八"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := readRows(t, Input{}, rows...)
			if len(p.Tables) != 2 || len(p.Units) != 5 || len(p.Households) != 5 || p.Counts.Refused != 0 || p.Counts.Understood != 5 {
				t.Errorf("%d tables, %d units, %+v: %v %v", len(p.Tables), len(p.Units), p.Counts, lines(p), said(p))
			}
		})
	}
}

func TestStructure_SectionsAndBlankLines(t *testing.T) {
	p := readRows(t, Input{},
		row("序号", "房号", "业主", "电话"),
		row("3栋1单元"),
		row("n:1", "101", "张三", "13800138000"),
		row("n:2", "102", "李四", "13800138001"),
		row("5号楼"),
		row("n:3", "101", "王五", "13800138002"),
		row("n:4"),
		row("商铺"),
		row("n:5", "A01", "某某餐饮有限公司", "13800138004"))
	same(t, "households", lines(p), []string{"3-1-101 owner 张三,13800138000", "3-1-102 owner 李四,13800138001", "5-101 owner 王五,13800138002",
		"A01铺 owner 某某餐饮有限公司,13800138004"})
	if got, want := asides(p), (map[AsideKind]int{AsideHeader: 1, AsideSection: 3, AsideBlank: 1}); !maps.Equal(got, want) {
		t.Errorf("set aside %v, want %v", got, want)
	}
}

func TestStructure_FamilyBelowAndMergedUnit(t *testing.T) {
	data := madeXLSX(t, tab{name: "一", merges: []string{"A2:A3", "B2:B3"}, rows: [][]string{
		row("楼栋", "房号", "姓名", "与业主关系", "电话"),
		row("1", "101", "张三", "本人", "13800138000"),
		row("", "", "李四", "妻", "13800138001"),
		row("1", "102", "王五", "本人", "13800138002"),
		row("", "", "王小五", "子"),
		row("", "不详", "赵六", "本人"),
		row("", "", "赵小六", "子"),
	}})
	p := readBook(t, data, Input{})
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000 (李四:妻),13800138001", "1-102 owner 王五,13800138002 (王小五:子)"})
	same(t, "problems", said(p), []string{"refused unknown B6", "refused follows_refused 7"})
}

func TestStructure_SeveralSheetsHeaderlessAndNone(t *testing.T) {
	p := readBook(t, madeXLSX(t,
		tab{name: "无表头", rows: [][]string{row("1-1-101", "张三", "13800138000"), row("1-1-102", "李四", "13800138001"), row("1-1-103", "王五", "13800138002")}},
		tab{name: "说明", rows: [][]string{row("填表说明"), row("一、房号写全")}},
		tab{name: "空表"},
		tab{name: "英文", rows: [][]string{row("Building", "Unit", "Owner", "Mobile"), row("A", "1205", "Tom Smith", "13800138003")}}), Input{})
	same(t, "households", lines(p), []string{"1-1-101  张三,13800138000", "1-1-102  李四,13800138001", "1-1-103  王五,13800138002", "A-1205 owner Tom Smith,13800138003"})
	if got := asides(p)[AsideNoTable]; got != 2 {
		t.Errorf("%d rows of the sheet without a table", got)
	}
}

func TestStructure_SecondListBelow(t *testing.T) {
	p := readRows(t, Input{},
		row("澜庭花园业主名册"),
		row("房号", "业主", "电话"),
		row("1-101", "张三", "13800138000"),
		row("房号", "业主", "电话"), // again, as on every printed page
		row("1-102", "李四", "13800138001"),
		row("商铺"),
		row("序号", "铺号", "租户", "手机"),
		row("n:1", "A01", "王五", "13800138002"),
		row("n:2", "A02", "赵六", "13800138003"))
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000", "1-102 owner 李四,13800138001",
		"A01铺 tenant 王五,13800138002", "A02铺 tenant 赵六,13800138003"})
	same(t, "problems", said(p), []string{"warning lettered B7"})
	if len(p.Tables) != 2 || p.Tables[0].Bottom != 5 || p.Tables[1].Top != 6 || !slices.Equal(p.Tables[1].Heads, []int{7}) {
		t.Errorf("tables %+v", p.Tables)
	}
	if got := asides(p); got[AsideHeader] != 2 || got[AsideRepeated] != 1 || got[AsideTitle] != 2 {
		t.Errorf("set aside %v", got)
	}
}

// Of a long file only the first rows are looked at before it is read: a list further down is refused, with what to do.
func TestStructure_SecondListFarBelow(t *testing.T) {
	rows := [][]string{row("房号", "业主", "电话")}
	for i := range sampleRows + headRows {
		rows = append(rows, row(fmt.Sprintf("1-%d%02d", 1+i/4, 1+i%4), "张三", "13800138000"))
	}
	rows = append(rows, row("车牌号", "车位", "姓名"), row("京A12345", "B1-023", "张三"))
	p := readRows(t, Input{}, rows...)
	if got := said(p); len(got) == 0 || got[0] != fmt.Sprintf("refused another_header %d", len(rows)-1) || p.Counts.Refused != 2 {
		t.Errorf("problems %v, %+v", got, p.Counts)
	}
}

func TestStructure_SheetNamesTheBuilding(t *testing.T) {
	p := readBook(t, madeXLSX(t,
		tab{name: "3栋", rows: [][]string{row("房号", "业主"), row("101", "张三")}},
		tab{name: "商铺", rows: [][]string{row("铺号", "业主"), row("A01", "李四")}}), Input{})
	same(t, "households", lines(p), []string{"3-101 owner 张三", "A01铺 owner 李四"})
	same(t, "problems", said(p), []string{"warning sheet_says A1", "warning sheet_says A1", "warning lettered A1"})
}

func TestStructure_FamilyOfALeftOutRow(t *testing.T) {
	data := madeXLSX(t, tab{name: "一", hidden: []int{3}, rows: [][]string{
		row("房号", "业主", "与业主关系"), row("1-101", "张三", "本人"), row("1-102", "李四", "本人"), row("", "王五", "妻"), row("1-103", "赵六", "本人")}})
	same(t, "households", lines(readBook(t, data, Input{})), []string{"1-101 owner 张三", "1-103 owner 赵六"})
}

// The workbook of lessons F, in small: two codes, a column without a header, a header that lies, values with names before
// them, counts of days as text, and a list of vacant flats beside another.
func TestStructure_OldOffice(t *testing.T) {
	data := madeXLSX(t,
		tab{name: "住宅", merges: []string{"A1:N1"}, rows: [][]string{
			row("某某花园住户情况一览表"),
			row(),
			row("序号", "原房号", "新房号", "", "交楼标准", "业主", "备注1", "交楼日期", "经手人", "备注2（业主及住户电话）", "业主", "备注3（身份证号）", "备注4（家庭成员）", "车牌号", "建筑面积", "防盗门"),
			row("n:1", "B1-3C", "301", "1栋", "精装", "张三、李四", "出租", "38123", "小王", "张三：13800138000、020-82311234、李四：13900139000", "n:13800138000",
				"张三：110105491231002、李四：11010519491231002X", "子：张小三", "粤B12345", "n:89.5", "是"),
			row("n:2", "B1-3D", "305", "1栋", "毛坯", "某某实业有限公司", "公司", "38124", "小王", "王五：待补", "n:13800138001", "待补", "/", "/", "n:98.65"),
			row("n:3", "3A-1", "501", "2栋", "精装", "赵六", "二手", "38125", "小李", "13800138002(儿子)", "n:13800138002", "赵六：123456789012345678", "无", "无", "n:98.65"),
			row("n:4"), row("n:5"),
			row("合计:", "", "", "", "", "", "", "", "", "", "", "", "", "", "n:286.8"),
		}},
		tab{name: "空置", rows: [][]string{
			row("制表日期：2005年3月"), row("房号", "面积", "", "房号", "面积"), row("3-101", "80", "", "3-201", "81"), row("3-102", "80", "", "3-202", "81")}})
	p := readBook(t, data, Input{})
	same(t, "households", lines(p), []string{
		"1-301 owner 张三,13800138000,02082311234#110105491231002 李四,13900139000#11010519491231002X (张小三:子) [粤B12345]",
		"1-305 owner 某某实业有限公司,13800138001", "2-501 owner 赵六,13800138002~儿子#123456789012345678"})
	if len(p.Units) != 7 || len(p.Tables) != 3 || p.Units[0].HandOver.String() != "2004-05-16" || len(p.Units[0].OldCodes) != 1 {
		t.Errorf("%d units, %d tables, %+v", len(p.Units), len(p.Tables), p.Units[0])
	}
	same(t, "problems", said(p), []string{"warning date_serials H3", "warning to_come J5", "warning to_come L5", "warning cn.id.bad_date L6", "warning cn.id.bad_check L6"})
}

func TestStructure_MergedOverRows(t *testing.T) {
	data := madeXLSX(t, tab{name: "一", merges: []string{"C2:C3", "D2:D3", "B4:B5", "C6:D6"}, rows: [][]string{
		row("楼栋", "房号", "业主/租户", "姓名", "电话"),
		row("1", "101", "业主", "张三", "13800138000"),
		row("1", "102"),
		row("1", "103", "租户", "李四", "13800138001"),
		row("1", "", "业主", "王五"),
		row("1", "104", "业主"),
	}})
	p := readBook(t, data, Input{})
	same(t, "households", lines(p), []string{"1-101 owner 张三,13800138000", "1-102 owner 张三", "1-103 tenant 李四,13800138001", "1-103 owner 王五"})
	same(t, "problems", said(p), nil)
}

// One unit over all rows of a large file is refused beyond a bound: it would cost quadratic work.
func TestStructure_TooManyOfOneUnit(t *testing.T) {
	for name, line := range map[string]string{"members": ",李%c,妻\n", "owners": "1-101,李%c,本人\n"} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("房号,业主,与业主关系\n1-101,张三,本人\n")
			for i := range 5_000 {
				fmt.Fprintf(&b, line, '一'+rune(i))
			}
			p := readBook(t, []byte(b.String()), Input{})
			if p.Counts.Refused < 4_000 || p.Problems[len(p.Problems)-1].Kind != TooMany {
				t.Errorf("%+v", p.Counts)
			}
		})
	}
}
