package render

import (
	"bytes"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// The bounds of a thumbnail. On a card that fills its picture the number can still be read at 96 pixels, and cannot at 72.
const (
	thumbSide  = 72
	ThumbBytes = 20 << 10
)

// Thumbs are small pictures of pages that were looked at, one after the other: JPEGs on white, at most thumbSide pixels on their longer side.
type Thumbs struct {
	Sizes []int  `json:"sizes,omitempty"` // of each page's, in bytes; 0 for a page that cannot be drawn
	Bytes []byte `json:"-"`
}

// sound reports thumbnails as they were promised: a child that met a hostile file may say anything.
func (t Thumbs) sound() bool {
	sum := 0
	for _, n := range t.Sizes {
		if n < 0 || n > ThumbBytes {
			return false
		}
		sum += n
	}
	return sum == len(t.Bytes)
}

// thumb keeps a small picture of the page that was just drawn; none is kept where that does not work out.
func (s *server) thumb(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	scale := min(1, thumbSide/float64(max(w, h, 1)))
	small := image.NewRGBA(image.Rect(0, 0, max(int(float64(w)*scale+0.5), 1), max(int(float64(h)*scale+0.5), 1)))
	draw.BiLinear.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
	for _, quality := range []int{75, 50, 25} {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err == nil && out.Len() <= ThumbBytes {
			s.thumbs = append(s.thumbs, out.Bytes()...)
			return
		}
	}
}
