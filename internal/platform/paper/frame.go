package paper

import (
	"math"
	"strings"
)

// drawHead draws the frame's upper part into f.head and gives its height in mm.
func (f *flow) drawHead(copyName string) float64 {
	d := f.doc
	k := ink{&f.head, f.l}
	y := d.Margins.Top
	switch d.Head {
	case HeadReceipt:
		y = f.headReceipt(k, y, copyName)
	case HeadLetter:
		y = f.headLetter(k, y, copyName)
	case HeadRoll:
		y = f.headRoll(k, y, copyName)
	case HeadNone:
	default:
		y = f.headRegister(k, y, copyName)
	}
	return y - d.Margins.Top
}

// join puts an ideographic space between the parts that are not empty.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "　")
}

// copies is the list of copies, or the name of this one.
func (f *flow) copies(name string) string {
	if f.doc.Apart {
		return name
	}
	return strings.Join(f.doc.Copies, " ")
}

// spread writes one text at the left and one at the right, in one line if they fit, else broken, and gives the
// y below.
func (f *flow) spread(k ink, y float64, s style, left, right string) float64 {
	if left == "" && right == "" {
		return y
	}
	const gap = 4
	lh := s.em() * 1.5
	lw, rw := f.l.space(f.l.clean(left), s.pt), f.l.space(f.l.clean(right), s.pt)
	if lw+rw+gap > f.w {
		share := min(lw, max(f.w*0.58, f.w-rw-gap))
		lw, rw = share, f.w-share-gap
	}
	a, b := f.l.wrap(left, s.pt, lw+0.01), f.l.wrap(right, s.pt, rw+0.01)
	s.align = AlignLeft
	k.lines(f.x, y, f.w, lh, s, a)
	s.align = AlignRight
	k.lines(f.x, y, f.w, lh, s, b)
	return y + float64(max(len(a), len(b)))*lh
}

// title writes the form's name in the middle, spaced when there is room, never wider than w. It gives the lower
// edge and the width used.
func (f *flow) title(k ink, y, w, pt float64) (below, used float64) {
	text := f.l.clean(f.doc.Form)
	n := float64(len([]rune(text)) - 1)
	s := style{pt: pt, bold: true, align: AlignCenter}
	for _, spacing := range []float64{0.28, 0.12, 0} {
		s.spacing = spacing * s.em()
		used = f.l.space(text, pt) + n*s.spacing
		if used <= w {
			break
		}
	}
	for used > w && s.pt > pt*0.75 {
		s.pt -= 0.5
		used = f.l.space(text, s.pt)
	}
	lines := []string{text}
	if used > w {
		lines, used = f.l.wrap(text, s.pt, w), w
	}
	lh := s.em() * 1.45
	k.lines(f.x, y, f.w, lh, s, lines)
	return y + lh*float64(len(lines)), used
}

// gap is a free stretch of the head, in mm from the left edge of the paper.
type gap struct{ from, to float64 }

// beyond is the stretch to the right of a title that is used mm wide.
func (f *flow) beyond(used float64) gap { return gap{f.x + (f.w+used)/2 + 3, f.x + f.w} }

// mark draws the framed mark (补打, 作废) in the first gap that has room, at its right end, or else under the title.
func (f *flow) mark(k ink, y, below float64, gaps ...gap) float64 {
	text := f.l.clean(f.doc.Mark)
	if text == "" {
		return below
	}
	s := style{pt: 18, bold: true, align: AlignCenter}
	if f.doc.Paper.Roll || f.doc.Paper.W < 120 {
		s.pt = 14
	}
	for f.l.space(text, s.pt)+5 > f.w && s.pt > f.least {
		s.pt -= 0.5
	}
	w, h := f.l.space(text, s.pt)+5, s.em()*1.35
	x, top := f.x+(f.w-w)/2, below+1
	for _, g := range gaps {
		if g.to-g.from >= w {
			x, top = g.to-w, y+max(0.8, (below-y-h)/2)
			break
		}
	}
	k.page.rect(x+0.3, top+0.3, w-0.6, h, 0.6)
	k.line(x, top+0.3, w, h, s, text)
	return max(below, top+h+1.2)
}

func (f *flow) headRegister(k ink, y float64, copyName string) float64 {
	d := f.doc
	s := style{pt: 9}
	size := 16.0
	if d.Paper.W >= 400 {
		s.pt, size = 11, 20
	}
	if d.Paper.W < 150 {
		size = 12
	}
	y = f.spread(k, y, s, join(d.Company, d.Estate), join(f.copies(copyName), d.Code, d.Number))
	below, used := f.title(k, y, f.w, size)
	y = f.mark(k, y, below, f.beyond(used))
	y = f.spread(k, y, s, d.Scope, d.Period)
	return y + 1.2
}

// longest is the width of the longest line, in mm.
func (f *flow) longest(lines []string, pt float64) float64 {
	w := 0.0
	for _, t := range lines {
		w = max(w, f.l.space(t, pt))
	}
	return w
}

func (f *flow) headReceipt(k ink, y float64, copyName string) float64 {
	d := f.doc
	s := style{pt: max(f.least, 10.5)}
	lh := s.em() * 1.45
	side := f.w * 0.33
	number := ""
	if d.Number != "" {
		number = "№ " + d.Number
	}
	left := f.l.wrap(strings.Trim(d.Company+"\n"+d.Estate+"\n"+d.Scope, "\n"), s.pt, side)
	right := f.l.wrap(strings.Trim(number+"\n"+d.Period+"\n"+join(d.Code, f.copies(copyName)), "\n"), s.pt, side)
	s.align = AlignLeft
	k.lines(f.x, y, side, lh, s, left)
	s.align = AlignRight
	k.lines(f.x+f.w-side, y, side, lh, s, right)
	below, used := f.title(k, y+0.8, f.w-2*side, 18)
	half := used/2 + 1
	for _, dy := range []float64{0.3, 1.2} {
		k.page.hline(f.x+f.w/2-half, f.x+f.w/2+half, below+dy, max(f.thin, 0.35))
	}
	below = f.mark(k, y, below+2,
		gap{f.x + f.longest(left, s.pt) + 4, f.x + f.w/2 - half - 4}, gap{f.x + f.w/2 + half + 4, f.x + f.w - f.longest(right, s.pt) - 4})
	return max(below, y+lh*float64(max(len(left), len(right)))) + 1.2
}

func (f *flow) headLetter(k ink, y float64, copyName string) float64 {
	d := f.doc
	small := style{pt: 10}
	name := d.Company
	if name == "" {
		name = d.Estate
	}
	big := style{pt: 20, bold: true, align: AlignCenter}
	name = f.l.clean(name)
	for f.l.space(name, big.pt) > f.w && big.pt > 12 {
		big.pt -= 0.5
	}
	lines := f.l.wrap(name, big.pt, f.w)
	k.lines(f.x, y, f.w, big.em()*1.4, big, lines)
	y += big.em()*1.4*float64(len(lines)) + 1
	k.page.hline(f.x, f.x+f.w, y, 0.9) // 文武线
	k.page.hline(f.x, f.x+f.w, y+1.1, 0.2)
	y = f.spread(k, y+2.2, small, d.Estate, join(f.copies(copyName), d.Code, d.Number))
	below, used := f.title(k, y+2, f.w, 18)
	y = f.mark(k, y+2, below, f.beyond(used))
	y = f.spread(k, y, small, d.Scope, d.Period)
	return y + 2
}

func (f *flow) headRoll(k ink, y float64, copyName string) float64 {
	d := f.doc
	s := style{pt: 9, align: AlignCenter}
	below, used := f.title(k, y, f.w, 14)
	y = f.mark(k, y, below, f.beyond(used))
	for _, t := range []string{d.Company, d.Estate, join(d.Code, d.Number), d.Scope, d.Period, f.copies(copyName)} {
		if t == "" {
			continue
		}
		lines := f.l.wrap(t, s.pt, f.w)
		k.lines(f.x, y, f.w, s.em()*1.35, s, lines)
		y += s.em() * 1.35 * float64(len(lines))
	}
	return y + 1.5
}

// foot draws the frame's lower part onto p, beginning at y 0, and gives its height in mm. The height is the same
// for every page because page numbers are measured at their widest.
func (f *flow) foot(p *Page) float64 {
	d := f.doc
	if d.Head == HeadNone {
		return 0
	}
	k := ink{p, f.l}
	small := style{pt: max(8, f.least)}
	if d.Paper.W >= 400 {
		small.pt = 10
	}
	pr := d.Printed
	clause, leaf, water := "", "", ""
	if pr.Clause != "" {
		clause = "依据 " + pr.Clause
	}
	if pr.Leaf != "" {
		leaf = "存证 " + pr.Leaf
	}
	if pr.Key != "" {
		leaf = join(leaf, "公钥 "+pr.Key)
	}
	if d.Paper.Impact {
		water = d.Watermark
	}
	left := join(pr.Note, water, clause, leaf)
	right := join(pr.By+" 打印 "+pr.At.Format("2006-01-02 15:04"), pageOf(p.Number, p.Of))
	widest := join(pr.By+" 打印 "+pr.At.Format("2006-01-02 15:04"), pageOf(f.widest, f.widest))
	y := 2.0
	info := f.l.space(f.l.clean(join(left, widest)), small.pt) + 4.5
	if len(d.Foot) > 0 {
		if rows := f.slots(f.w - info); f.w-info > 60 && len(rows) == 1 {
			f.drawSlots(k, y, rows)
			lh := small.em() * 1.5
			small.align = AlignRight
			k.line(f.x, y+slotHigh-lh, f.w, lh, small, join(left, right))
			return y + slotHigh
		}
		rows := f.slots(f.w)
		f.drawSlots(k, y, rows)
		y += slotHigh*float64(len(rows)) + 1
	}
	if info <= f.w {
		return f.spread(k, y, small, left, right)
	}
	lh := small.em() * 1.4
	lines := f.l.wrap(left, small.pt, f.w)
	if left == "" {
		lines = nil
	}
	k.lines(f.x, y, f.w, lh, small, lines)
	y += lh * float64(len(lines))
	lines = f.l.wrap(right, small.pt, f.w)
	n := len(f.l.wrap(widest, small.pt, f.w))
	small.align = AlignRight
	k.lines(f.x, y, f.w, lh, small, lines)
	return y + lh*float64(n)
}

// A place at the foot: its line for a signature or a date, and the strip it stands in, in mm.
const (
	signLine  = 45.0
	dateLine  = 28.0
	slotHigh  = 7.4
	slotGap   = 4.0
	slotReach = 60.0 // longest line
)

// slot is one place at the foot of the form.
type slot struct {
	text       string
	word, line float64 // mm
}

// slots shares the places for 制表, 审核, 日期 among as many rows as their lines need, and stretches the lines.
func (f *flow) slots(w float64) [][]slot {
	var rows [][]slot
	used := 0.0
	for _, t := range f.doc.Foot {
		s := slot{f.l.clean(t + "："), 0, signLine}
		if t == Dated {
			s.line = dateLine
		}
		s.word = f.l.space(s.text, f.slotStyle().pt)
		s.line = min(s.line, w-s.word)
		if len(rows) == 0 || used+slotGap+s.word+s.line > w {
			rows, used = append(rows, nil), -slotGap
		}
		k := len(rows) - 1
		rows[k] = append(rows[k], s)
		used += slotGap + s.word + s.line
	}
	for _, row := range rows {
		rest, n := w-slotsWide(row), 0
		for _, s := range row {
			if s.line >= signLine {
				n++
			}
		}
		for i := range row {
			if row[i].line >= signLine {
				row[i].line = min(slotReach, row[i].line+rest/float64(n))
			}
		}
	}
	return rows
}

func slotsWide(row []slot) float64 {
	w := slotGap * float64(len(row)-1)
	for _, s := range row {
		w += s.word + s.line
	}
	return w
}

func (f *flow) slotStyle() style { return style{pt: max(10, f.least)} }

func (f *flow) drawSlots(k ink, y float64, rows [][]slot) {
	for _, row := range rows {
		x := f.x
		for _, s := range row {
			k.line(x, y, s.word, slotHigh, f.slotStyle(), s.text)
			k.page.hline(x+s.word, x+s.word+s.line, y+slotHigh-1.2, max(0.25, f.thin))
			x += s.word + s.line + slotGap
		}
		y += slotHigh
	}
}

// watermark tiles the page with the text at 15°. Impact paper knows no grey: there the text stands in the foot.
func (f *flow) watermark(p *Page, height float64) {
	text := f.l.clean(strings.ReplaceAll(f.doc.Watermark, "\n", "　"))
	if text == "" || f.doc.Paper.Impact {
		return
	}
	const pt = 15.0
	w := f.l.width(text, pt)
	sin, cos := math.Sincos(15 * math.Pi / 180)
	stepX, stepY := w+22, 34.0
	W, H := f.doc.Paper.W, height
	diag := math.Hypot(W, H) + w
	for j := -int(diag / stepY); j <= int(diag/stepY); j++ {
		for i := -int(diag/stepX) - 1; i <= int(diag/stepX)+1; i++ {
			u, v := float64(i)*stepX+float64(j&1)*stepX/2, float64(j)*stepY
			x, y := W/2+u*cos+v*sin, H/2-u*sin+v*cos
			if x < 0 || x > W || y < 0 || y > H {
				continue
			}
			p.Under = append(p.Under, Run{X: x, Y: y, Size: pt, Anchor: AlignCenter, Turn: 15, Grey: true, Text: text, Width: w})
		}
	}
}
