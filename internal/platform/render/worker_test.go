package render_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// slowly is a file whose bytes after the first come when a test lets them.
type slowly struct {
	*bytes.Reader
	asked sync.Once
	began chan struct{}
	on    chan struct{}
}

func newSlowly(file []byte) *slowly {
	return &slowly{Reader: bytes.NewReader(file), began: make(chan struct{}), on: make(chan struct{})}
}

func (s *slowly) ReadAt(p []byte, off int64) (int, error) {
	if off > 0 {
		s.asked.Do(func() { close(s.began) })
		<-s.on
	}
	return s.Reader.ReadAt(p, off)
}

// largePNG is a picture of 20 megapixels whose file has several parts.
func largePNG(t *testing.T) []byte {
	img := image.NewGray(image.Rect(0, 0, 5000, 4000))
	_, _ = rand.NewChaCha8([32]byte{1}).Read(img.Pix[:600_000])
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A colleague's picture does not wait for the one that takes long; a second long one waits, and comes too.
func TestWorker_ShortNeverWaitsBehindLong(t *testing.T) {
	limits := render.Standard
	limits.Short = time.Hour // by what the picture's head says alone
	w := worker(t, limits, "")
	file := largePNG(t)
	first := newSlowly(file)
	done := make(chan error, 2)
	long := func(ctx context.Context, file io.ReaderAt, size int64) {
		_, err := w.Page(ctx, render.PNG, file, size, render.Want{Width: 100})
		done <- err
	}
	go long(context.WithoutCancel(t.Context()), first, first.Size())
	<-first.began
	leaving, leave := context.WithCancel(t.Context())
	go long(leaving, bytes.NewReader(file), int64(len(file)))
	if f := inspect(t, w, render.PNG, rendertest.PNG(t, 30, 20)); f.Broken {
		t.Errorf("a short one meanwhile: %+v", f)
	}
	leave()
	if err := <-done; !errs.Is(err, errs.Unavailable) {
		t.Errorf("who waited for the long lane and left: %v", err)
	}
	go long(context.WithoutCancel(t.Context()), bytes.NewReader(file), int64(len(file)))
	close(first.on)
	for range 2 {
		if err := <-done; err != nil {
			t.Errorf("a long one: %v", err)
		}
	}
}

// Damaged machine code of the decoders is made anew.
func TestServe_MakesDamagedMachineCodeAnew(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "render")
	file := rendertest.PNG(t, 30, 20)
	ask := func() {
		t.Helper()
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		w := render.New(render.Standard, self, render.Subcommand, folder)
		defer w.Close()
		if f := inspect(t, w, render.PNG, file); f.Broken {
			t.Errorf("%+v", f)
		}
	}
	ask()
	kept, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v %v", kept, err)
	}
	whole, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"cut": whole[:len(whole)/2], "changed": append(bytes.Clone(whole[:len(whole)-5000]), make([]byte, 5000)...), "empty": nil, "another's": []byte("not machine code at all")} {
		if err := os.WriteFile(kept[0], bad, 0o600); err != nil {
			t.Fatal(err)
		}
		ask()
		if now, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("%s: %d bytes are kept, %v; want the %d that were", name, len(now), err, len(whole))
		}
	}
}

// After Warm the machine code of both decoders is kept, and the first PDF is read with what is there.
func TestWarm_KeepsWhatTheFirstPaperNeeds(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "render")
	w := render.New(render.Standard, self, render.Subcommand, folder)
	defer w.Close()
	for range 2 {
		if err := w.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		if kept, err := filepath.Glob(filepath.Join(folder, "*", "*")); err != nil || len(kept) != 2 {
			t.Fatalf("%v %v", kept, err)
		}
	}
}
