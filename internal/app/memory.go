package app

import (
	"math"
	"runtime/debug"
)

// softLimit is where the collector begins to work harder than it must, in bytes: the import of a roster of 100,000 rows then
// stays below 400 MiB (design §10). GOMEMLIMIT sets another.
const softLimit = 340 << 20

// LimitMemory sets the soft limit of the program's memory, unless whoever started it set one.
func LimitMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(softLimit)
	}
}
