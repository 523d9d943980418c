package sheet

import (
	"io"

	"golang.org/x/net/html"
)

// webSource is one sheet of a page: tables that follow one another, or without any the text outside of all.
type webSource struct {
	page   *webPage
	tables []int
}

// layout reads the sheet once: spans and hidden columns stand in its tags.
func (s *webSource) layout() (*layout, error) {
	c := s.cursor()
	c.lay = &layout{}
	last := 0
	for {
		row, err := c.next()
		if err == io.EOF {
			for i := range c.lay.merges {
				m := &c.lay.merges[i]
				m.Bottom = max(m.Top, min(m.Bottom, last)) // a span may claim more rows than there are
			}
			return c.lay, nil
		}
		if err != nil {
			return nil, err
		}
		last = row.Number
	}
}

func (s *webSource) open() (cursor, error) { return s.cursor(), nil }

func (s *webSource) cursor() *webCursor {
	c := &webCursor{page: s.page, left: s.tables}
	if len(s.tables) == 0 {
		c.z, c.outside = newTokenizer(s.page.text, 0, s.page.size), true
	}
	return c
}

// webCursor reads rows as a browser lays them out. End tags may be missing; tables within are skipped, being sheets of their
// own, or folded into the cell's text.
type webCursor struct {
	page    *webPage
	left    []int // tables still to read, the present one first
	z       *html.Tokenizer
	outside bool // of tables
	table   int  // the last whose tag was met
	skip    int  // open tables within that are sheets of their own
	fold    int  // open tables within that are text
	mute    string
	unsaid  bool // inside an option that is not chosen

	lay     *layout // to be filled; nil when rows are read
	columns int     // <col> met
	number  int     // of the row
	until   []int   // by column: the last row that a span from above covers
	row     *Row    // being read
	cell    *webCell
	col     int // of the last cell
	ready   []Row
	err     error
}

func (c *webCursor) close() {}

func (c *webCursor) next() (Row, error) {
	for {
		switch {
		case c.err != nil:
			return Row{}, c.err
		case len(c.ready) > 0:
			row := c.ready[0]
			c.ready = c.ready[1:]
			return row, nil
		case c.z == nil && !c.begin():
			return Row{}, io.EOF
		}
		c.step()
	}
}

// begin goes to the next table of the sheet.
func (c *webCursor) begin() bool {
	if len(c.left) == 0 {
		return false
	}
	c.table = c.left[0]
	c.z = newTokenizer(c.page.text, c.page.tables[c.table].at, c.page.size)
	c.z.Next() // its own tag
	c.skip, c.fold, c.until, c.columns, c.mute = 0, 0, nil, 0, ""
	return true
}

// done ends the table, or the page.
func (c *webCursor) done() {
	c.endRow()
	c.z, c.outside = nil, false
	c.left = c.left[min(1, len(c.left)):]
}

func (c *webCursor) step() {
	switch c.z.Next() {
	case html.ErrorToken:
		if err := c.z.Err(); err != io.EOF {
			c.err = webError(err)
			return
		}
		c.done()
	case html.TextToken:
		c.text(c.z.Text())
	case html.StartTagToken, html.SelfClosingTagToken:
		raw, more := c.z.TagName()
		c.start(string(raw), more)
	case html.EndTagToken:
		raw, _ := c.z.TagName()
		c.end(string(raw))
	}
}

func (c *webCursor) text(text []byte) {
	if c.mute != "" || c.unsaid || c.skip > 0 {
		return
	}
	if c.cell == nil {
		if blankText(text) {
			return
		}
		c.beginCell(1, 1) // text that stands in no cell
	}
	c.cell.add(text)
}

func (c *webCursor) start(name string, more bool) {
	switch {
	case muted(name):
		c.mute = name
		return
	case name == "table":
		c.startTable()
		return
	case c.skip > 0:
		return
	}
	if c.fold > 0 || c.outside {
		c.within(name, more)
		return
	}
	switch name {
	case "tr":
		c.endRow()
		c.beginRow()
		c.row.Hidden = more && hiddenTag(c.z)
	case "td", "th":
		c.endCell()
		c.startCell(more)
	case "caption":
		c.endRow()
		c.beginCell(1, 1)
	case "thead", "tbody", "tfoot":
		c.endRow()
	case "col":
		c.column(more)
	default:
		c.within(name, more)
	}
}

// startTable skips a table within, or takes it into the text.
func (c *webCursor) startTable() {
	if c.outside {
		c.skip++
		c.endRow()
		return
	}
	c.table++
	switch {
	case c.skip > 0:
		c.skip++
	case !c.page.tables[c.table].folded:
		c.skip = 1
	default:
		c.fold++
		c.line()
	}
}

func (c *webCursor) end(name string) {
	switch {
	case name == c.mute:
		c.mute = ""
		return
	case name == "table":
		c.endTable()
		return
	case c.skip > 0:
		return
	case name == "option" || name == "select":
		c.unsaid = false
	}
	if c.fold == 0 && !c.outside {
		switch name {
		case "tr", "thead", "tbody", "tfoot", "caption":
			c.endRow()
			return
		case "td", "th":
			c.endCell()
			return
		}
	}
	if c.cell != nil {
		c.cell.end(name)
	}
	if block(name) {
		c.line()
	}
}

func (c *webCursor) endTable() {
	switch {
	case c.skip > 0:
		c.skip--
	case c.fold > 0:
		c.fold--
		c.line()
	case !c.outside:
		c.done()
	}
}

// line begins a new line of the cell's text; outside of tables each line is a row.
func (c *webCursor) line() {
	switch {
	case c.outside:
		c.endRow()
	case c.cell != nil:
		c.cell.text.line()
	}
}

// within is a tag inside a cell.
func (c *webCursor) within(name string, more bool) {
	switch {
	case block(name) || name == "br":
		c.line()
		return
	case (name == "td" || name == "th") && c.cell != nil:
		c.cell.text.space = true
		return
	case name == "option":
		c.unsaid = !more || !hasAttr(c.z, "selected")
		return
	case name == "input":
		if value, _ := inputValue(c.z); value != "" && more {
			c.text([]byte(" " + value + " "))
		}
		return
	}
	if c.cell == nil && name == "img" {
		c.beginCell(1, 1)
	}
	if c.cell != nil {
		c.cell.start(name, c.z, more)
	}
}

// column notes a hidden column.
func (c *webCursor) column(more bool) {
	first := c.columns + 1
	across, hidden := 1, false
	if more {
		across, hidden = colTag(c.z)
	}
	c.columns += across
	if hidden && c.lay != nil && len(c.lay.hidden) < 1<<14 {
		c.lay.hidden = append(c.lay.hidden, Span{first, c.columns})
	}
}

func (c *webCursor) beginRow() {
	c.number++
	c.row, c.col = &Row{Number: c.number}, 0
}

// startCell begins the cell of a tag, in the first column that no span covers.
func (c *webCursor) startCell(more bool) {
	cell := &webCell{across: 1, down: 1}
	if more {
		cell.readTag(c.z)
	}
	c.beginCell(cell.across, cell.down)
	c.cell.number, c.cell.marked = cell.number, cell.marked
}

func (c *webCursor) beginCell(across, down int) {
	if c.row == nil {
		c.beginRow()
	}
	c.col++
	for c.col <= len(c.until) && c.until[c.col-1] >= c.number {
		c.col++
	}
	c.cell = &webCell{across: across, down: down}
	c.cell.text.limit = (c.page.lim.CellChars + 1) * 4
	c.span()
}

// span notes the columns and rows that the cell covers.
func (c *webCursor) span() {
	right := min(c.col+c.cell.across-1, c.page.lim.Columns)
	bottom := min(c.number+c.cell.down-1, c.page.lim.Rows)
	if c.col > right {
		return
	}
	for len(c.until) < right {
		c.until = append(c.until, 0)
	}
	for i := c.col; i <= right; i++ {
		c.until[i-1] = bottom
	}
	if c.lay != nil && (right > c.col || bottom > c.number) {
		if len(c.lay.merges) >= maxMerges {
			c.err = broken("web page: more than %d merged blocks", maxMerges)
			return
		}
		c.lay.merges = append(c.lay.merges, Range{c.number, c.col, bottom, right})
	}
}

func (c *webCursor) endCell() {
	if c.cell == nil {
		return
	}
	cell, err := c.cell.value(c.number, c.page.lim)
	if err == nil && !cell.blank() {
		err = c.place(cell)
	}
	if err != nil && c.err == nil {
		c.err = err
	}
	c.col += c.cell.across - 1
	c.cell = nil
}

func (c *webCursor) place(cell Cell) error {
	switch lim := c.page.lim; {
	case c.col > lim.Columns:
		return refuse("sheet.too_many_columns", c.number, lim.Columns)
	case c.number > lim.Rows:
		return refuse("sheet.too_many_rows", lim.Rows)
	}
	for len(c.row.Cells) < c.col {
		c.row.Cells = append(c.row.Cells, Cell{})
	}
	c.row.Cells[c.col-1] = cell
	return nil
}

func (c *webCursor) endRow() {
	c.endCell()
	if c.row != nil {
		c.ready = append(c.ready, *c.row)
		c.row = nil
	}
}
