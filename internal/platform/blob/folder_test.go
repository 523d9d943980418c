package blob

import "testing"

func TestKeepFree(t *testing.T) {
	const gib = 1 << 30
	for _, c := range []struct {
		disk        string
		total, kept uint64
	}{
		{"a memory stick", 8 * gib, 2 * gib},
		{"a small office PC", 64 * gib, 64 * gib / 10},
		{"a build machine", 252 * gib, 10 * gib},
		{"an office server", 4096 * gib, 10 * gib},
	} {
		if kept := keepFree(c.total); kept != c.kept {
			t.Errorf("%s of %d bytes: %d kept free, want %d", c.disk, c.total, kept, c.kept)
		}
	}
}
