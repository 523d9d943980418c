package upkeep

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// The files stand on shelves by the first three digits of their names, which are digests: about as many on each.
const (
	shelves  = 16 * 16 * 16
	promised = 30 * 24 * time.Hour // reliability §2
	within   = 27 * 24 * time.Hour // all shelves in turn, with three days to spare for a program that was off
)

func prefixOf(shelf int64) string { return fmt.Sprintf("%03x", shelf) }

// due is how many shelves a day's look takes: its share of all, and whatever is late.
func due(checked map[int64]int64, now time.Time) int64 {
	share := int64(shelves / (within / (24 * time.Hour)))
	late := int64(shelves - len(checked))
	for _, at := range checked {
		if now.Sub(time.UnixMicro(at)) > within {
			late++
		}
	}
	return min(max(share+1, late), shelves)
}

// longestAgo are n shelves not looked at since an instant (µs UTC), those looked at the longest ago first.
func longestAgo(checked map[int64]int64, before int64, n int64) []int64 {
	var all []int64
	for shelf := range int64(shelves) {
		if checked[shelf] < before {
			all = append(all, shelf)
		}
	}
	slices.SortFunc(all, func(a, b int64) int {
		return cmp.Or(cmp.Compare(checked[a], checked[b]), cmp.Compare(a, b))
	})
	return all[:min(int(n), len(all))]
}
