package render

import (
	"errors"
	"fmt"
	"image"
	"image/gif"
	"io"
	"slices"

	"github.com/gen2brain/avif"
	"github.com/gen2brain/heic"
	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"
)

const (
	maxTIFFPages = 2000
	maxSide      = 200_000
	maxPixels    = 1_000_000_000 // of a picture that is decoded in pieces
	maxWhole     = 50_000_000    // of one that is decoded as a whole
	maxKept      = 160 << 20     // bytes that a decoder in pieces may hold at once
	heavyPixels  = 16_000_000    // more than these take seconds
	heavyKept    = 32 << 20
)

// largeError is a picture that is too large for its kind.
type largeError struct{ width, height int }

func (e largeError) Error() string { return fmt.Sprintf("%d × %d pixels", e.width, e.height) }

var errNoPage = errors.New("no such page")

// picture decodes one picture of a file, upright and turned, at most as wide as wanted. What is damaged is white in it; then
// the warning says so. Its head is read first: a flood of pixels is refused undecoded.
func (s *server) picture(f *file, t Type, w Want) (img *image.RGBA, warning string, err error) {
	if _, ok := kinds[t]; ok {
		return s.inPieces(f, t, w)
	}
	return s.asWhole(f, t, w)
}

// decoder reads a whole picture: its pixels, and its head alone.
type decoder struct {
	whole func(io.Reader) (image.Image, error)
	head  func(io.Reader) (image.Config, error)
}

// decoders are for what people rarely send, or send small.
var decoders = map[Type]decoder{
	HEIC: {heic.Decode, heic.DecodeConfig},
	AVIF: {avif.Decode, avif.DecodeConfig},
	BMP:  {bmp.Decode, bmp.DecodeConfig},
	GIF:  {gif.Decode, gif.DecodeConfig},
}

func (s *server) asWhole(f *file, t Type, w Want) (out *image.RGBA, warning string, err error) {
	d, known := decoders[t]
	switch {
	case !known:
		return nil, "", fmt.Errorf("no decoder for %q", t)
	case w.Page != 0:
		return nil, "", errNoPage
	}
	head, err := d.head(f.reader())
	if t == BMP && err != nil {
		d = decoder{oddBMP, oddBMPHead}
		head, err = d.head(f.reader())
	}
	switch {
	case err != nil:
		return nil, "", err
	case head.Width <= 0 || head.Height <= 0:
		return nil, "", errors.New("a picture without a size")
	case head.Width > maxWhole/head.Height:
		return nil, "", largeError{head.Width, head.Height}
	}
	if head.Width*head.Height > heavyPixels && !s.mayTakeLong() {
		return nil, "", errRefused
	}
	img, err := d.whole(f.reader())
	if t == BMP && err != nil { // cut off: what is there is shown
		warning = err.Error()
		img, err = oddBMP(f.reader())
	}
	if err != nil {
		return nil, "", err
	}
	return turned(fitted(img, w), w.Turn), warning, nil
}

func (s *server) inPieces(f *file, t Type, w Want) (*image.RGBA, string, error) {
	if w.Page != 0 && t != TIFF || w.Page < 0 {
		return nil, "", errNoPage
	}
	h, err := s.pictures.head(f, t, w.Page)
	switch {
	case err != nil:
		return nil, "", err
	case h.width <= 0 || h.height <= 0:
		return nil, "", errors.New("a picture without a size")
	case h.width > maxSide || h.height > maxSide || h.width > maxPixels/h.height || h.kept > maxKept:
		return nil, "", largeError{h.width, h.height}
	}
	if (h.width*h.height > heavyPixels || h.kept > heavyKept) && !s.mayTakeLong() {
		return nil, "", errRefused
	}
	if t == PNG || t == WebP {
		h.orientation = exifOrientation(f, t)
	}
	p := newPlace(h, w)
	c := &call{file: f, width: p.w, row: p.row}
	_, err = s.pictures.run(c, "draw", kinds[t], uint64(f.size), uint64(w.Page), uint64(p.w), uint64(p.h))
	var known decoderError
	switch {
	case err == nil:
	case errors.As(err, &known) && known.fault() == FaultLarge:
		return nil, "", largeError{h.width, h.height}
	case p.rows == 0 || errors.As(err, &known) && known.fault() != "":
		return nil, "", err
	default: // what was decoded until then is shown
		c.warning = err.Error()
	}
	return p.out, c.warning, nil
}

// place puts the rows of a picture where they belong in it once it is upright and turned.
type place struct {
	out   *image.RGBA
	w, h  int // of the rows as they come
	turns int // quarters clockwise
	flip  bool
	rows  int
}

func newPlace(h head, w Want) *place {
	p := &place{w: h.width, h: h.height}
	if h.across > 0 && h.down > 0 { // a fax has twice as many dots across as down
		switch ratio := float64(h.across) / float64(h.down); {
		case ratio > 1.02 && ratio < 8:
			p.h = max(int(float64(h.height)*ratio), 1)
		case ratio < 0.98 && ratio > 1.0/8:
			p.w = max(int(float64(h.width)/ratio), 1)
		}
	}
	p.flip = h.orientation == 2 || h.orientation == 4 || h.orientation == 5 || h.orientation == 7
	p.turns = ([9]int{3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}[h.orientation] + w.Turn/90) % 4
	p.w, p.h = fit(p.w, p.h, w.Width, p.turns%2 == 1)
	if p.turns%2 == 1 {
		p.out = image.NewRGBA(image.Rect(0, 0, p.h, p.w))
	} else {
		p.out = image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	}
	for i := range p.out.Pix {
		p.out.Pix[i] = 255
	}
	return p
}

func (p *place) row(y int, rgb []byte) {
	if y < 0 || y >= p.h {
		return
	}
	p.rows++
	x0, y0, stepX, stepY := 0, y, 1, 0 // where the row begins, and how it runs
	if p.flip {
		x0, stepX = p.w-1, -1
	}
	for range p.turns { // of the picture as it lies at this point only the signs matter
		stepX, stepY = -stepY, stepX
	}
	switch p.turns {
	case 1:
		x0, y0 = p.h-1-y, x0
	case 2:
		x0, y0 = p.w-1-x0, p.h-1-y
	case 3:
		x0, y0 = y, p.w-1-x0
	}
	at, step := p.out.PixOffset(x0, y0), stepX*4+stepY*p.out.Stride
	for x := range p.w {
		copy(p.out.Pix[at:at+3], rgb[3*x:])
		at += step
	}
}

// fit is the size at which a picture is drawn so that it is at most so wide after turning, and never larger than it is.
func fit(width, height, wanted int, lies bool) (int, int) {
	across, down := width, height
	if lies {
		across, down = height, width
	}
	scale := min(1, float64(wanted)/float64(across), maxHeight/float64(down))
	return max(int(float64(width)*scale+0.5), 1), max(int(float64(height)*scale+0.5), 1)
}

// fitted is a picture at the width that it should have after turning, on white.
func fitted(img image.Image, w Want) *image.RGBA {
	b := img.Bounds()
	width, height := fit(b.Dx(), b.Dy(), w.Width, w.Turn%180 != 0)
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	if width == b.Dx() && height == b.Dy() {
		draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	} else {
		draw.BiLinear.Scale(out, out.Rect, img, b, draw.Over, nil)
	}
	return out
}

// turned turns a picture clockwise.
func turned(img *image.RGBA, degrees int) *image.RGBA {
	if degrees%360 == 0 {
		return img
	}
	p := newPlace(head{width: img.Rect.Dx(), height: img.Rect.Dy(), orientation: 1}, Want{Width: maxSide, Turn: degrees})
	rgb := make([]byte, 3*p.w)
	for y := range p.h {
		for x := range p.w {
			copy(rgb[3*x:3*x+3], img.Pix[img.PixOffset(x, y):])
		}
		p.row(y, rgb)
	}
	return p.out
}

// blankPicture reports that a picture has no ink at all.
func blankPicture(img *image.RGBA) bool {
	return !slices.ContainsFunc(img.Pix, func(v uint8) bool { return v < 0xfc })
}
