package roster

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Every cell of a roster with all columns there are, and some there are not, is found again: in its field, in a remark, in a
// problem with its value, or in a column named as not brought in.
func TestRead_LosesNoMarker(t *testing.T) {
	heads := vocabulary()["head"]
	chosen := map[Field]string{}
	for word, f := range heads {
		if old, ok := chosen[Field(f)]; Field(f) != Ignore && (!ok || word < old) {
			chosen[Field(f)] = word
		}
	}
	head := row("房号", "业主姓名", "租户姓名")
	for _, f := range Fields {
		switch f {
		case Ignore, Serial, Zone, Building, Entrance, Floor, Room, OwnerName, TenantName, Occupant, Company:
		default:
			if word := chosen[f]; word != "" {
				head = append(head, word)
			}
		}
	}
	head = append(head, "宠物", "业主备注", "租户备注", "备注")
	first := row("1-101", "甲一", "乙二")
	for i := len(first); i < len(head); i++ {
		first = append(first, fmt.Sprintf("标记%d号", i))
	}
	second := append(row("1-102", "丙三、丁四", ""), first[3:]...)
	for i := 3; i < len(second); i++ {
		second[i] = strings.Replace(second[i], "标记", "记号", 1)
	}
	p := readRows(t, Input{}, head, first, second)
	said, err := json.Marshal([]any{p.Units, p.Households, p.Problems, p.SetAside})
	if err != nil {
		t.Fatal(err)
	}
	for c, h := range p.Tables[0].Headers {
		unread := false
		for _, u := range p.Tables[0].Unread() {
			unread = unread || u.Column == h.Column && u.Cells == 2
		}
		for _, r := range [][]string{first, second} {
			if cell := r[c]; cell != "" && !unread && !strings.Contains(string(said), strings.SplitN(cell, "、", 2)[0]) {
				t.Errorf("%s: %s is lost", h.Text, cell)
			}
		}
	}
}
