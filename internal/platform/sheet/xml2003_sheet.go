package sheet

import (
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// xmlSource is one sheet of the file.
type xmlSource struct {
	book *xmlBook
	at   int64 // where its element starts
}

func (s *xmlSource) scanner() *xmlScanner {
	return newXMLScanner(io.NewSectionReader(s.book.text, s.at, s.book.size-s.at), (s.book.lim.CellChars+1)*utf8.UTFMax*2)
}

// layout reads the sheet once: merged blocks stand at their cells.
func (s *xmlSource) layout() (*layout, error) {
	c := &xmlCursor{book: s.book, x: s.scanner(), lay: &layout{}}
	for {
		if _, err := c.next(); err == io.EOF {
			return c.lay, nil
		} else if err != nil {
			return nil, err
		}
	}
}

func (s *xmlSource) open() (cursor, error) { return &xmlCursor{book: s.book, x: s.scanner()}, nil }

// xmlCursor reads the rows of a sheet.
type xmlCursor struct {
	book    *xmlBook
	x       *xmlScanner
	lay     *layout // to be filled; nil when rows are read
	row     int
	column  int      // of the last <Column>
	looks   []string // styles of the columns
	rowLook string   // style of the row
	raw     []byte
}

func (c *xmlCursor) close() {}

func (c *xmlCursor) next() (Row, error) {
	x := c.x
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return Row{}, xmlRefusal(err)
		case event == xmlEOF || event == xmlEnd && x.depth() == 0:
			return Row{}, io.EOF
		case event == xmlEnd:
			continue
		}
		switch string(x.name) {
		case "Column":
			c.readColumn()
		case "Row":
			return c.readRow()
		}
	}
}

func (c *xmlCursor) readColumn() {
	x := c.x
	first := c.column + 1
	if n, ok := x.ssNumber("Index"); ok && n > 0 {
		first = n
	}
	more, _ := x.ssNumber("Span")
	c.column = min(first+more, 1<<14)
	if style := x.ssText("StyleID"); style != "" {
		for n := first; n <= min(c.column, c.book.lim.Columns); n++ {
			for len(c.looks) < n {
				c.looks = append(c.looks, "")
			}
			c.looks[n-1] = style
		}
	}
	if hidden := x.ssFlag("Hidden") || string(x.ss("Width")) == "0"; hidden && c.lay != nil && len(c.lay.hidden) < 1<<14 {
		c.lay.hidden = append(c.lay.hidden, Span{first, c.column})
	}
}

// readRow reads the row just started up to its end.
func (c *xmlCursor) readRow() (Row, error) {
	x := c.x
	number := c.row + 1
	if n, ok := x.ssNumber("Index"); ok {
		if n <= c.row {
			return Row{}, errors.New("xml table: rows out of order")
		}
		number = n
	}
	row := Row{Number: number, Hidden: x.ssFlag("Hidden") || string(x.ss("Height")) == "0"}
	more, _ := x.ssNumber("Span") // that many rows below are like this one, and empty
	c.row, c.rowLook = number+more, x.ssText("StyleID")
	depth, col := x.depth(), 0
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return Row{}, xmlRefusal(err)
		case event == xmlEOF:
			return Row{}, io.ErrUnexpectedEOF
		case event == xmlEnd && x.depth() < depth:
			return row, nil
		case event == xmlEnd || string(x.name) != "Cell":
			continue
		}
		col++
		if n, ok := x.ssNumber("Index"); ok {
			if n < col {
				return Row{}, errors.New("xml table: cells out of order")
			}
			col = n
		}
		if col, err = c.readCell(&row, col); err != nil {
			return Row{}, err
		}
	}
}

// readCell reads the cell just started, and gives the last column that it covers.
func (c *xmlCursor) readCell(row *Row, col int) (int, error) {
	x := c.x
	across, _ := x.ssNumber("MergeAcross")
	down, _ := x.ssNumber("MergeDown")
	if err := c.merge(row.Number, col, across, down); err != nil {
		return 0, err
	}
	style := c.style(x.ssText("StyleID"), col)
	formula := x.ss("Formula") != nil
	also := Also{Link: linkTarget(x.ssText("HRef"))}
	var cell Cell
	depth := x.depth()
	comment := 0
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return 0, xmlRefusal(err)
		case event == xmlEOF:
			return 0, io.ErrUnexpectedEOF
		case event == xmlEnd && x.depth() < depth:
			return col + across, c.place(row, col, cell, also, formula)
		case event == xmlEnd:
			if x.depth() < comment {
				comment = 0
			}
			continue
		}
		switch string(x.name) {
		case "Comment":
			comment = x.depth()
		case "Data":
			kind := x.ssText("Type")
			struck, err := c.readData()
			switch {
			case err != nil:
				return 0, err
			case comment > 0:
				also.Note = clean(strings.TrimSpace(string(c.raw)))
				continue
			}
			cell = c.value(kind, style)
			also.Struck = (struck || style.struck) && cell.Kind != Empty
		}
	}
}

func (c *xmlCursor) merge(row, col, across, down int) error {
	if c.lay == nil || across+down == 0 {
		return nil
	}
	if len(c.lay.merges) >= maxMerges {
		return broken("xml table: more than %d merged blocks", maxMerges)
	}
	c.lay.merges = append(c.lay.merges, Range{row, col, row + down, col + across})
	return nil
}

// style is that of the cell, else of its row, else of its column.
func (c *xmlCursor) style(own string, col int) xmlStyle {
	if own == "" {
		own = c.rowLook
	}
	if own == "" && col <= len(c.looks) {
		own = c.looks[col-1]
	}
	return c.book.styles[own]
}

// readData reads the text of the element just started, through the marks of HTML that may stand in it.
func (c *xmlCursor) readData() (struck bool, err error) {
	x := c.x
	x.text, x.keep, x.overlong = x.text[:0], true, false
	defer func() { x.keep = false }()
	depth, lines := x.depth(), 0
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return false, xmlRefusal(err)
		case event == xmlEOF:
			return false, io.ErrUnexpectedEOF
		case event == xmlStart:
			name := strings.ToLower(string(x.name))
			struck = struck || name == "s" || name == "strike" || name == "del"
			if name == "br" && lines < 1000 {
				x.text = append(x.text, "&#10;"...)
				lines++
			}
		case x.depth() < depth:
			var ok bool
			if c.raw, ok = unescape(c.raw[:0], x.text); !ok {
				return false, errors.New("xml: unknown entity")
			}
			if x.overlong {
				return false, refuse("sheet.cell_too_long", c.row, c.book.lim.CellChars)
			}
			return struck, nil
		}
	}
}

// value makes the cell of what the file holds.
func (c *xmlCursor) value(kind string, style xmlStyle) Cell {
	raw := string(c.raw)
	trimmed := strings.TrimSpace(raw)
	switch kind {
	case "Number":
		if n, ok := parseNumber(trimmed); ok {
			return numberCell(n, trimmed, style.format, c.book.date1904)
		}
	case "DateTime":
		if cell, ok := momentCell(trimmed, style.format); ok {
			return cell
		}
	case "Boolean":
		switch trimmed {
		case "1", "true":
			return Cell{Text: "TRUE", Raw: trimmed, Kind: Bool}
		case "0", "false":
			return Cell{Text: "FALSE", Raw: trimmed, Kind: Bool}
		}
	case "Error":
		if trimmed != "" {
			return Cell{Text: clean(trimmed), Raw: trimmed, Kind: Error}
		}
	}
	return withFormat(textCell(raw), style.format)
}

// momentCell is a cell holding 2021-09-03T00:00:00.000. A time of day stands on the day before the first.
func momentCell(raw string, format numberFormat) (Cell, bool) {
	t, err := time.Parse("2006-01-02T15:04:05.999", raw)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, raw); err != nil {
			return Cell{}, false
		}
	}
	t = t.Add(500 * time.Millisecond).Truncate(time.Second)
	cell := Cell{Raw: raw, Kind: Date, Format: format.code}
	seconds := float64(t.Hour()*3600+t.Minute()*60+t.Second()) / day
	date := t.Format(time.DateOnly)
	if n, ok := serialOf(date); ok {
		cell.Number, cell.Serial = n+seconds, true
	}
	switch {
	case date == "1899-12-31" || date == "1899-12-30" || format.date == timeOnly && t.Year() < 1901:
		cell.Text, cell.Number, cell.Serial = t.Format(time.TimeOnly), seconds, true
	case seconds == 0:
		cell.Text = date
	default:
		cell.Text = t.Format(time.DateTime)
	}
	return cell, true
}

// place puts a cell into its column, if there is anything to it.
func (c *xmlCursor) place(row *Row, col int, cell Cell, also Also, formula bool) error {
	if formula {
		cell.Formula = true
		if cell.Kind == Empty {
			cell.Kind = Uncomputed
		}
	}
	if also.Link == cell.Text {
		also.Link = ""
	}
	cell.also(also)
	switch lim := c.book.lim; {
	case cell.blank():
		return nil
	case col > lim.Columns:
		return refuse("sheet.too_many_columns", row.Number, lim.Columns)
	case row.Number > lim.Rows:
		return refuse("sheet.too_many_rows", lim.Rows)
	case tooLong(cell.Raw, lim.CellChars):
		return refuse("sheet.cell_too_long", row.Number, lim.CellChars)
	}
	for len(row.Cells) < col {
		row.Cells = append(row.Cells, Cell{})
	}
	row.Cells[col-1] = cell
	return nil
}
