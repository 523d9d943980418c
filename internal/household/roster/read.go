package roster

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// Input is what Read needs besides the file.
type Input struct {
	Today    cn.Date
	Known    cn.Known  // what is known of the estate; the zero value knows nothing
	Mappings []Mapping // corrected by hand: the first that fits a table's headers counts, before its own guess
	Answers  Answers
	Places   Places // what is registered in the estate
}

// Places are the buildings of an estate with their entrances; "" where rooms have none. An entrance of several units stands there twice.
type Places map[string][]string

// has reports that a place may be one of the estate's own.
func (p Places) has(h cn.House) bool {
	entrances, ok := p[h.Building]
	return ok && slices.Contains(entrances, h.Entrance)
}

// Read understands every row of a file. The same file and input give the same plan.
func Read(book *sheet.Book, in Input) (*Plan, error) {
	plan, found, err := read(book, in, nil)
	for settled := map[string]string{}; err == nil && len(found) > 0; { // rows further down settled what those above left open
		maps.Copy(settled, found)
		plan, found, err = read(book, in, settled)
	}
	return plan, err
}

// read goes over the file once. It says what its rows settle of the questions they left open.
func read(book *sheet.Book, in Input, known map[string]string) (*Plan, map[string]string, error) {
	r := &reader{in: in, plan: &Plan{}, units: map[string]int{}, holders: map[int][]int{}, settled: known, settles: map[string]string{}}
	for _, s := range book.Sheets() {
		if err := r.sheet(s); err != nil {
			return nil, nil, err
		}
	}
	r.finish()
	return r.plan, r.settles, nil
}

// reader goes over the file once.
type reader struct {
	in      Input
	plan    *Plan
	units   map[string]int // of plan.Units, by key
	holders map[int][]int  // unit to plan.Households

	settled, settles map[string]string // choices that other rows settle: known before, and found now
}

func (r *reader) sheet(s *sheet.Sheet) error {
	found, err := lookSheet(s)
	if err != nil {
		return err
	}
	first := len(r.plan.Tables)
	r.plan.Tables = append(r.plan.Tables, found...)
	high, err := mergedRows(s)
	if err != nil {
		return err
	}
	tables := make([]*tableReader, len(found))
	for i := range found {
		tables[i] = r.table(&r.plan.Tables[first+i])
		tables[i].merged, tables[i].blocks = high, blockTexts{blocks: high}
	}
	before, last := r.plan.Counts.Rows, 0
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		r.plan.Counts.Rows++
		r.blankRows(s, last+1, row.Number-1)
		told := len(r.plan.Lines)
		r.row(s, row, tables)
		if last = row.Number; len(r.plan.Lines) == told {
			r.blankRows(s, last, last)
		}
	}
	if len(tables) == 0 && r.plan.Counts.Rows > before {
		r.problem(Problem{Kind: NoTable, Severity: Warning, At: Cell{Sheet: s.Name}})
	}
	for _, t := range tables {
		t.finish()
	}
	return nil
}

// mergedRows are the blocks of more than one row, by their first.
func mergedRows(s *sheet.Sheet) ([]sheet.Range, error) {
	all, err := s.Merges()
	if err != nil {
		return nil, err
	}
	var high []sheet.Range
	for _, m := range all {
		if m.Bottom > m.Top {
			high = append(high, m)
		}
	}
	slices.SortStableFunc(high, func(a, b sheet.Range) int { return cmp.Compare(a.Top, b.Top) })
	return high, nil
}

// row gives each table its part of a row; what no table wants is set aside.
func (r *reader) row(s *sheet.Sheet, row sheet.Row, tables []*tableReader) {
	if len(tables) == 0 {
		r.aside(AsideNoTable, s.Name, row, 1, len(row.Cells))
		return
	}
	tables = slices.DeleteFunc(slices.Clone(tables), func(t *tableReader) bool { return !t.holds(row.Number) })
	heads := tables[0].Heads
	switch {
	case slices.Contains(heads, row.Number):
		r.aside(AsideHeader, s.Name, row, 1, len(row.Cells))
		return
	case len(heads) > 0 && row.Number < heads[0]:
		r.aside(AsideTitle, s.Name, row, 1, len(row.Cells))
		return
	}
	next := 1
	for _, t := range tables {
		r.beside(s.Name, row, next, t.First-1)
		t.part(row)
		next = t.Last + 1
	}
	r.beside(s.Name, row, next, len(row.Cells))
}

func (r *reader) beside(name string, row sheet.Row, from, to int) {
	for c := from; c <= to; c++ {
		if textAt(row.Cells, c) != "" {
			r.aside(AsideBeside, name, row, from, to)
			return
		}
	}
}

// aside sets the part of a row from one column to another aside.
func (r *reader) aside(kind AsideKind, name string, row sheet.Row, from, to int) {
	a := SetAside{Kind: kind, At: Cell{name, row.Number, 0}}
	var says []string
	for c := from; c <= to; c++ {
		t := textAt(row.Cells, c)
		if t == "" {
			continue
		}
		if says = append(says, t); a.At.Column == 0 {
			a.At.Column, a.Text = c, clip(t, 60)
		} else if len(a.Text) < 120 {
			a.Text += " " + clip(t, 60)
		}
	}
	r.plan.SetAside = append(r.plan.SetAside, a)
	r.plan.Lines = append(r.plan.Lines, Line{At: Cell{name, row.Number, from}, Upto: row.Number, Aside: kind, Text: strings.Join(says, " ")})
	r.plan.Counts.Parts++
	r.plan.Counts.SetAside++
}

// clip keeps the first characters of a text.
func clip(t string, most int) string {
	n := 0
	for i := range t {
		if n == most {
			return t[:i] + "…"
		}
		n++
	}
	return t
}

func (r *reader) problem(p Problem) { r.plan.Problems = append(r.plan.Problems, p) }

// finish holds the households whose units are held.
func (r *reader) finish() {
	for i := range r.plan.Households {
		h := &r.plan.Households[i]
		for _, u := range h.Units {
			h.Held = h.Held || r.plan.Units[u].Held
		}
	}
	order := map[string]int{}
	for i, t := range r.plan.Tables {
		if _, ok := order[t.Sheet]; !ok {
			order[t.Sheet] = i
		}
	}
	slices.SortStableFunc(r.plan.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(order[a.At.Sheet], order[b.At.Sheet]), cmp.Compare(a.At.Row, b.At.Row), cmp.Compare(a.At.Column, b.At.Column))
	})
}
