package imports_test

import (
	"strings"
	"testing"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household/householdtest"
	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

const untaken = `楼栋,房号,业主姓名,联系电话,身份证号,备注
3,1201,张伟,13800138000,,
3,不详,赵六,13700137000,11010519491231002X,钥匙在李娟处 13600136000
3,1203,,13600136009,,阳台漏水
`

// The work that a row leaves which was not taken carries the whole row: masked, in clear by the logged reveal, and without the file.
func TestLeft_ARowThatIsNotTakenIsKeptWhole(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, untaken)
		commit(t, d, id)
		if _, err := op.Run(ctx, d, imports.Discard, id); err != nil { // the work outlives the file
			t.Fatal(err)
		}
		_, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id)
		if err != nil || len(left) != 2 {
			t.Fatalf("%d left over, %v", len(left), err)
		}
		for i, want := range []string{
			"楼栋：3\n房号：不详\n业主姓名：赵六\n联系电话：137****7000\n身份证号：**************002X\n备注：钥匙在李娟处 136****6000",
			"楼栋：3\n房号：1203\n联系电话：136****6009\n备注：阳台漏水"} {
			if left[i].Value.Mask != want {
				t.Errorf("shown %q, want %q", left[i].Value.Mask, want)
			}
			shown, err := imports.LeftValue.Reveal(ctx, d, masked.RevealIn{ID: int64(left[i].ID), Why: masked.WhyService})
			if err != nil || strings.Contains(shown.Clear, "*") || !strings.Contains(shown.Clear, "联系电话：13") {
				t.Errorf("in clear %q, %v", shown.Clear, err)
			}
		}
		if left[1].Args != `["联系电话、备注"]` {
			t.Errorf("what there is without a name: %s", left[1].Args)
		}
	})
}

// What was confirmed as typed and has no field stands in the household's remark, and the row's fate says which columns.
func TestLines_SayWhatWasKeptAsTyped(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, "楼栋,房号,业主姓名,建筑面积,出生日期\n3,1201,张伟,约九十,属兔\n")
		if _, err := op.Run(estatetest.Manager(t), d, imports.Prepare, imports.PrepareIn{ID: id, Answers: roster.Answers{{Sheet: "花名册", Row: 2}: {Keep: true}}}); err != nil {
			t.Fatal(err)
		}
		commit(t, d, id)
		told, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id)
		if err != nil || len(left) != 0 || told[1].Adds != `[{"Field":"line.copied","Old":"","New":"建筑面积、出生日期"}]` {
			t.Errorf("%+v, left %+v, %v", told, left, err)
		}
		text := everything(t, d, garden, id)
		for _, want := range []string{"建筑面积：约九十", "出生日期：属兔"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not found in %q", want, text)
			}
		}
	})
}

// Two clerks who answer at the same moment both keep what they said; what one takes back stays given by the other.
func TestPrepare_AnswersOfTwoClerksStay(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, "楼栋,房号,业主姓名,建筑面积\n3,1201,张伟,约九十\n3,1202,王芳,约八十\n")
		first, second := roster.Cell{Sheet: "花名册", Row: 2, Column: 4}, roster.Cell{Sheet: "花名册", Row: 3, Column: 4}
		for _, p := range []imports.PrepareIn{
			{ID: id, Answers: roster.Answers{first: {Text: "90"}}},
			{ID: id, Answers: roster.Answers{second: {Text: "80"}}}, // asked for before the first was given
		} {
			if _, err := op.Run(estatetest.Manager(t), d, imports.Prepare, p); err != nil {
				t.Fatal(err)
			}
		}
		said := func() roster.Answers {
			f, err := imports.Load(estatetest.Manager(t), d, id)
			if err != nil {
				t.Fatal(err)
			}
			return f.Answers
		}
		if got := said(); got[first].Text != "90" || got[second].Text != "80" {
			t.Errorf("answers %+v, want those of both", got)
		}
		if _, err := op.Run(estatetest.Manager(t), d, imports.Prepare, imports.PrepareIn{ID: id, Withdrawn: []roster.Cell{first}}); err != nil {
			t.Fatal(err)
		}
		if got := said(); len(got) != 1 || got[second].Text != "80" {
			t.Errorf("answers %+v after one was taken back", got)
		}
	})
}

// A fact that is longer than its field, or a person of the family without a name, keeps nobody's flat from being written.
func TestImport_WhatDoesNotFitIsLeftOverByItself(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		long := strings.Repeat("欧阳", 80)
		id := in(t, d, garden, "楼栋,房号,业主姓名,联系电话,宠物\n3,1201,"+long+",13800138000,猫\n3,1202,王芳,13600136000,\n")
		commit(t, d, id)
		_, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id)
		if err != nil || len(householdtest.InUnit(t, d, mustUnit(t, d, garden, "3-1201"))) != 1 {
			t.Fatalf("the flat was not written: %v", err)
		}
		whole := false
		for _, l := range left {
			text, err := masked.Open(t.Context(), d.Vault, &l.Left, "household_import_left.value", l.Value)
			whole = whole || err == nil && l.Problem == "import.left.unfit" && text == long
		}
		if !whole {
			t.Errorf("left over: %+v", left)
		}
		imp := &imports.Import{}
		imp.ID = id
		if err := evidence.Find(t.Context(), d.DB.Read(), ofEstate(garden), imp); err != nil || imp.Unread != `[{"Header":"宠物","Column":5,"Cells":1}]` {
			t.Errorf("columns that did not go in: %q, %v", imp.Unread, err)
		}
	})
}
