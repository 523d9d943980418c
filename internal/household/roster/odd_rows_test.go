package roster

import (
	"slices"
	"strings"
	"testing"
)

// A unit of which the number did not change is no member of the household above it.
func TestRow_AnEmptyNewNumberIsTheOldOne(t *testing.T) {
	for _, head := range [][]string{row("房号", "变更后房号", "业主", "电话"), row("原房号", "现房号", "业主", "电话"), row("旧门牌", "新门牌", "业主", "电话")} {
		p := readRows(t, Input{}, head, row("5-301", "5-3A", "钟启明", "13900010001"), row("5-302", "", "罗秀兰", "13900010002"), row("", "", "罗小兰", "13900010003"))
		same(t, head[1], lines(p), []string{"5-3A owner 钟启明,13900010001", "5-302 owner 罗秀兰,13900010002 罗小兰,13900010003"})
		if got := p.Units[0].OldCodes; len(got) != 1 || got[0] != "5-301" {
			t.Errorf("%s: former numbers %v", head[0], got)
		}
	}
}

func TestHeader_OldAndNewBelowOneWord(t *testing.T) {
	for _, words := range [][]string{{"更名后", "更名前"}, {"新", "旧"}, {"现", "原"}, {"变更后", "变更前"}} {
		p := readRows(t, Input{}, row("房号", "", "业主", "电话"), row(words[0], words[1], "", ""), row("5-2-3A", "5-2-301", "钟启明", "13900010001"), row("5-2-3B", "5-2-302", "罗秀兰", "13900010002"))
		same(t, words[0], lines(p), []string{"5-2-3A owner 钟启明,13900010001", "5-2-3B owner 罗秀兰,13900010002"})
		if len(p.Problems) != 0 || len(p.Units[0].OldCodes) != 1 {
			t.Errorf("%s: %v, %v", words[0], said(p), p.Units[0].OldCodes)
		}
	}
}

func TestHeader_GroupsWrittenTwiceInsteadOfMerged(t *testing.T) {
	p := readRows(t, Input{},
		row("商铺租赁合同台账"),
		row("序号", "铺位", "承租", "承租", "租赁", "租赁", "租赁", "备注"),
		row("", "", "单位", "经办人", "合同", "合同", "免租期", ""),
		row("", "", "名称", "电话", "起始日", "终止日", "（月）", ""),
		row("1", "A101", "云上小厨", "13900010001", "2024-3-1", "2027-2-28", "2", "朝南"),
		row("2", "A102", "拾光书店", "13900010002", "2025-1-1", "2026-12-31", "1", ""))
	same(t, "leases", leases(p), []string{"tenant 云上小厨 2024-03-01~2027-02-28 | 朝南", "tenant 拾光书店 2025-01-01~2026-12-31"})
	same(t, "people", lines(p), []string{"A101铺 tenant 云上小厨,13900010001", "A102铺 tenant 拾光书店,13900010002"})
	if u := p.Tables[0].Unread(); len(u) != 1 || u[0].Cells != 2 {
		t.Errorf("unread %+v", u)
	}
}

func TestHeader_EndsOfALeaseFromTwoWords(t *testing.T) {
	for _, words := range [][]string{{"合同期限 自", "合同期限 至"}, {"租约生效日", "租约届满日"}, {"租赁合同起始日", "租赁合同到期日"}, {"承租开始日期", "承租结束日期"}, {"租期起始时间", "租期终止时间"}} {
		p := readRows(t, Input{}, row("房号", "租户", words[0], words[1]), row("1-101", "甲一", "2024.3.1", "2026.2.28"))
		same(t, words[0], leases(p), []string{"tenant 甲一 2024-03-01~2026-02-28"})
	}
}

// The title above a list, or above each of two lists side by side, names their buildings.
func TestTable_ATitleNamesTheBuilding(t *testing.T) {
	p := readRows(t, Input{}, row("1栋业主", "", "", "", "2栋业主名单", "", ""), row("房号", "业主", "电话", "", "房号", "业主", "电话"),
		row("101", "甲一", "13900010001", "", "101", "丁四", "13900010004"), row("102", "乙二", "", "", "102", "戊五", ""))
	same(t, "side by side", lines(p), []string{"1-101 owner 甲一,13900010001", "2-101 owner 丁四,13900010004", "1-102 owner 乙二", "2-102 owner 戊五"})
	p = readRows(t, Input{}, row("3幢住户情况表"), row("房号", "业主", "电话"), row("101", "甲一", ""), row("4幢"), row("101", "乙二", ""))
	same(t, "one below another", lines(p), []string{"3-101 owner 甲一", "4-101 owner 乙二"})
	p = readRows(t, Input{}, row("澜庭花园业主名册"), row("房号", "业主", "电话"), row("1-101", "甲一", ""))
	same(t, "a title without a building", lines(p), []string{"1-101 owner 甲一"})
	p = readRows(t, Input{}, row("3栋业主名单"), row("楼栋", "房号", "业主"), row("5栋", "101", "甲一"))
	same(t, "a column says otherwise", lines(p), []string{"5-101 owner 甲一"})
}

// Whom to ask for is no holder of the unit, and a number goes to whom it names behind it.
func TestPeople_ContactsAndNamesBehindNumbers(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "电话"),
		row("1-101", "郑和\n联系人：郑小和", "13900010001\n13900010002"),
		row("1-102", "郑和、郑小和（联系人）", "13900010003"),
		row("1-103", "联系人：郑小和", "13900010004"),
		row("1-104", "甲八\n乙九", "13900010005（乙九）\n13900010006（甲八）"),
		row("1-105", "甲八、乙九", "13900010007（乙九）、13900010008"))
	same(t, "households", lines(p), []string{
		"1-101 owner 郑和,13900010001 (郑小和:联系人),13900010002",
		"1-102 owner 郑和 (郑小和:联系人) ?13900010003",
		"1-103 owner 郑小和,13900010004",
		"1-104 owner 甲八,13900010006~甲八 乙九,13900010005~乙九",
		"1-105 owner 甲八,13900010008 乙九,13900010007~乙九"})
}

// A room that a program turned into a date is known by the text it wrote into a file without types.
func TestChoice_DatesAsText(t *testing.T) {
	rows := [][]string{row("房号", "业主"), row("3月12日", "卓然"), row("2026-11-02", "晏清"), row("2026/1/2 0:00:00", "向晚"), row("5-Mar", "温言"), row("12-1302", "令狐雪")}
	p := readRows(t, Input{}, rows...)
	same(t, "said", said(p), []string{"refused became_date A2", "refused became_date A3", "refused became_date A4", "refused became_date A5"})
	p = readRows(t, chosen("dates:房号", "date"), rows...)
	same(t, "one press", lines(p), []string{"3-12 owner 卓然", "11-2 owner 晏清", "1-2 owner 向晚", "3-5 owner 温言", "12-1302 owner 令狐雪"})
	p = readRows(t, Input{Answers: Answers{Cell{"名册", 2, 1}: {Keep: true}}}, rows[:2]...)
	same(t, "as it stands", lines(p), []string{"3月12日 owner 卓然"})
}

// What stands beside a column of the family is said of the family, not of the holder.
func TestPeople_ARelationBesideTheFamilysColumn(t *testing.T) {
	want := []string{"1-101 owner 甲一,13900010001 (乙二:妻) (丙三:子),13900010002", "1-102 owner 丁四,13900010003"}
	p := readBook(t, madeXLSX(t, tab{name: "名册", merges: []string{"A2:A3"}, rows: [][]string{row("房号", "户主姓名", "家庭成员", "与户主关系", "联系电话"), row("1-101", "甲一", "乙二", "妻", "13900010001"),
		row("", "", "丙三", "子", "13900010002"), row("1-102", "丁四", "", "", "13900010003")}}), Input{})
	same(t, "behind it", lines(p), want)
	p = readRows(t, Input{}, row("房号", "户主姓名", "与户主关系", "家庭成员", "联系电话"), row("1-101", "甲一", "妻", "乙二", "13900010001"), row("", "", "子", "丙三", "13900010002"), row("1-102", "丁四", "", "", "13900010003"))
	same(t, "before it", lines(p), want)
	p = readRows(t, Input{}, row("房号", "户主", "家庭成员", "关系"), row("1-101", "甲一", "乙二、丙三", "妻、子"))
	same(t, "two at once", lines(p), []string{"1-101 owner 甲一 (乙二:妻) (丙三:子)"})
}

func TestPeople_PartsInAColumnOfTheirOwn(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "姓名", "身份", "电话"), row("1-101", "甲一", "业主", "13900010001"), row("1-101", "乙二", "业主之妻", "13900010002"),
		row("1-101", "丙三", "租客", ""), row("1-102", "丁四", "产权人、户主", ""))
	same(t, "households", lines(p), []string{"1-101 owner 甲一,13900010001 (乙二:妻),13900010002", "1-101 tenant 丙三", "1-102 owner 丁四"})
	same(t, "nothing is asked", said(p), nil)
}

// What stands in the place of an owner, and says that there is none, is kept with the unit.
func TestPeople_AnUnsoldUnitHasNoOwner(t *testing.T) {
	for _, words := range []string{"开发商未售", "未售", "空置", "未交付", "（空置）", "VACANT"} {
		p := readRows(t, Input{}, row("房号", "业主", "电话"), row("1-101", words, ""), row("1-102", "甲一", "13900010001"))
		same(t, words, lines(p), []string{"1-102 owner 甲一,13900010001"})
		if len(p.Units) != 2 || p.Units[0].Remark != "业主："+words || len(p.Problems) != 0 {
			t.Errorf("%s: %+v %v", words, p.Units, said(p))
		}
	}
}

func TestRow_AStateInBrackets(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "使用状态"), row("1-101", "甲一", "（空置）"), row("1-102", "乙二", "未售"))
	if a, b := p.Units[0].State, p.Units[1].State; a != Vacant || b != Unsold {
		t.Errorf("%s, %s", a, b)
	}
}

func TestPeople_AColonWithinBracketsIsNoPart(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主"), row("1-103", "己六（已过世，继承人：己小六）"))
	same(t, "the name", lines(p), []string{"1-103 owner 己六"})
	if got := p.Households[0].Remark; got != "己六（已过世，继承人：己小六）" {
		t.Errorf("kept %q", got)
	}
}

// Where somebody works is his, and makes nobody an owner; what a row says of a relation goes by that alone.
func TestPeople_WhereTheyWorkIsNobodysName(t *testing.T) {
	for _, head := range []string{"工作单位", "单位/职业", "就职单位"} {
		p := readRows(t, Input{}, row("房号", "姓名", "与业主关系", "电话", head),
			row("16-1-101", "韦一鸣", "业主", "13900010001", "广州某某有限公司"), row("", "昌小红", "之妻", "13900010002", "市第一医院"), row("", "马丽丽", "女儿", "13900010003", ""),
			row("16-1-102", "苗青青", "本人", "13900010004", "某某小学"), row("16-1-103", "龚凤鸣", "租客", "13900010005", ""))
		same(t, head, lines(p), []string{"16-1-101 owner 韦一鸣,13900010001 (昌小红:之妻),13900010002 (马丽丽:女儿),13900010003", "16-1-102 owner 苗青青,13900010004", "16-1-103 tenant 龚凤鸣,13900010005"})
		if p.Households[0].People[0].Employer != "广州某某有限公司" || p.Households[0].People[1].Employer != "市第一医院" {
			t.Errorf("%s: %+v", head, p.Households[0].People)
		}
	}
	p := readRows(t, Input{}, row("房号", "业主", "电话", "工作单位"), row("16-1-101", "韦一鸣、昌小红", "13900010001", "广州某某有限公司"))
	if h := p.Households[0]; len(h.People) != 2 || h.People[0].Employer+h.People[1].Employer != "" || !strings.Contains(h.Remark, "广州某某有限公司") {
		t.Errorf("one employer of two people: %+v", h)
	}
}

// Two lists side by side stay two when somebody wrote into the gap between them.
func TestTable_BesideAnotherWithAWordInTheGap(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "电话", "", "房号", "业主", "电话"),
		row("12-2-101", "陶立", "13900010001", "", "12-2-201", "姜文文", "13900010003"), row("12-2-102", "戚光", "13900010002", "欠费", "12-2-202", "谢晋", "13900010004"))
	same(t, "both lists", lines(p), []string{"12-2-101 owner 陶立,13900010001", "12-2-201 owner 姜文文,13900010003", "12-2-102 owner 戚光,13900010002", "12-2-202 owner 谢晋,13900010004"})
	if l := p.Lines[3]; l.Rest != "欠费" {
		t.Errorf("what stands in the gap is not told: %+v", l)
	}
}

// A further name below the head for owners is an owner too, whether the room is merged or left empty.
func TestPeople_AFurtherNameBelowOwnersOwnsToo(t *testing.T) {
	rows := [][]string{row("房号", "业主", "电话"), row("9-1-101", "张一鸣", "13900010001"), row("", "李二妹", "13900010002")}
	want := []string{"9-1-101 owner 张一鸣,13900010001 李二妹,13900010002"}
	same(t, "left empty", lines(readRows(t, Input{}, rows...)), want)
	same(t, "merged", lines(readBook(t, madeXLSX(t, tab{name: "一", merges: []string{"A2:A3"}, rows: rows}), Input{})), want)
	rows[0] = row("房号", "业主", "与业主关系")
	rows[1][2], rows[2][2] = "本人", "妻"
	same(t, "a relative", lines(readRows(t, Input{}, rows...)), []string{"9-1-101 owner 张一鸣 (李二妹:妻)"})
}

// A former number in a column of its own is as it was written where it is a whole one; a bare room stands in the building of today.
func TestRow_AFormerNumberIsAsWritten(t *testing.T) {
	p := readRows(t, Input{}, row("楼栋", "现房号", "原房号", "业主"), row("2栋", "1201", "B-0903", "钟启明"), row("2栋", "1202", "B0904", "罗秀兰"),
		row("2栋", "1203", "3号楼905", "高文博"), row("2栋", "12A", "1204", "谢雨桐"))
	var got []string
	for _, u := range p.Units {
		got = append(got, strings.Join(u.OldCodes, "+"))
	}
	same(t, "former", got, []string{"B-0903", "B0904", "3号楼905", "2-1204"})
}

// Codes of other things look like rooms; they are named as not read, and nothing else.
func TestRow_CodesAreNoFormerNumbers(t *testing.T) {
	heads := row("房号", "业主", "微信号", "门禁卡号", "邮政编码", "水费户号", "合同号", "客户编码", "户号", "IC卡", "系统编号", "")
	p := readRows(t, Input{}, heads, row("1-101", "钟启明", "A12345", "B1-001", "5-301", "12-3456", "3-1202", "C101", "1-101", "A001", "D101", "2-101"),
		row("1-102", "罗秀兰", "W20201", "B1-002", "5-302", "12-3457", "3-1203", "C102", "1-102", "A002", "D102", "2-102"))
	for _, u := range p.Units {
		if len(u.OldCodes) > 0 {
			t.Errorf("former numbers %v", u.OldCodes)
		}
	}
	if unread := p.Tables[0].Unread(); len(unread) != len(heads)-2 {
		t.Errorf("named as not read: %+v", unread)
	}
}

func TestPeople_AWordForARelativeNamesTheNext(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "电话", "家庭成员"),
		row("1-101", "李强/妻陈芳", "13900010001/妻13900010002", "子李小明、女李小红"), row("1-102", "李强（配偶：陈芳）", "", "父母同住"),
		row("1-103", "夫李强、妻陈芳", "13900010001、13900010002", "岳母 王桂香"), row("1-104", "李强之妻陈芳", "13900010001", "儿子"),
		row("1-105", "李强、孙丽", "", "妻陈芳；孙丽"), row("1-106", "子涵", "", "女：李红 子：李明"))
	same(t, "families", lines(p), []string{
		"1-101 owner 李强,13900010001 陈芳,13900010002 (李小明:子) (李小红:女)", "1-102 owner 李强 陈芳",
		"1-103 owner 李强,13900010001 陈芳,13900010002 (王桂香:岳母)", "1-104 owner 陈芳,13900010001",
		"1-105 owner 李强 孙丽 (陈芳:妻)", "1-106 owner 子涵 (李红:女) (李明:子)"})
	for i, want := range []string{"/妻", "/配偶", "夫/妻", "妻"} {
		var are []string
		for _, who := range p.Households[i].People {
			if who.Main {
				are = append(are, who.Relation)
			}
		}
		if got := strings.Join(are, "/"); got != want {
			t.Errorf("row %d: %s, want %s", i+2, got, want)
		}
	}
	for i, kept := range map[int]string{1: "父母同住", 3: "儿子"} {
		if f := p.Households[i].Family; len(f) != 1 || f[0].Text != kept {
			t.Errorf("%s is not kept as it stands: %+v", kept, f)
		}
	}
	if p.Lines[1].Rest != "" || p.Households[3].Remark != "李强之妻陈芳" {
		t.Errorf("rest %q, remark %q", p.Lines[1].Rest, p.Households[3].Remark)
	}
}

// A group's name above a head is not what the column holds.
func TestHeader_AGroupIsNoHead(t *testing.T) {
	p := readRows(t, Input{}, row("业主登记表"), row("房屋信息", "", "", "业主信息", "", "租赁信息", "", "", ""), row("房号", "建筑", "套内", "姓名", "爱好", "租客", "租赁期限", "", "月租"),
		row("", "面积", "面积", "", "", "姓名", "起", "止", "（元）"), row("1-101", "88.5", "70", "甲一", "A1205", "乙二", "2024-01-01", "2025-12-31", "3000"), row("1-102", "88.5", "70", "丙三", "B1206", "", "", "", ""))
	same(t, "leases", leases(p), []string{"owner 甲一", "tenant 乙二 2024-01-01~2025-12-31", "owner 丙三"})
	if u := p.Units[0]; u.Gross.String() != "88.50" || u.Net.String() != "70.00" || len(u.OldCodes) > 0 || len(p.Households[0].People) != 1 {
		t.Errorf("%+v %+v", u, p.Households[0].People)
	}
}

func TestRow_AFormerBuildingInAColumnOfItsOwn(t *testing.T) {
	p := readRows(t, Input{}, row("原楼栋", "原房号", "现楼栋", "现房号", "业主"), row("7", "305", "2", "101", "甲一"), row("7", "306", "2", "102", "乙二"))
	same(t, "today", lines(p), []string{"2-101 owner 甲一", "2-102 owner 乙二"})
	if got := p.Units[0].OldCodes; len(got) != 1 || got[0] != "7-305" {
		t.Errorf("former %v", got)
	}
}

// Who held a unit before is kept beside, and holds it no more; who is to be asked for stands in brackets with the firm.
func TestPeople_FormerHolders(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "电话"), row("1-101", "原业主张三丰，现业主李四光", "13900010001"), row("1-102", "某某商贸有限公司（法人：王小二）", "13900010002"),
		row("1-103", "业：周五 租：吴六", ""))
	same(t, "households", lines(p), []string{"1-101 owner 李四光,13900010001", "1-102 owner 某某商贸有限公司 (王小二:法人) ?13900010002", "1-103 owner 周五", "1-103 tenant 吴六"})
	if p.Households[0].Remark != "原业主张三丰" {
		t.Errorf("kept %q", p.Households[0].Remark)
	}
}

// What whoever is to be called is to the holder makes no relative of the holder.
func TestPeople_ARelationOfWhomToCall(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "手机", "紧急联系人", "关系", "紧急联系电话"), row("3-101", "甲一", "13900010001", "乙二", "妻子", "13900010002"), row("3-102", "丙三", "13900010003", "", "女儿", ""))
	same(t, "to call", lines(p), []string{"3-101 owner 甲一,13900010001 !乙二,13900010002", "3-102 owner 丙三,13900010003"})
	if p.Households[1].Remark != "关系：女儿" || p.Households[0].People[1].Relation != "妻子" {
		t.Errorf("kept %q", p.Households[1].Remark)
	}
	p = readRows(t, Input{}, row("房号", "产权人", "联系人", "联系人电话", "与产权人关系"), row("3-101", "甲一", "乙二", "13900010002", "儿子"))
	same(t, "to ask for", lines(p), []string{"3-101 owner 甲一 (乙二:儿子),13900010002"})
}

// What lies under the blocks of a head goes on with it, whatever its words.
func TestHeader_UnderBlocks(t *testing.T) {
	p := readBook(t, madeXLSX(t, tab{name: "台账", merges: []string{"A1:A2", "B1:B2", "C1:D1", "E1:F1"}, rows: [][]string{row("铺位", "承租单位", "租期", "", "租金", ""), row("", "", "起", "止", "月租", "押金"),
		row("A101", "甲记餐饮店", "2024-03-01", "2026-02-28", "3000", "6000")}}), Input{})
	same(t, "leases", leases(p), []string{"tenant 甲记餐饮店 2024-03-01~2026-02-28"})
	p = readBook(t, madeXLSX(t, tab{name: "名册", merges: []string{"A1:C1", "D1:E1"}, rows: [][]string{row("楼/单元/房号", "", "", "业主信息", ""), row("楼", "门", "号", "姓名", "电话"), row("3", "2", "101", "甲一", "13900010001")}}), Input{})
	same(t, "words of one character", lines(p), []string{"3-2-101 owner 甲一,13900010001"})
}

// A column of numbers whose head names nobody is of whom no other column is.
func TestPeople_NumbersOfTheOtherOwner(t *testing.T) {
	p := readRows(t, Input{}, row("房间", "业主", "共有人", "业主电话", "共有人电话", "身份证", "共有人身份证"), row("3-1-101", "甲一", "乙二", "13900010001", "13900010002", "11010519491231002X", "110105194912310038"))
	same(t, "each", lines(p), []string{"3-1-101 owner 甲一,13900010001#11010519491231002X 乙二,13900010002#110105194912310038"})
	p = readRows(t, Input{}, row("房号", "业主/租户", "电话"), row("3-1-101", "业主：甲一\n租户：乙二", "业主：13900010001\n租户：13900010002"), row("3-1-102", "房东丙三 租客丁四", "13900010003 13900010004"))
	same(t, "names below 业主/租户", lines(p), []string{"3-1-101 owner 甲一,13900010001", "3-1-101 tenant 乙二,13900010002", "3-1-102 owner 丙三,13900010003", "3-1-102 tenant 丁四,13900010004"})
}

// Numbers and names of others than the holder do not become his.
func TestPeople_OthersInColumnsOfTheirOwn(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "户主", "身份证", "配偶", "配偶身份证", "儿子姓名", "电话", "代理人", "代理人电话"),
		row("3-1-101", "甲一", "11010519491231002X", "乙二", "110105194912310038", "丙三", "13900010001", "丁四", "13900010002"))
	same(t, "relatives by their heads", lines(p), []string{"3-1-101 owner 甲一,13900010001#11010519491231002X (乙二:配偶)#110105194912310038 (丙三:儿子)"})
	if got := p.Households[0].Remark; got != "代理人电话：13900010002" {
		t.Errorf("kept %q", got)
	}
	p = readRows(t, Input{}, row("房号", "原业主", "现业主", "电话"), row("3-1-101", "甲一", "乙二", "13900010001"))
	same(t, "owners of today", lines(p), []string{"3-1-101 owner 乙二,13900010001"})
	if got := p.Households[0].Remark; got != "原业主：甲一" {
		t.Errorf("kept %q", got)
	}
	p = readRows(t, Input{}, row("房号", "业主", "家庭成员", "", ""), row("", "", "姓名", "关系", "电话"), row("3-1-101", "甲一", "乙二", "妻", "13900010002"), row("", "", "丙三", "子", ""))
	same(t, "the family's group", lines(p), []string{"3-1-101 owner 甲一 (乙二:妻),13900010002 (丙三:子)"})
}

func TestTable_WhereUnitsStand(t *testing.T) {
	p := readRows(t, Input{}, row("A栋", "", "B栋", ""), row("房号", "业主", "房号", "业主"), row("101", "甲一", "101", "乙二"))
	same(t, "titles side by side", lines(p), []string{"A-101 owner 甲一", "B-101 owner 乙二"})
	p = readRows(t, Input{}, row("房屋地址", "业主"), row("3栋1单元101室", "甲一"))
	same(t, "an address", lines(p), []string{"3-1-101 owner 甲一"})
	p = readRows(t, Input{}, row("房号", "房屋地址", "业主"), row("3-1-101", "人民路1号3栋", "甲一"), row("3-1-102", "人民路1号3栋", "乙二"))
	if p.Households[0].Address != "人民路1号3栋" || len(p.Units[0].OldCodes) > 0 {
		t.Errorf("%+v %+v", p.Households[0], p.Units[0])
	}
	p = readRows(t, Input{}, row("单位", "姓名", "电话"), row("3-1-101", "甲一", "13900010001"), row("3-1-102", "乙二", "13900010002"))
	same(t, "单位", lines(p), []string{"3-1-101  甲一,13900010001", "3-1-102  乙二,13900010002"})
}

// Each of several columns of the family has its own relation and numbers.
func TestPeople_SeveralColumnsOfTheFamily(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "电话", "家庭成员1", "关系1", "电话", "家庭成员2", "关系2", "电话"), row("1-101", "甲一", "13900010001", "乙二", "妻", "13900010003", "丙三", "子", "13900010004"))
	same(t, "each", lines(p), []string{"1-101 owner 甲一,13900010001 (乙二:妻),13900010003 (丙三:子),13900010004"})
	p = readRows(t, Input{}, row("房号", "业主", "电话", "家庭成员", "家属电话"), row("1-101", "甲一", "13900010001", "妻：乙二", "13900010003"), row("1-102", "丁四", "13900010005", "", "13900010006"))
	same(t, "by the head", lines(p), []string{"1-101 owner 甲一,13900010001 (乙二:妻),13900010003", "1-102 owner 丁四,13900010005 ?13900010006"})
}

// Building and entrance stand above the list with labels, or behind the estate's name.
func TestTable_LabelsAboveTheList(t *testing.T) {
	p := readRows(t, Input{}, row("小区：幸福里", "", "制表人：张三"), row("楼号：3号楼", "单元：2单元", ""), row("房号", "业主", "电话"), row("101", "甲一", "13900010001"))
	same(t, "labels", lines(p), []string{"3-2-101 owner 甲一,13900010001"})
	p = readRows(t, Input{}, row("幸福里3号楼业主通讯录"), row("房号", "业主"), row("1单元"), row("101", "甲一"), row("2单元"), row("101", "乙二"))
	same(t, "behind the name", lines(p), []string{"3-1-101 owner 甲一", "3-2-101 owner 乙二"})
}

// Where the head speaks of shops, what stands below it are shops.
func TestTable_ShopsByTheirHead(t *testing.T) {
	p := readRows(t, Input{}, row("铺号", "经营者", "合同开始", "合同结束"), row("A区"), row("101", "甲记", "2024/3/1", "2027/2/28"), row("1楼12号", "乙记", "", ""))
	if k := p.Units[0].Kind + p.Units[1].Kind; k != "shopshop" {
		t.Errorf("kinds %s", k)
	}
	same(t, "leases", leases(p), []string{"tenant 甲记 2024-03-01~2027-02-28", "tenant 乙记"})
	if p = readRows(t, Input{}, row("房号/铺号", "业主"), row("1-101", "甲一")); p.Units[0].Kind != "" {
		t.Errorf("a flat became a %s", p.Units[0].Kind)
	}
}

// A head over two columns, of which the second has none of its own, holds a first day and a last, or a building and a room.
func TestHeader_OneHeadOverTwoColumns(t *testing.T) {
	for _, head := range []string{"租期", "起止", "合同期限", "租赁起止日期"} {
		rows := [][]string{row("房号", "租户", head, "", "备注"), row("1-101", "甲一", "2024.3.1", "2026.2.28", "好")}
		want := []string{"tenant 甲一 2024-03-01~2026-02-28 | 好"}
		same(t, head, leases(readRows(t, Input{}, rows...)), want)
		for range 12 {
			rows = append(rows, row("1-101", "甲一", "", "", ""))
		}
		same(t, head+" merged", leases(readBook(t, madeXLSX(t, tab{name: "名册", merges: []string{"C1:D1"}, rows: rows}), Input{})), want)
	}
	p := readRows(t, Input{}, row("房号", "", "", "业主"), row("3", "1", "1202", "甲一"), row("3", "2", "1201", "乙二"))
	same(t, "three", lines(p), []string{"3-1-1202 owner 甲一", "3-2-1201 owner 乙二"})
	p = readRows(t, Input{}, row("房号", "", "业主"), row("3", "1202", "甲一"), row("4", "1201", "乙二"))
	same(t, "two", lines(p), []string{"3-1202 owner 甲一", "4-1201 owner 乙二"})
}

// A list of vehicles that names nobody gives them to whoever holds the unit, wherever it stands.
func TestTable_VehiclesWithoutNames(t *testing.T) {
	list := [][]string{row("房号", "业主", "电话"), row("1-101", "甲一", "13900010001"), row("1-102", "乙二", "")}
	cars := func(p *Plan) []string {
		out := make([]string, len(p.Households))
		for i, h := range p.Households {
			out[i] = string(h.Side) + " " + h.People[0].Name.Name + " " + h.Vehicles[0].Number
		}
		return out
	}
	want := []string{"owner 甲一 粤A12345", "owner 乙二 粤B22345"}
	below := append(slices.Clone(list), row("", "", ""), row("车辆登记", "", ""), row("车牌", "房号", ""), row("粤A12345", "1-101", ""), row("粤B22345", "1-102", ""))
	same(t, "below", cars(readRows(t, Input{}, below...)), want)
	beside := [][]string{row("房号", "业主", "电话", "", "房号", "车牌", "颜色"), row("1-101", "甲一", "13900010001", "", "1-102", "粤B22345", "白"), row("1-102", "乙二", "", "", "1-101", "粤A12345", "黑")}
	p := readRows(t, Input{}, beside...)
	same(t, "beside, above the owner's row", cars(p), []string{"owner 甲一 粤A12345", "owner 乙二 粤B22345"})
	p = readRows(t, Input{}, row("房号", "业主", "", "车位号", "车主", "车牌"), row("1-101", "甲一", "", "B1-001", "丁四", "粤A12345"))
	same(t, "spaces with their own people", lines(p), []string{"1-101 owner 甲一", "B1-001车位  丁四 [粤A12345]"})
}

// A few cells in a column without a head, between others, are told.
func TestTable_FewCellsInAGap(t *testing.T) {
	rows := [][]string{row("房号", "业主", "", "", "备注")}
	for range 12 {
		rows = append(rows, row("1-101", "甲一", "", "", ""))
	}
	rows[5][3] = "欠费"
	p := readRows(t, Input{}, rows...)
	if l := p.Lines[5]; l.Rest != "欠费" {
		t.Errorf("what stands in the gap is not told: %+v", l)
	}
	if u := p.Tables[0].Unread(); len(u) != 1 || u[0].Header != "D" {
		t.Errorf("unread %+v", u)
	}
}

// Two lists side by side stay two where the second has more columns than the first, and somebody wrote into the gap.
func TestTable_BesideALongerOne(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "", "房号", "业主", "押金"), row("1-101", "陶立", "欠费", "1-201", "姜文文", "2000"), row("1-102", "戚光", "", "1-202", "谢晋", "2000"))
	same(t, "both lists", lines(p), []string{"1-101 owner 陶立", "1-201 owner 姜文文", "1-102 owner 戚光", "1-202 owner 谢晋"})
}

// What stands behind a relative's column is his, also where owner and tenant have columns of their own.
func TestRow_NumbersBehindTheFamilyAreNotTheTenants(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "业主电话", "租户", "租户电话", "家庭成员1", "关系", "电话", "家庭成员2", "关系", "电话"),
		row("3-2-1201", "甲一", "13900010001", "乙二", "13900010002", "丙三", "妻子", "13900010003", "丁四", "儿子", ""))
	same(t, "people", lines(p), []string{"3-2-1201 owner 甲一,13900010001 (丙三:妻子),13900010003 (丁四:儿子)", "3-2-1201 tenant 乙二,13900010002"})
}

// A word for how a unit is used is nobody's name.
func TestRow_UsedByTheOwnerIsNoTenant(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "租户"), row("1-101", "甲一", "自用"), row("1-102", "乙二", "待租"), row("1-103", "丙三", "丁四"))
	same(t, "people", lines(p), []string{"1-101 owner 甲一", "1-102 owner 乙二", "1-103 owner 丙三", "1-103 tenant 丁四"})
	if p.Units[0].State != Living || p.Units[1].State != Vacant {
		t.Errorf("%s and %s", p.Units[0].State, p.Units[1].State)
	}
	p = readRows(t, Input{}, row("房号", "业主", "租户", "使用状态"), row("1-101", "甲一", "自用", "装修中"))
	if u := p.Units[0]; u.State != Renovating || len(p.Households) != 1 || !strings.Contains(p.Households[0].Remark, "自用") {
		t.Errorf("%s, %+v", u.State, p.Households)
	}
}

// Shops are numbered by the part of the house and their number there; the operator of a business is its tenant.
func TestRow_ShopsByPartAndNumber(t *testing.T) {
	p := readRows(t, Input{}, row("商铺号", "店名", "经营者", "电话", "业态", "房东"), row("S1-05", "青禾面馆", "甲一", "13900010001", "餐饮", "丙三"),
		row("S1-06/07", "半夏超市", "乙二", "13900010002", "零售", "丙三"), row("L2-101", "(空铺)", "", "", "", "丁四"))
	same(t, "people", lines(p), []string{"S1-05铺 tenant 青禾面馆 甲一 ?13900010001", "S1-05铺 owner 丙三", "S1-06铺+S1-07铺 tenant 半夏超市 乙二 ?13900010002",
		"S1-06铺+S1-07铺 owner 丙三", "L2-101铺 owner 丁四"})
	if len(p.Units) != 4 || p.Counts.Refused != 0 {
		t.Errorf("%d units, %d refused: %v", len(p.Units), p.Counts.Refused, said(p))
	}
}

// A mark for the same as above is no empty cell.
func TestRow_DittoMarks(t *testing.T) {
	for _, mark := range []string{"″", `"`, "''", "〃", "同上"} {
		p := readRows(t, Input{}, row("房号", "业主", "电话", "交房日期"), row("1-101", "甲一", "13900010001", "2019-10-01"), row("1-102", "甲一", mark, mark))
		same(t, mark, lines(p), []string{"1-101 owner 甲一,13900010001", "1-102 owner 甲一,13900010001"})
	}
}

// A space that nobody has is not that of the household above it.
func TestRow_AFreeSpaceIsNotTheNeighbours(t *testing.T) {
	p := readRows(t, Input{}, row("车位编号", "车主", "房号", "车牌"), row("B1-001", "甲一", "5-1-101", "沪A12345"), row("B1-002", "", "", ""))
	if h := p.Households[0]; len(h.Parking) != 1 || p.Counts.Refused != 1 {
		t.Errorf("%+v, %d refused", h.Parking, p.Counts.Refused)
	}
	p = readRows(t, Input{}, row("房号", "业主", "车位编号"), row("5-1-101", "甲一", "B1-001"), row("", "", "B1-002"))
	if h := p.Households[0]; len(h.Parking) != 2 || p.Counts.Refused != 0 {
		t.Errorf("%+v, %d refused", h.Parking, p.Counts.Refused)
	}
}

// What another program calls the estate by stands before every room's number, and is no part of it.
func TestRoom_BehindTheEstatesPrefix(t *testing.T) {
	p := readRows(t, Input{}, row("房间编码", "客户名称"), row("XFL-05-01-0101", "甲一"), row("XFL-05-01-0102", "乙二"))
	if len(p.Units) != 2 || p.Units[0].House.Building != "05" || p.Units[0].House.Entrance != "01" || p.Units[0].House.Room != "0101" {
		t.Errorf("%+v, %v", p.Units, said(p))
	}
	p = readRows(t, Input{}, row("房号", "业主"), row("XFL-05-01-0101", "甲一"), row("QHL-05-01-0102", "乙二")) // two estates: asked
	if p.Counts.Refused != 2 {
		t.Errorf("%d refused", p.Counts.Refused)
	}
}

// Numbers of several people in one cell go to whom their label names, with a blank or nothing between, and by the surname alone.
func TestRow_LabelledNumbersWithoutASeparator(t *testing.T) {
	for _, phones := range []string{"钱伟:13900010001 孙丽:13900010002", "钱伟：13900010001孙丽：13900010002", "钱:13900010001 孙:13900010002"} {
		p := readRows(t, Input{}, row("房号", "业主", "电话"), row("1-101", "钱伟、孙丽", phones))
		same(t, phones, lines(p), []string{"1-101 owner 钱伟,13900010001 孙丽,13900010002"})
	}
}

func TestHeader_ANameBelowTheTenantBelowAGroup(t *testing.T) {
	p := readRows(t, Input{}, row("房屋 楼栋", "房屋 房号", "承租情况 承租人 名称", "承租情况 承租人 电话", "承租情况 租赁期限 起", "承租情况 租赁期限 止"),
		row("7", "701", "青禾商贸有限公司", "13900010001", "2025.7.1", "2028.6.30"), row("7", "702", "甲一", "13900010002", "2026/3/15", "2027/3/14"))
	same(t, "people", lines(p), []string{"7-701 tenant 青禾商贸有限公司,13900010001", "7-702 tenant 甲一,13900010002"})
	same(t, "leases", leases(p), []string{"tenant 青禾商贸有限公司 2025-07-01~2028-06-30", "tenant 甲一 2026-03-15~2027-03-14"})
}

// A number of households beside one of rooms is no room.
func TestHeader_TheNumberOfTheHouseholdIsNoRoom(t *testing.T) {
	p := readRows(t, Input{}, row("户号", "幢号", "室号", "姓名", "与户主关系"), row("001", "5", "501", "甲一", "户主"), row("001", "5", "501", "乙二", "妻"), row("002", "5", "502", "丙三", "户主"))
	if len(p.Units) != 2 || p.Units[0].House.Room != "501" || len(p.Units[0].OldCodes) != 0 {
		t.Errorf("%+v", p.Units)
	}
}
