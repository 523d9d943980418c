package cn

import (
	"strings"
	"testing"
)

// Every parser gets through a cell of the worst kind, just below the length it takes apart and far above it:
// a quadratic reader would meet the test's deadline.
func TestHostileCells(t *testing.T) {
	t.Parallel()
	for _, seed := range []string{"1", "1 ", "1-", "(", "[(", "张", "张 ", "张:", "138(", "一", "百", "年月", "零", ",", "1,", "·", "单", "1栋", "号",
		"公司", "(公司)", "等", "\u0301", "\xff", "转1", "1380013800 ", "301、", "1-2-301;"} {
		for _, size := range []int{maxCell / 2, 3 * maxCell} {
			read(strings.Repeat(seed, size/len(seed)))
		}
	}
}

// read sends a cell through every parser.
func read(cell string) {
	_, _, _ = ParsePhones(cell), ParseIDs(cell, today), ParsePlates(cell)
	_, _, _, _ = ParseOrg(cell), ParseCard(cell), ParseDate(cell, DateContext{Today: today, Entry: true}), ParseNames(cell)
	_, _, _, _ = ParseHouses(cell, estate()), Readings(cell), Initials(cell), SortKey(cell)
	_, _, _, _ = MaskName(cell), MaskID(cell), MaskPhone(cell), FormatPlate(cell)
	_, _ = ParseMoney(cell)
	_, _ = ParseWords(cell)
}

// A cell too long to take apart is handed back whole.
func TestLongCells(t *testing.T) {
	t.Parallel()
	cell := strings.Repeat("张三：13800001234、", 1000)
	if got := ParsePhones(cell); len(got) != 1 || got[0].Rest != cell {
		t.Error("phones")
	}
	if got := ParseIDs(cell, today); len(got) != 1 || got[0].ID.Original != cell {
		t.Error("ids")
	}
	if got := ParsePlates(cell); len(got) != 1 || got[0].Original != cell {
		t.Error("plates")
	}
	if got := ParseNames(cell); len(got) != 1 || got[0].Text != cell {
		t.Error("names")
	}
	if got := ParseHouses(cell, Known{}); len(got) != 1 || got[0].Text != cell {
		t.Error("houses")
	}
}
