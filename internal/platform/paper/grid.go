package paper

import (
	"errors"
	"fmt"
	"strings"
)

func (b Fields) place(f *flow) error {
	if b.Plain {
		return b.placePlain(f)
	}
	cols := max(b.Columns, 1)
	if cols > 4 {
		return fmt.Errorf("%d columns of fields", cols)
	}
	sideW := 0.0
	if b.Side != "" {
		sideW = f.sideWidth()
	}
	pair := (f.w - sideW) / float64(cols)
	s := style{pt: f.doc.Size}
	labelW := b.labelWidth(f, pair)
	if pair-labelW < s.em()*2+2*f.padding(s.pt) {
		return errors.New("fields are too narrow for their values")
	}
	least := b.RowHeight
	if least == 0 {
		least = f.leading(s.pt) + 3
	}
	strips := b.strips(f, s, cols, pair, labelW, least)
	if need := float64(len([]rune(b.Side)))*s.em()*1.15 + 2; b.Side != "" && len(strips) > 0 {
		var sum float64
		for _, st := range strips {
			sum += st.height()
		}
		if sum < need {
			last := &strips[len(strips)-1]
			last.least = last.height() + need - sum
		}
	}
	end := f.beside(b.Side, sideW, false)
	for _, st := range strips {
		f.put(st, 0)
	}
	end()
	return nil
}

// labelWidth is as wide as the longest label of the grids of this shape, but leaves the value three fifths.
func (b Fields) labelWidth(f *flow, pair float64) float64 {
	if b.LabelWidth > 0 {
		return b.LabelWidth
	}
	return min(max(f.labels[b.Columns], b.widestLabel(f)), pair*0.4)
}

func (b Fields) widestLabel(f *flow) float64 {
	w := 0.0
	for _, it := range b.Items {
		for line := range strings.SplitSeq(f.l.clean(it.Label), "\n") {
			w = max(w, f.l.space(line, f.doc.Size))
		}
	}
	return w + 2*f.padding(f.doc.Size) + 1
}

// strips arranges the pairs in rows. The last pair of a row takes what is left of it.
func (b Fields) strips(f *flow, s style, cols int, pair, labelW, least float64) []strip {
	var out []strip
	for i := 0; i < len(b.Items); {
		used, j := 0, i
		for j < len(b.Items) {
			span := min(max(b.Items[j].Span, 1), cols)
			if used+span > cols {
				break
			}
			used += span
			j++
		}
		st := strip{least: least}
		at := 0
		for k := i; k < j; k++ {
			it := b.Items[k]
			span := min(max(it.Span, 1), cols)
			if k == j-1 {
				span = cols - at
			}
			x, w := float64(at)*pair, float64(span)*pair
			ls, vs := s, s
			ls.align, vs.align, vs.bold = AlignCenter, it.Align, it.Bold
			st.boxes = append(st.boxes, f.box(x, labelW, ls, WrapText, it.Label))
			st.boxes = append(st.boxes, f.box(x+labelW, w-labelW, vs, WrapText, it.Value))
			if it.Lines > 1 {
				st.least = max(st.least, float64(it.Lines)*f.leading(s.pt)*1.35+2*air(s.pt))
			}
			at += span
		}
		out = append(out, st)
		i = j
	}
	return out
}

// placePlain writes the pairs without boxes: one row is spread from edge to edge, more rows stand in columns.
// An empty value with Lines is a line of 45 mm to sign on.
func (b Fields) placePlain(f *flow) error {
	f.free()
	cols := b.Columns
	if cols == 0 {
		cols = len(b.Items)
	}
	s := style{pt: f.doc.Size}
	lh := s.em() * 1.5
	for i := 0; i < len(b.Items); i += cols {
		row := b.Items[i:min(i+cols, len(b.Items))]
		widths := make([]float64, len(row))
		sum := 0.0
		for j, it := range row {
			widths[j] = b.plainWidth(f, it, s.pt)
			sum += widths[j]
		}
		if sum+3*float64(len(row)-1) <= f.w && len(b.Items) <= cols {
			if !f.fits(lh) && !f.fresh() {
				f.turn()
			}
			gap := 0.0
			if len(row) > 1 {
				gap = (f.w - sum) / float64(len(row)-1)
			}
			x := f.x
			for j, it := range row {
				b.plainField(f, x, widths[j]+0.01, lh, s, it)
				x += widths[j] + gap
			}
			f.y += lh
			continue
		}
		w := f.w / float64(cols)
		h := 0.0
		for j, it := range row {
			if it.Value == "" && it.Lines > 0 && widths[j] > w-3 {
				return errors.New("no room for a line to sign on")
			}
			lines := f.l.wrap(plainText(it), s.pt, w-3)
			h = max(h, float64(len(lines))*lh)
		}
		if !f.fits(h) && !f.fresh() {
			f.turn()
		}
		for j, it := range row {
			b.plainField(f, f.x+float64(j)*w, w-3, lh, s, it)
		}
		f.y += h
	}
	f.y += 1
	return nil
}

func plainText(it Field) string {
	if it.Label == "" {
		return it.Value
	}
	return it.Label + "：" + it.Value
}

func (b Fields) plainWidth(f *flow, it Field, pt float64) float64 {
	w := f.l.space(f.l.clean(plainText(it)), pt)
	if it.Value == "" && it.Lines > 0 {
		w += 45
	}
	return w
}

func (b Fields) plainField(f *flow, x, w, lh float64, s style, it Field) {
	if it.Bold && it.Label != "" && f.l.space(f.l.clean(plainText(it)), s.pt) <= w {
		label := it.Label + "："
		f.k.line(x, f.y, w, lh, s, label)
		s.bold = true
		f.k.line(x+f.l.space(f.l.clean(label), s.pt), f.y, w, lh, s, it.Value)
		return
	}
	s.bold = it.Bold
	f.k.lines(x, f.y, w, lh, s, f.l.wrap(plainText(it), s.pt, w))
	if it.Value == "" && it.Lines > 0 {
		at := x + f.l.width(f.l.clean(plainText(it)), s.pt)
		f.k.page.hline(at, at+45, f.y+lh-0.6, max(0.25, f.thin))
	}
}

func (b Ticks) place(f *flow) error {
	s := style{pt: f.doc.Size}
	labelW := 0.0
	if b.Label != "" {
		labelW = min(f.l.space(f.l.clean(b.Label), s.pt)+2*f.padding(s.pt)+1, f.w*0.2)
	}
	texts := make([]string, len(b.Items))
	for i, it := range b.Items {
		texts[i] = Open + it.Text
		if it.Held {
			texts[i] = Held + it.Text
		}
	}
	end := f.beside(b.Label, labelW, true)
	defer end()
	w := f.w - labelW
	if b.Columns <= 0 {
		bx := f.box(0, w, s, WrapText, strings.Join(texts, "　"))
		bx.lh *= 1.25
		f.put(strip{boxes: []box{bx}, least: f.leading(s.pt) + 3}, 0)
		return nil
	}
	if w/float64(b.Columns) < 4*s.em() {
		return fmt.Errorf("%d columns of boxes are too many", b.Columns)
	}
	cw := w / float64(b.Columns)
	for i := 0; i < len(texts); i += b.Columns {
		st := strip{least: f.leading(s.pt) + 2}
		for j, t := range texts[i:min(i+b.Columns, len(texts))] {
			bx := f.box(float64(j)*cw, cw, s, WrapText, t)
			bx.bar = false
			st.boxes = append(st.boxes, bx)
		}
		weight := -1.0
		if i == 0 {
			weight = 0
		}
		f.put(st, weight)
	}
	return nil
}

func (b Signatures) place(f *flow) error {
	const line, cell = 45.0, 50.0
	pad := f.padding(f.doc.Size)
	cols := b.Columns
	if cols == 0 {
		cols = min(len(b.Items), 4, int(f.w/cell))
	}
	cols = max(cols, 1)
	w := f.w / float64(cols)
	if w < line+2*pad {
		return fmt.Errorf("%d signatures in a row leave no line of 45 mm", cols)
	}
	h := b.Height
	if h == 0 {
		h = 21
	}
	h = max(h, 15)
	s := style{pt: f.doc.Size}
	var words [][]string
	most := 0
	for _, it := range b.Items {
		lines := f.l.wrap(b.heading(it), s.pt, w-2*pad)
		words = append(words, lines)
		most = max(most, len(lines))
	}
	lh := f.leading(s.pt)
	h = max(h, float64(most)*lh+1.2+13)
	rows := (len(b.Items) + cols - 1) / cols
	if !f.fits(h*float64(rows)) && !f.fresh() {
		f.turn()
	}
	for i := 0; i < len(b.Items); i += cols {
		if !f.fits(h) && !f.fresh() {
			f.turn()
		}
		row := b.Items[i:min(i+cols, len(b.Items))]
		f.row(h, 0, func(x, y, _ float64) {
			for j, it := range row {
				b.sign(f, Point{x + float64(j)*w, y}, w, h, s, it, words[i+j], j > 0)
			}
		})
	}
	return nil
}

func (b Signatures) heading(it Signature) string {
	t := it.Role
	if it.Name != "" {
		t += "：" + it.Name
	}
	if it.Words != "" {
		t += "\n" + it.Words
	}
	return t
}

// sign draws one place: what is declared, the line, and the date.
func (b Signatures) sign(f *flow, at Point, w, h float64, s style, it Signature, words []string, bar bool) {
	const line = 45.0
	k, pad := f.k, f.padding(s.pt)
	if bar {
		k.page.vline(at.X, at.Y, at.Y+h, f.thin)
	}
	lh := f.leading(s.pt)
	k.lines(at.X+pad, at.Y+1.2, w-2*pad, lh, s, words)
	small := style{pt: max(f.least, s.pt-1.5)}
	bottom := at.Y + h - 1.5
	x := at.X + w - pad - line
	lead := f.l.width("签名：", small.pt)
	if w > line+lead+2*pad+3 {
		k.line(x-lead, bottom-11, lead, 5, small, "签名：")
	}
	sig := bottom - 6
	if it.NoDate {
		sig = bottom - 1
	}
	k.page.hline(x, x+line, sig, max(0.25, f.thin))
	if !it.NoDate {
		small.align = AlignRight
		k.line(at.X, bottom-5, w-pad, 5, small, "年　　月　　日")
	}
}
