package roster

import (
	"slices"
	"testing"
)

func TestRenumbered_NewIsTheRoomOldIsFormer(t *testing.T) {
	for name, rows := range map[string][][]string{
		"building under an empty head": {
			row("序号", "", "原单元号", "新单元号", "业主姓名"),
			row("n:1", "5栋", "5-2-301", "5-2-3A", "钟明"),
			row("n:2", "5栋", "5-2-302", "5-2-3B", "罗兰"),
			row("n:3", "6栋", "5-2-401", "6-2-5A", "高博")},
		"with its head": {
			row("楼栋", "旧房号", "新房号", "业主姓名"),
			row("5栋", "2-301", "2-3A", "钟明"),
			row("5栋", "5-2-302", "5-2-3B", "罗兰"),
			row("6栋", "5-2-401", "6-2-5A", "高博")},
		"the plain head is the old one": {
			row("房号", "变更后房号", "业主姓名"),
			row("5-2-301", "5-2-3A", "钟明"),
			row("5-2-302", "5-2-3B", "罗兰"),
			row("5-2-401", "6-2-5A", "高博")},
	} {
		p := readRows(t, Input{}, rows...)
		same(t, name, lines(p), []string{"5-2-3A owner 钟明", "5-2-3B owner 罗兰", "6-2-5A owner 高博"})
		if len(p.Units) != 3 || p.Counts.Refused != 0 || !slices.Contains([]string{"5-2-301", "2-301"}, p.Units[0].OldCodes[0]) {
			t.Errorf("%s: units %+v, %v", name, p.Units, said(p))
		}
	}
	p := readRows(t, Input{}, row("楼栋", "原单元号", "新单元号", "业主"), row("5栋", "301", "3A", "钟明"))
	same(t, "old number alone", p.Units[0].OldCodes, []string{"5-301"})
}
