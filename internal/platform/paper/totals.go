package paper

import (
	"math"
	"strconv"
)

// totals are the sums of the columns and the counts of rows.
type totals struct {
	sums  []int64
	rows  int
	kinds []string // in order of appearance
	count map[string]int
}

func newTotals(n int) totals { return totals{sums: make([]int64, n), count: map[string]int{}} }

func (t *totals) add(r Row) {
	if r.Kind != RowPlain {
		return
	}
	t.rows++
	if r.Count != "" {
		if t.count[r.Count] == 0 {
			t.kinds = append(t.kinds, r.Count)
		}
		t.count[r.Count]++
	}
	at := 0
	for _, c := range r.Cells {
		t.sums[at] += c.Value
		at += max(c.Span, 1)
	}
}

// bottom draws the totals of the page.
func (s *sheet) bottom(page totals, done bool) {
	f, t := s.f, s.t
	weight := f.mid
	if t.Sums.Page {
		s.sum("本页小计", page, weight)
		weight = 0
	}
	if t.Sums.Running {
		s.sum("累计", s.all, weight)
		weight = 0
	}
	switch {
	case done && (t.Sums.Carry || t.Sums.Total):
		s.sum("合计", s.all, weight)
		weight = 0
	case t.Sums.Carry:
		s.sum("过次页", s.all, weight)
	}
	if !done {
		return
	}
	for _, st := range s.tail {
		h := st.height()
		f.row(h, weight, func(x, y, _ float64) { f.draw(st, x, y, h) })
		weight = 0
	}
}

// sum draws one row of totals: words before the first summed column, then the sums; how many there are of each kind stands
// where the row has most room.
func (s *sheet) sum(label string, v totals, weight float64) {
	words := label
	if u := s.t.Sums.Unit; u != "" {
		words += "　" + strconv.Itoa(v.rows) + " " + u
	}
	kinds := ""
	for _, k := range v.kinds {
		kinds += "　" + k + " " + strconv.Itoa(v.count[k])
	}
	room := s.widest()
	r := Row{Kind: RowTotal}
	for i := 0; i < len(s.t.Columns); {
		c := s.t.Columns[i]
		switch c.Sum {
		case SumFen:
			r.Cells = append(r.Cells, Cell{Text: yuan(v.sums[i]), Align: AlignRight})
			i++
			continue
		case SumCount:
			r.Cells = append(r.Cells, Cell{Text: strconv.FormatInt(v.sums[i], 10), Align: c.Align})
			i++
			continue
		}
		j := s.unsummed(i)
		if i == room {
			words += kinds
		}
		r.Cells = append(r.Cells, Cell{Text: words, Span: j - i, Align: AlignCenter})
		words, i = "", j
	}
	st, _ := s.strip(r, s.sumH)
	st = s.squeeze(st)
	s.f.row(s.sumH, weight, func(x, y, _ float64) { s.f.draw(st, x, y, s.sumH) })
}

// squeeze makes each box of a total one line high: the height of these rows is fixed before they are known.
func (s *sheet) squeeze(st strip) strip {
	for i, b := range st.boxes {
		if len(b.lines) < 2 {
			continue
		}
		text := ""
		for _, l := range b.lines {
			text += l
		}
		b.lines = []string{text}
		b.style.pt = math.Min(b.style.pt, b.style.pt*(b.w-2*b.pad)/s.f.l.space(text, b.style.pt)*0.999)
		st.boxes[i] = b
	}
	return st
}

// unsummed is the end of the columns from i on that are not added up.
func (s *sheet) unsummed(i int) int {
	for i < len(s.t.Columns) && s.t.Columns[i].Sum == SumNone {
		i++
	}
	return i
}

// widest is where the most columns stand together that are not added up; the first of several.
func (s *sheet) widest() int {
	at, most := 0, 0
	for i := 0; i < len(s.t.Columns); i++ {
		if n := s.unsummed(i) - i; n > most {
			at, most = i, n
		}
	}
	return at
}
