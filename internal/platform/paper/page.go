package paper

import (
	"sort"
	"strconv"
	"strings"
)

// Pages is a paginated print. Both renderers draw it as it stands, so they agree on every break and position.
type Pages struct {
	Title   string  // form and number, for the window and the file
	W, H    float64 // mm; of a roll, the computed height
	Pages   []Page
	Missing []rune // characters no font had, sorted: 〓 stands for them in the PDF
	Lent    []rune // characters shown by a system font, sorted

	printed Printed
	rare    func() []*face // the system fonts this layout measured with
}

// Page is one page: ink at absolute places, in mm from the upper left corner.
type Page struct {
	Number, Of int
	Copy       string // name of the copy, when copies are printed apart
	Under      []Run  // watermark, drawn first
	Rules      []Rule
	Fills      []Fill
	Runs       []Run
	Rows       []Placed
}

// Run is one line of text in one style.
type Run struct {
	X, Y    float64 // mm; Y is the baseline, X the point that Anchor names
	Size    float64 // pt
	Bold    bool
	Anchor  Align   // AlignLeft, AlignCenter or AlignRight
	Spacing float64 // mm added after each character
	Turn    float64 // degrees, counter-clockwise, about X, Y
	Grey    bool    // 12 % black
	Sign    bool    // □ or √, drawn by the outlines of sign.go in both renderers
	Text    string
	Width   float64 // mm, true width in the embedded font
}

// Left is the left end of the run in mm.
func (r Run) Left() float64 {
	switch r.Anchor {
	case AlignCenter:
		return r.X - r.Width/2
	case AlignRight:
		return r.X - r.Width
	}
	return r.X
}

// Rule is a straight line, across or down, in mm.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Weight         float64 // mm
	Dash           bool
}

// Fill is a black rectangle, in mm.
type Fill struct{ X, Y, W, H float64 }

// Placed tells where a row of a table came to stand: tests and indexes ask it.
type Placed struct {
	Table int // counted over the body's tables, from 0
	Row   int // index in Table.Rows
	Part  int // 0, or the number of the piece of a row taller than a page
	Y, H  float64
}

// Text is the page's text, line by line, from top to bottom and left to right.
func (p Page) Text() string {
	runs := append([]Run(nil), p.Runs...)
	sort.SliceStable(runs, func(i, j int) bool {
		if runs[i].Y != runs[j].Y {
			return runs[i].Y < runs[j].Y
		}
		return runs[i].Left() < runs[j].Left()
	})
	var b strings.Builder
	for i, r := range runs {
		if i > 0 {
			if r.Y == runs[i-1].Y {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\n')
			}
		}
		b.WriteString(r.Text)
	}
	return b.String()
}

// merge adds the ink of another page, shifted.
func (p *Page) merge(q Page, dx, dy float64) {
	for _, r := range q.Under {
		r.X, r.Y = r.X+dx, r.Y+dy
		p.Under = append(p.Under, r)
	}
	for _, r := range q.Rules {
		r.X1, r.X2, r.Y1, r.Y2 = r.X1+dx, r.X2+dx, r.Y1+dy, r.Y2+dy
		p.Rules = append(p.Rules, r)
	}
	for _, f := range q.Fills {
		f.X, f.Y = f.X+dx, f.Y+dy
		p.Fills = append(p.Fills, f)
	}
	for _, r := range q.Runs {
		r.X, r.Y = r.X+dx, r.Y+dy
		p.Runs = append(p.Runs, r)
	}
	for _, r := range q.Rows {
		r.Y += dy
		p.Rows = append(p.Rows, r)
	}
}

func (p *Page) hline(x1, x2, y, weight float64) {
	p.Rules = append(p.Rules, Rule{X1: x1, Y1: y, X2: x2, Y2: y, Weight: weight})
}

func (p *Page) vline(x, y1, y2, weight float64) {
	p.Rules = append(p.Rules, Rule{X1: x, Y1: y1, X2: x, Y2: y2, Weight: weight})
}

func (p *Page) rect(x, y, w, h, weight float64) {
	p.hline(x, x+w, y, weight)
	p.hline(x, x+w, y+h, weight)
	p.vline(x, y, y+h, weight)
	p.vline(x+w, y, y+h, weight)
}

// style is how text is drawn.
type style struct {
	pt      float64
	bold    bool
	align   Align
	spacing float64 // mm
}

// em is the letter size in mm.
func (s style) em() float64 { return s.pt * mmPerPt }

// ink puts text on a page.
type ink struct {
	page *Page
	l    *letters
}

// line draws one line of text in a strip that begins at x, y, is w wide and h high; the text is in its middle.
// Box characters become drawn boxes.
func (k ink) line(x, y, w, h float64, s style, text string) {
	text = k.l.clean(text)
	if strings.TrimSpace(text) == "" {
		return
	}
	base := y + (h-s.em())/2 + 0.88*s.em() // an ideograph stands 0.88 em above the baseline and 0.12 em below
	n := float64(len([]rune(text)) - 1)
	width := k.l.width(text, s.pt) + n*s.spacing
	r := Run{X: x, Y: base, Size: s.pt, Bold: s.bold, Anchor: AlignLeft, Spacing: s.spacing, Text: text, Width: width}
	switch s.align {
	case AlignCenter:
		r.X, r.Anchor = x+w/2, AlignCenter
	case AlignRight:
		r.X, r.Anchor = x+w, AlignRight
	}
	if !strings.ContainsAny(text, "☑☐√") {
		k.page.Runs = append(k.page.Runs, r)
		return
	}
	k.boxes(r, s)
}

// boxes draws a line with boxes in it, piece by piece from the left. An open box is the sign □; a ticked one is a
// square of the same size with the sign √ over it, so copied text reads □ and √.
func (k ink) boxes(r Run, s style) {
	x := r.Left()
	put := func(text string, sign bool) {
		if strings.TrimSpace(text) == "" {
			return
		}
		k.page.Runs = append(k.page.Runs, Run{X: x, Y: r.Y, Size: s.pt, Bold: s.bold || sign, Sign: sign,
			Anchor: AlignLeft, Text: text, Width: k.l.width(text, s.pt)})
	}
	piece := ""
	for _, c := range r.Text {
		if c != '☑' && c != '☐' && c != '√' {
			piece += string(c)
			continue
		}
		put(piece, false)
		x += k.l.width(piece, s.pt)
		piece = ""
		em := s.em()
		switch c {
		case '☐':
			put("□", true)
		case '☑':
			const side = boxHigh - boxLow - boxPen
			k.page.rect(x+(boxLeft+boxPen/2)*em, r.Y-(boxHigh-boxPen/2)*em, side*em, side*em, boxPen*em)
			put("√", true)
		default:
			put("√", true)
		}
		x += em
	}
	put(piece, false)
}

// lines draws lines one under the other, each lh high, from y down.
func (k ink) lines(x, y, w, lh float64, s style, text []string) {
	for i, t := range text {
		k.line(x, y+float64(i)*lh, w, lh, s, t)
	}
}

// down writes text downwards, centred in a strip; letters shrink when it is too short.
func (k ink) down(x, y, w, h float64, s style, text string) {
	rs := []rune(k.l.clean(text))
	if len(rs) == 0 {
		return
	}
	step := s.em() * 1.15
	if step*float64(len(rs)) > h-1 {
		step = (h - 1) / float64(len(rs))
		s.pt = min(s.pt, step/1.05*ptPerMM)
	}
	s.align = AlignCenter
	top := y + (h-step*float64(len(rs)))/2
	for i, r := range rs {
		k.line(x, top+float64(i)*step, w, step, s, string(r))
	}
}

func runesOf(set map[rune]bool) []rune {
	out := make([]rune, 0, len(set))
	for r := range set {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// pageOf is "第 1 页 共 9 页".
func pageOf(n, of int) string {
	return "第 " + strconv.Itoa(n) + " 页 共 " + strconv.Itoa(of) + " 页"
}
