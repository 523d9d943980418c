package render_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// corners are the colours in the middles of a picture's quarters.
func corners(img image.Image) [4]color.RGBA {
	b := img.Bounds()
	var out [4]color.RGBA
	for i := range out {
		x, y := b.Dx()/4+i%2*b.Dx()/2, b.Dy()/4+i/2*b.Dy()/2
		out[i] = color.RGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA)
	}
	return out
}

var (
	black, white, green = color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}, color.RGBA{0, 160, 0, 255}
	grayCorners         = [4]color.RGBA{black, white, white, white}
	colourCorners       = [4]color.RGBA{black, {255, 0, 0, 255}, green, white}
)

func like(a, b [4]color.RGBA, slack int) bool {
	for i := range a {
		for _, d := range []int{int(a[i].R) - int(b[i].R), int(a[i].G) - int(b[i].G), int(a[i].B) - int(b[i].B)} {
			if d > slack || d < -slack {
				return false
			}
		}
	}
	return true
}

func testdata(t *testing.T, pattern string) map[string][]byte {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join("testdata", pattern))
	files := map[string][]byte{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = raw
	}
	if len(files) == 0 {
		t.Fatalf("no files %s", pattern)
	}
	return files
}

func TestWorker_ReadsEveryKindOfTIFF(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	colours := []string{"c8", "c16", "ca8", "cmyk8", "p4", "p8", "ycbcr", "old-jpeg"}
	turns := map[string]string{"turned-2.tif": ".X..", "turned-3.tif": "...X", "turned-4.tif": "..X.", "turned-6.tif": ".X..", "turned-7.tif": "...X", "turned-8.tif": "..X.", "turned-fax-6.tif": ".X.."}
	for name, file := range testdata(t, "tiff/*.tif") {
		if strings.HasPrefix(name, "no-") || strings.HasPrefix(name, "bad-") || strings.HasPrefix(name, "cut-") {
			continue
		}
		if f := inspect(t, w, render.TIFF, file); f.Broken || len(f.Flags) > 0 {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		img := page(t, w, render.TIFF, file, render.Want{Width: 64})
		if strings.HasPrefix(name, "turned-") {
			want, ok := turns[name]
			if !ok {
				want = "X..."
			}
			if lies := strings.ContainsAny(name[len("turned-"):], "5678"); dark(img) != want || lies != (img.Bounds().Dy() == 64) {
				t.Errorf("%s: %s %v, want %s", name, dark(img), img.Bounds(), want)
			}
			continue
		}
		want := grayCorners
		if slices.ContainsFunc(colours, func(c string) bool { return strings.HasPrefix(name, c) }) {
			want = colourCorners
		}
		if got := corners(img); !like(got, want, 45) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// One bad page does not hide the good ones, and a kind that cannot be shown is called so.
func TestWorker_TIFFsThatAreNotWhole(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	files := testdata(t, "tiff/*.tif")
	for name, bad := range map[string]int{"bad-first.tif": 0, "bad-second.tif": 1} {
		file := files[name]
		f := inspect(t, w, render.TIFF, file)
		if f.Broken || f.Pages != 3 || (bad == 0) != slices.Contains(f.Flags, render.On(render.FlagPage, 0)) {
			t.Errorf("%s: %+v", name, f)
		}
		for n := range 3 {
			_, err := w.Page(t.Context(), render.TIFF, bytes.NewReader(file), int64(len(file)), render.Want{Page: n, Width: 64})
			if (n == bad) != errs.Is(err, errs.Blocked) || n == bad && errs.As(err).Key != "render.error.kind" {
				t.Errorf("%s, page %d: %v", name, n, err)
			}
		}
	}
	for name, file := range files {
		if !strings.HasPrefix(name, "no-") {
			continue
		}
		if f := inspect(t, w, render.TIFF, file); !f.Broken || f.Fault != render.FaultKind {
			t.Errorf("%s: %+v, want a kind that is not known", name, f)
		}
	}
	if f := inspect(t, w, render.TIFF, files["many-lzw.tif"]); f.Pages != 3 {
		t.Errorf("%+v", f)
	}
}

// A fax has twice as many dots across as down; its page is not squashed for that.
func TestWorker_FaxKeepsItsShape(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	img := page(t, w, render.TIFF, testdata(t, "tiff/fax-204x98.tif")["fax-204x98.tif"], render.Want{Width: 1000})
	if b := img.Bounds(); b.Dx() != 64 || b.Dy() < 48 || b.Dy() > 51 || dark(img) != "X..." {
		t.Errorf("%v %s", b, dark(img))
	}
}

func TestWorker_ReadsOtherKinds(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	types := map[string]render.Type{".jpg": render.JPEG, ".png": render.PNG, ".webp": render.WebP, ".bmp": render.BMP, ".gif": render.GIF, ".avif": render.AVIF}
	for name, file := range testdata(t, "other/*") {
		typ := types[filepath.Ext(name)]
		f := inspect(t, w, typ, file)
		if f.Broken || len(f.Flags) > 0 {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		want := colourCorners
		if strings.HasPrefix(name, "gray") {
			want = grayCorners
		}
		for _, width := range []int{64, 40} {
			if got := corners(page(t, w, typ, file, render.Want{Width: width})); !like(got, want, 45) {
				t.Errorf("%s at %d: %v, want %v", name, width, got, want)
			}
		}
	}
}

// A picture that lacks its end shows what is there.
func TestWorker_ShowsWhatIsThere(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	for typ, file := range map[render.Type][]byte{render.JPEG: rendertest.JPEG(t, 400, 300), render.PNG: rendertest.PNG(t, 400, 300)} {
		cut := file[:len(file)*3/4]
		if f := inspect(t, w, typ, cut); f.Broken || !slices.Contains(f.Flags, render.On(render.FlagCut, 0)) {
			t.Errorf("%s: %+v", typ, f)
		}
		if got := dark(page(t, w, typ, cut, render.Want{Width: 200})); got[0] != 'X' || got[1] != '.' {
			t.Errorf("%s: %s", typ, got)
		}
	}
}

// Of a file of several pictures the first is shown, and the reader is told.
func TestWorker_TellsOfMovingPictures(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	still, moving := new(bytes.Buffer), new(bytes.Buffer)
	one := image.NewPaletted(image.Rect(0, 0, 64, 48), palette.Plan9)
	if err := gif.EncodeAll(still, &gif.GIF{Image: []*image.Paletted{one}, Delay: []int{0}}); err != nil {
		t.Fatal(err)
	}
	if err := gif.EncodeAll(moving, &gif.GIF{Image: []*image.Paletted{one, one, one}, Delay: []int{9, 9, 9}, LoopCount: 1}); err != nil {
		t.Fatal(err)
	}
	picture := rendertest.PNG(t, 64, 48)
	control := []byte("\x00\x00\x00\x08acTL\x00\x00\x00\x02\x00\x00\x00\x00")
	control = binary.BigEndian.AppendUint32(control, crc32.ChecksumIEEE(control[4:]))
	const afterHead = 8 + 25
	animated := slices.Concat(picture[:afterHead], control, picture[afterHead:])
	for _, c := range []struct {
		name string
		typ  render.Type
		file []byte
		want bool
	}{
		{"a still GIF", render.GIF, still.Bytes(), false}, {"a GIF", render.GIF, moving.Bytes(), true},
		{"a still PNG", render.PNG, picture, false}, {"an animated PNG", render.PNG, animated, true},
		{"a WebP", render.WebP, testdata(t, "moving/two.webp")["two.webp"], true},
	} {
		f := inspect(t, w, c.typ, c.file)
		if f.Broken || f.Pages != 1 || slices.Contains(f.Flags, render.FlagMoving) != c.want {
			t.Errorf("%s: %+v, want moving %v", c.name, f, c.want)
		}
	}
}
