package list

import "testing"

// CountTo makes lists count only so far within a test.
func CountTo(t *testing.T, n int) {
	before := mostCounted
	mostCounted = n
	t.Cleanup(func() { mostCounted = before })
}
