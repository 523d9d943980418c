package imports_test

import (
	"slices"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// people are who holds a room, with their identity numbers and telephones as they are shown.
func people(t *testing.T, d *op.Door, e access.EstateID, room string) (lines []string) {
	t.Helper()
	units, err := estate.UnitsLike(t.Context(), d.DB.Read(), e, room)
	if err != nil || len(units) != 1 {
		t.Fatalf("%s: %+v, %v", room, units, err)
	}
	details, err := household.Details(t.Context(), d.DB.Read(), householdtest.InUnit(t, d, units[0].ID)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, detail := range details {
		for _, p := range detail.People {
			line := p.Name
			ids, err := estate.IdentitiesOf(t.Context(), d.DB.Read(), p.Whom)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range ids[p.Whom] {
				line += " " + i.Number.Mask + " " + i.Doubt
			}
			for _, c := range detail.Phones[p.Party] {
				line += " " + c.Value.Mask + " " + c.Whose
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}

func TestImport_CouplesKeepTheirNumbers(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		id := in(t, d, garden, "房号,业主姓名,身份证号码,联系电话\n"+
			"8-1-101,宋远、池语,440106198001010019、440106198202020029,13900070001、13900070002\n"+
			"8-1-102,甲一、乙二、丙三,440106198001010019、440106198202020029,13900070003、13900070004\n")
		if got := dry(t, d, id); got.Identities != 4 || got.Phones != 4 {
			t.Errorf("dry run %+v", got)
		}
		commit(t, d, id)
		same(t, people(t, d, garden, "8-1-101"), []string{"宋远 **************0019  139****0001 ", "池语 **************0029  139****0002 "})
		same(t, people(t, d, garden, "8-1-102"), []string{"丙三", "乙二",
			"甲一 **************0019 id.whose **************0029 id.whose 139****0003 未写明是谁的 139****0004 未写明是谁的"})
	})
}

func TestImport_OldNumbersStayWithTheUnit(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		commit(t, d, in(t, d, garden, "楼栋,原单元号,新单元号,业主姓名\n5栋,301,3A,钟明\n5栋,302,3B,罗兰\n"))
		again := in(t, d, garden, "楼栋,原单元号,新单元号,业主姓名\n5栋,301,3A,钟明\n5栋,B-302,3B,罗兰\n")
		if got := dry(t, d, again); got.Units["changed"] != 1 || got.Units["same"] != 1 {
			t.Errorf("second dry run %+v", got)
		}
		commit(t, d, again)
		var former []string
		for _, room := range []string{"5-3A", "5-3B"} {
			units, err := estate.UnitsLike(t.Context(), d.DB.Read(), garden, room)
			if err != nil || len(units) != 1 {
				t.Fatalf("%s: %+v, %v", room, units, err)
			}
			former = append(former, units[0].Former)
		}
		same(t, former, []string{"5-301", "5-302、B-302"})
	})
}
