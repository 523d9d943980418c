package app

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hudang/internal/platform/clock"
)

// While the program runs, each month is written down within the first minutes of the next, once; one that failed a minute later.
func TestAfterEachMonth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		fails := 2
		var done []string
		go afterEachMonth(ctx, clock.System{}, func(context.Context) bool {
			if now := time.Now(); now.In(clock.China).Month() == time.March && fails > 0 {
				fails--
				return false
			}
			done = append(done, time.Now().In(clock.China).Format("2006-01-02 15:04"))
			return true
		})
		time.Sleep(began.AddDate(0, 3, 10).Sub(began))
		cancel()
		synctest.Wait()
		// The bubble's clock begins at 2000-01-01 08:00 in China.
		if want := []string{"2000-02-01 00:00", "2000-03-01 00:02", "2000-04-01 00:00"}; !slices.Equal(done, want) {
			t.Errorf("months written down at %v, want %v", done, want)
		}
	})
}
