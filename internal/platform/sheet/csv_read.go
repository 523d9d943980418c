package sheet

import (
	"bufio"
	"bytes"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

func openText(r io.ReaderAt, size int64, name string, lim Limits) (*Book, error) {
	set, err := charsetOf(r, size)
	if err != nil {
		return nil, err
	}
	src := &csvSource{r: r, size: size, set: set, lim: lim}
	sample, err := io.ReadAll(io.LimitReader(decoded(r, size, set), 64<<10))
	if err != nil {
		return nil, err
	}
	if strings.Trim(string(sample), " \t\r\n\x00\x1A") == "" && len(sample) < 64<<10 {
		return nil, refuse("sheet.empty")
	}
	src.comma, src.directive = delimiterOf(sample)
	book := &Book{Format: CSV, Encoding: set.name, Delimiter: rune(src.comma)}
	book.sheets = []*Sheet{{Name: name, src: src, lim: lim}}
	return book, nil
}

type csvSource struct {
	r         io.ReaderAt
	size      int64
	set       charset
	comma     byte
	directive bool // the first line is "sep=;", which Excel takes for itself
	lim       Limits
}

func (s *csvSource) layout() (*layout, error) { return &layout{}, nil }

func (s *csvSource) open() (cursor, error) {
	cur := &csvCursor{
		in:    bufio.NewReaderSize(decoded(s.r, s.size, s.set), 64<<10),
		comma: s.comma,
		lim:   s.lim,
	}
	if s.directive {
		if _, err := cur.next(); err != nil && err != io.EOF {
			return nil, err
		}
		cur.number = 0
	}
	return cur, nil
}

// delimiterOf chooses among , ; tab | the one that cuts the fewest records through their quotes, and of those the one that
// cuts most records into the same number of fields, the larger number winning. A first line "sep=;" says it outright.
func delimiterOf(sample []byte) (comma byte, directive bool) {
	if len(sample) > 5 && strings.EqualFold(string(sample[:4]), "sep=") && strings.IndexByte(",;\t|", sample[4]) >= 0 &&
		(sample[5] == '\r' || sample[5] == '\n') {
		return sample[4], true
	}
	comma = ','
	fewest, best := math.MaxInt, 0.0
	for _, c := range []byte(",;\t|") {
		odd, even := evenness(sample, c)
		if even > 0 && (odd < fewest || odd == fewest && even > best) {
			comma, fewest, best = c, odd, even
		}
	}
	return comma, false
}

// evenness judges a delimiter by the first records: how many have a quote in the midst of a field, as those cut at the
// wrong place do, and the share of the others with the commonest number of fields, times that number.
func evenness(sample []byte, comma byte) (odd int, even float64) {
	cur := &csvCursor{in: bufio.NewReader(bytes.NewReader(sample)), comma: comma, lim: DefaultLimits}
	counts, records := map[int]int{}, 0
	for records < 60 {
		row, err := cur.next()
		if err == io.EOF {
			break
		}
		if err != nil { // an open quote up to the end
			records++
			odd++
			break
		}
		if cur.fields == 1 && len(row.Cells) == 0 {
			continue
		}
		records++
		if cur.odd {
			odd++
		} else {
			counts[cur.fields]++
		}
	}
	for fields, n := range counts {
		if fields > 1 {
			even = max(even, float64(n)/float64(records)*min(float64(fields), 20))
		}
	}
	return odd, even
}

// csvCursor reads records as Excel does: a record is a row even when a quoted field spans lines, an empty line is an
// empty row, a quote inside an unquoted field stands for itself. Its memory is bounded by the limits.
type csvCursor struct {
	in     *bufio.Reader
	comma  byte
	lim    Limits
	number int
	fields int  // in the last record
	odd    bool // a quote stood in the midst of a field of it
	field  []byte
}

func (c *csvCursor) close() {}

func (c *csvCursor) next() (Row, error) {
	if _, err := c.in.Peek(1); err != nil {
		return Row{}, err
	}
	c.number++
	c.fields, c.odd = 0, false
	row := Row{Number: c.number}
	for {
		end, err := c.readField()
		if err != nil {
			return Row{}, err
		}
		if err := c.keep(&row); err != nil {
			return Row{}, err
		}
		if end {
			return row, nil
		}
	}
}

// keep adds the field just read to the row.
func (c *csvCursor) keep(row *Row) error {
	col := c.fields
	c.fields++
	if len(c.field) == 0 || len(c.field) == 1 && c.field[0] == 0x1A { // DOS end of file
		return nil
	}
	text := string(c.field)
	switch {
	case tooLong(text, c.lim.CellChars):
		return refuse("sheet.cell_too_long", c.number, c.lim.CellChars)
	case col >= c.lim.Columns:
		return refuse("sheet.too_many_columns", c.number, c.lim.Columns)
	case c.number > c.lim.Rows:
		return refuse("sheet.too_many_rows", c.lim.Rows)
	}
	cell := textCell(unguard(text))
	cell.Raw = text
	if cell.Kind == Empty {
		return nil
	}
	for len(row.Cells) < col {
		row.Cells = append(row.Cells, Cell{})
	}
	row.Cells = append(row.Cells, cell)
	return nil
}

// readField reads one field into c.field; end says that the record ended with it.
func (c *csvCursor) readField() (end bool, err error) {
	c.field = c.field[:0]
	limit := (c.lim.CellChars + 1) * utf8.UTFMax
	opened, closed := false, false
	for first := true; ; first = false {
		if len(c.field) > limit {
			if opened && bytes.IndexByte(c.field, '\n') >= 0 {
				return false, refuse("sheet.bad_quotes", c.number)
			}
			return false, refuse("sheet.cell_too_long", c.number, c.lim.CellChars)
		}
		b, err := c.in.ReadByte()
		if err == io.EOF {
			if opened {
				return false, refuse("sheet.bad_quotes", c.number)
			}
			return true, nil
		}
		if err != nil {
			return false, err
		}
		switch {
		case first && b == '"':
			opened = true
		case opened && b == '"':
			if next, _ := c.in.Peek(1); len(next) == 1 && next[0] == '"' {
				_, _ = c.in.Discard(1)
				c.field = append(c.field, '"')
			} else {
				opened, closed = false, true
			}
		case opened:
			c.field = append(c.field, b)
		case b == c.comma:
			return false, nil
		case b == '\n':
			return true, nil
		case b == '\r':
			if next, _ := c.in.Peek(1); len(next) == 1 && next[0] == '\n' {
				_, _ = c.in.Discard(1)
			}
			return true, nil
		default:
			c.odd = c.odd || closed || b == '"'
			c.field = append(c.field, b)
		}
	}
}

// unguard takes off what protects a text from Excel: ="0012" and the apostrophe before a would-be formula.
func unguard(text string) string {
	if len(text) >= 3 && strings.HasPrefix(text, `="`) && strings.HasSuffix(text, `"`) && strings.Count(text, `"`) == 2 {
		return text[2 : len(text)-1]
	}
	if strings.HasPrefix(text, "'") && risky(strings.TrimLeft(text, "'")) {
		return text[1:]
	}
	return text
}

// risky reports whether a spreadsheet program could take a text for a formula or a command.
func risky(text string) bool {
	return text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0
}
