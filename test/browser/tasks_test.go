package browser

import (
	"testing"

	bt "hudang/test/browser/browsertest"
)

// A telephone is seen in clear with three clicks, and any list printed with two keys: the second is the browser's own dialog.
func TestTasks_TakeFewActs(t *testing.T) {
	t.Run("reveal", func(t *testing.T) {
		within(t, "chenli", 0, 3, func(int) []bt.Step {
			return []bt.Step{
				bt.Goto(firstHousehold(t, "")), bt.Wait(".rec .mask", ""), bt.Count(),
				bt.Click(".rec details.reveal summary"), bt.Click(".rec details.reveal form .btn"), bt.Wait(".rec .clear", "1"), bt.Axe(),
			}
		})
	})
	t.Run("print", func(t *testing.T) {
		within(t, "chenli", 1, 0, func(int) []bt.Step {
			return []bt.Step{bt.Goto("/leases"), bt.Wait("h1", "租赁"), bt.Count(), bt.Press("F8"), bt.Wait("main", "租户/商住情况登记表"), bt.Wait("kbd", "F8")}
		})
	})
}
