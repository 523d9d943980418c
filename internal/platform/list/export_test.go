package list

import "testing"

// CountTo makes lists count only so far within a test.
func CountTo(t *testing.T, n int) {
	before := mostCounted
	mostCounted = n
	t.Cleanup(func() { mostCounted = before })
}

// TakeUpTo makes prints and exports take only so many rows within a test.
func TakeUpTo(t *testing.T, n int) {
	before := maxRows
	maxRows = n
	t.Cleanup(func() { maxRows = before })
}
