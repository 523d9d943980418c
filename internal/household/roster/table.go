package roster

import (
	"cmp"
	"slices"
	"strings"

	"hudang/internal/platform/sheet"
)

// Table is one list of a sheet: two may stand side by side, or one below another.
type Table struct {
	Sheet   string
	Hidden  bool // the sheet is
	First   int  // column
	Last    int
	Top     int      // row; 1 for the first list, with the titles above it
	Bottom  int      // row; 0 to the end of the sheet
	Heads   []int    // rows of the header, none if it has none
	Headers []Header // a column each
	Above   []string // what stands above the header
	Over    []string // of that, what stands above the table's own columns, the nearest first
	Guesses []Guess
	Mapping Mapping // as guessed; in a Plan, as read by
	Filled  []int   // by header: cells with a value in the rows that are read
	serials []bool  // by header: nearly all its values are five digits, as day counts are
}

// Header is the text above a column; of a header over two rows both, with a blank between.
type Header struct {
	Column int
	Text   string
}

// Unread is a column that goes nowhere, with the cells in it that say something.
type Unread struct {
	Header string
	Column int
	Cells  int
}

// Unread are the columns whose cells are not brought in.
func (t *Table) Unread() []Unread {
	var all []Unread
	for i, h := range t.Headers {
		f := t.Mapping.Fields[t.Mapping.Headers[i]]
		if (f == Ignore || f == "") && i < len(t.Filled) && t.Filled[i] > 0 {
			all = append(all, Unread{cmp.Or(strings.Join(strings.Fields(h.Text), "·"), letters(h.Column)), h.Column, t.Filled[i]})
		}
	}
	return all
}

// Names are the headers as a Mapping knows them.
func (t *Table) Names() []string { return names(t.Headers) }

// Covers reports whether a cell, or with column 0 a row, is one of the table's own below its header.
func (t *Table) Covers(at Cell) bool {
	return at.Sheet == t.Sheet && (at.Column == 0 || t.First <= at.Column && at.Column <= t.Last) &&
		t.holds(at.Row) && (len(t.Heads) == 0 || at.Row > t.Heads[len(t.Heads)-1])
}

// holds reports whether a row lies within the table, its header and what stands above that included.
func (t *Table) holds(row int) bool { return t.Top <= row && (t.Bottom == 0 || row <= t.Bottom) }

// The bounds of looking: a header stands within the first headRows rows that have a value, and sampleRows show what a
// column holds.
const (
	headRows   = 40
	sampleRows = 300
)

// Look finds the tables of a file and guesses what their columns hold.
func Look(book *sheet.Book) ([]Table, error) {
	var out []Table
	for _, s := range book.Sheets() {
		tables, err := lookSheet(s)
		if err != nil {
			return nil, err
		}
		out = append(out, tables...)
	}
	return out, nil
}

func lookSheet(s *sheet.Sheet) ([]Table, error) {
	rows, err := sample(s)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	head, found := findHead(rows)
	if !found {
		return lookBare(s, rows), nil
	}
	var out []Table
	for top := 1; ; {
		data := rows[head.below:]
		list := Table{Sheet: s.Name, Hidden: s.Hidden, Top: top, Heads: head.rows, Above: rowTexts(rows[:head.above])}
		next, more := head.another(data)
		if !more {
			return append(out, list.runs(head, data, rows[:head.above])...), nil
		}
		begin := next.above
		if begin > 0 && len(texts(data[begin-1].Cells)) == 1 { // its title
			begin--
		}
		top = data[begin].Number
		list.Bottom = top - 1
		out = append(out, list.runs(head, data[:begin], rows[:head.above])...)
		rows, head = data[begin:], next.moved(-begin)
	}
}

// runs are the tables of a list, side by side.
func (t Table) runs(h head, data, above []sheet.Row) []Table {
	var out []Table
	runs := h.runs(data)
	for _, run := range runs {
		one := t
		one.First, one.Last, one.Headers = run[0].Column, run[len(run)-1].Column, run
		one.Over = one.over(above, len(runs) == 1)
		one.guess(data)
		out = append(out, one)
	}
	return out
}

// over is what stands above the table's columns, the nearest first: of a row with several texts those above it, of a row with one
// text that one where the list has no other beside it.
func (t Table) over(above []sheet.Row, alone bool) []string {
	var out []string
	for i := len(above) - 1; i >= 0; i-- {
		row := above[i].Cells
		if alone && len(texts(row)) == 1 {
			out = append(out, texts(row)[0])
			continue
		}
		for c := t.First; c <= t.Last && !alone; c++ {
			if text := textAt(row, c); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

// rowTexts are the rows that have text, each as one.
func rowTexts(rows []sheet.Row) []string {
	var out []string
	for _, r := range rows {
		if text := strings.Join(texts(r.Cells), " "); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// lookBare makes a table of a sheet without a header, if its values show which column says where.
func lookBare(s *sheet.Sheet, rows []sheet.Row) []Table {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	t := Table{Sheet: s.Name, Hidden: s.Hidden, First: 1, Last: width, Top: 1}
	for c := 1; c <= width; c++ {
		t.Headers = append(t.Headers, Header{Column: c})
	}
	t.guess(rows)
	if len(rows) < 2 || width < 2 || !slices.ContainsFunc(t.Guesses, func(g Guess) bool { return g.Field == Room }) {
		return nil
	}
	return []Table{t}
}

func sample(s *sheet.Sheet) ([]sheet.Row, error) {
	var rows []sheet.Row
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		row.Cells = slices.Clone(row.Cells)
		if rows = append(rows, row); len(rows) == sampleRows+headRows {
			break
		}
	}
	return rows, nil
}

// textAt is the text of a column, "" beyond the row's end and under a merged block.
func textAt(cells []sheet.Cell, column int) string {
	if column < 1 || column > len(cells) || cells[column-1].Kind == sheet.Empty {
		return ""
	}
	return strings.TrimSpace(cells[column-1].Text)
}

// texts are the texts of the cells that have one.
func texts(cells []sheet.Cell) []string {
	var out []string
	for i := range cells {
		if t := textAt(cells, i+1); t != "" {
			out = append(out, t)
		}
	}
	return out
}
