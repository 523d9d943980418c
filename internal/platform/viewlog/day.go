package viewlog

import (
	"time"

	"hudang/internal/platform/clock"
)

const dayMicros = int64(24 * time.Hour / time.Microsecond)

// startOf is the instant a local date begins, in µs UTC; 0 for none.
func startOf(date string) int64 {
	t, err := time.ParseInLocation(time.DateOnly, date, clock.China)
	if err != nil {
		return 0
	}
	return t.UnixMicro()
}
