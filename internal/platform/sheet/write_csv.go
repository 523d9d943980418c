package sheet

import (
	"bufio"
	"io"
	"strings"
)

// CSVWriter writes a comma-separated table as Chinese Excel and WPS expect it: UTF-8 with a mark, CRLF. Texts that a
// program could take for a formula get an apostrophe (see the package comment). A CSV has no types: opened in Excel,
// an 18-digit text loses digits, so tables for people should be written with Writer.
type CSVWriter struct {
	out     *bufio.Writer
	columns []Column
	row     []out
}

var _ Table = (*CSVWriter)(nil)

// NewCSVWriter begins a file with its row of titles.
func NewCSVWriter(w io.Writer, columns []Column) (*CSVWriter, error) {
	c := &CSVWriter{out: bufio.NewWriterSize(w, 64<<10), columns: columns}
	if _, err := c.out.WriteString("\uFEFF"); err != nil {
		return nil, err
	}
	for i, col := range columns {
		c.field(i, out{text: clean(col.Title)})
	}
	_, err := c.out.WriteString("\r\n")
	return c, err
}

// Row writes one row.
func (c *CSVWriter) Row(row ...any) error {
	var err error
	if c.row, err = values(c.row[:0], c.columns, row); err != nil {
		return err
	}
	for i, o := range c.row {
		c.field(i, o)
	}
	_, err = c.out.WriteString("\r\n")
	return err
}

// Close writes out what is buffered.
func (c *CSVWriter) Close() error { return c.out.Flush() }

// field writes one field; a failed write is kept by the buffer and comes back from the row's end.
func (c *CSVWriter) field(i int, o out) {
	if i > 0 {
		_ = c.out.WriteByte(',')
	}
	text := o.text
	if !o.number && risky(strings.TrimLeft(text, "'")) {
		text = "'" + text
	}
	if !strings.ContainsAny(text, ",;|\t\"\r\n") && strings.TrimSpace(text) == text {
		_, _ = c.out.WriteString(text)
		return
	}
	_ = c.out.WriteByte('"')
	_, _ = c.out.WriteString(strings.ReplaceAll(text, `"`, `""`))
	_ = c.out.WriteByte('"')
}
