package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xlsxSource is one worksheet part.
type xlsxSource struct {
	book *xlsxBook
	part string
}

// layout walks the part once: merged blocks and links stand behind the cells.
func (s *xlsxSource) layout() (*layout, error) {
	lay := &layout{}
	if err := s.readHung(lay); err != nil {
		return nil, err
	}
	heights := map[int]float64{} // of the rows that pictures begin in
	for _, a := range lay.anchors {
		heights[a.row+1] = defaultRow / emuPoint
	}
	var widths []colWidth
	err := eachElement(s.book.parts, s.part, func(x *xmlScanner) error {
		switch string(x.name) {
		case "row":
			if n, ok := x.number("r"); ok && len(lay.anchors) > 0 {
				if _, wanted := heights[n]; wanted {
					if h, ok := parseNumber(string(x.attr("ht"))); ok {
						heights[n] = h
					}
				}
			}
		case "mergeCell":
			r, ok := parseRange(x.attr("ref"))
			if !ok {
				return nil
			}
			if len(lay.merges) >= maxMerges {
				return broken("xlsx: more than %d merged blocks", maxMerges)
			}
			lay.merges = append(lay.merges, r)
		case "col":
			widths = lay.column(x, widths)
		case "hyperlink":
			return lay.link(x)
		case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
			text, err := x.elementText()
			lay.print(text)
			return err
		}
		return nil
	})
	s.settle(lay, heights, widths)
	return lay, err
}

// column notes a run of columns: whether they are hidden, and how wide they are.
func (l *layout) column(x *xmlScanner, widths []colWidth) []colWidth {
	first, ok1 := x.number("min")
	last, ok2 := x.number("max")
	if !ok1 || !ok2 {
		return widths
	}
	if (x.flag("hidden") || string(x.attr("width")) == "0") && len(l.hidden) < 1<<14 {
		l.hidden = append(l.hidden, Span{first, last})
	}
	if chars, ok := parseNumber(string(x.attr("width"))); ok && len(l.anchors) > 0 && len(widths) < 512 {
		widths = append(widths, colWidth{Span{first, last}, chars})
	}
	return widths
}

// link notes where a cell leads.
func (l *layout) link(x *xmlScanner) error {
	r, ok := parseRange(x.attr("ref"))
	target := linkTarget(l.targets[x.relationID()])
	if !ok || target == "" {
		return nil
	}
	if len(l.hung) >= maxHung {
		return broken("xlsx: more than %d links", maxHung)
	}
	l.hung = append(l.hung, hung{r.Top, r.Left, Also{Link: target}})
	return nil
}

func (s *xlsxSource) open() (cursor, error) {
	in, err := s.book.parts.open(s.part)
	if err != nil {
		return nil, err
	}
	c := &xlsxCursor{book: s.book, in: in, x: newXMLScanner(in, (s.book.lim.CellChars+1)*utf8.UTFMax*2)}
	for {
		event, err := c.x.next()
		switch {
		case err != nil:
			c.close()
			return nil, xmlRefusal(err)
		case event == xmlEOF: // a part without cells
			c.done = true
			return c, nil
		case event == xmlStart && string(c.x.name) == "sheetData":
			return c, nil
		}
	}
}

type xlsxCursor struct {
	book *xlsxBook
	in   io.ReadCloser
	x    *xmlScanner
	row  int
	done bool
	raw  []byte
	wide int // cells of the last row: a good guess for the next
}

func (c *xlsxCursor) close() { _ = c.in.Close() }

// next reads one <row>; behind the last it reads the rest of the part, so that a damaged archive is noticed.
func (c *xlsxCursor) next() (Row, error) {
	if c.done {
		return Row{}, io.EOF
	}
	for {
		event, err := c.x.next()
		switch {
		case err != nil:
			return Row{}, xmlRefusal(err)
		case event == xmlEnd:
			c.done = true
			return Row{}, c.finish()
		case event == xmlEOF:
			return Row{}, io.ErrUnexpectedEOF
		case string(c.x.name) == "row":
			return c.readRow()
		}
		if err := c.skip(); err != nil {
			return Row{}, err
		}
	}
}

func (c *xlsxCursor) finish() error {
	for {
		event, err := c.x.next()
		if err != nil {
			return xmlRefusal(err)
		}
		if event == xmlEOF {
			return io.EOF
		}
	}
}

// skip passes over the element just started.
func (c *xlsxCursor) skip() error {
	depth := c.x.depth()
	for {
		event, err := c.x.next()
		if err != nil {
			return xmlRefusal(err)
		}
		if event == xmlEOF {
			return io.ErrUnexpectedEOF
		}
		if event == xmlEnd && c.x.depth() < depth {
			return nil
		}
	}
}

func (c *xlsxCursor) readRow() (Row, error) {
	x := c.x
	number := c.row + 1
	if r := x.attr("r"); r != nil {
		n, ok := wholeNumber(r)
		if !ok || n <= c.row {
			return Row{}, errors.New("xlsx: rows out of order")
		}
		number = n
	}
	c.row = number
	row := Row{Number: number, Hidden: x.flag("hidden") || string(x.attr("ht")) == "0"}
	row.Cells = make([]Cell, 0, c.wide)
	col := 0
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return Row{}, xmlRefusal(err)
		case event == xmlEOF:
			return Row{}, io.ErrUnexpectedEOF
		case event == xmlEnd:
			c.wide = len(row.Cells)
			return row, nil
		case string(x.name) != "c":
			if err := c.skip(); err != nil {
				return Row{}, err
			}
			continue
		}
		col++
		if ref := x.attr("r"); ref != nil {
			n, _, ok := parseRef(ref)
			if !ok {
				return Row{}, errors.New("xlsx: bad cell reference")
			}
			col = n
		}
		cell, err := c.readCell()
		if err != nil {
			return Row{}, err
		}
		if err := c.place(&row, col, cell); err != nil {
			return Row{}, err
		}
	}
}

// place puts a cell with a value into its column.
func (c *xlsxCursor) place(row *Row, col int, cell Cell) error {
	lim := c.book.lim
	switch {
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

// readCell reads the <c> just started up to its end.
func (c *xlsxCursor) readCell() (Cell, error) {
	x := c.x
	kind := cellType(x.attr("t"))
	style, _ := x.number("s")
	depth := x.depth()
	c.raw = c.raw[:0]
	formula, stored := false, false
	vm, _ := x.number("vm")
	shown := Also{}
	for {
		event, err := x.next()
		if err != nil {
			return Cell{}, xmlRefusal(err)
		}
		if event == xmlEOF {
			return Cell{}, io.ErrUnexpectedEOF
		}
		if event == xmlEnd {
			if x.depth() < depth {
				break
			}
			continue
		}
		switch string(x.name) {
		case "v":
			stored = true
			if err := c.readValue(); err != nil {
				return Cell{}, err
			}
		case "is":
			if c.raw, err = x.richText(c.raw[:0]); err != nil {
				return Cell{}, err
			}
			kind = 'i'
		case "f":
			formula = true
			picture, ok, err := c.readFormula()
			if err != nil {
				return Cell{}, err
			}
			if ok {
				shown.Pictures = append(shown.Pictures, picture)
			}
		}
	}
	if vm >= 1 && vm <= len(c.book.rich) && c.book.rich[vm-1] != "" {
		shown.Pictures = append(shown.Pictures, c.book.picturePart(c.book.rich[vm-1]))
	}
	if len(shown.Pictures) > 0 { // the value is only what a program shows that cannot show the picture
		return Cell{Also: &shown}, nil
	}
	cell, err := c.value(kind, style)
	if err != nil {
		return Cell{}, err
	}
	cell.also(Also{Struck: cell.Kind != Empty && style < len(c.book.struck) && c.book.struck[style]})
	if formula {
		cell.Formula = true
		if cell.Kind == Empty && (kind != 't' || !stored) {
			cell.Kind = Uncomputed
		}
	}
	return cell, nil
}

// readFormula reads the formula just started, and gives the picture it shows.
func (c *xlsxCursor) readFormula() (p Picture, shows bool, err error) {
	x := c.x
	x.text, x.keep = x.text[:0], true
	defer func() { x.keep, x.overlong = false, false }()
	depth := x.depth()
	for {
		event, err := x.next()
		switch {
		case err != nil:
			return p, false, xmlRefusal(err)
		case event == xmlEOF:
			return p, false, io.ErrUnexpectedEOF
		case event == xmlEnd && x.depth() < depth:
			if !bytes.Contains(bytes.ToUpper(x.text), []byte("DISPIMG(")) {
				return p, false, nil
			}
			text, _ := unescape(nil, x.text)
			p, shows = c.book.dispImage(string(text))
			return p, shows, nil
		}
	}
}

// cellType is one letter for a cell's type: n, s(hared), b, e, d, t (formula's text), i(nline).
func cellType(t []byte) byte {
	switch string(t) {
	case "s", "b", "e", "d":
		return t[0]
	case "str":
		return 't'
	case "inlineStr":
		return 'i'
	}
	return 'n'
}

func (c *xlsxCursor) readValue() error {
	x := c.x
	x.text, x.keep, x.overlong = x.text[:0], true, false
	depth := x.depth()
	for {
		event, err := x.next()
		if err != nil {
			x.keep = false
			return xmlRefusal(err)
		}
		if event == xmlEnd && x.depth() < depth {
			break
		}
		if event == xmlEOF {
			return io.ErrUnexpectedEOF
		}
	}
	x.keep = false
	ok := false
	if c.raw, ok = unescape(c.raw[:0], x.text); !ok {
		return errors.New("xml: unknown entity")
	}
	if x.overlong {
		return refuse("sheet.cell_too_long", c.row, c.book.lim.CellChars)
	}
	return nil
}

// value makes the cell of what the file holds.
func (c *xlsxCursor) value(kind byte, style int) (Cell, error) {
	var format numberFormat
	if style < len(c.book.formats) {
		format = c.book.formats[style]
	}
	raw := c.raw
	if kind != 'i' && kind != 't' {
		raw = bytes.TrimSpace(raw)
	}
	if len(raw) == 0 {
		return Cell{}, nil
	}
	switch kind {
	case 's':
		i, ok := wholeNumber(raw)
		text, found := c.book.strings.at(i)
		if !ok || !found {
			return Cell{}, errors.New("xlsx: shared text missing")
		}
		return withFormat(textCell(text), format), nil
	case 't':
		return withFormat(textCell(string(unescapeXHHHH(raw))), format), nil
	case 'i':
		return withFormat(textCell(string(raw)), format), nil
	case 'b':
		text := "FALSE"
		if raw[0] == '1' || raw[0] == 't' {
			text = "TRUE"
		}
		return Cell{Text: text, Raw: string(raw), Kind: Bool}, nil
	case 'e':
		return Cell{Text: clean(string(raw)), Raw: string(raw), Kind: Error}, nil
	case 'd':
		text := string(raw)
		if n, ok := serialOf(text[:min(len(text), 10)]); ok && !c.book.date1904 {
			return Cell{Text: text, Raw: text, Kind: Date, Number: n, Serial: true, Format: format.code}, nil
		}
		return textCell(text), nil
	}
	text := string(raw)
	if n, ok := parseNumber(text); ok {
		return numberCell(n, text, format, c.book.date1904), nil
	}
	return withFormat(textCell(text), format), nil
}

func withFormat(c Cell, f numberFormat) Cell {
	c.Format = f.code
	return c
}

// parseRef reads a cell reference such as AB12, with or without $.
func parseRef(ref []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		b := ref[i] &^ 0x20
		if ref[i] == '$' {
			continue
		}
		if b < 'A' || b > 'Z' {
			break
		}
		if col = col*26 + int(b-'A'+1); col > 1<<14 {
			return 0, 0, false
		}
	}
	row, ok = wholeNumber(ref[i:])
	return col, row, ok && col > 0 && row > 0
}

func parseRange(ref []byte) (Range, bool) {
	from, to, found := bytes.Cut(ref, []byte(":"))
	if !found {
		to = from
	}
	left, top, ok1 := parseRef(from)
	right, bottom, ok2 := parseRef(to)
	ok := ok1 && ok2 && top <= bottom && left <= right
	return Range{top, left, bottom, right}, ok
}

// columnName is the letters of a column.
func columnName(col int) string {
	var b [4]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// cellName is a cell's reference.
func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }
