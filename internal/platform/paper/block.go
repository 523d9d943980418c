package paper

// Block is one part of a print's body. Boxed blocks (Fields, Table, Ticks, Signatures) that follow each other
// share their border, as the parts of one Chinese form do; put a Gap between to part them.
type Block interface{ place(*flow) error }

// Fields is a grid of labels and values.
type Fields struct {
	Columns    int     // pairs in a row, 1–4
	Side       string  // a heading written downwards at the left, across all rows
	LabelWidth float64 // mm; 0: as wide as the longest label needs
	RowHeight  float64 // mm, least; 0: by letter size
	Plain      bool    // no boxes: "label：value" spread over the line
	Items      []Field
}

// Field is one label and its value.
type Field struct {
	Label string // "\n" starts a new line
	Value string
	Span  int // pairs it covers; 0 is 1
	Lines int // lines kept at least, for writing by hand
	Bold  bool
	Align Align // of the value
}

// Table is a ruled table. Its head is repeated on every page; a row is split only when it is taller than a page.
type Table struct {
	Columns   []Column
	Rows      []Row
	Tail      []Row   // after the last row, e.g. 合计（大写）
	Side      string  // a heading written downwards at the left
	Size      float64 // pt; 0: the document's
	RowHeight float64 // mm, least; 0: by letter size
	PerPage   int     // rows on a page; they share its height
	FillTo    int     // blank rows up to this many rows on each page
	Fill      bool    // blank rows to the foot of each page; the table must be the last block
	Fives     bool    // a stronger line under every fifth row, as in ledger books
	Register  bool    // 文武线 over the table
	Sums      TotalRows
}

// TotalRows chooses the rows of totals under a table.
type TotalRows struct {
	Page    bool   // 本页小计 on every page
	Running bool   // 累计 on every page
	Carry   bool   // 承前页 and 过次页, and 合计 on the last page
	Total   bool   // 合计 on the last page
	Unit    string // counts the rows, e.g. "户"
}

// Wrap says what a cell does when its text is too wide.
type Wrap uint8

// The ways to wrap.
const (
	WrapText  Wrap = iota // at the edges of characters and words
	WrapWhole             // letters shrink to three quarters before any line is broken: amounts, dates, ids
)

// Sum says what is added up in a column.
type Sum uint8

// The sums.
const (
	SumNone  Sum = iota
	SumFen       // Cell.Value is fen, printed "1,286.40"
	SumCount     // Cell.Value is a number
)

// Column is one column of a table.
type Column struct {
	Title  string  // "\n" stacks two titles
	Width  float64 // mm; 0: shares the rest by Weight
	Weight float64 // 0 is 1
	Align  Align
	Wrap   Wrap
	Sum    Sum
}

// RowKind tells ordinary rows from headings.
type RowKind uint8

// The kinds of rows.
const (
	RowPlain RowKind = iota
	RowGroup         // a heading across the table; stays with the row after it
	RowTotal         // bold
)

// Row is one row of a table.
type Row struct {
	Cells []Cell
	Kind  RowKind
	Count string // counted under this name in 本页小计 and 累计, e.g. "自住"
}

// Cell is one cell of a row.
type Cell struct {
	Text  string // "\n" stacks lines; Held and Open draw boxes
	Value int64  // what the column's sum adds
	Span  int    // columns it covers; 0 is 1
	Align Align
	Bold  bool
}

// Cells makes an ordinary row of texts.
func Cells(texts ...string) Row {
	r := Row{Cells: make([]Cell, len(texts))}
	for i, t := range texts {
		r.Cells[i].Text = t
	}
	return r
}

// Group makes a heading row.
func Group(text string) Row { return Row{Kind: RowGroup, Cells: []Cell{{Text: text}}} }

// Yuan makes a cell of money: "1,286.40", added up where the column sums fen.
func Yuan(fen int64) Cell { return Cell{Text: yuan(fen), Value: fen} }

// Tick makes a cell with a box.
func Tick(held bool) Cell {
	if held {
		return Cell{Text: Held, Align: AlignCenter}
	}
	return Cell{Text: Open, Align: AlignCenter}
}

// Text is running text. Paragraphs may break over pages between lines.
type Text struct {
	Paragraphs []string
	Size       float64 // pt; 0: the document's
	Align      Align
	Bold       bool
	Indent     bool    // two characters at the start of a paragraph
	Leading    float64 // line height over letter size; 0 is 1.6
}

// Ticks is a list of boxes with words, boxed with its label.
type Ticks struct {
	Label   string
	Columns int // 0: one line flowing
	Items   []TickItem
}

// TickItem is one box.
type TickItem struct {
	Text string
	Held bool
}

// Signatures are places to sign, in the rule's order, never parted over pages.
type Signatures struct {
	Columns int // 0: as many as give each a line of 45 mm
	Items   []Signature
	Height  float64 // mm of one place; 0 is 21, never under 15
}

// Signature is one place to sign.
type Signature struct {
	Role   string // e.g. "业主"
	Name   string // printed beside the role, when known
	Words  string // what is declared by signing
	NoDate bool
}

// Slip is a title slip 题签: a double frame with one large line and smaller ones under it.
type Slip struct {
	Title string
	Lines []string
	Width float64 // mm; 0: as wide as needed
}

// Code is a QR code with words beside it.
type Code struct {
	Data string
	Size float64 // mm; 0 is 18
	Text string
}

// Label fills a label: a QR code, its digits below, and beside it a place in small letters over bold words. What finds no
// room there is left out: the digits name the thing.
type Label struct {
	Data   string
	Digits string
	Place  string
	Words  []string
}

// Gap is white space, in mm; at the head of a page it vanishes.
type Gap struct{ MM float64 }

// Cut is a dashed line to cut or tear along, with words in its middle.
type Cut struct{ Text string }

// Break starts a new page.
type Break struct{}
