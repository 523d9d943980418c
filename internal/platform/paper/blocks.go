package paper

import (
	"errors"
	"fmt"
	"strings"
)

func (b Text) place(f *flow) error {
	f.free()
	s := style{pt: b.Size, bold: b.Bold, align: b.Align}
	if s.pt == 0 {
		s.pt = f.doc.Size
	}
	s.pt = max(s.pt, f.least)
	lead := b.Leading
	if lead == 0 {
		lead = 1.6
	}
	lh := s.em() * lead
	if lh > f.bottom-f.top {
		return fmt.Errorf("letters of %g pt are taller than the page", s.pt)
	}
	for _, p := range b.Paragraphs {
		if b.Indent {
			p = "　　" + p
		}
		lines := f.l.wrap(p, s.pt, f.w)
		for i, t := range lines {
			// no lonely first or last line of a paragraph
			alone := len(lines) > 2 && (i == 0 && !f.fits(2*lh) || i == len(lines)-2 && !f.fits(2*lh))
			if (!f.fits(lh) || alone) && !f.fresh() {
				f.turn()
			}
			f.k.line(f.x, f.y, f.w, lh, s, t)
			f.y += lh
		}
	}
	f.y += 1
	return nil
}

func (b Slip) place(f *flow) error {
	f.free()
	big, small := style{pt: f.doc.Size + 5, bold: true, align: AlignCenter}, style{pt: f.doc.Size, align: AlignCenter}
	const edge = 3.4
	w := b.Width
	if w == 0 {
		w = f.l.space(f.l.clean(b.Title), big.pt)
		for _, t := range b.Lines {
			w = max(w, f.l.space(f.l.clean(t), small.pt))
		}
		w += 2*edge + 6
	}
	w = min(w, f.w)
	title := f.l.wrap(b.Title, big.pt, w-2*edge)
	var lines []string
	for _, t := range b.Lines {
		lines = append(lines, f.l.wrap(t, small.pt, w-2*edge)...)
	}
	bh, sh := big.em()*1.35, small.em()*1.45
	h := bh*float64(len(title)) + sh*float64(len(lines)) + 2*edge
	if !f.fits(h+1) && !f.fresh() {
		f.turn()
	}
	if !f.fits(h) {
		return errors.New("a title slip taller than the page")
	}
	x := f.x + (f.w-w)/2
	p := f.k.page
	p.rect(x+0.4, f.y+0.4, w-0.8, h-0.8, 0.7)
	p.rect(x+1.6, f.y+1.6, w-3.2, h-3.2, max(0.2, f.thin))
	f.k.lines(x+edge, f.y+edge, w-2*edge, bh, big, title)
	f.k.lines(x+edge, f.y+edge+bh*float64(len(title)), w-2*edge, sh, small, lines)
	f.y += h + 2
	return nil
}

func (b Code) place(f *flow) error {
	f.free()
	size := b.Size
	if size == 0 {
		size = 18
	}
	s := style{pt: f.doc.Size}
	lh := s.em() * 1.4
	lines := f.l.wrap(b.Text, s.pt, f.w-size-2)
	h := max(size, lh*float64(len(lines)))
	if !f.fits(h) && !f.fresh() {
		f.turn()
	}
	if !f.fits(h) {
		return errors.New("a QR code taller than the page")
	}
	if err := f.qr(b.Data, f.x, f.y, size); err != nil {
		return err
	}
	f.k.lines(f.x+size+2, f.y+(h-lh*float64(len(lines)))/2, f.w-size-2, lh, s, lines)
	f.y += h + 1
	return nil
}

func (b Gap) place(f *flow) error {
	f.closeBox()
	if !f.fresh() {
		f.y = min(f.y+max(b.MM, 0), f.bottom)
	}
	return nil
}

func (b Break) place(f *flow) error {
	f.closeBox()
	if !f.fresh() {
		f.turn()
	}
	return nil
}

func (b Cut) place(f *flow) error {
	f.free()
	const h = 10.0
	if !f.fits(h) {
		f.turn()
	}
	y := f.y + h/2
	s := style{pt: max(9, f.least), align: AlignCenter}
	half := 0.0
	if text := strings.TrimSpace(f.l.clean(b.Text)); text != "" {
		half = f.l.space(text, s.pt)/2 + 2
		f.k.line(f.x, f.y, f.w, h, s, text)
	}
	mid := f.x + f.w/2
	for _, r := range []Rule{{X1: f.x, X2: mid - half}, {X1: mid + half, X2: f.x + f.w}} {
		r.Y1, r.Y2, r.Weight, r.Dash = y, y, max(0.2, f.thin), true
		f.k.page.Rules = append(f.k.page.Rules, r)
	}
	f.y += h
	return nil
}
