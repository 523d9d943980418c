package imports_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// shape is a roster of some shape: its name, and its rows as cells.
type shape struct {
	name string
	file func(t *testing.T) (name string, data []byte)
	rows [][]string // as they stand in the file
	pass []string   // cells that say nothing: heads, words for none
}

// inCSV writes rows as they are.
func inCSV(rows [][]string) func(*testing.T) (string, []byte) {
	return func(t *testing.T) (string, []byte) {
		t.Helper()
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return "花名册.csv", []byte(b.String())
	}
}

// inWeb writes rows as a web page whose name ends in .xls.
func inWeb(rows [][]string) func(*testing.T) (string, []byte) {
	return func(*testing.T) (string, []byte) {
		b := &strings.Builder{}
		b.WriteString(`<html><meta charset="utf-8"><table border=1>`)
		for _, r := range rows {
			b.WriteString("<tr>")
			for _, c := range r {
				b.WriteString("<td>" + strings.ReplaceAll(c, "\n", "<br>"))
			}
		}
		b.WriteString("</table>")
		return "导出.xls", []byte(b.String())
	}
}

// inXML writes rows as Excel 2003 did.
func inXML(rows [][]string) func(*testing.T) (string, []byte) {
	return func(*testing.T) (string, []byte) {
		b := &strings.Builder{}
		b.WriteString(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="业户"><Table>`)
		for _, r := range rows {
			b.WriteString("<Row>")
			for i, c := range r {
				if c != "" {
					fmt.Fprintf(b, `<Cell ss:Index="%d"><Data ss:Type="String">%s</Data></Cell>`, i+1, c)
				}
			}
			b.WriteString("</Row>")
		}
		b.WriteString("</Table></Worksheet></Workbook>")
		return "旧系统.xls", []byte(b.String())
	}
}

// inBook writes rows as a workbook, with notes on cells.
func inBook(rows [][]string, notes map[string]string) func(*testing.T) (string, []byte) {
	return func(*testing.T) (string, []byte) { return "业户.xlsx", pictured(rows, nil, notes) }
}

// everything is all that is stored of an estate's import, in clear: rows of the estate and of its households, remarks, rows of
// the file with what they keep, and what is left over.
func everything(t *testing.T, d *op.Door, garden access.EstateID, id imports.ID) string {
	t.Helper()
	ctx, q := estatetest.Manager(t), d.DB.Read()
	b := &strings.Builder{}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	open := func(row evidence.Record, c masked.Column, v masked.Value) {
		text, err := masked.Open(ctx, d.Vault, row, c, v)
		must(err)
		b.WriteString(text + "\n")
	}
	dump := func(rows any) {
		raw, err := json.Marshal(rows)
		must(err)
		b.Write(raw)
	}
	var units []estate.Unit
	must(q.Select(&units).Scan(ctx))
	dump(units)
	var parties []*estate.Party
	must(q.Select(&parties).Scan(ctx))
	dump(parties)
	for _, p := range parties {
		open(p, estate.RevealBirth.Column, p.Birth)
		open(p, estate.RevealNote.Column, p.Note)
	}
	var contacts []*estate.Contact
	must(q.Select(&contacts).Scan(ctx))
	dump(contacts)
	for _, c := range contacts {
		open(c, estate.RevealContact.Column, c.Value)
	}
	var identities []*estate.Identity
	must(q.Select(&identities).Scan(ctx))
	for _, i := range identities {
		open(i, estate.RevealIdentity.Column, i.Number)
	}
	for _, rows := range []any{&[]estate.Vehicle{}, &[]estate.Lease{}, &[]household.Household{}, &[]household.Occupancy{}} {
		must(q.Select(rows).Scan(ctx))
		dump(rows)
	}
	var remarks []*household.Remark
	must(q.Select(&remarks).Scan(ctx))
	for _, r := range remarks {
		open(r, household.RemarkSaid, r.Said)
	}
	told, left, err := imports.LinesAndLeft(ctx, q, ofEstate(garden), id)
	must(err)
	for _, l := range told {
		if l.Sealed == nil {
			continue
		}
		shown, err := imports.LineText.Reveal(ctx, d, masked.RevealIn{ID: l.ID, Why: masked.WhyService})
		must(err)
		b.WriteString(shown.Clear + "\n")
	}
	for _, l := range left {
		shown, err := imports.LeftValue.Reveal(ctx, d, masked.RevealIn{ID: int64(l.ID), Why: masked.WhyService})
		must(err)
		b.WriteString(shown.Clear + "\n")
	}
	return strings.ReplaceAll(b.String(), `\n`, "\n")
}

// bring takes a file in, writes it, and clears the file away: what is found afterwards was kept for good.
func bring(t *testing.T, d *op.Door, garden access.EstateID, name string, data []byte) imports.ID {
	t.Helper()
	id, err := imports.Receive(estatetest.Manager(t), d, imports.UploadIn{Estate: garden, File: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	commit(t, d, id)
	if _, err := op.Run(estatetest.Manager(t), d, imports.Discard, id); err != nil {
		t.Fatal(err)
	}
	return id
}

var wordIn = regexp.MustCompile(`\p{Han}+|[\w@.%-]+`)

// lost are the cells of rows of which a word stands nowhere.
func lost(rows [][]string, pass []string, all string) []string {
	has := map[string]bool{}
	for _, p := range pass {
		has[p] = true
	}
	plain := strings.NewReplacer(" ", "", "-", "", "Ａ", "A").Replace(all)
	var out []string
	for i, r := range rows {
		for c, cell := range r {
			for _, word := range wordIn.FindAllString(cell, -1) {
				if !has[cell] && !has[word] && !strings.Contains(plain, strings.ReplaceAll(word, "-", "")) {
					out = append(out, fmt.Sprintf("row %d column %d: %s of %q", i+1, c+1, word, cell))
				}
			}
		}
	}
	return out
}

func shapes() []shape {
	words := strings.Fields("车牌 房号 颜色 车主 妻标乙乙 业主 租户 家属 住宅 商铺 男 女 自住 出租 长期 栋 单元 本人 2019 50% 年 至")
	owners := [][]string{
		{"标甲一", "", "标甲二的说明" + strings.Repeat("很长", 200)},
		{"序号", "小区", "楼栋", "单元", "楼层", "房号", "业主姓名", "性别", "出生日期", "身份证号", "联系电话", "邮箱", "家庭成员", "紧急联系人", "紧急联系电话", "车牌号", "车位", "面积", "户型", "使用状态", "交付日期", "入住日期", "人数", "产权份额", "宠物", "通讯地址", "备注"},
		{"标序", "标小区", "3", "1", "标层", "301", "标丙（在外地）、标丁", "标性", "标生", "标证一、标证二", "13900001111（标其妻）、标话", "标邮", "标子13900001113标注", "标急（表兄）", "标急话", "标牌", "标位", "标积", "标型", "标态", "标交", "标入", "标数", "标份", "标宠", "标址", "标备" + strings.Repeat("长备注", 300)},
		{"2", "标小区二", "3", "1", "3", "302", "标戊先生", "男", "1980-13-45", "11010519491231002X", "139 0000 1112", "wu@biao.cn", "妻：标己", "标庚", "13900001114", "京A12345(标自用)", "B2-15", "88.5标", "三室", "未售标", "2019年", "长期标", "3口标", "50%", "猫", "广东省标", "标字"},
		{"3", "", "3", "1", "3", "302", "标戊", "女", "1980-05-05", "", "13900001115", "wu2@biao.cn", "", "", "", "京B12346", "B2-16", "90.5", "四室", "出租", "2020-01-01", "2020-02-02", "4", "30%", "狗", "广西标", "标字二"},
		{"", "", "", "", "", "", "标未", "", "", "", "13900001116", "", "", "", "", "", "", "", "", "", "", "", "", "", "标随", "", "标续"},
		{"4", "", "3", "1", "3", "不详标", "标辛", "男", "1990-01-01", "", "13900001117", "xin@biao.cn", "标壬", "", "", "京C12347", "", "77", "", "空置", "", "", "", "", "鸟", "湖北标", "标拒"},
		{"5", "", "3", "1", "3", "未知", "标癸", "", "", "", "13900001118", "", "", "", "", "", "", "", "", "", "", "", "", "", "龟", "", "标被拒"},
		{"合计", "", "", "", "", "标共四户", "", "", "", "", "", "", "", "", "", "", "", "999标", "", "", "", "", "", "", "", "", ""},
		{"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "标表外"},
		{"备注：标表下一句" + strings.Repeat("话", 300)},
	}
	both := [][]string{
		{"房号", "业主", "业主电话", "租户", "租户电话", "租赁期限", "", "入住日期", "备注", "押金"},
		{"", "", "", "", "", "起", "止", "", "", ""},
		{"1-1-101", "标甲", "13800001001", "标乙公司", "13800001002、标机", "2024-01-01", "标止", "2019-03-03", "标备一", "标押一"},
		{"1-1-102", "标丙\n标丁", "13800001003\n13800001004\n13800001005", "", "", "标起", "2025-01-01", "标入", "标备二", "标押二"},
		{"1-1-103", "标戊", "标戊妻13800001006", "标己（转租标庚）", "", "2024.3.1至2026.2.28标", "", "", "", ""},
		{"标散房", "标辛", "13800001007", "", "", "", "", "", "标备三", ""},
	}
	roles := [][]string{
		{"楼栋", "房号", "姓名", "身份", "与业主关系", "证件号码", "电话", "统一社会信用代码", "旧编号"},
		{"2", "501", "标子", "业主", "本人", "110105194912310", "13700001001", "标码", "标旧"},
		{"2", "501", "标丑", "标角", "标系", "标丑：11010519491231002X", "标寅：13700001002", "", ""},
		{"2", "502", "标卯物业有限公司", "租客标", "", "", "020-88881111转标8", "91440101MA5ANPQ34Y标", "甲旧标"},
		{"标楼", "503", "标辰", "业主", "", "", "13700001003", "", ""},
	}
	parts := [][]string{
		{"房号", "业主姓名", "电话", "面积"},
		{"1-101", "标一", "13600001001", "88"},
		{"", "", "", ""},
		{"车位标单"},
		{"车位号", "业主姓名", "车牌号", "备注", "标栏"},
		{"B1-15", "标二", "京D12345", "标注一", "标值"},
		{"标外位", "标三", "标牌二", "标注二", "标值二"},
	}
	cars := [][]string{
		{"房号", "业主", "微信号", "租期", "", "", "备注"},
		{"1-1-101", "标甲/妻标乙乙", "标信A001", "2024.1.1", "2025.12.31", "", "标备"},
	}
	for i := range 12 {
		cars = append(cars, []string{fmt.Sprintf("1-1-2%02d", i+1), "标丙", "B1" + fmt.Sprint(i), "", "", "", ""})
	}
	cars[4][5] = "标缝"
	cars = append(cars, []string{"", "", "", "", "", "", ""}, []string{"标车辆一览"}, []string{"车牌", "房号", "颜色", "车主", "", "", ""},
		[]string{"京E12345", "1-1-201", "标白", "标主", "", "", ""}, []string{"标牌无房", "", "标黑", "标主二", "", "", ""}, []string{"京E12346", "1-1-999", "标红", "", "", "标边", ""})
	beside := [][]string{{"房号", "业主", "", "车位号", "车主", "车牌", "", "水费户号"}, {"商铺12-15号", "标甲", "标隔", "B1-001", "标丁", "京F12345", "", "标户1"}, {"商铺2-3号", "标乙", "", "标位", "标戊", "标牌", "标隔二", "标户2"}}
	return []shape{
		{"a list of vehicles below", inCSV(cars), cars[1:], words}, {"vehicles in a book", inBook(cars, nil), cars[1:], words},
		{"vehicles beside", inCSV(beside), beside[1:], words}, {"vehicles beside in a web page", inWeb(beside), beside[1:], words},
		{"owners in csv", inCSV(owners), owners[2:], words}, {"owners in a web page", inWeb(owners), owners, words},
		{"owners in 2003 xml", inXML(owners), owners, words},
		{"owners in a book with notes", inBook(owners, map[string]string{"G3": "标批注一", "A1": "标批注二", "G7": "标批注三", "Y3": "标批注四"}), append(owners, []string{"标批注一", "标批注二", "标批注三", "标批注四", "标页眉"}), words},
		{"owner and tenant", inCSV(both), both[2:], words}, {"owner and tenant in a book", inBook(both, nil), both[2:], words},
		{"roles", inCSV(roles), roles[1:], words}, {"roles in 2003 xml", inXML(roles), roles[1:], words},
		{"two lists", inCSV(parts), parts[1:], words}, {"two lists in a web page", inWeb(parts), parts[1:], words},
	}
}

// Every cell of rosters of many shapes is found again once they are imported and their files cleared away: in its field, in a
// remark, kept with its row, or among what is left over.
func TestImport_LosesNoCell(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		for i, s := range shapes() {
			t.Run(s.name, func(t *testing.T) {
				garden := estatetest.Estate(t, d, fmt.Sprintf("澜庭花园%d期", i+1))
				name, data := s.file(t)
				id := bring(t, d, garden, name, data)
				for _, l := range lost(s.rows, s.pass, everything(t, d, garden, id)) {
					t.Error(l)
				}
			})
		}
	})
}
