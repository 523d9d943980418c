//go:build !linux

package render

import (
	"os/exec"
	"time"
)

// separate: a child whose program ended finds its input closed and ends too.
func separate(*exec.Cmd) {}

// resident cannot be told here; the child's own soft limit and the wall clock hold alone.
func resident(int) int64 { return 0 }

// workOf: here the clock counts.
func workOf(int) func() time.Duration { return nil }
