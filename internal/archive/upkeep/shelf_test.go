package upkeep

import (
	"testing"
	"time"
)

// All shelves have their turn within thirty days, about as many each day, also after the program was off for a week.
func TestShelves_AllWithinThirtyDays(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	checked := map[int64]int64{}
	for n := range 120 {
		now = now.Add(day)
		if n == 60 {
			now = now.Add(7 * day)
		}
		total := due(checked, now)
		if n > 0 && n < 60 && total > 200 {
			t.Errorf("day %d takes %d shelves", n, total)
		}
		for _, shelf := range longestAgo(checked, now.UnixMicro(), total) {
			checked[shelf] = now.UnixMicro()
		}
		for shelf := range int64(shelves) {
			if age := now.Sub(time.UnixMicro(checked[shelf])); age > 30*day {
				t.Fatalf("day %d: shelf %d was looked at %v ago", n, shelf, age)
			}
		}
	}
}
