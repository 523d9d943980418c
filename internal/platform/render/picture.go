package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/gen2brain/heic"
	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// pictures is how many pictures a file has.
func pictures(t Type, file []byte) (int, error) {
	if t != TIFF {
		return 1, nil
	}
	pages, err := tiffPages(file)
	return len(pages), err
}

// decode is one picture of a file, upright. Its head is read first: a flood of pixels is refused undecoded.
func decode(t Type, file []byte, at int) (image.Image, error) {
	if t == TIFF {
		return decodeTIFF(file, at)
	}
	d, known := decoders[t]
	switch {
	case !known:
		return nil, fmt.Errorf("no decoder for %q", t)
	case at != 0:
		return nil, errNoPage
	}
	img, err := d.decode(func() io.Reader { return bytes.NewReader(file) })
	if err == nil && t == JPEG {
		img = upright(img, exifOrientation(file))
	}
	return img, err
}

func decodeTIFF(file []byte, at int) (image.Image, error) {
	pages, err := tiffPages(file)
	if err != nil {
		return nil, err
	}
	if at < 0 || at >= len(pages) {
		return nil, errNoPage
	}
	if made, err := pages[at].asJPEG(); err != nil {
		return nil, err
	} else if made != nil {
		return made.decode()
	}
	return decoder{tiff.Decode, tiff.DecodeConfig}.decode(pages[at].reader)
}

// decoder reads one format: its pixels, and its head alone.
type decoder struct {
	whole func(io.Reader) (image.Image, error)
	head  func(io.Reader) (image.Config, error)
}

var decoders = map[Type]decoder{
	JPEG: {jpeg.Decode, jpeg.DecodeConfig},
	PNG:  {png.Decode, png.DecodeConfig},
	HEIC: {heic.Decode, heic.DecodeConfig},
	WebP: {webp.Decode, webp.DecodeConfig},
	BMP:  {bmp.Decode, bmp.DecodeConfig},
	GIF:  {gif.Decode, gif.DecodeConfig},
}

func (d decoder) decode(open func() io.Reader) (image.Image, error) {
	head, err := d.head(open())
	switch {
	case err != nil:
		return nil, err
	case head.Width <= 0 || head.Height <= 0 || int64(head.Width)*int64(head.Height) > maxPixels:
		return nil, fmt.Errorf("%d × %d pixels", head.Width, head.Height)
	}
	return d.whole(open())
}

var errNoPage = errors.New("no such page")

// fitted is a picture at the width that it should have after turning, never larger than it is, on white.
func fitted(img image.Image, w Want) *image.RGBA {
	b := img.Bounds()
	width, height := b.Dx(), b.Dy()
	across := &width
	if w.Turn%180 != 0 {
		across = &height
	}
	if *across > w.Width {
		scale := float64(w.Width) / float64(*across)
		width, height = max(int(float64(width)*scale), 1), max(int(float64(height)*scale), 1)
	}
	if height > maxHeight {
		width, height = max(width*maxHeight/height, 1), maxHeight
	}
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
	switch degrees {
	case 90:
		return moved(img, true, func(x, y, w, h int) (int, int) { return h - 1 - y, x })
	case 180:
		return moved(img, false, func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y })
	case 270:
		return moved(img, true, func(x, y, w, h int) (int, int) { return y, w - 1 - x })
	}
	return img
}

func moved(img *image.RGBA, lies bool, to func(x, y, w, h int) (int, int)) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if lies {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			nx, ny := to(x, y, w, h)
			copy(out.Pix[out.PixOffset(nx, ny):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}
