package browser

import (
	"testing"

	bt "hudang/test/browser/browsertest"
)

// Rows are ticked by keyboard on two pages of a list; the bar counts them, is reached by one key, and prints their labels together.
func TestTicked_RowsOnTwoPagesToLabels(t *testing.T) {
	both(t, "zhouqian", func(int) []bt.Step {
		return []bt.Step{
			bt.Goto("/units"), bt.Press("ArrowDown"), bt.Press("Space"), bt.Press("ArrowDown"), bt.Press("Space"), bt.Wait(".batch b", "已选 2 条"), bt.Axe(), bt.Overflow(),
			bt.Click(".pager a[rel=next]"), bt.Wait(".pager", "第 51"), bt.Wait(".batch b", "已选 2 条"),
			bt.Press("ArrowDown"), bt.Press("Space"), bt.Wait(".batch b", "已选 3 条"),
			bt.Press("Tab"), bt.Press("Space"), bt.Wait(".batch b:not(:empty)", "条"), bt.Press("Space"), bt.Wait(".batch b", "已选 3 条"), // the box of all rows
			bt.Count(), bt.Press("Tab"), bt.Press("Enter"), bt.Wait(".sheet[aria-label*='3']:nth-of-type(3)", ""), bt.Axe(), bt.Overflow(),
			bt.Goto("/units"), bt.Wait("h1", "房屋"), bt.Wait(".list:not(:has(.pick:checked))", ""), // what was printed is ticked no more
		}
	})
}
