package sheet

import (
	"cmp"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strconv"
)

// xlsSource is one sheet's run of records.
type xlsSource struct {
	book *xlsBook
	pos  int
}

// xlsCell is a cell as read, small because a sheet of them is kept: records need not come in order of rows.
type xlsCell struct {
	row, col, style uint16
	kind            byte // n(umber), s(hared text), l(ocal text), b(ool), e(rror)
	formula         bool
	value           float64 // or the text's place in its table
}

// xlsSheet is what a sheet's records say.
type xlsSheet struct {
	book   *xlsBook
	cells  []xlsCell
	local  stringTable
	hidden map[uint16]bool
	lay    layout
	object uint16            // the drawing object just met
	said   map[uint16]string // texts of objects
}

func (s *xlsSource) layout() (*layout, error) {
	sheet, err := s.read(false)
	if err != nil {
		return nil, err
	}
	return &sheet.lay, nil
}

func (s *xlsSource) open() (cursor, error) {
	sheet, err := s.read(true)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(sheet.cells, func(a, b xlsCell) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	return &xlsCursor{sheet: sheet, left: sheet.cells}, nil
}

// read reads a sheet's records up to its EOF, passing over embedded charts.
func (s *xlsSource) read(withCells bool) (*xlsSheet, error) {
	sheet := &xlsSheet{book: s.book, hidden: map[uint16]bool{}, said: map[uint16]string{}}
	recs := &biffRecords{stream: s.book.stream, pos: s.pos}
	if ok, err := recs.next(); err != nil || !ok || recs.id != recBOF {
		return nil, errBIFF
	}
	depth := 1
	for {
		ok, err := recs.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, errBIFF
		}
		switch {
		case recs.id == recBOF:
			depth++
		case recs.id == recEOF:
			if depth--; depth == 0 {
				return sheet, nil
			}
		case depth > 1:
		case recs.id == recFilePass:
			return nil, refuse("sheet.encrypted")
		default:
			if err := sheet.readLayout(recs); err != nil {
				return nil, err
			}
			if withCells {
				if err := sheet.readCell(recs); err != nil {
					return nil, err
				}
			}
		}
	}
}

func u16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }

func (s *xlsSheet) readLayout(recs *biffRecords) error {
	d := recs.data
	switch recs.id {
	case recRow:
		if len(d) < 16 {
			return errBIFF
		}
		if d[12]&0x20 != 0 {
			s.hidden[u16(d)] = true
		}
	case recColInfo:
		if len(d) < 10 {
			return errBIFF
		}
		if d[8]&1 != 0 || u16(d[4:]) == 0 {
			s.lay.hidden = append(s.lay.hidden, Span{int(u16(d)) + 1, int(u16(d[2:])) + 1})
		}
	case recHeader, recFooter:
		s.readPrinted(d)
	case recObj, recTxO, recNote:
		return s.readObject(recs)
	case recMergedCells:
		if len(d) < 2 {
			return errBIFF
		}
		n := int(u16(d))
		if len(d) < 2+n*8 || len(s.lay.merges)+n > maxMerges {
			return errBIFF
		}
		for r := d[2:]; n > 0; r, n = r[8:], n-1 {
			m := Range{Top: int(u16(r)) + 1, Bottom: int(u16(r[2:])) + 1, Left: int(u16(r[4:])) + 1, Right: int(u16(r[6:])) + 1}
			if m.Top <= m.Bottom && m.Left <= m.Right {
				s.lay.merges = append(s.lay.merges, m)
			}
		}
	}
	return nil
}

// objectPicture is the type of a drawing object that is a picture ([MS-XLS] §2.5.143).
const objectPicture = 8

// readObject counts pictures and reads the notes on cells: an object, its text, and last the cell it belongs to.
func (s *xlsSheet) readObject(recs *biffRecords) error {
	d := recs.data
	switch {
	case recs.id == recObj && len(d) >= 8 && u16(d) == 0x15:
		if s.object = u16(d[6:]); u16(d[4:]) == objectPicture {
			s.lay.unread++
		}
	case recs.id == recTxO && len(d) >= 12 && s.book.biff8:
		count, parts := int(u16(d[10:])), recs.parts()
		if count == 0 || len(parts) < 2 || len(s.said) >= maxHung {
			return nil
		}
		text, err := newBiffText(parts[1:]...).unicode(count)
		if err == nil { // a text box that cannot be read is no cell
			s.said[s.object] = clean(string(text))
		}
	case recs.id == recNote && len(d) >= 8 && len(s.lay.hung) < maxHung:
		note := s.said[u16(d[6:])]
		if !s.book.biff8 {
			raw, err := s.book.page.NewDecoder().Bytes(d[6:])
			if err != nil {
				return nil
			}
			note = clean(string(raw))
		}
		if u16(d) != 0xFFFF { // the rest of a long one, in the oldest files
			s.lay.hung = append(s.lay.hung, hung{int(u16(d)) + 1, int(u16(d[2:])) + 1, Also{Note: note}})
		}
	}
	return nil
}

// readPrinted reads a head or foot of the pages; one that cannot be read is no cell.
func (s *xlsSheet) readPrinted(d []byte) {
	var raw []byte
	var err error
	switch {
	case len(d) == 0:
		return
	case s.book.biff8:
		t := newBiffText(d)
		var n int
		if n, err = t.u16(); err == nil {
			raw, err = t.unicode(n)
		}
	default:
		raw, err = s.book.shortBytes(newBiffText(d))
	}
	if err == nil {
		s.lay.print(string(raw))
	}
}

// cellSizes are the least lengths of the records that hold cells.
var cellSizes = map[int]int{
	recLabelSST: 10, recLabel: 8, recRString: 8, recNumber: 14, recRK: 10, recMulRK: 12, recBoolErr: 8, recFormula: 20,
}

func (s *xlsSheet) readCell(recs *biffRecords) error {
	if recs.id == recString {
		return s.readFormulaText(recs)
	}
	least, isCell := cellSizes[recs.id]
	if !isCell {
		return nil
	}
	d := recs.data
	if len(d) < least {
		return errBIFF
	}
	c := xlsCell{row: u16(d), col: u16(d[2:]), style: u16(d[4:]), kind: 'n'}
	switch recs.id {
	case recNumber:
		c.value = float(d[6:])
	case recRK:
		c.value = rk(d[6:])
	case recMulRK:
		for pairs := d[4 : len(d)-2]; len(pairs) >= 6; pairs = pairs[6:] {
			c.style, c.value = u16(pairs), rk(pairs[2:])
			s.cells = append(s.cells, c)
			c.col++
		}
		return nil
	case recLabelSST:
		c.kind, c.value = 's', float64(binary.LittleEndian.Uint32(d[6:]))
	case recLabel, recRString:
		text, err := s.text(recs, d[6:])
		if err != nil {
			return err
		}
		c.kind, c.value = 'l', float64(text)
	case recBoolErr:
		c.kind, c.value = 'b', float64(d[6])
		if d[7] != 0 {
			c.kind = 'e'
		}
	case recFormula:
		c.formula = true
		s.formulaResult(&c, d[6:14])
	}
	s.cells = append(s.cells, c)
	return nil
}

// formulaResult reads the stored result. A text follows in a record of its own.
func (s *xlsSheet) formulaResult(c *xlsCell, d []byte) {
	if d[6] != 0xFF || d[7] != 0xFF {
		c.value = float(d)
		return
	}
	switch d[0] {
	case 1:
		c.kind, c.value = 'b', float64(d[2])
	case 2:
		c.kind, c.value = 'e', float64(d[2])
	default: // 0: a text; 3: an empty one
		c.kind, c.value = 'l', -1
	}
}

func (s *xlsSheet) readFormulaText(recs *biffRecords) error {
	if len(s.cells) == 0 {
		return nil
	}
	last := &s.cells[len(s.cells)-1]
	if !last.formula || last.kind != 'l' || last.value >= 0 {
		return nil
	}
	text, err := s.text(recs, recs.data)
	last.value = float64(text)
	return err
}

// text reads a text with a 16-bit length and gives its place in the sheet's own table.
func (s *xlsSheet) text(recs *biffRecords, d []byte) (int, error) {
	parts := recs.parts()
	parts[0] = d
	t := newBiffText(parts...)
	n, err := t.u16()
	if err != nil {
		return 0, err
	}
	var text []byte
	if s.book.biff8 {
		if n > 0 || len(t.at) > 0 {
			text, err = t.unicode(n)
		}
	} else {
		text, err = t.bytes(n, s.book.page)
	}
	if err != nil {
		return 0, err
	}
	if !s.local.add(text) {
		return 0, refuse("sheet.too_large_unpacked")
	}
	return s.local.len() - 1, nil
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk unpacks a number in 30 bits: whole or the upper half of a float, perhaps a hundred times too large.
func rk(b []byte) float64 {
	v := binary.LittleEndian.Uint32(b)
	var n float64
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	} else {
		n = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

// xlsCursor gives the sorted cells row by row.
type xlsCursor struct {
	sheet *xlsSheet
	left  []xlsCell
}

func (c *xlsCursor) close() {}

func (c *xlsCursor) next() (Row, error) {
	if len(c.left) == 0 {
		return Row{}, io.EOF
	}
	at, lim := c.left[0].row, c.sheet.book.lim
	row := Row{Number: int(at) + 1, Hidden: c.sheet.hidden[at]}
	for len(c.left) > 0 && c.left[0].row == at {
		xc := c.left[0]
		c.left = c.left[1:]
		cell, err := c.sheet.cell(xc)
		switch {
		case err != nil:
			return Row{}, err
		case cell.Kind == Empty:
			continue
		case int(xc.col) >= lim.Columns:
			return Row{}, refuse("sheet.too_many_columns", row.Number, lim.Columns)
		case row.Number > lim.Rows:
			return Row{}, refuse("sheet.too_many_rows", lim.Rows)
		case tooLong(cell.Raw, lim.CellChars):
			return Row{}, refuse("sheet.cell_too_long", row.Number, lim.CellChars)
		}
		for len(row.Cells) <= int(xc.col) {
			row.Cells = append(row.Cells, Cell{})
		}
		row.Cells[xc.col] = cell
	}
	return row, nil
}

func (s *xlsSheet) cell(c xlsCell) (Cell, error) {
	var format numberFormat
	if int(c.style) < len(s.book.formats) {
		format = s.book.formats[c.style]
	}
	var cell Cell
	switch c.kind {
	case 's':
		text, ok := s.book.strings.at(int(c.value))
		if !ok {
			return Cell{}, errBIFF
		}
		cell = withFormat(textCell(text), format)
	case 'l':
		text, _ := s.local.at(int(c.value))
		cell = withFormat(textCell(text), format)
	case 'b':
		raw := strconv.Itoa(int(c.value))
		cell = Cell{Text: "TRUE", Raw: raw, Kind: Bool}
		if c.value == 0 {
			cell.Text = "FALSE"
		}
	case 'e':
		cell = Cell{Text: errorText(int(c.value)), Raw: strconv.Itoa(int(c.value)), Kind: Error}
	default:
		cell = numberCell(c.value, strconv.FormatFloat(c.value, 'g', -1, 64), format, s.book.date1904)
	}
	cell.Formula = c.formula
	return cell, nil
}

// errorText names the error codes of [MS-XLS] §2.5.10.
func errorText(code int) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
