package imports_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"hudang/internal/estate/estatetest"
	"hudang/internal/household/imports"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

var told = []string{"楼栋", "单元", "房号", "户型", "面积", "交付日期", "入住日期", "业主姓名", "性别", "出生日期", "身份证号", "联系电话", "邮箱", "通讯地址", "产权份额", "车牌号", "租户姓名", "租户电话", "租赁起始", "租赁截止", "备注"}

func asCSV(t *testing.T, rows ...[]string) string {
	t.Helper()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What a later roster says of a household that is registered is added where nothing stood; where something else stands it is
// left as it is and becomes work. Neither is lost.
func TestImport_ALaterRosterLosesNothingOfWhoIsThere(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		bare := []string{"3", "1", "1201", "", "", "", "", "张伟", "", "", "", "", "", "", "", "", "赵六", "", "", "", ""}
		bring(t, d, garden, "一.csv", []byte(asCSV(t, told, bare)))
		first := []string{"3", "1", "1201", "三室", "88.5", "2018-01-01", "2019-02-03", "张伟", "女", "1980-05-05", "11010519491231002X", "13800138000", "zhang@lanting.cn", "湖北武汉", "60%", "京A12345", "赵六", "13700137000", "2024-01-01", "2025-12-31", "养狗"}
		id := bring(t, d, garden, "二.csv", []byte(asCSV(t, told, first)))
		if _, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id); err != nil || len(left) != 0 {
			t.Errorf("what was added is left over: %+v, %v", left, err)
		}
		pass := []string{"88.5", "60%", "男", "女"}
		for _, l := range lost([][]string{first}, pass, everything(t, d, garden, id)) {
			t.Error("added:", l)
		}
		again := in(t, d, garden, asCSV(t, told, first))
		if got := dry(t, d, again); got.Units[imports.Same] != 1 || got.Households[imports.Same] != 2 {
			t.Errorf("the same roster again: %+v", got)
		}
		second := []string{"3", "1", "1201", "四室", "90.5", "2018-01-02", "2019-02-04", "张伟", "男", "1981-06-06", "110105194912310038", "13800138001（妻子）", "wei@lanting.cn", "广东广州", "40%", "京A12346", "赵六", "13700137001", "2026-01-01", "2026-12-31", "养猫"}
		id = bring(t, d, garden, "三.csv", []byte(asCSV(t, told, second)))
		for _, l := range lost([][]string{second}, []string{"90.5", "1981-06-06", "40%", "男", "女"}, everything(t, d, garden, id)) {
			t.Error("otherwise:", l)
		}
		_, left, err := imports.LinesAndLeft(t.Context(), d.DB.Read(), ofEstate(garden), id)
		if err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, l := range left {
			asked = append(asked, l.Field+" "+l.Problem+" "+l.Args+" "+l.Value.Mask)
		}
		equal(t, "asked", asked, []string{
			`hand_over import.left.differs ["2018-01-01","2018-01-02"] 2018-01-02`,
			`sex import.left.differs ["女","男"] 男`,
			`birth import.left.differs ["1980-**-**","1981····"] 1981····`,
			`share import.left.differs ["60%","40%"] 40%`,
			`move_in import.left.differs ["2019-02-03","2019-02-04"] 2019-02-04`,
			`term import.left.differs ["2024-01-01 ~ 2025-12-31","2026-01-01 ~ 2026-12-31"] 2026-01-01 ~ 2026-12-31`,
		})
	})
}
