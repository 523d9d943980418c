package sheet

import (
	"cmp"
	"io"
	"iter"
	"slices"
)

// Limits bound what Open and the readers accept. A zero field means its default.
type Limits struct {
	Bytes     int64 // of the file
	Unzipped  int64 // of all parts of an .xlsx together
	Ratio     int64 // unpacked to packed, looked at beyond 16 MiB unpacked
	Entries   int   // parts of an .xlsx
	Rows      int   // the highest row number with a value
	Columns   int   // the highest column with a value
	CellChars int   // characters in a cell
}

// DefaultLimits are Excel's own bounds where it has them, and room for a large estate.
var DefaultLimits = Limits{
	Bytes:     50 << 20,
	Unzipped:  500 << 20,
	Ratio:     100,    // a million blank formatted rows reach 14
	Entries:   50_000, // a roster with photos has a part for each
	Rows:      1_048_576,
	Columns:   512,
	CellChars: 32_767,
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	set(&l.Bytes, d.Bytes)
	set(&l.Unzipped, d.Unzipped)
	set(&l.Ratio, d.Ratio)
	set(&l.Entries, d.Entries)
	set(&l.Rows, d.Rows)
	set(&l.Columns, d.Columns)
	set(&l.CellChars, d.CellChars)
	return l
}

func set[T int | int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// Format is what a file really is.
type Format string

// The formats that Open reads.
const (
	CSV     Format = "csv" // any delimiter
	XLSX    Format = "xlsx"
	XLS     Format = "xls"
	HTML    Format = "html" // a web page that calls itself .xls
	XML2003 Format = "xml"  // SpreadsheetML of Excel 2003, mostly under the name .xls
)

// Book is an opened file, for one goroutine at a time. It reads from the io.ReaderAt given to Open, which must stay
// open; there is nothing to close.
type Book struct {
	Format    Format
	Encoding  string // of a CSV: "utf-8", "utf-16le", "utf-16be", "gb18030"
	Delimiter rune   // of a CSV
	Date1904  bool   // serials count from 1904-01-01, an old Macintosh habit
	sheets    []*Sheet
	passed    []string
}

// Passed names the sheets that hold no cells: charts, macros.
func (b *Book) Passed() []string { return b.passed }

// Sheets lists the sheets in the order of the tabs, hidden ones too.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// Sheet is one table of a book. A CSV has one, named after the file.
type Sheet struct {
	Name   string
	Hidden bool
	src    source
	lim    Limits
	lay    *layout

	printed []string // known before the layout is
}

// Range is a block of cells, 1-based and inclusive.
type Range struct{ Top, Left, Bottom, Right int }

// Span is a run of columns, 1-based and inclusive.
type Span struct{ First, Last int }

// Row is one row with at least one value, or something that hangs on a cell.
type Row struct {
	Number int  // as the person sees it, from 1
	Hidden bool // by hand or by a filter
	Cells  []Cell
}

// Cell is one cell. Cells reach to the last value, or further right where a merged block does.
type Cell struct {
	Text     string  // what was meant: see Kind
	Raw      string  // what the file holds
	Format   string  // the number format's code, e.g. "yyyy-mm-dd"; empty for General and in CSV
	Number   float64 // for Number and Date
	Kind     Kind
	Serial   bool  // Number is a date's serial
	Date1904 bool  // and counts from 1904
	Ruined   bool  // digits are lost: more than 15, or a text such as 4.40103E+17 or ####
	Merged   bool  // covered by a merged block whose value stands in its top-left cell
	Formula  bool  // Text is the result the file had stored; it is never computed here
	Also     *Also // what hangs on the cell beside its value; nil for nothing
}

// Also is what a cell holds beside its value. A cell without a value may have it, too.
type Also struct {
	Note     string    // a comment on the cell
	Link     string    // where its text leads, if the text does not say so itself
	Struck   bool      // its text, or a part of it, is struck out
	Pictures []Picture // in the cell, or over it
}

// also hangs something on a cell, beside what hangs there.
func (c *Cell) also(a Also) {
	switch {
	case a.Note == "" && a.Link == "" && !a.Struck && len(a.Pictures) == 0:
		return
	case c.Also == nil:
		c.Also = &Also{}
	}
	if c.Also.Note != "" && a.Note != "" {
		a.Note = c.Also.Note + "\n" + a.Note
	}
	c.Also.Note = cmp.Or(a.Note, c.Also.Note)
	c.Also.Link = cmp.Or(c.Also.Link, a.Link)
	c.Also.Struck = c.Also.Struck || a.Struck
	c.Also.Pictures = append(c.Also.Pictures, a.Pictures...)
}

// blank reports a cell that neither has a value nor anything beside it.
func (c *Cell) blank() bool { return c.Kind == Empty && c.Also == nil }

// Kind says what a cell holds.
type Kind uint8

// The kinds. Text of a Number is plain decimal with at most 15 digits, zero-padded where the format is (000123 for
// "000000"); of a Date 2006-01-02, 2006-01-02 15:04:05 or 15:04:05; of a Bool TRUE or FALSE; of an Error #N/A and
// the like; Uncomputed is a formula that was saved without a result.
const (
	Empty Kind = iota
	Text
	Number
	Date
	Bool
	Error
	Uncomputed
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"empty", "text", "number", "date", "bool", "error", "uncomputed"}[k]
}

// source is one sheet in one format.
type source interface {
	layout() (*layout, error)
	open() (cursor, error)
}

// cursor reads a sheet's rows in ascending order, io.EOF at the end. Cells beyond Limits.Columns are left out when
// empty and refused when not; so are rows. A row may be empty.
type cursor interface {
	next() (Row, error)
	close()
}

// layout is what a sheet says about its rows and columns as a whole.
type layout struct {
	merges []Range
	hidden []Span
	hung   []hung // by row and column
	loose  []Picture
	unread int // pictures counted only

	printed []string // above and below the pages

	anchors []anchor          // of pictures, until the sizes of cells are known
	targets map[string]string // of links, by relation
}

// Merges lists the merged blocks.
func (s *Sheet) Merges() ([]Range, error) {
	lay, err := s.layout()
	if err != nil {
		return nil, err
	}
	return lay.merges, nil
}

// HiddenColumns lists the hidden columns; their cells are read like any other.
func (s *Sheet) HiddenColumns() ([]Span, error) {
	lay, err := s.layout()
	if err != nil {
		return nil, err
	}
	return lay.hidden, nil
}

func (s *Sheet) layout() (lay *layout, err error) {
	if s.lay != nil {
		return s.lay, nil
	}
	defer guard(&err)
	lay, err = s.src.layout()
	if err != nil {
		return nil, asRefusal(err)
	}
	slices.SortStableFunc(lay.hung, func(a, b hung) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) })
	s.lay = lay
	return lay, nil
}

// Loose are the pictures that lie over the sheet without a place in a row.
func (s *Sheet) Loose() ([]Picture, error) {
	lay, err := s.layout()
	if err != nil {
		return nil, err
	}
	return lay.loose, nil
}

// Unread counts the pictures of a .xls, which are not read.
func (s *Sheet) Unread() int {
	lay, err := s.layout()
	if err != nil {
		return 0
	}
	return lay.unread
}

// Rows streams the rows that have a value, or something that hangs on a cell. An error comes once, as the last pair. It may
// be called again.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		lay, err := s.layout()
		if err != nil {
			yield(Row{}, err)
			return
		}
		cur, err := s.openCursor()
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer cur.close()
		all := &rows{cur: cur, hung: lay.hung, lim: s.lim}
		cover := newCover(lay.merges, s.lim.Columns)
		for {
			row, err := all.next()
			switch {
			case err == io.EOF:
				return
			case err != nil:
				yield(Row{}, asRefusal(err))
				return
			}
			if !trim(&row) {
				continue
			}
			cover.mark(&row)
			if !yield(row, nil) {
				return
			}
		}
	}
}

// rows joins a sheet's rows with what hangs on them; a row that has nothing else comes for its own sake.
type rows struct {
	cur   cursor
	hung  []hung
	lim   Limits
	ahead *Row // read, not given yet
	over  bool
}

func (r *rows) next() (Row, error) {
	if r.ahead == nil && !r.over {
		row, err := guarded(r.cur)
		switch {
		case err == io.EOF:
			r.over = true
		case err != nil:
			return Row{}, err
		default:
			r.ahead = &row
		}
	}
	if len(r.hung) > 0 && (r.ahead == nil || r.hung[0].row < r.ahead.Number) {
		return r.hang(Row{Number: r.hung[0].row}), nil
	}
	if r.ahead == nil {
		return Row{}, io.EOF
	}
	row := *r.ahead
	r.ahead = nil
	return r.hang(row), nil
}

// hang adds to a row what hangs on it, as far as the limits go.
func (r *rows) hang(row Row) Row {
	for len(r.hung) > 0 && r.hung[0].row <= row.Number {
		h := r.hung[0]
		r.hung = r.hung[1:]
		if h.col > r.lim.Columns || h.row > r.lim.Rows {
			continue
		}
		for len(row.Cells) < h.col {
			row.Cells = append(row.Cells, Cell{})
		}
		row.Cells[h.col-1].also(h.also)
	}
	return row
}

func (s *Sheet) openCursor() (cur cursor, err error) {
	defer guard(&err)
	if cur, err = s.src.open(); err != nil {
		return nil, asRefusal(err)
	}
	return cur, nil
}

// guarded reads a row; a consumer's own panic in yield is none of its business.
func guarded(cur cursor) (row Row, err error) {
	defer guard(&err)
	return cur.next()
}

// trim cuts the empty cells at the end and reports whether anything is left.
func trim(row *Row) bool {
	n := len(row.Cells)
	for n > 0 && row.Cells[n-1].blank() {
		n--
	}
	row.Cells = row.Cells[:n]
	return n > 0
}
