package blob_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"

	"hudang/internal/platform/errs"
)

func TestOpenAt_AnyPlace(t *testing.T) {
	p := newPlace(t)
	for _, n := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 3*64<<10 + 5} {
		content := bytesOf(n)
		b := p.put(t, content)
		at, err := p.store.OpenAt(t.Context(), volume, b)
		must(t, err)
		defer at.Close()
		for _, off := range []int{n - 1, 0, 64<<10 - 3, 64 << 10, n / 2, n, n + 7} {
			if off < 0 {
				continue
			}
			got := make([]byte, 100)
			read, err := at.ReadAt(got, int64(off))
			want := content[min(off, n):min(off+100, n)]
			if !bytes.Equal(got[:read], want) || (read < 100) != errors.Is(err, io.EOF) {
				t.Errorf("%d bytes at %d: %d read, %v", n, off, read, err)
			}
		}
	}
}

func TestOpenAt_DamageIsRefused(t *testing.T) {
	p := newPlace(t)
	b := p.put(t, bytesOf(3*64<<10))
	raw, err := os.ReadFile(p.file(b))
	must(t, err)
	raw[len(raw)-20] ^= 1
	must(t, os.WriteFile(p.file(b), raw, 0o600))
	at, err := p.store.OpenAt(t.Context(), volume, b)
	must(t, err)
	defer at.Close()
	if _, err := at.ReadAt(make([]byte, 10), 5); err != nil {
		t.Errorf("a sound segment: %v", err)
	}
	if _, err := at.ReadAt(make([]byte, 10), 2*64<<10); !errs.Is(err, errs.Blocked) {
		t.Errorf("a damaged one: %v", err)
	}
}
