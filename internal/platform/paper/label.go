package paper

import (
	"fmt"

	"github.com/boombuler/barcode/qr"
)

const quiet = 4 // modules of white all round a QR code

// qr draws a QR code, its white border included, size mm wide.
func (f *flow) qr(data string, left, top, size float64) error {
	code, err := qr.Encode(data, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("QR code: %w", err)
	}
	n := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	m := size / float64(n+2*quiet)
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(x, y) {
				x++
			}
			if x > from {
				f.k.page.Fills = append(f.k.page.Fills, Fill{left + float64(from+quiet)*m, top + float64(y+quiet)*m, float64(x-from) * m, m})
			}
		}
	}
	return nil
}

func (b Label) place(f *flow) error {
	digits := style{pt: f.doc.Size, bold: true, align: AlignCenter}
	low := digits.em() * 1.35
	side := f.bottom - f.y - low
	if err := f.qr(b.Data, f.x, f.y, side); err != nil {
		return err
	}
	f.k.line(f.x, f.y+side, f.w, low, digits, b.Digits)
	b.words(f, f.x+side, side)
	f.y = f.bottom
	return nil
}

// words stand beside the code, h mm high; the lines that do not fit are left out.
func (b Label) words(f *flow, x, h float64) {
	w := f.x + f.w - x
	small, bold := style{pt: max(f.doc.Size-1.5, f.least)}, style{pt: f.doc.Size, bold: true}
	y := f.y + 0.1*h // as high as the code's first dark line
	put := func(s style, text string) {
		lh := s.em() * 1.3
		for _, line := range f.l.wrap(text, s.pt, w) {
			if y+lh <= f.y+h {
				f.k.line(x, y, w, lh, s, line)
				y += lh
			}
		}
	}
	put(small, b.Place)
	for _, text := range b.Words {
		put(bold, text)
	}
}
