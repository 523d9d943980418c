package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// The bounds of a web page: of one tag or run of text (a picture may stand in a tag), and of tables within tables.
const (
	maxToken  = 16 << 20
	maxNested = 40
)

// openWeb reads a web page that calls itself a table, the commonest export of older programs. Each table of the page is a
// sheet; text outside of tables is one more, so that none of it is lost. Nothing is fetched and no script is run.
func openWeb(r io.ReaderAt, size int64, name string, lim Limits) (*Book, error) {
	head := make([]byte, min(size, 16<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	text, n, err := utf8Text(r, size, declaredBy(head, metaCharset))
	if err != nil {
		return nil, err
	}
	page := &webPage{text: text, size: n, lim: lim}
	if err := page.look(); err != nil {
		return nil, err
	}
	book := &Book{Format: HTML, sheets: page.sheets(name)}
	switch {
	case len(book.sheets) > 0:
		return book, nil
	case page.frames:
		return nil, refuse("sheet.web_frames")
	}
	return nil, refuse("sheet.web_no_table")
}

// webPage is what a page holds.
type webPage struct {
	text    io.ReaderAt
	size    int64
	lim     Limits
	tables  []webTable // in the order of their tags
	frames  bool       // it only shows other pages
	outside int        // runs of text outside of all tables
}

// webTable is a table of a page.
type webTable struct {
	at     int64  // where its tag starts
	parent int    // the table it stands in, or -1
	wide   int    // its rows with at least two filled cells
	width  int    // columns of its widest row
	filled int    // its cells with text or a picture, tables within not counted
	title  string // the heading above it, or its caption
	parted bool   // text stands between it and the table before
	folded bool   // it belongs to the text of the cell it stands in
}

// look goes over the page once and notes its tables.
func (p *webPage) look() error {
	z := newTokenizer(p.text, 0, p.size)
	x := &webLook{page: p}
	at := int64(0)
	for {
		kind := z.Next()
		start := at
		at += int64(len(z.Raw()))
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return webError(err)
			}
			p.fold()
			return nil
		case html.TextToken:
			x.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := x.start(z, start); err != nil {
				return err
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			x.end(string(name))
		}
	}
}

func newTokenizer(text io.ReaderAt, from, size int64) *html.Tokenizer {
	z := html.NewTokenizer(io.NewSectionReader(text, from, size-from))
	z.SetMaxBuf(maxToken)
	return z
}

func webError(err error) error {
	if errors.Is(err, html.ErrBufferExceeded) {
		return broken("web page: a tag or text of more than %d bytes", maxToken)
	}
	return err
}

// webLook is the state of looking: which tables are open, and how far the row and the cell of each have come.
type webLook struct {
	page    *webPage
	open    []webOpen
	mute    string // a script, a style: its text is none
	heading []byte
	inHead  int
	between bool // text since the last table
}

type webOpen struct {
	table        int
	cells, width int // of the row
	filled       bool
}

func (x *webLook) top() *webOpen {
	if len(x.open) == 0 {
		return &webOpen{table: -1}
	}
	return &x.open[len(x.open)-1]
}

func (x *webLook) text(text []byte) {
	if x.mute != "" || len(bytes.TrimSpace(text)) == 0 || blankText(text) {
		return
	}
	if x.inHead > 0 && len(x.heading) < 200 {
		x.heading = append(x.heading, bytes.TrimSpace(text)...)
	}
	x.seen()
}

// seen notes something to read at the present place.
func (x *webLook) seen() {
	if len(x.open) == 0 {
		x.page.outside++
		x.between = true
		return
	}
	top := x.top()
	if !top.filled {
		top.filled = true
		x.page.tables[top.table].filled++
	}
}

func (x *webLook) start(z *html.Tokenizer, at int64) error {
	raw, more := z.TagName()
	name := string(raw)
	switch {
	case muted(name):
		x.mute = name
	case heads(name):
		x.inHead, x.heading = x.inHead+1, x.heading[:0]
	case name == "frameset":
		x.page.frames = true
	case name == "img":
		x.seen()
	case name == "input" && more:
		if value, _ := inputValue(z); value != "" {
			x.seen()
		}
	case name == "table":
		if len(x.open) >= maxNested || len(x.page.tables) >= maxTables {
			return refuse("sheet.web_too_deep")
		}
		x.page.tables = append(x.page.tables, webTable{at: at, parent: x.top().table, title: x.takeHeading(), parted: x.between})
		x.open, x.between = append(x.open, webOpen{table: len(x.page.tables) - 1}), false
	case len(x.open) == 0:
	case name == "tr":
		x.endRow()
	case name == "td", name == "th":
		x.endCell()
		across, _ := spans(z, more)
		x.top().width += across
	}
	return nil
}

func (x *webLook) end(name string) {
	switch {
	case name == x.mute:
		x.mute = ""
	case heads(name) && x.inHead > 0:
		x.inHead--
		if name == "caption" && len(x.open) > 0 {
			x.page.tables[x.top().table].title = x.takeHeading()
		}
	case len(x.open) == 0:
	case name == "tr":
		x.endRow()
	case name == "table":
		x.endRow()
		x.open = x.open[:len(x.open)-1]
	}
}

func (x *webLook) endCell() {
	top := x.top()
	if top.filled {
		top.cells++
	}
	top.filled = false
}

func (x *webLook) endRow() {
	x.endCell()
	top := x.top()
	t := &x.page.tables[top.table]
	if top.cells >= 2 {
		t.wide++
	}
	t.width = max(t.width, top.width)
	top.cells, top.width = 0, 0
}

func (x *webLook) takeHeading() string {
	text := strings.Join(strings.Fields(clean(string(x.heading))), " ")
	x.heading = x.heading[:0]
	return text
}

// fold says which tables are the text of a cell and not a list: those with no more rows than the table they stand in. A page
// that is laid out by tables has few rows around many.
func (p *webPage) fold() {
	host := make([]int, len(p.tables)) // the nearest table around that is none
	for i := range p.tables {
		t := &p.tables[i]
		host[i] = i
		if t.parent < 0 {
			continue
		}
		h := host[t.parent]
		if around := p.tables[h].wide; around > 0 && t.wide <= around {
			t.folded = true
			host[i] = h
		}
	}
}

// sheets makes a sheet of each table. One that goes on in the columns of the table before it, as where the head stands in a
// table of its own or each page of a print has one, belongs to the same sheet.
func (p *webPage) sheets(name string) []*Sheet {
	var runs [][]int
	for i, t := range p.tables {
		if t.folded || t.filled == 0 {
			continue
		}
		if n := len(runs); n > 0 && !t.parted && t.title == "" && t.goesOn(p.tables[runs[n-1][0]]) {
			runs[n-1] = append(runs[n-1], i)
		} else {
			runs = append(runs, []int{i})
		}
	}
	var out []*Sheet
	taken := map[string]bool{}
	add := func(title string, tables []int) {
		src := &webSource{page: p, tables: tables}
		out = append(out, &Sheet{Name: ownName(taken, title), src: src, lim: p.lim})
	}
	for _, run := range runs {
		title := p.tables[run[0]].title
		if title == "" || utf8.RuneCountInString(title) > 31 {
			title = name
		}
		add(title, run)
	}
	if p.outside > 0 && len(out) > 0 {
		add(name+" ¶", nil)
	}
	return out
}

// goesOn reports that a table has the columns of one before it, and its place.
func (t webTable) goesOn(before webTable) bool {
	return t.width >= 2 && t.width == before.width && t.parent == before.parent
}

// ownName gives a sheet a name that no other has: roster and reports know sheets by their names.
func ownName(taken map[string]bool, name string) string {
	own := name
	for n := 2; taken[own]; n++ {
		own = name + " " + strconv.Itoa(n)
	}
	taken[own] = true
	return own
}

// maxTables is above any page seen; each costs a pass to its place.
const maxTables = 5000

// muted reports an element whose text is not shown.
func muted(name string) bool {
	switch name {
	case "script", "style", "title", "noframes", "iframe", "noembed":
		return true
	}
	return false
}

// heads reports an element that says what the table below it, or around it, is.
func heads(name string) bool {
	return name == "caption" || len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'
}

// blankText reports a text of blanks that do not break.
func blankText(text []byte) bool {
	return len(bytes.Trim(text, " \t\r\n\u00a0\u3000\u200b\ufeff")) == 0
}
