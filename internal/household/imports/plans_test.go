package imports

import (
	"testing"

	"hudang/internal/household/roster"
)

// What was read of a big roster does not stay in memory beside another.
func TestPlans_KeepFewAndSmallOnes(t *testing.T) {
	for _, test := range []struct {
		name string
		rows []int // of the readings, in their order
		kept int   // of the last ones
	}{
		{"small ones", []int{2000, 3000, 1000}, 3},
		{"not more than three", []int{1, 1, 1, 1}, 3},
		{"a big one goes for the next", []int{100_000, 100_000}, 1},
		{"a small one leaves room", []int{100_000, 60_000, 40_000}, 2},
		{"one alone is kept", []int{500_000}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := planCache{most: 3, rows: 100_000}
			for i, n := range test.rows {
				c.put(planKey{id: ID(i)}, &File{Plan: &roster.Plan{Counts: roster.Counts{Rows: n}}})
			}
			for i := range test.rows {
				if there := c.get(planKey{id: ID(i)}) != nil; there != (i >= len(test.rows)-test.kept) {
					t.Errorf("reading %d kept: %v", i+1, there)
				}
			}
		})
	}
}
