package roster

import (
	"slices"
	"strings"
	"testing"
)

var unfitting = [][]string{
	row("房号", "业主姓名", "建筑面积", "套内面积", "出生日期", "邮箱", "交房日期", "入住日期", "租户姓名"),
	row("1-101", "宋远", "约九十", "七八十", "属兔", "暂无邮箱", "去冬", "前几年", ""),
	row("1-102", "江舟", "-8", "88888888", "不记得了", "有@", "43901", "44202", ""),
	row("1-103", "", "大概一百", "", "", "", "来年", "", ""),
}

// What is confirmed as typed and cannot go into its field stands in the remark with the head of its column.
func TestKept_WhatCannotGoIntoItsFieldStandsInTheRemark(t *testing.T) {
	plan := readRows(t, Input{}, unfitting...)
	answers := Answers{}
	for _, p := range plan.Problems {
		answers[p.At] = Answer{Keep: true}
	}
	plan = readRows(t, Input{Answers: answers}, unfitting...)
	for i, r := range unfitting[1:3] {
		h, u := plan.Households[i], plan.Units[i]
		for k, text := range r[2:8] {
			if want := unfitting[0][k+2] + "：" + text; !slices.Contains(strings.Split(h.Remark, "\n"), want) {
				t.Errorf("%s: %q is not in %q", r[0], want, h.Remark)
			}
		}
		if u.Gross.Area != 0 || len(plan.Lines[i+1].Copied) != 6 || plan.Lines[i+1].Rest != "" {
			t.Errorf("%s: area %v, told %+v, rest %q", r[0], u.Gross.Area, plan.Lines[i+1].Copied, plan.Lines[i+1].Rest)
		}
	}
	if got := plan.Units[2].Remark; got != "建筑面积：大概一百\n交房日期：来年" {
		t.Errorf("a unit that nobody holds keeps %q", got)
	}
}

// Another value of a unit, confirmed as typed, is not dropped for the one that came first.
func TestKept_AnotherValueOfTheSameUnit(t *testing.T) {
	rows := [][]string{row("房号", "业主姓名", "建筑面积", "交房日期"), row("1-101", "宋远", "88", "2020-01-01"), row("1-101", "池语", "99.5", "2021-02-03")}
	keep := Answers{}
	for r := 2; r <= 3; r++ {
		keep[Cell{"名册", r, 0}] = Answer{Keep: true}
	}
	p := readRows(t, Input{}, rows...)
	same(t, "problems", said(p), []string{"ask unit_twice 3", "warning differs C3", "warning differs D3"})
	p = readRows(t, Input{Answers: keep}, rows...)
	if len(p.Households) != 2 || p.Households[1].Remark != "建筑面积：99.5\n交房日期：2021-02-03" {
		t.Errorf("%+v", p.Households)
	}
}

func TestCall_AnOddContactLeavesTheRestOfTheRow(t *testing.T) {
	rows := [][]string{
		row("房号", "业主姓名", "业主电话", "紧急联系人", "紧急联系电话", "租户姓名", "租户电话"),
		row("1-101", "宋远", "13900070001", "林小满 姐 13900070002"),
		row("1-102", "江舟", "13900070003", "13900070004"),
		row("1-103", "苏晚", "13900070005", "", "13900070006"),
		row("1-104", "裴照", "13900070007", "", "", "", "13900070008"),
		row("1-105", "云裳", "13900070009", "林小满（姐）13900070010"),
		row("1-106", "文三", "13900070011", "13900070012（何方）"),
	}
	p := readRows(t, Input{}, rows...)
	same(t, "problems", said(p), []string{"ask call_unread D2", "ask call_unread D3", "ask call_unread E4", "ask party_unnamed G5"})
	same(t, "households", lines(p), []string{"1-101 owner 宋远,13900070001", "1-102 owner 江舟,13900070003", "1-103 owner 苏晚,13900070005",
		"1-104 owner 裴照,13900070007", "1-105 owner 云裳,13900070009 !林小满,13900070010~姐", "1-106 owner 文三,13900070011 !何方,13900070012~何方"})
	answers := Answers{}
	for _, q := range p.Problems {
		if answers[q.At] = (Answer{Keep: true}); len(q.Candidates) > 0 {
			answers[q.At] = Answer{Text: q.Candidates[0]}
		}
	}
	p = readRows(t, Input{Answers: answers}, rows...)
	same(t, "after answering", said(p), nil)
	if got := lines(p)[0]; got != "1-101 owner 宋远,13900070001 !林小满,13900070002~姐" {
		t.Errorf("the proposal gives %s", got)
	}
	for i, want := range []string{1: "紧急联系人：13900070004", 2: "紧急联系电话：13900070006", 3: "租户电话：13900070008"} {
		if i > 0 && p.Households[i].Remark != want {
			t.Errorf("household %d keeps %q, want %q", i, p.Households[i].Remark, want)
		}
	}
}

func TestRows_ARowWithoutARoomThatHasAUnitOfItsOwnIsAsked(t *testing.T) {
	rows := [][]string{
		row("房号", "业主姓名", "身份证号", "建筑面积", "房屋状态", "交房日期", "与业主关系"),
		row("1-101", "宋远", idA, "88", "自住", "2020-01-01", ""),
		row("", "池语", "", "", "", "", "妻"),
		row("", "江舟", idB, "96.5", "空置", "2021-01-01", ""),
		row("", "裴照", idC, "88", "自住", "", "儿子"),
		row("1-103", "苏晚", "", "77", "", "", ""),
	}
	p := readRows(t, Input{}, rows...)
	same(t, "problems", said(p), []string{"ask room_missing 4", "refused follows_refused 5"})
	same(t, "households", lines(p), []string{"1-101 owner 宋远#" + idA + " (池语:妻)", "1-103 owner 苏晚"})
	if !p.Lines[3].Refused || !strings.Contains(p.Lines[3].Text, "96.5") {
		t.Errorf("the row that waits keeps %q", p.Lines[3].Text)
	}
	p = readRows(t, Input{Answers: Answers{Cell{"名册", 4, 0}: {Keep: true}}}, rows...)
	same(t, "joined", said(p), nil)
	if h := p.Households[0]; h.Remark != "建筑面积：96.5\n房屋状态：空置\n交房日期：2021-01-01" || len(h.People) != 4 {
		t.Errorf("joined: %q, %d people", h.Remark, len(h.People))
	}
	p = readRows(t, Input{Answers: Answers{Cell{"名册", 4, 1}: {Text: "1-102"}}}, rows...)
	same(t, "with its room", lines(p)[1:2], []string{"1-102 owner 江舟#" + idB + " (裴照:儿子)#" + idC})
}

func TestPlates_WhatABracketSaysStays(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主姓名", "车牌号"), row("1-101", "宋远", "粤A00001(红旗)"), row("1-102", "江舟", "江舟：粤A00002"))
	if h := p.Households; h[0].Remark != "车牌号：粤A00001(红旗)" || h[0].Vehicles[0].Number != "粤A00001" || h[1].Remark != "" {
		t.Errorf("%q %+v, %q", h[0].Remark, h[0].Vehicles, h[1].Remark)
	}
}

func TestReading_WhatACellMeansBesideItsWords(t *testing.T) {
	p := readRows(t, Input{},
		row("房号", "业主姓名", "联系电话", "车位", "备注"),
		row("1-101", "孟繁星之妻 陶然", "13900070001", "B1-023", ""),
		row("1-102", "陶然（孟繁星之妻）", "13900070002", "", ""),
		row("1-103", "宋远", "13900070003", "", "同上"),
		row("1-104", "同上", "同上", "", ""),
		row("1-105", "江舟", "#REF!", "", ""),
		row("1-106", "#N/A", "13900070006", "", ""),
		row("1-107", "苏晚", "d:43521", "", ""))
	same(t, "households", lines(p)[:5], []string{"1-101 owner 陶然,13900070001", "1-102 owner 陶然,13900070002", "1-103 owner 宋远,13900070003",
		"1-104 owner 宋远,13900070003", "1-105 owner 江舟"})
	same(t, "problems", said(p), []string{"warning same_above B5", "warning same_above C5", "ask cell_broken C6", "warning nobody_named 7", "ask cell_broken B7", "ask date_there C8"})
	if h := p.Households[0]; h.People[0].Relation != "妻" || h.Remark != "孟繁星之妻\n车位：B1-023" && h.Remark != "孟繁星之妻" || h.Parking[0].Text != "车位：B1-023" {
		t.Errorf("%+v", h)
	}
}

// Rooms of one building that name no entrance are asked once.
func TestChoice_OneEntranceForTheRoomsOfABuildingThatNameNone(t *testing.T) {
	rows := [][]string{row("房号", "业主姓名"), row("1-1-101", "宋远"), row("1-102", "江舟"), row("1-103", "苏晚"), row("2-101", "裴照")} // one row alone settles nothing
	p := readRows(t, Input{}, rows...)
	same(t, "problems", said(p), []string{"ask entrance_mixed A3", "ask entrance_mixed A4"})
	q := p.Problems[0]
	m := p.Tables[0].Mapping
	m.Options.Choices = map[string]string{q.Choice: q.Ways[0]}
	p = readRows(t, Input{Mappings: []Mapping{m}}, rows...)
	same(t, "after one choice", said(p), nil)
	same(t, "households", lines(p), []string{"1-1-101 owner 宋远", "1-1-102 owner 江舟", "1-1-103 owner 苏晚", "2-101 owner 裴照"})
}
