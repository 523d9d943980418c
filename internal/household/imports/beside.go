package imports

import (
	"slices"
	"strings"

	"hudang/internal/household/roster"
	"hudang/internal/platform/sheet"
)

// BesideKind is something a file holds besides the values of its cells.
type BesideKind string

// The kinds.
const (
	BesidePictures      BesideKind = "pictures"       // become papers of their row's household
	BesideWaiting       BesideKind = "waiting"        // pictures of rows that are no household's: they wait with their row
	BesideAbsent        BesideKind = "absent"         // pictures that the file names and does not hold
	BesideLoose         BesideKind = "loose"          // pictures beside all rows
	BesideUnread        BesideKind = "unread"         // pictures of an old .xls: counted, not read
	BesideNotes         BesideKind = "notes"          // on cells of a household's row: kept as its remark
	BesideNotesLoose    BesideKind = "notes_loose"    // on other cells
	BesideLinks         BesideKind = "links"          // that lead elsewhere than their text says
	BesideStruck        BesideKind = "struck"         // struck out: perhaps gone
	BesideHiddenRows    BesideKind = "hidden_rows"    // by hand or by a filter
	BesideHiddenColumns BesideKind = "hidden_columns" //
	BesideHiddenSheets  BesideKind = "hidden_sheets"  //
	BesideOther         BesideKind = "other"          // charts, macros: sheets that hold no cells
)

// Key is the key of the sentence about so many of a kind.
func (k BesideKind) Key() string { return "import.beside." + string(k) }

// Beside is how much of a kind the file holds, of pictures for each head, and where the first are.
type Beside struct {
	Kind  BesideKind
	Head  string // of the column, for pictures
	Paper string // code of the line of the directory they go to
	Count int
	First []string // B3, or the name of a sheet
}

// Picture is a picture of the file whose row is a household's.
type Picture struct {
	At        roster.Cell
	Head      string
	Paper     string // code of the line of the directory; empty to be sorted by hand
	Household int    // of Plan.Households
	sheet.Picture
}

// extras are what a file holds besides values.
type extras struct {
	Pictures []Picture
	Beside   []Beside
}

const firstOfKind = 12

// gatherer goes over the cells of a file once more, when its plan is known.
type gatherer struct {
	plan    *roster.Plan
	rows    map[roster.Cell][]int // households, by row
	extras  extras
	at      map[string]int // of extras.Beside, by kind and head
	remarks map[int][]string
}

// extrasOf finds what hangs on the cells of a file, and adds the notes on a household's row to its remark.
func extrasOf(book *sheet.Book, plan *roster.Plan) (extras, error) {
	g := &gatherer{plan: plan, rows: map[roster.Cell][]int{}, at: map[string]int{}, remarks: map[int][]string{}}
	for _, l := range plan.Lines {
		if l.Refused || l.Empty || l.Aside != "" {
			continue
		}
		row := roster.Cell{Sheet: l.At.Sheet, Row: l.At.Row}
		g.rows[row] = append(g.rows[row], l.Households...)
	}
	for _, s := range book.Sheets() {
		if err := g.sheet(s); err != nil {
			return extras{}, err
		}
	}
	for _, name := range book.Passed() {
		g.count(BesideOther, "", "", name)
	}
	for i, notes := range g.remarks {
		h := &plan.Households[i]
		h.Remark = strings.Join(append(slices.DeleteFunc([]string{h.Remark}, func(t string) bool { return t == "" }), notes...), "\n")
	}
	return g.extras, nil
}

func (g *gatherer) sheet(s *sheet.Sheet) error {
	if s.Hidden {
		g.count(BesideHiddenSheets, "", "", s.Name)
	}
	hidden, err := s.HiddenColumns()
	if err != nil {
		return err
	}
	blocks, err := s.Merges()
	if err != nil {
		return err
	}
	loose, err := s.Loose()
	if err != nil {
		return err
	}
	for range loose {
		g.count(BesideLoose, "", "", s.Name)
	}
	for range s.Unread() {
		g.count(BesideUnread, "", "", s.Name)
	}
	filled := make([]bool, len(hidden))
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if row.Hidden {
			g.count(BesideHiddenRows, "", "", s.Name+" "+roster.Cell{Row: row.Number}.Name())
		}
		for i, c := range row.Cells {
			for n, span := range hidden {
				filled[n] = filled[n] || span.First <= i+1 && i+1 <= span.Last && c.Kind != sheet.Empty
			}
			if c.Also != nil {
				g.cell(roster.Cell{Sheet: s.Name, Row: row.Number, Column: i + 1}, c, blocks)
			}
		}
	}
	for n, span := range hidden {
		if filled[n] { // what is hidden and empty is nobody's loss
			name := strings.TrimRight(roster.Cell{Column: span.First}.Name(), "0") + "–" + strings.TrimRight(roster.Cell{Column: span.Last}.Name(), "0")
			g.count(BesideHiddenColumns, "", "", s.Name+" "+name)
		}
	}
	return nil
}

// cell counts what hangs on a cell.
func (g *gatherer) cell(at roster.Cell, c sheet.Cell, blocks []sheet.Range) {
	head := g.head(at)
	owner, known := g.household(at, head, blocks)
	place := at.Sheet + " " + at.Name()
	for _, p := range c.Also.Pictures {
		paper := roster.PaperOf(head)
		switch {
		case p.Absent:
			g.count(BesideAbsent, "", "", place)
		case !known:
			g.count(BesideWaiting, "", "", place)
		default:
			g.count(BesidePictures, head, paper, place)
			g.extras.Pictures = append(g.extras.Pictures, Picture{At: at, Head: head, Paper: paper, Household: owner, Picture: p})
		}
	}
	switch {
	case c.Also.Note == "":
	case known:
		g.count(BesideNotes, "", "", place)
		g.remarks[owner] = append(g.remarks[owner], c.Also.Note)
	default:
		g.count(BesideNotesLoose, "", "", place)
	}
	if c.Also.Link != "" {
		g.count(BesideLinks, "", "", place)
	}
	if c.Also.Struck {
		g.count(BesideStruck, "", "", place)
	}
}

// household is whose row a cell stands in; under a block merged over several rows it is that of the block's first.
func (g *gatherer) household(at roster.Cell, head string, blocks []sheet.Range) (int, bool) {
	row := roster.Cell{Sheet: at.Sheet, Row: at.Row}
	found := g.rows[row]
	for i := 0; len(found) == 0 && i < len(blocks); i++ {
		if b := blocks[i]; b.Top < at.Row && at.Row <= b.Bottom {
			found = g.rows[roster.Cell{Sheet: at.Sheet, Row: b.Top}]
		}
	}
	for _, i := range found {
		if tenant := g.plan.Households[i].Side == roster.SideTenant; tenant == roster.TenantsHead(head) {
			return i, true
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return found[0], true
}

// head is the head of a cell's column.
func (g *gatherer) head(at roster.Cell) string {
	for i := range g.plan.Tables {
		t := &g.plan.Tables[i]
		if !t.Covers(roster.Cell{Sheet: at.Sheet, Row: at.Row}) {
			continue
		}
		for _, h := range t.Headers {
			if h.Column == at.Column {
				return h.Text
			}
		}
	}
	return ""
}

func (g *gatherer) count(kind BesideKind, head, paper, place string) {
	key := string(kind) + " " + head
	i, known := g.at[key]
	if !known {
		i = len(g.extras.Beside)
		g.at[key] = i
		g.extras.Beside = append(g.extras.Beside, Beside{Kind: kind, Head: head, Paper: paper})
	}
	b := &g.extras.Beside[i]
	b.Count++
	if len(b.First) < firstOfKind && !slices.Contains(b.First, place) {
		b.First = append(b.First, place)
	}
}
