package roster

import (
	"strings"
	"testing"
)

// The numbers of these tests are made up; their check digits fit.
const (
	idA = "440106198001010019"
	idB = "440106198202020029"
	idC = "430102197503030034"
)

func TestPeople_AsManyNumbersAsNames(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主姓名", "身份证号码", "联系电话", "性别", "出生日期"),
		row("1-101", "宋远、池语", idA+"、"+idB, "13900070001、13900070002", "男/女", "1980.1.1/1982.2.2"),
		row("1-102", "江舟\n苏晚", idA+"\n"+idB, "13900070003\n13900070004", "", ""),
		row("1-103", "裴照/云裳", "无/"+idB, "13900070007", "男", ""),
		row("1-104", "甲一、乙二、丙三", idA+"/"+idB, "13900070008/13900070009", "男", ""),
		row("1-105", "甲一、乙二", "乙二："+idA, "13900070008/13900070009/13900070010", "", ""))
	same(t, "households", lines(p), []string{
		"1-101 owner 宋远,13900070001#" + idA + " 池语,13900070002#" + idB,
		"1-102 owner 江舟,13900070003#" + idA + " 苏晚,13900070004#" + idB,
		"1-103 owner 裴照 云裳#" + idB + " ?13900070007",
		"1-104 owner 甲一 乙二 丙三 ?13900070008 ?13900070009",
		"1-105 owner 甲一 乙二#" + idA + " ?13900070008 ?13900070009 ?13900070010"})
	same(t, "problems", said(p), []string{"warning in_order C2", "warning in_order D2", "warning in_order E2", "warning in_order F2",
		"warning in_order C3", "warning in_order D3", "warning id_whose C5", "warning phone_whose D5", "warning phone_whose D6"})
	if got := p.Problems[0].Args[0]; got != "宋远 …0019 · 池语 …0029" {
		t.Errorf("proposed %v", got)
	}
	h := p.Households[0]
	if h.People[1].Sex != "female" || h.People[1].Birth.String() != "1982-02-02" {
		t.Errorf("second person %+v", h.People[1])
	}
	if h := p.Households[3]; len(h.IDs) != 2 || h.Remark != "性别：男" {
		t.Errorf("three names with two numbers: %d kept, remark %q", len(h.IDs), h.Remark)
	}
	if got := p.Households[2].Remark; got != "性别：男" {
		t.Errorf("one sex for two people: remark %q", got)
	}
}

func TestPeople_KeepLosesNoNumber(t *testing.T) {
	rows := [][]string{row("房号", "业主姓名", "身份证号码", "联系电话"), row("1-101", "宋远、池语、文三", idA+"、"+idB, "13900070001、13900070002")}
	p := readRows(t, Input{Answers: Answers{Cell{"名册", 2, 0}: {Keep: true}}}, rows...)
	if h := p.Households[0]; len(h.IDs) != 2 || len(h.Phones) != 2 || len(p.Problems) != 0 {
		t.Errorf("kept %d numbers, %d phones, problems %v", len(h.IDs), len(h.Phones), said(p))
	}
}

func TestPeople_SeveralColumnsOfNames(t *testing.T) {
	for _, head := range [][]string{
		row("房号", "业主姓名1", "身份证1", "电话1", "业主姓名2", "身份证2", "电话2"),
		row("房号", "业主", "业主身份证", "业主电话", "共有人", "共有人身份证", "共有人电话"),
	} {
		p := readRows(t, Input{}, head, row("1-101", "宋远", idA, "13900070001", "池语", idB, "13900070002"),
			row("1-102", "江舟", idC, "13900070003", "", "", ""))
		same(t, head[1], lines(p), []string{"1-101 owner 宋远,13900070001#" + idA + " 池语,13900070002#" + idB, "1-102 owner 江舟,13900070003#" + idC})
	}
}

func TestPeople_WhatACellSaysBesideTheName(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "姓名", "电话"),
		row("1-201", "上官云\n（业主）", "13900060001"),
		row("1-202", "东方婷\n（租户）\n2024.3起", "13900060002"),
		row("1-203", "孙立\n周敏", "13900060003\n13900060004"),
		row("1-204", "业主：孙立、周敏；租户：何方", "13900060003、13900060004、13900060005"),
		row("1-205", "何方（租户）2025年1月1日至2025年12月31日止", ""),
		row("1-206", "产权人\n文三\n承租人\n何方", "13900060006\n13900060007"),
		row("1-207", "文三（业主）\n何方（儿子）", ""),
		row("1-208", "文三业主", ""),
		row("1-209", "文三\n13900060008\n（已搬走）", ""),
		row("1-210", "某某（中国）有限公司（业主）", ""))
	same(t, "households", lines(p), []string{
		"1-201 owner 上官云,13900060001",
		"1-202 tenant 东方婷,13900060002",
		"1-203  孙立,13900060003 周敏,13900060004",
		"1-204 owner 孙立,13900060003 周敏,13900060004", "1-204 tenant 何方,13900060005",
		"1-205 tenant 何方",
		"1-206 owner 文三,13900060006", "1-206 tenant 何方,13900060007",
		"1-207 owner 文三 (何方:儿子)",
		"1-208 owner 文三",
		"1-209  文三,13900060008",
		"1-210 owner 某某（中国）有限公司"})
	var remarks []string
	for _, h := range p.Households {
		remarks = append(remarks, strings.ReplaceAll(h.Remark, "\n", "|"))
	}
	same(t, "remarks", remarks, []string{"", "2024.3起", "", "", "", "2025年1月1日至2025年12月31日止", "", "", "", "", "（已搬走）", ""})
}

// A cell may have a line for each of several people, with his name before what is his.
func TestPeople_ALineForEach(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "性别", "出生日期", "工作单位", "邮箱", "通讯地址", "产权份额"),
		row("1-101", "甲一、乙二", "甲一：男\n乙二：女", "乙二：1980-05-05", "甲一：市第一医院、二部\n乙二：某公司：设计", "乙二：b@c.cn", "甲一：人民路1号\n乙二：人民路2号", "甲一：60%\n乙二：40%"),
		row("1-102", "丙三、丁四", "男、女", "", "无、某公司", "", "人民路3号", "50%/50%"))
	var got []string
	for _, h := range p.Households {
		for _, who := range h.People {
			got = append(got, strings.Join([]string{who.Name.Name, string(who.Sex), who.Birth.Typed, who.Employer, who.Email, who.Address, who.Share}, "|"))
		}
	}
	same(t, "each", got, []string{"甲一|male||市第一医院、二部||人民路1号|60%", "乙二|female|1980-05-05|某公司：设计|b@c.cn|人民路2号|40%", "丙三|male|||||50%", "丁四|female||某公司|||50%"})
	if p.Households[1].Address != "人民路3号" || p.Lines[1].Rest != "" {
		t.Errorf("address %q, rest %q", p.Households[1].Address, p.Lines[1].Rest)
	}
}
