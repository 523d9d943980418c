package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/vault"
)

var volume = vault.Owner{Class: vault.Volume, ID: 7}

type place struct {
	dir   string
	store *blob.Store
}

func newPlace(t testing.TB) place {
	t.Helper()
	keys, err := vault.Open(t.Context(), t.TempDir())
	must(t, err)
	t.Cleanup(func() { keys.Close() })
	dir := filepath.Join(t.TempDir(), "blobs")
	folder, err := blob.OpenFolder(dir)
	must(t, err)
	return place{dir, blob.New(folder, keys)}
}

func (p place) put(t testing.TB, content []byte) blob.Blob {
	t.Helper()
	b, err := p.store.Put(t.Context(), volume, bytes.NewReader(content), 1<<30)
	must(t, err)
	return b
}

func (p place) read(t testing.TB, owner vault.Owner, b blob.Blob) ([]byte, error) {
	t.Helper()
	r, err := p.store.Open(t.Context(), owner, b)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func (p place) file(b blob.Blob) string { return filepath.Join(p.dir, b.Name[:2], b.Name[2:4], b.Name) }

func bytesOf(n int) []byte {
	content := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(content)
	return content
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestStore_RoundTrips(t *testing.T) {
	p := newPlace(t)
	for _, n := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 128 << 10, 10 << 20} {
		content := bytesOf(n)
		b := p.put(t, content)
		got, err := p.read(t, volume, b)
		if err != nil || !bytes.Equal(got, content) || b.Size != int64(n) {
			t.Errorf("%d bytes: %d back, size %d, %v", n, len(got), b.Size, err)
		}
		if err := p.store.Check(t.Context(), b.Name); err != nil {
			t.Errorf("%d bytes: check: %v", n, err)
		}
		raw, err := os.ReadFile(p.file(b))
		if must(t, err); n >= 16 && bytes.Contains(raw, content[:16]) {
			t.Errorf("%d bytes lie in clear", n)
		}
		if again := p.put(t, content); again.Name == b.Name || !bytes.Equal(again.Sum, b.Sum) {
			t.Error("the same bytes: another ciphertext with the same sum is wanted")
		}
		if sum := sha256.Sum256(content); bytes.Equal(sum[:], b.Sum) {
			t.Error("the sum is a bare hash")
		}
	}
}

// Whatever is done to the ciphertext is refused, where it was done at the latest.
func TestStore_DamageIsRefused(t *testing.T) {
	p := newPlace(t)
	content := bytesOf(3*64<<10 + 100)
	const seg, head = 64<<10 + 16, 30
	swap := func(raw []byte) []byte {
		out := bytes.Clone(raw)
		copy(out[head:], raw[head+seg:head+2*seg])
		copy(out[head+seg:], raw[head:head+seg])
		return out
	}
	damages := map[string]func([]byte) []byte{
		"cut within a segment":  func(raw []byte) []byte { return raw[:len(raw)-1] },
		"cut after a segment":   func(raw []byte) []byte { return raw[:head+seg] },
		"cut after the header":  func(raw []byte) []byte { return raw[:head] },
		"cut in the header":     func(raw []byte) []byte { return raw[:10] },
		"emptied":               func([]byte) []byte { return nil },
		"last segment missing":  func(raw []byte) []byte { return raw[:head+3*seg] },
		"segment missing":       func(raw []byte) []byte { return append(bytes.Clone(raw[:head+seg]), raw[head+2*seg:]...) },
		"segments swapped":      swap,
		"first segment doubled": func(raw []byte) []byte { return append(bytes.Clone(raw[:head+seg]), raw[head:]...) },
		"something after it":    func(raw []byte) []byte { return append(bytes.Clone(raw), 0) },
	}
	for _, at := range []int{0, 13, 20, head, head + 5, head + seg, head + 2*seg + 9, head + 3*seg + 1} {
		damages[fmt.Sprintf("bit flipped at %d", at)] = func(raw []byte) []byte {
			out := bytes.Clone(raw)
			out[at] ^= 4
			return out
		}
	}
	for name, damage := range damages {
		b := p.put(t, content)
		raw, err := os.ReadFile(p.file(b))
		must(t, err)
		must(t, os.WriteFile(p.file(b), damage(raw), 0o600))
		got, err := p.read(t, volume, b)
		if !errs.Is(err, errs.Blocked) || len(got) > 0 && !bytes.HasPrefix(content, got) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if err := p.store.Check(t.Context(), b.Name); !errs.Is(err, errs.Blocked) {
			t.Errorf("%s: check: %v", name, err)
		}
	}
}

func TestStore_BelongsToItsOwnerAndName(t *testing.T) {
	p := newPlace(t)
	b, other := p.put(t, []byte("one")), p.put(t, []byte("two"))
	if _, err := p.read(t, vault.Owner{Class: vault.Volume, ID: 8}, b); !errs.Is(err, errs.Blocked) {
		t.Errorf("another volume opens it: %v", err)
	}
	if _, err := p.read(t, volume, blob.Blob{Name: b.Name, Key: other.Key}); !errs.Is(err, errs.Blocked) {
		t.Errorf("another blob's key opens it: %v", err)
	}
	must(t, os.Rename(p.file(other), p.file(b)))
	if _, err := p.read(t, volume, b); !errs.Is(err, errs.Blocked) {
		t.Errorf("another blob in its place: %v", err)
	}
}

type failing struct{ after int }

func (f *failing) Read(p []byte) (int, error) {
	if f.after <= 0 {
		return 0, errors.New("the phone left the network")
	}
	n := min(len(p), f.after)
	f.after -= n
	return n, nil
}

func TestStore_HalfAnUploadLeavesNothing(t *testing.T) {
	p := newPlace(t)
	if _, err := p.store.Put(t.Context(), volume, &failing{after: 200_000}, 1<<30); err == nil {
		t.Error("a torn upload was kept")
	}
	if _, err := p.store.Put(t.Context(), volume, bytes.NewReader(bytesOf(2<<20)), 1<<20); !errs.Is(err, errs.Invalid) {
		t.Errorf("an upload over the limit: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.store.Put(ctx, volume, bytes.NewReader(bytesOf(1<<20)), 1<<30); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever uploads has left: %v", err)
	}
	left := 0
	must(t, filepath.WalkDir(p.dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left++
		}
		return err
	}))
	if left != 0 {
		t.Errorf("%d files are left", left)
	}
}

func TestFolder_ClearsWhatACrashLeft(t *testing.T) {
	p := newPlace(t)
	b := p.put(t, []byte("kept"))
	must(t, os.WriteFile(filepath.Join(p.dir, "new", "half"), []byte("x"), 0o600))
	_, err := blob.OpenFolder(p.dir)
	must(t, err)
	if _, err := os.Stat(filepath.Join(p.dir, "new", "half")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half an upload survived the start: %v", err)
	}
	if got, err := p.read(t, volume, b); err != nil || string(got) != "kept" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestFolder_Away(t *testing.T) {
	p := newPlace(t)
	b := p.put(t, []byte("page"))
	must(t, os.Rename(p.dir, p.dir+"-elsewhere"))
	if _, err := p.read(t, volume, b); !errs.Is(err, errs.Unavailable) {
		t.Errorf("reading: %v", err)
	}
	if _, err := p.store.Put(t.Context(), volume, bytes.NewReader(nil), 1); !errs.Is(err, errs.Unavailable) {
		t.Errorf("writing: %v", err)
	}
	if _, err := os.Stat(p.dir); err == nil {
		t.Error("a folder was made in its stead")
	}
	must(t, os.Rename(p.dir+"-elsewhere", p.dir))
	if got, err := p.read(t, volume, b); err != nil || string(got) != "page" {
		t.Errorf("back again: %q, %v", got, err)
	}
	must(t, p.store.Delete(t.Context(), b.Name))
	if _, err := p.read(t, volume, b); !errs.Is(err, errs.Blocked) || errs.As(err).Key != "blob.error.missing" {
		t.Errorf("one missing file: %v", err)
	}
}

func TestStore_Concurrent(t *testing.T) {
	p := newPlace(t)
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			content := bytesOf(i * 9_000)
			b, err := p.store.Put(t.Context(), volume, bytes.NewReader(content), 1<<30)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := p.read(t, volume, b); err != nil || !bytes.Equal(got, content) {
				t.Errorf("%d: %d bytes, %v", i, len(got), err)
			}
		})
	}
	all.Wait()
	n := 0
	for _, err := range p.store.Names(t.Context(), "") {
		must(t, err)
		n++
	}
	if n != 16 {
		t.Errorf("%d names", n)
	}
}
