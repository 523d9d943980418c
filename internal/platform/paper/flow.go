package paper

import (
	"errors"
	"fmt"
	"strings"
)

const eps = 1e-6

// flow fills pages from top to bottom. Everything boxed goes through row, which keeps the frame of the form.
type flow struct {
	doc         *Doc
	l           *letters
	pages       []*Page
	k           ink // of the current page
	x, w        float64
	top, bottom float64 // of the body, the same on every page
	y           float64
	boxed       bool // a frame is open; its lower edge is drawn when it closes
	tables      int
	head        Page // the frame's upper part, drawn once and laid on every page
	thin, mid   float64
	thick       float64
	pad         float64 // mm beside text in a box
	least       float64 // pt, letters never smaller
	last        bool    // the block being placed is the last one
	side        side
	over        bool            // a row has run into the foot
	widest      int             // a page number as wide as any
	labels      map[int]float64 // widest label of all grids with so many columns, so that their lines agree
}

// Layout paginates a print: once, for both renderers. It refuses what cannot be printed whole.
func Layout(doc Doc) (Pages, error) {
	return layoutWith(doc, newLetters())
}

func layoutWith(doc Doc, l *letters) (Pages, error) {
	if doc.Margins == (Margins{}) {
		doc.Margins = doc.Paper.Margins
	}
	if doc.Size == 0 {
		doc.Size = doc.Paper.Size
	}
	if doc.Paper.Roll {
		doc.Head = HeadRoll
	}
	if err := check(&doc); err != nil {
		return Pages{}, err
	}
	out := Pages{Title: doc.Form, W: doc.Paper.W, H: doc.Paper.H, printed: doc.Printed, rare: l.rare}
	if doc.Number != "" {
		out.Title += " " + doc.Number
	}
	out.Title = strings.ReplaceAll(l.clean(out.Title), "\n", " ")
	copies := []string{""}
	if doc.Apart && len(doc.Copies) > 0 {
		copies = doc.Copies
	}
	for _, name := range copies {
		pages, height, err := runOff(doc, l, name, 88)
		if err == nil && len(pages) > 99 && doc.Head != HeadNone { // wider page numbers: the foot is measured again
			pages, height, err = runOff(doc, l, name, 88888)
		}
		if err != nil {
			return Pages{}, err
		}
		for i := range pages {
			pages[i].Copy = l.clean(name)
		}
		out.H = height
		out.Pages = append(out.Pages, pages...)
	}
	out.Missing, out.Lent = runesOf(l.missing), runesOf(l.lent)
	if err := out.safe(doc); err != nil {
		return Pages{}, err
	}
	return out, nil
}

func check(doc *Doc) error {
	p, m := doc.Paper, doc.Margins
	switch {
	case doc.Form == "" || doc.Estate == "":
		return errors.New("paper: a print names its form and its estate")
	case doc.Printed.By == "" || doc.Printed.At.IsZero():
		return errors.New("paper: a print says who printed it and when")
	case p.W < 20 || p.H < 15 || p.W > 1200 || p.H > 3000:
		return fmt.Errorf("paper: no sheet is %g × %g mm", p.W, p.H)
	case p.W-m.Left-m.Right < 15 || p.H-m.Top-m.Bottom < 15 || min(m.Top, m.Right, m.Bottom, m.Left) < 0:
		return errors.New("paper: margins leave no room")
	case doc.Size < 5 || doc.Size > 72:
		return fmt.Errorf("paper: letters of %g pt", doc.Size)
	}
	return nil
}

// runOff makes the pages of one copy and tells their height. widest is a page number as wide as any.
func runOff(doc Doc, l *letters, copyName string, widest int) ([]Page, float64, error) {
	f := &flow{doc: &doc, l: l, widest: widest, x: doc.Margins.Left, thin: 0.2, mid: 0.45, thick: 0.6, pad: 0.8, least: 5.5}
	f.w = doc.Paper.W - doc.Margins.Left - doc.Margins.Right
	if doc.Paper.Impact {
		f.thin, f.mid, f.thick, f.pad, f.least = 0.35, 0.4, 0.5, 1.5, 10.5
	}
	if doc.Paper.Roll {
		f.thick = 0.35
	}
	headH := f.drawHead(copyName)
	footH := f.foot(&Page{Number: widest, Of: widest})
	f.top = doc.Margins.Top + headH
	f.bottom = doc.Paper.H - doc.Margins.Bottom - footH
	if f.bottom-f.top < 10 {
		return nil, 0, errors.New("paper: head and foot leave no room for the body")
	}
	f.newPage()
	f.labels = map[int]float64{}
	for _, b := range doc.Body {
		if g, ok := b.(Fields); ok && !g.Plain {
			f.labels[g.Columns] = max(f.labels[g.Columns], g.widestLabel(f))
		}
	}
	for i, b := range doc.Body {
		if b == nil {
			return nil, 0, fmt.Errorf("paper: %s, block %d is nil", doc.Form, i+1)
		}
		f.last = i == len(doc.Body)-1
		if err := b.place(f); err != nil {
			return nil, 0, fmt.Errorf("paper: %s, block %d: %w", doc.Form, i+1, err)
		}
	}
	f.closeBox()
	if f.over {
		return nil, 0, fmt.Errorf("paper: %s: a row is taller than its page", doc.Form)
	}
	height := doc.Paper.H
	if doc.Paper.Roll && len(f.pages) == 1 {
		f.bottom = f.y
		height = f.y + footH + doc.Margins.Bottom
	}
	pages := make([]Page, len(f.pages))
	for i, p := range f.pages {
		p.Number, p.Of = i+1, len(f.pages)
		var foot Page
		foot.Number, foot.Of = p.Number, p.Of
		f.foot(&foot)
		p.merge(foot, 0, f.bottom)
		f.watermark(p, height)
		pages[i].Number, pages[i].Of = p.Number, p.Of
		pages[i].merge(*p, doc.Offset.X, doc.Offset.Y)
	}
	return pages, height, nil
}

func (f *flow) newPage() {
	p := &Page{}
	p.merge(f.head, 0, 0)
	f.pages = append(f.pages, p)
	f.k = ink{p, f.l}
	f.y = f.top
}

// fresh tells whether nothing stands on the page yet.
func (f *flow) fresh() bool { return f.y <= f.top+eps }

// fits tells whether h mm more fit on the page.
func (f *flow) fits(h float64) bool { return f.y+h <= f.bottom+eps }

// turn ends the page and starts the next.
func (f *flow) turn() {
	f.closeBox()
	f.newPage()
}

// side is the heading at the left of boxed rows: written downwards, or across when it labels a list.
type side struct {
	text   string
	width  float64 // mm; 0: none
	across bool
	top    float64 // where it began on this page
	open   bool
}

// row draws one boxed strip h mm high: the line above it and the frame at its sides. weight is the line above:
// 0 the usual one, below 0 none. draw gets the strip without the side heading.
func (f *flow) row(h, weight float64, draw func(x, y, w float64)) {
	p, from := f.k.page, f.x
	if f.side.width > 0 && f.side.open {
		from += f.side.width
	}
	switch {
	case !f.boxed:
		p.hline(f.x, f.x+f.w, f.y, f.thick)
	case weight > 0:
		p.hline(from, f.x+f.w, f.y, weight)
	case weight == 0 || from == f.x:
		p.hline(from, f.x+f.w, f.y, f.thin)
	}
	f.boxed = true
	if f.side.width > 0 && !f.side.open {
		f.side.open, f.side.top = true, f.y
	}
	p.vline(f.x, f.y, f.y+h, f.thick)
	p.vline(f.x+f.w, f.y, f.y+h, f.thick)
	draw(f.x+f.side.width, f.y, f.w-f.side.width)
	f.y += h
	f.over = f.over || f.y > f.bottom+0.01
}

// closeSide writes the heading beside the rows it has gathered on this page.
func (f *flow) closeSide() {
	if !f.side.open {
		return
	}
	f.side.open = false
	h := f.y - f.side.top
	s := style{pt: f.doc.Size, align: AlignCenter}
	f.k.page.vline(f.x+f.side.width, f.side.top, f.y, f.thin)
	if !f.side.across {
		f.k.down(f.x, f.side.top, f.side.width, h, s, f.side.text)
		return
	}
	lines := f.l.wrap(f.side.text, s.pt, f.side.width-2*f.padding(s.pt)+0.01)
	lh := f.leading(s.pt)
	f.k.lines(f.x, f.side.top+(h-lh*float64(len(lines)))/2, f.side.width, lh, s, lines)
}

// beside begins a heading at the left; its end must be told by closing the returned function.
func (f *flow) beside(text string, width float64, across bool) (end func()) {
	if text == "" {
		return func() {}
	}
	f.side = side{text: text, width: width, across: across}
	return func() {
		f.closeSide()
		f.side = side{}
	}
}

// sideWidth is the width of a heading written downwards.
func (f *flow) sideWidth() float64 { return f.doc.Size*mmPerPt + 2*f.padding(f.doc.Size) + 1 }

// closeBox draws the lower edge of an open frame.
func (f *flow) closeBox() {
	f.closeSide()
	if f.boxed {
		f.k.page.hline(f.x, f.x+f.w, f.y, f.thick)
		f.boxed = false
	}
}

// free leaves the frame before something unboxed.
func (f *flow) free() {
	if f.boxed {
		f.closeBox()
		f.y += 1.5
	}
}

// leading is the height of a line in boxes, in mm.
func (f *flow) leading(pt float64) float64 {
	if pt <= 9 {
		return pt * mmPerPt * 1.13
	}
	return pt * mmPerPt * 1.22
}

// padding is the white beside text in a box, in mm.
func (f *flow) padding(pt float64) float64 { return max(f.pad, 0.3*pt*mmPerPt) }

// safe refuses pages with ink outside the margins: better no paper than half a paper.
func (p Pages) safe(doc Doc) error {
	const slack = 0.4 // half a frame line
	l, r := doc.Margins.Left-slack+doc.Offset.X, p.W-doc.Margins.Right+slack+doc.Offset.X
	t, b := doc.Margins.Top-slack+doc.Offset.Y, p.H-doc.Margins.Bottom+slack+doc.Offset.Y
	for _, pg := range p.Pages {
		for _, run := range pg.Runs {
			em := run.Size * mmPerPt
			if run.Left() < l || run.Left()+run.Width > r || run.Y-0.8*em < t || run.Y+0.1*em > b {
				return fmt.Errorf("paper: %s: page %d: a line does not fit (%.0f mm wide)", doc.Form, pg.Number, run.Width)
			}
		}
		for _, ru := range pg.Rules {
			if ru.X1 < l || ru.X2 > r || ru.Y1 < t || ru.Y2 > b {
				return fmt.Errorf("paper: %s: page %d: a rule leaves the paper", doc.Form, pg.Number)
			}
		}
	}
	return nil
}
