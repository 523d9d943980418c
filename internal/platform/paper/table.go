package paper

import (
	"errors"
	"fmt"
)

// sheet is a table being placed.
type sheet struct {
	f      *flow
	t      *Table
	index  int // of the table in the body
	size   float64
	widths []float64
	head   strip
	rows   []strip
	tail   []strip
	least  float64 // of a row
	share  float64 // of a row when PerPage rows share a page
	sumH   float64 // of a row of totals
	under  float64 // kept free under the rows of every page
	all    totals  // up to the last row placed
}

// tallest is the greatest height in mm that rows are stretched to when few share a page.
const tallest = 14.0

func (b Table) place(f *flow) error {
	s := &sheet{f: f, t: &b, index: f.tables, size: b.Size, all: newTotals(len(b.Columns))}
	f.tables++
	if s.size == 0 {
		s.size = f.doc.Size
	}
	s.size = max(s.size, f.least)
	sideW := 0.0
	if b.Side != "" {
		sideW = f.sideWidth()
	}
	if err := s.measure(f.w - sideW); err != nil {
		return err
	}
	if err := s.build(); err != nil {
		return err
	}
	end := f.beside(b.Side, sideW, false)
	defer end()
	return s.place()
}

// measure shares the width among the columns.
func (s *sheet) measure(w float64) error {
	if len(s.t.Columns) == 0 {
		return errors.New("a table without columns")
	}
	fixed, weights := 0.0, 0.0
	for _, c := range s.t.Columns {
		if fixed += c.Width; c.Width == 0 {
			weights += weight(c)
		}
	}
	if weights == 0 { // all fixed: stretch or shrink to the paper
		weights, w = 1, w/fixed
		for _, c := range s.t.Columns {
			s.widths = append(s.widths, c.Width*w)
		}
	} else {
		for _, c := range s.t.Columns {
			cw := c.Width
			if cw == 0 {
				cw = (w - fixed) * weight(c) / weights
			}
			s.widths = append(s.widths, cw)
		}
	}
	for i, cw := range s.widths {
		if cw < s.size*mmPerPt+2*s.f.padding(s.size) {
			return fmt.Errorf("column %d %q is %.1f mm wide, too narrow for a letter", i+1, s.t.Columns[i].Title, cw)
		}
	}
	return nil
}

func weight(c Column) float64 {
	if c.Weight <= 0 {
		return 1
	}
	return c.Weight
}

// build breaks all text and finds what must be kept free under the rows.
func (s *sheet) build() error {
	f, t := s.f, s.t
	titles := Row{Kind: RowTotal}
	for _, c := range t.Columns {
		titles.Cells = append(titles.Cells, Cell{Text: c.Title, Align: AlignCenter})
	}
	s.least = t.RowHeight
	if s.least == 0 {
		s.least = f.leading(s.size) + 2.4
	}
	s.sumH = f.leading(s.size) + 2.8
	var err error
	if s.head, err = s.strip(titles, s.sumH+0.4); err != nil {
		return err
	}
	for _, r := range t.Tail {
		st, err := s.strip(r, s.sumH)
		if err != nil {
			return err
		}
		s.tail = append(s.tail, st)
		s.under += st.height()
	}
	for _, on := range []bool{t.Sums.Page, t.Sums.Running, t.Sums.Carry || t.Sums.Total} {
		if on {
			s.under += s.sumH
		}
	}
	if s.under > 0 && t.Columns[0].Sum != SumNone {
		return errors.New("the first column holds the words of the totals and cannot be summed")
	}
	s.least = min(s.least, s.room())
	s.share = s.least
	if t.PerPage > 0 {
		s.share = max(s.least, min(s.room()/float64(t.PerPage), tallest))
	}
	for i, r := range t.Rows {
		least := s.least
		if r.Kind == RowGroup {
			least = min(s.sumH, s.room())
		}
		st, err := s.strip(r, least)
		if err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
		s.rows = append(s.rows, st)
	}
	if s.room() < f.leading(s.size)+2*air(s.size)+1 {
		return errors.New("head and totals leave no room for a row")
	}
	return nil
}

// over is the height of the 文武线, in mm.
func (s *sheet) over() float64 {
	if s.t.Register && !s.f.doc.Paper.Impact {
		return 1.1
	}
	return 0
}

func (s *sheet) carryH() float64 {
	if s.t.Sums.Carry {
		return s.sumH
	}
	return 0
}

// strip breaks one row into its boxes.
func (s *sheet) strip(r Row, least float64) (strip, error) {
	st := strip{least: least}
	at, x := 0, 0.0
	for i, c := range r.Cells {
		span := max(c.Span, 1)
		if r.Kind == RowGroup && i == 0 && c.Span == 0 {
			span = len(s.widths)
		}
		if at+span > len(s.widths) {
			return st, fmt.Errorf("%d columns have no room for its cells", len(s.widths))
		}
		w := 0.0
		for _, cw := range s.widths[at : at+span] {
			w += cw
		}
		col := s.t.Columns[at]
		sty := style{pt: s.size, bold: c.Bold || r.Kind != RowPlain, align: c.Align}
		if sty.align == AlignAuto {
			sty.align = col.Align
			if r.Kind == RowGroup || span > 1 {
				sty.align = AlignLeft
			}
		}
		st.boxes = append(st.boxes, s.f.box(x, w, sty, col.Wrap, c.Text))
		at, x = at+span, x+w
	}
	for ; at < len(s.widths); at++ {
		st.boxes = append(st.boxes, s.f.box(x, s.widths[at], style{pt: s.size}, WrapText, ""))
		x += s.widths[at]
	}
	return st, nil
}

// place fills page after page: head, 承前页, rows, blank rows, totals.
func (s *sheet) place() error {
	f := s.f
	for next, part := 0, 0; ; {
		first := s.least
		if next < len(s.rows) {
			first = min(s.need(next), s.room())
		}
		if !f.fits(s.over()+s.head.height()+s.carryH()+first+s.under) && !f.fresh() {
			f.turn()
		}
		s.top()
		if next > 0 && s.t.Sums.Carry {
			s.sum("承前页", s.all, f.mid)
		}
		page := newTotals(len(s.widths))
		next, part = s.fill(next, part, &page)
		done := next == len(s.rows)
		s.bottom(page, done)
		if done {
			return nil
		}
		f.turn()
	}
}

// need is the height a row asks for: a heading stays with the row after it.
func (s *sheet) need(row int) float64 {
	h := s.rows[row].height()
	if s.t.Rows[row].Kind == RowGroup && row+1 < len(s.rows) {
		h += min(s.rows[row+1].height(), max(0, s.room()-h))
	}
	return h
}

// room is the height of the tallest row a fresh page can hold.
func (s *sheet) room() float64 {
	return s.f.bottom - s.f.top - s.over() - s.head.height() - s.carryH() - s.under
}

// top draws the 文武线 and the head.
func (s *sheet) top() {
	f := s.f
	if h := s.over(); h > 0 && !f.boxed {
		f.k.page.hline(f.x, f.x+f.w, f.y, 0.8)
		f.k.page.vline(f.x, f.y, f.y+h, f.thick)
		f.k.page.vline(f.x+f.w, f.y, f.y+h, f.thick)
		f.y += h
		f.boxed = true
	}
	h := s.head.height()
	f.row(h, 0, func(x, y, _ float64) { f.draw(s.head, x, y, h) })
}

// fill places rows from next on, as many as the page holds, and blank rows where asked for. It gives the next row
// to place and, when that row was parted, the number of its next piece.
func (s *sheet) fill(next, part int, page *totals) (int, int) {
	f := s.f
	end := s.reach(next)
	if end == next && next < len(s.rows) { // taller than a page: place saw to it that this one is fresh
		return next, s.split(next, part)
	}
	least := s.level(next, end)
	n := 0
	for ; next < end; next++ {
		st := s.rows[next]
		h := s.tall(next, least)
		s.one(st, h, n, Placed{Table: s.index, Row: next, Part: part, Y: f.y, H: h})
		page.add(s.t.Rows[next])
		s.all.add(s.t.Rows[next])
		part = 0
		if n++; s.t.Rows[next].Kind != RowPlain {
			n = 0
		}
	}
	s.blanks(page.rows, least)
	return next, part
}

// reach is the row after the last one that this page holds.
func (s *sheet) reach(next int) int {
	f, from, y := s.f, next, s.f.y
	for next < len(s.rows) {
		if s.t.PerPage > 0 && next-from == s.t.PerPage {
			break
		}
		need, h := s.need(next), s.rows[next].height()
		if next == from { // a heading alone on a page is better than nothing on it
			need = h
		}
		if y+need+s.under > f.bottom+eps {
			break
		}
		y += h
		next++
	}
	return next
}

// tall is the height of a row when rows are least mm high; headings keep their own.
func (s *sheet) tall(row int, least float64) float64 {
	h := s.rows[row].height()
	if s.t.Rows[row].Kind == RowGroup {
		return h
	}
	return max(h, least)
}

// level is the least height of the rows from next to end when they share the page: a full page is filled to its
// foot, the last one has rows like the pages before.
func (s *sheet) level(next, end int) float64 {
	if s.t.PerPage == 0 {
		return s.least
	}
	most := tallest
	if end == len(s.rows) {
		most = s.share
	}
	room := s.f.bottom - s.f.y - s.under
	lo, hi := s.least, max(most, s.least)
	for range 40 {
		mid := (lo + hi) / 2
		sum := 0.0
		for i := next; i < end; i++ {
			sum += s.tall(i, mid)
		}
		if sum <= room {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// split places as much of a row as the page holds and leaves the rest in its place.
func (s *sheet) split(row, part int) int {
	f := s.f
	h := f.bottom - f.y - s.under
	piece, rest, _ := s.rows[row].split(h)
	s.one(piece, h, 0, Placed{Table: s.index, Row: row, Part: part, Y: f.y, H: h})
	rest.least = s.least
	s.rows[row] = rest
	return part + 1
}

// one draws a row; n is its number under the head or the last heading.
func (s *sheet) one(st strip, h float64, n int, at Placed) {
	f := s.f
	weight := 0.0
	if n == 0 || s.t.Fives && n%5 == 0 {
		weight = f.mid
	}
	f.row(h, weight, func(x, y, _ float64) { f.draw(st, x, y, h) })
	if at.Row >= 0 {
		f.k.page.Rows = append(f.k.page.Rows, at)
	}
}

// blanks draws empty rows after n rows, and says 无记录 in a table without any.
func (s *sheet) blanks(n int, h float64) {
	f, t := s.f, s.t
	empty, _ := s.strip(Row{}, h)
	none := len(t.Rows) == 0
	for more := none; more || t.Fill && f.last || n < t.FillTo; more = false {
		if !f.fits(h+s.under) || t.PerPage > 0 && n >= t.PerPage {
			return
		}
		st := empty
		if none && n == 0 {
			st, _ = s.strip(Row{Cells: []Cell{{Text: "无记录", Span: len(s.widths), Align: AlignCenter}}}, h)
		}
		s.one(st, h, n, Placed{Row: -1})
		n++
	}
}
