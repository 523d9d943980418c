package browser

import (
	"testing"

	bt "hudang/test/browser/browsertest"
)

// Pages and acts are named from the keyboard, and the rows of a list are looked through without leaving it.
func TestPalette_AndPreviewByKeyboard(t *testing.T) {
	both(t, "chenli", func(int) []bt.Step {
		return []bt.Step{
			bt.Press("Ctrl+k"), bt.Wait("#found a[href='/units/new']", "新增房屋"), bt.Type("", "xzfw"), bt.Wait("#found a[data-for='>xzfw']", "新增房屋"),
			bt.Axe(), bt.Press("Enter"), bt.Wait("h1", "新增房屋"),
			bt.Goto("/households"), bt.Press("ArrowDown"), bt.Press("Alt+ArrowRight"), bt.Wait("tbody tr.on:nth-child(1) th", ""), bt.Wait(".drawer dl", "业主"),
			bt.Press("ArrowDown"), bt.Wait("tbody tr.on:nth-child(2) th", ""), bt.Axe(), bt.Overflow(),
			bt.Press("Escape"), bt.Press("Enter"), bt.Wait(".rec h1", ""),
			bt.Press("Ctrl+k"), bt.Wait("#found h3", "最近打开"),
			bt.Goto("/call?number=13000010037"), bt.Wait(".call a.pri:focus", ""), bt.Wait(".call", "130****0037"), bt.Press("Enter"), bt.Wait(".rec h1", ""),
			bt.Count(),
		}
	})
}
