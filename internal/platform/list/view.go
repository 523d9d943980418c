package list

// This file is what a list looks like once it is loaded: plain values with every text already translated and every
// address already built, so that the page kit, the print and the tests need no knowledge of where the rows come from.

// State says how a thing stands; it is always shown as icon, word and colour together.
type State string

// The states, with the colours of the style sheet.
const (
	NoState   State = ""
	StateOK   State = "ok"   // done, met
	StateDue  State = "due"  // to do today
	StateLate State = "late" // overdue, wrong, refused
	StateRun  State = "run"  // under way
	StateWait State = "wait" // waiting for somebody else
	StateNone State = "none" // unproven, not checked
	StateVoid State = "void" // cancelled: struck through
)

// View is one page of a list, ready to be shown. Everything that made it is in its address: filters, sort, page, tab.
type View struct {
	Name    string   // stable name of the list, e.g. "unit.list": element ids and saved columns hang on it
	Title   string   // heading
	Lead    string   // one short line beside the heading; may be empty
	Clauses []string // rules this register keeps
	Href    string   // this list without any parameter: target of the filter form and of "clear"
	Keep    []Param  // parameters the filter form carries along unseen: tab

	Tabs    []Tab       // saved views
	Filters []FilterBox // at most four are shown, the others behind "more filters"
	Sorts   []Option    // orders to choose from, for a phone; none where no column sorts
	Sort    string      // the order in force, one of Sorts
	Chips   []Chip      // active filters, each with the address that removes it
	Columns []Head
	Rows    []Line
	Footer  []Cell // totals, one per column; empty for none

	Total      int    // rows over all pages, after filters
	More       bool   // there are more than Total: beyond some thousands nobody counts
	Page       int    // 1-based
	Size       int    // rows per page
	Prev, Next string // addresses of the neighbours; empty at the ends

	Actions []Action // new, print, xlsx: the tool bar at the right
	Batch   []Action // acts on ticked rows; none hides the boxes. Ticked ids are posted as "id"; the whole result as "all", "list" and "query"

	Choices []Choice // columns the person may leave out; none hides the menus for them and for own views
	Chosen  bool     // he did
	Query   string   // what is asked, as an own view and an act on all rows have it; empty for the list as it is
	Own     string   // the own view it is; empty for none

	EmptyFirst  Empty // nothing was ever here: what it is for, and how to begin; under a tab, that nothing is there
	EmptyFilter Empty // the filters leave nothing; the kit adds "clear filters"
}

// First is the number of the first row shown, 0 when there is none.
func (v View) First() int {
	if len(v.Rows) == 0 {
		return 0
	}
	return (max(v.Page, 1)-1)*v.Size + 1
}

// Last is the number of the last row shown.
func (v View) Last() int { return max(v.First()+len(v.Rows)-1, 0) }

// Filtered reports whether filters are active, which decides between the two kinds of emptiness.
func (v View) Filtered() bool { return len(v.Chips) > 0 }

// Param is one name and value of an address.
type Param struct{ Name, Value string }

// Narrow says from which width on a column is worth its place.
type Narrow string

// The widths: a column without Narrow is shown everywhere, also on a phone.
const (
	Always  Narrow = ""
	Wide    Narrow = "hide-m hide-s" // from 1200 px
	NoPhone Narrow = "hide-s"        // from 700 px
)

// Kind is what stands in a column; it decides alignment and form.
type Kind string

// The kinds.
const (
	KindText   Kind = ""
	KindNumber Kind = "number"
	KindMoney  Kind = "money"
	KindDate   Kind = "date"
	KindState  Kind = "state"
)

// Head is the head of a column.
type Head struct {
	Key      string
	Label    string
	Kind     Kind
	Align    string // "num" sets to the right; numbers and money are so anyway
	Narrow   Narrow
	Sortable bool
	Sort     string // "" not sorted by this, "asc", "desc"
	Href     string // address that sorts by this column, or turns the direction
}

// Right reports whether the column is set to the right.
func (h Head) Right() bool {
	return h.Align == "num" || h.Kind == KindNumber || h.Kind == KindMoney
}

// FilterKind is how a filter is entered.
type FilterKind string

// The kinds of filter.
const (
	FilterText   FilterKind = "text"
	FilterSelect FilterKind = "select"
	FilterDate   FilterKind = "date"
	FilterRange  FilterKind = "range" // two dates: parameters Key+".from" and Key+".to"
)

// FilterBox is one filter as shown.
type FilterBox struct {
	Key     string // parameter name
	Label   string
	Hint    string // shown in an empty text field in place of the label
	Kind    FilterKind
	Value   string // for a range the first date
	Until   string // for a range the second date
	Wrong   bool   // could not be read: not applied; a chip says why
	Options []Option
}

// Option is one choice.
type Option struct{ Value, Label string }

// Chip is an active filter in words, with the address of the list without it.
type Chip struct{ Label, Href string }

// Tab is a saved view or a page of a record. Count is shown beside the label as it is; empty for none.
type Tab struct {
	Label   string
	Count   string
	Href    string
	Current bool
	Narrow  Narrow
}

// Line is one row.
type Line struct {
	ID    string // posted when ticked
	Name  string // read aloud for the tick box; the first cell's text when empty
	Href  string // where the row leads; the first cell carries the link
	Group string // a heading row stands before the first line of each group
	Cells []Cell // one per column
	Muted bool   // voided: struck through
}

// Title names the row for those who hear it.
func (l Line) Title() string {
	if l.Name != "" || len(l.Cells) == 0 {
		return l.Name
	}
	return l.Cells[0].Text
}

// Cell is one field of a row. An empty one shows a dash.
type Cell struct {
	Text   string
	Sub    string // smaller, below
	Href   string // link; in the first cell the row's Href is used when this is empty
	State  State  // shown as a chip with Text
	Strong bool
	Masked bool   // personal data, shown masked
	Reveal string // address that asks for the reason and then shows the clear value; only with Masked
	Red    bool   // negative money: with a word in Text
}

// Action is a thing to do: a link, or a button that posts.
type Action struct {
	Key      string // stable name
	Label    string // verb and object
	Icon     string
	Href     string
	Post     bool // POST instead of a link
	Primary  bool
	Danger   bool
	Shortcut string // "Alt+N": shown, and obeyed by the script
	Narrow   Narrow
	Seen     string   // of one that posts: the row's version as shown, made by page.SeenParam
	Also     []Action // other ways of the same act, in a menu with it
}

// Empty is what stands in place of rows.
type Empty struct {
	Title   string
	Text    string
	Actions []Action
}
