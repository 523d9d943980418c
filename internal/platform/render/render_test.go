package render_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// TestMain makes this test's own binary the child; the other arguments are children that misbehave.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || !strings.HasPrefix(os.Args[1], render.Subcommand) {
		os.Exit(m.Run())
	}
	switch strings.TrimPrefix(os.Args[1], render.Subcommand) {
	case "-loops":
		for i := 0; ; i++ {
			runtime.Gosched()
		}
	case "-eats":
		for all := [][]byte{}; ; {
			all = append(all, bytes.Repeat([]byte{1}, 16<<20))
			runtime.KeepAlive(all)
		}
	case "-crashes":
		_, _ = io.ReadFull(os.Stdin, make([]byte, 10))
		os.Exit(3)
	}
	if err := render.Serve(os.Stdin, os.Stdout, folderOf(os.Args)); err != nil {
		os.Exit(1)
	}
}

// folderOf is where a child keeps its machine code.
func folderOf(args []string) string {
	if len(args) > 2 {
		return args[2]
	}
	return render.TestFolder()
}

func worker(t testing.TB, l render.Limits, how string) *render.Worker {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := render.New(l, self, render.Subcommand+how)
	t.Cleanup(w.Close)
	return w
}

func inspect(t testing.TB, w *render.Worker, typ render.Type, file []byte) render.Facts {
	t.Helper()
	facts, err := w.Inspect(t.Context(), typ, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: %v", typ, err)
	}
	return facts
}

func page(t testing.TB, w *render.Worker, typ render.Type, file []byte, want render.Want) image.Image {
	t.Helper()
	raw, err := w.Page(t.Context(), typ, bytes.NewReader(file), int64(len(file)), want)
	if err != nil {
		t.Fatalf("%s: %v", typ, err)
	}
	img, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v", typ, err)
	}
	return img
}

// dark reports the corners of a picture that are black: of upper left, upper right, lower left, lower right.
func dark(img image.Image) string {
	b := img.Bounds()
	var out strings.Builder
	for _, y := range []int{b.Dy() / 4, b.Dy() * 3 / 4} {
		for _, x := range []int{b.Dx() / 4, b.Dx() * 3 / 4} {
			if r, _, _, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA(); r < 0x8000 {
				out.WriteByte('X')
			} else {
				out.WriteByte('.')
			}
		}
	}
	return out.String()
}

func TestWorker_EachType(t *testing.T) {
	w := worker(t, render.Standard, "")
	for _, c := range []struct {
		typ   render.Type
		file  []byte
		pages int
	}{
		{render.JPEG, rendertest.JPEG(t, 60, 40), 1}, {render.PNG, rendertest.PNG(t, 60, 40), 1},
		{render.TIFF, rendertest.TIFF(t, 3), 3}, {render.PDF, rendertest.PDF(4, "Hudang", ""), 4},
	} {
		if f := inspect(t, w, c.typ, c.file); f.Broken || f.Pages != c.pages || len(f.Flags) > 0 {
			t.Errorf("%s: %+v", c.typ, f)
		} else if len(f.Thumbs.Sizes) != c.pages || len(f.Thumbs.Bytes) < f.Thumbs.Sizes[0] {
			t.Errorf("%s: small pictures of %v bytes", c.typ, f.Thumbs.Sizes)
		} else if small, err := jpeg.Decode(bytes.NewReader(f.Thumbs.Bytes[:f.Thumbs.Sizes[0]])); err != nil || small.Bounds().Dx() > 72 || small.Bounds().Dy() > 72 {
			t.Errorf("%s: a small picture: %v", c.typ, err)
		}
		last := page(t, w, c.typ, c.file, render.Want{Page: c.pages - 1, Width: 50})
		if got := last.Bounds().Dx(); got != 50 && !(c.typ == render.TIFF && got == 30) {
			t.Errorf("%s: %v", c.typ, last.Bounds())
		}
		_, err := w.Page(t.Context(), c.typ, bytes.NewReader(c.file), int64(len(c.file)), render.Want{Page: c.pages, Width: 30})
		if !errs.Is(err, errs.Blocked) {
			t.Errorf("%s: a page it does not have: %v", c.typ, err)
		}
	}
	if two := page(t, w, render.TIFF, rendertest.TIFF(t, 3), render.Want{Page: 1, Width: 500}); two.Bounds().Dx() != 20 {
		t.Errorf("the second page is %v", two.Bounds())
	}
}

func TestWorker_TurnsAsTheCameraSaysAndAsAsked(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	for orientation, want := range map[int]string{1: "X...", 2: ".X..", 3: "...X", 4: "..X.", 5: "X...", 6: ".X..", 7: "...X", 8: "..X."} {
		file := rendertest.TurnedJPEG(t, 80, 40, orientation, "31.2304N 121.4737E")
		img := page(t, w, render.JPEG, file, render.Want{Width: 1000})
		if got := dark(img); got != want || (orientation > 4) != (img.Bounds().Dy() == 80) {
			t.Errorf("orientation %d: %s %v, want %s", orientation, got, img.Bounds(), want)
		}
	}
	for turn, want := range map[int]string{0: "X...", 90: ".X..", 180: "...X", 270: "..X."} {
		if got := dark(page(t, w, render.PNG, rendertest.PNG(t, 80, 40), render.Want{Width: 40, Turn: turn})); got != want {
			t.Errorf("turned by %d: %s, want %s", turn, got, want)
		}
	}
}

// GPS and remarks of the original do not come along.
func TestWorker_PicturesCarryNoMetadata(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	file := rendertest.TurnedJPEG(t, 80, 40, 1, "secret place")
	raw, err := w.Page(t.Context(), render.JPEG, bytes.NewReader(file), int64(len(file)), render.Want{Width: 80})
	if err != nil || bytes.Contains(raw, []byte("secret")) || bytes.Contains(raw, []byte("Exif")) {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}

func TestWorker_HostileFilesAreBroken(t *testing.T) {
	w := worker(t, render.Standard, "")
	whole := rendertest.JPEG(t, 400, 300)
	for name, c := range map[string]struct {
		typ  render.Type
		file []byte
	}{
		"empty":          {render.PDF, nil},
		"garbage as pdf": {render.PDF, []byte("%PDF-1.4 nothing follows")},
		"zip as pdf":     {render.PDF, []byte("PK\x03\x04 and so on")},
		"jpeg's head":    {render.JPEG, whole[:200]},
		"pixel flood":    {render.PNG, rendertest.FloodPNG(60_000, 60_000)},
		"cut flood":      {render.PNG, rendertest.FloodPNG(9_000, 9_000)},
		"cut tiff":       {render.TIFF, []byte("II*\x00\xff\xff\xff\x7f")},
		"heic without":   {render.HEIC, []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")},
		"jpeg as png":    {render.PNG, whole},
		"unknown":        {"svg", []byte("<svg/>")},
	} {
		if f := inspect(t, w, c.typ, c.file); !f.Broken || f.Why == "" {
			t.Errorf("%s: %+v, want broken", name, f)
		}
	}
	if f := inspect(t, w, render.JPEG, whole); f.Broken {
		t.Errorf("after all that a sound file is broken: %+v", f)
	}
}

func TestWorker_FlagsWhatAPDFCanDo(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	for extra, want := range map[string]string{
		"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>":            render.FlagScript,
		"/OpenAction << /S /J#61vaScript /JS (x) >>":                     render.FlagScript,
		"/AA << /O << /S /Launch /F (calc.exe) >> >>":                    render.FlagLaunch,
		"/X << /Subtype /FileAttachment /FS << /EF << /F 9 0 R >> >> >>": render.FlagAttachment, // pinned to a page
		"/Names << /EmbeddedFiles << /Names [] >> >>":                    render.FlagAttachment,
	} {
		if f := inspect(t, w, render.PDF, rendertest.PDF(1, "x", extra)); f.Broken || !slices.Contains(f.Flags, want) {
			t.Errorf("%s: %+v", extra, f)
		}
	}
}

func TestWorker_EndsAChildThatMisbehaves(t *testing.T) {
	limits := render.Standard
	limits.Time, limits.Waits, limits.Memory = time.Second, 20*time.Second, 200<<20
	for how, why := range map[string]string{"-loops": "killed after 1s", "-crashes": "EOF", "-eats": ""} {
		w := worker(t, limits, how)
		f, err := w.Inspect(t.Context(), render.PNG, bytes.NewReader(make([]byte, 1<<20)), 1<<20)
		if how == "-eats" {
			if err != nil || f.Fault != render.FaultMemory {
				t.Errorf("%s: %+v, %v", how, f, err)
			}
		} else if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %+v, %v: that says nothing of the file", how, f, err)
		}
	}
}

// A sound file that takes longer than a child has is nobody's fault: it is neither broken nor given up, and with time it is
// seen. Time is what the child worked, so that a machine under load does not shorten it.
func TestWorker_TooLittleTimeIsNoVerdict(t *testing.T) {
	file := rendertest.HeavyPDF(6_000)
	limits := render.Standard
	limits.Time = 150 * time.Millisecond
	w := worker(t, limits, "")
	if f := inspect(t, w, render.PDF, rendertest.PDF(1, "x", "")); f.Broken {
		t.Fatalf("a small file: %+v", f)
	}
	if f, err := w.Inspect(t.Context(), render.PDF, bytes.NewReader(file), int64(len(file))); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a heavy page: %+v, %v", f, err)
	}
	if _, err := w.Page(t.Context(), render.PDF, bytes.NewReader(file), int64(len(file)), render.Want{Width: 800}); !errs.Is(err, errs.Unavailable) {
		t.Errorf("its picture: %v", err)
	}
	if f := inspect(t, worker(t, render.Standard, ""), render.PDF, file); f.Broken || f.Pages != 1 || len(f.Flags) > 0 {
		t.Errorf("with time: %+v", f)
	}
}

// The pages beyond those looked at when a file comes in are looked at later, from where the first look ended.
func TestWorker_LooksAtTheRestLater(t *testing.T) {
	w := worker(t, render.Standard, "")
	for typ, file := range map[render.Type][]byte{render.PDF: rendertest.PDFWithLostPage(60, 50), render.TIFF: rendertest.TIFFWithOddPage(t, 60, 50)} {
		mark := map[render.Type]string{render.PDF: render.FlagBlank, render.TIFF: render.FlagPage}[typ]
		f := inspect(t, w, typ, file)
		if want := []string{render.On(render.FlagRest, 40)}; f.Pages != 60 || !slices.Equal(f.Flags, want) {
			t.Errorf("%s: %+v, want only %v", typ, f, want)
		}
		f, err := w.InspectLater(t.Context(), typ, bytes.NewReader(file), int64(len(file)), render.Later{From: 40})
		if want := []string{render.On(mark, 50)}; err != nil || !slices.Equal(f.Flags, want) {
			t.Errorf("%s, the rest: %+v, %v; want %v", typ, f, err, want)
		}
	}
}

func TestWorker_StartsAnewAndCoolsDown(t *testing.T) {
	limits := render.Standard
	limits.Warm = time.Millisecond
	w := worker(t, limits, "")
	for range 5 {
		if f := inspect(t, w, render.PNG, rendertest.PNG(t, 5, 5)); f.Broken {
			t.Errorf("%+v", f)
		}
	}
	if _, err := render.New(limits, filepath.Join(t.TempDir(), "none")).Inspect(t.Context(), render.PNG, bytes.NewReader(nil), 0); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a program that is not there: %v", err)
	}
}

type torn struct{}

var errTorn = errors.New("the blob is damaged")

func (torn) ReadAt([]byte, int64) (int, error) { return 0, errTorn }

// A file that cannot be read to its end is the store's trouble, not a broken document.
func TestWorker_PassesOnTheReadersError(t *testing.T) {
	w := worker(t, render.Standard, "")
	if _, err := w.Inspect(t.Context(), render.PNG, torn{}, 100); !errors.Is(err, errTorn) {
		t.Errorf("%v", err)
	}
	if f := inspect(t, w, render.PNG, rendertest.PNG(t, 5, 5)); f.Broken {
		t.Errorf("afterwards: %+v", f)
	}
}

// The founders' test scans: every sound one shows its pages.
func TestWorker_SharedScans(t *testing.T) {
	dir := "../../../../shared/scans"
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Skip("no ../shared/scans here")
	}
	w := worker(t, render.Standard, "")
	types := map[string]render.Type{".pdf": render.PDF, ".jpg": render.JPEG, ".png": render.PNG, ".tiff": render.TIFF, ".tif": render.TIFF, ".heic": render.HEIC}
	pages := map[string]int{"multi-page-images.tiff": 3, "testTIFF_multipage.tif": 2, "paperless-simple.heic": 1, "testHEIF.heic": 1}
	for _, f := range files {
		typ, ok := types[filepath.Ext(f.Name())]
		if !ok {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		facts := inspect(t, w, typ, raw)
		t.Logf("%-26s %+v", f.Name(), facts)
		if want := pages[f.Name()]; facts.Broken && f.Name() != "scan-bad.pdf" || want > 0 && facts.Pages != want {
			t.Errorf("%s: %+v", f.Name(), facts)
			continue
		}
		for n := range min(facts.Pages, 3) {
			if img := page(t, w, typ, raw, render.Want{Page: n, Width: 400}); img.Bounds().Dx() > 400 {
				t.Errorf("%s page %d: %v", f.Name(), n+1, img.Bounds())
			}
		}
	}
}
