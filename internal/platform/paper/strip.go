package paper

import "math"

// air is the least white above and below text in a box, in mm: little in dense registers.
func air(pt float64) float64 {
	if pt <= 9 {
		return 0.4
	}
	return 0.8
}

// box is one cell of a strip: its place within the strip and its broken lines.
type box struct {
	x, w  float64
	bar   bool    // a line at its left
	pad   float64 // beside the text
	lines []string
	style style
	lh    float64
}

// strip is one row of boxes, the unit of pagination.
type strip struct {
	boxes []box
	least float64 // mm
}

// box breaks text for a cell w mm wide.
func (f *flow) box(x, w float64, s style, wrap Wrap, text string) box {
	pad := f.padding(s.pt)
	lines, pt := f.l.fit(text, s.pt, f.least, w-2*pad, wrap)
	s.pt = pt
	return box{x: x, w: w, bar: x > 0, pad: pad, lines: lines, style: s, lh: f.leading(pt)}
}

func (s strip) height() float64 {
	h := s.least
	for _, b := range s.boxes {
		h = max(h, float64(len(b.lines))*b.lh+2*air(b.style.pt))
	}
	return h
}

// split parts a strip after the lines that fit in h mm; rest is empty when all fit.
func (s strip) split(h float64) (part, rest strip, more bool) {
	part.least = h
	for _, b := range s.boxes {
		n := min(len(b.lines), max(1, int(math.Floor((h-2*air(b.style.pt)+eps)/b.lh))))
		a, c := b, b
		a.lines, c.lines = b.lines[:n], b.lines[n:]
		more = more || len(c.lines) > 0
		part.boxes, rest.boxes = append(part.boxes, a), append(rest.boxes, c)
	}
	return part, rest, more
}

// draw puts the strip's bars and text, h mm high.
func (f *flow) draw(s strip, x, y, h float64) {
	for _, b := range s.boxes {
		if b.bar {
			f.k.page.vline(x+b.x, y, y+h, f.thin)
		}
		top := y + (h-float64(len(b.lines))*b.lh)/2
		f.k.lines(x+b.x+b.pad, top, b.w-2*b.pad, b.lh, b.style, b.lines)
	}
}

// put places a strip: whole on this page or the next; parted only when it is taller than a page.
func (f *flow) put(s strip, weight float64) {
	h := s.height()
	if !f.fits(h) && !f.fresh() {
		f.turn()
	}
	for more := true; more; {
		part, rest := s, strip{}
		more = false
		if h = s.height(); !f.fits(h) {
			part, rest, more = s.split(f.bottom - f.y)
			h = f.bottom - f.y
		}
		f.row(h, weight, func(x, y, _ float64) { f.draw(part, x, y, h) })
		if s = rest; more {
			f.turn()
		}
	}
}
