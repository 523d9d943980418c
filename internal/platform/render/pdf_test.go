package render_test

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/render"
	"hudang/internal/platform/render/rendertest"
)

// inked counts the pixels of a part of a picture that a test takes for ink.
func inked(img image.Image, part image.Rectangle, is func(color.RGBA) bool) int {
	n := 0
	part = part.Intersect(img.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if is(color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)) {
				n++
			}
		}
	}
	return n
}

func red(c color.RGBA) bool     { return c.R > 150 && c.G < 120 && c.B < 120 }
func pink(c color.RGBA) bool    { return c.R > 200 && c.G > 90 && c.G < 190 && c.B > 90 && c.B < 190 }
func anyInk(c color.RGBA) bool  { return c.R < 200 || c.G < 200 || c.B < 200 }
func darkInk(c color.RGBA) bool { return c.R < 110 && c.G < 110 && c.B < 110 }

const (
	seal     = "1 0 0 rg 0 0 60 60 re f"
	form     = "/Type /XObject /Subtype /Form /BBox [0 0 60 60]"
	sealAt   = "/Rect [20 20 80 80] /AP << /N 4 0 R >> /F 4"
	fieldAt  = "/Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [10 120 190 190] /DA (/Helv 20 Tf 0 g) /F 4"
	fields   = "/AcroForm << /Fields [4 0 R] /NeedAppearances true /DA (/Helv 20 Tf 0 g) /DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
	alphaRes = "/Resources << /ExtGState << /G << /ca 0.5 /CA 0.5 >> >> >>"
)

// What lies on a page as an annotation or a field is as much a part of the paper as what lies in it: the contract's seal.
func TestWorker_DrawsWhatLiesOnAPage(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	lower, upper := image.Rect(20, 120, 80, 180), image.Rect(10, 10, 190, 80)
	whole := lower.Dx() * lower.Dy()
	annot := func(entries string, more ...string) []byte {
		return rendertest.OnePage("/Annots [ << /Type /Annot "+entries+" >> ]", "", more...)
	}
	field := func(entries, catalogue string) []byte {
		return rendertest.OnePage("/Annots [4 0 R]", catalogue, "<< "+fieldAt+" "+entries+" >>")
	}
	for name, c := range map[string]struct {
		file  []byte
		part  image.Rectangle
		is    func(color.RGBA) bool
		least int
		most  int
	}{
		"a seal":                        {annot("/Subtype /Stamp "+sealAt, rendertest.Stream(form, seal)), lower, red, whole - 400, whole},
		"a seal one can see through":    {annot("/Subtype /Stamp "+sealAt, rendertest.Stream(form+alphaRes, "/G gs "+seal)), lower, pink, whole - 400, whole},
		"a seal stretched to its place": {annot("/Subtype /Stamp /Rect [20 20 80 80] /AP << /N 4 0 R >>", rendertest.Stream("/Type /XObject /Subtype /Form /BBox [0 0 6 6]", "1 0 0 rg 0 0 6 6 re f")), lower, red, whole - 400, whole},
		"a typed note":                  {annot("/Subtype /FreeText /Contents (paid) /DA (/Helv 12 Tf 1 0 0 rg) "+sealAt, rendertest.Stream(form, seal)), lower, red, whole - 400, whole},
		"a drawn signature":             {annot("/Subtype /Ink /InkList [[20 20 80 80]] /C [1 0 0] "+sealAt, rendertest.Stream(form, seal)), lower, red, whole - 400, whole},
		"a mark without a picture":      {annot("/Subtype /Square /Rect [20 20 80 80] /C [1 0 0] /IC [1 0 0] /F 4"), lower, red, whole / 2, whole},
		"a signed field":                {annot("/Subtype /Widget /FT /Sig /T (s) "+sealAt, rendertest.Stream(form, seal)), lower, red, whole - 400, whole},
		"a ticked box":                  {annot("/Subtype /Widget /FT /Btn /T (b) /AS /Yes /Rect [20 20 80 80] /F 4 /AP << /N << /Yes 4 0 R /Off 5 0 R >> >>", rendertest.Stream(form, seal), rendertest.Stream(form, "")), lower, red, whole - 400, whole},
		"a box not ticked":              {annot("/Subtype /Widget /FT /Btn /T (b) /AS /Off /Rect [20 20 80 80] /F 4 /AP << /N << /Yes 4 0 R /Off 5 0 R >> >>", rendertest.Stream(form, seal), rendertest.Stream(form, "")), lower, anyInk, 0, 0},
		"what its author hid":           {annot("/Subtype /Stamp /Rect [20 20 80 80] /AP << /N 4 0 R >> /F 2", rendertest.Stream(form, seal)), lower, anyInk, 0, 0},
		"a field that needs a picture":  {field("/V (Zhang 13812345678)", fields), upper, darkInk, 100, 6000},
		"a field without a picture":     {field("/V (Zhang 13812345678)", strings.Replace(fields, "/NeedAppearances true", "", 1)), upper, darkInk, 100, 6000},
		"a field of 10,000 characters":  {field("/V ("+strings.Repeat("very long ", 1000)+") /Ff 4096", fields), upper, darkInk, 100, 9000},
		"a field without a form":        {field("/V (Zhang)", ""), upper, anyInk, 0, 6000},
	} {
		if f := inspect(t, w, render.PDF, c.file); f.Broken {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		img := page(t, w, render.PDF, c.file, render.Want{Width: 200})
		if n := inked(img, c.part, c.is); n < c.least || n > c.most {
			t.Errorf("%s: %d pixels of ink, want %d to %d", name, n, c.least, c.most)
		}
	}
}

// A seal whose picture is damaged leaves the page and its other marks readable.
func TestWorker_DrawsAPageWhoseSealIsBroken(t *testing.T) {
	w := render.Inside()
	defer w.Close()
	text := rendertest.Stream("", "0 g 10 120 180 60 re f")
	good := "<< /Type /Annot /Subtype /Stamp /Rect [20 20 80 80] /AP << /N 5 0 R >> /F 4 >>"
	for name, bad := range map[string]string{
		"no bytes":     rendertest.Stream(form+" /Filter /FlateDecode", "not deflated at all"),
		"lost image":   rendertest.Stream(form+" /Resources << /XObject << /I 99 0 R >> >>", "60 0 0 60 0 0 cm /I Do"),
		"broken image": rendertest.Stream(form+" /Resources << /XObject << /I 7 0 R >> >>", "60 0 0 60 0 0 cm /I Do"),
		"no stream":    "<< /Type /XObject >>",
		"itself":       rendertest.Stream(form+" /Resources << /XObject << /I 6 0 R >> >>", "/I Do"),
	} {
		file := rendertest.OnePage(fmt.Sprintf("/Contents 4 0 R /Annots [%s %s << /Subtype /Stamp /AP << /N 98 0 R >> >> null 97 0 R]",
			strings.Replace(strings.Replace(good, "5 0 R", "6 0 R", 1), "[20 20 80 80]", "[110 20 170 80]", 1), good), "",
			text, rendertest.Stream(form, seal), bad,
			rendertest.Stream("/Type /XObject /Subtype /Image /Width 6000 /Height 6000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", "\xff\xd8\xff\xe0broken"))
		if f := inspect(t, w, render.PDF, file); f.Broken {
			t.Errorf("%s: %+v", name, f)
			continue
		}
		img := page(t, w, render.PDF, file, render.Want{Width: 200})
		if n := inked(img, image.Rect(20, 120, 80, 180), red); n < 3200 {
			t.Errorf("%s: the sound seal has %d pixels", name, n)
		}
		if n := inked(img, image.Rect(10, 20, 190, 80), darkInk); n < 10000 {
			t.Errorf("%s: the page itself has %d pixels", name, n)
		}
	}
}

// A stamp for which the file has no picture is not drawn, and the page says so.
func TestWorker_TellsOfAStampWithoutAPicture(t *testing.T) {
	w := worker(t, render.Standard, "")
	for name, c := range map[string]struct {
		annotation string
		want       []string
	}{
		"a stamp by its name":  {"/Subtype /Stamp /Rect [20 20 80 80] /Name /Approved /F 4", []string{"stamp:0"}},
		"a line":               {"/Subtype /Line /Rect [20 20 80 80] /L [20 20 80 80] /F 4", []string{"stamp:0"}},
		"hidden by its author": {"/Subtype /Stamp /Rect [20 20 80 80] /Name /Approved /F 2", nil},
		"a link":               {"/Subtype /Link /Rect [20 20 80 80]", nil},
		"what is made up":      {"/Subtype /Square /Rect [20 20 80 80] /C [1 0 0] /F 4", nil},
	} {
		file := rendertest.OnePage("/Contents 4 0 R /Annots [<< /Type /Annot "+c.annotation+" >>]", "", rendertest.Stream("", "0 0 10 10 re f"))
		if f := inspect(t, w, render.PDF, file); f.Broken || !slices.Equal(f.Flags, c.want) {
			t.Errorf("%s: %+v, want %v", name, f, c.want)
		}
	}
}
