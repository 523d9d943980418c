// Package clock is the only place that asks what time it is (reliability §2; an architecture test bans time.Now elsewhere).
//
// Instants are UTC with microsecond precision; local dates are Asia/Shanghai, UTC+8 without daylight saving
// (fixed, since the tz database keeps the summer times of 1986–91, and birthdays are plain dates).
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// China is the zone of every local date in the product.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

// System is the machine's clock.
type System struct{}

// Now is the present instant, to the microsecond, in UTC.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Manual is a clock that stands still until moved: for tests and the demonstration company's past.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// At makes a manual clock that shows t.
func At(t time.Time) *Manual { return &Manual{now: t.UTC().Truncate(time.Microsecond)} }

// Now is where the clock was last set.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Move advances the clock; a negative duration sets it back.
func (m *Manual) Move(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// Moment writes an instant, in µs UTC, as lists and papers do: 2026-11-23 14:05; nothing for 0.
func Moment(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).In(China).Format("2006-01-02 15:04")
}

// Date is the local date of an instant, as stored: 2026-11-23.
func Date(t time.Time) string { return t.In(China).Format(time.DateOnly) }
