package beside

import (
	"slices"
	"sort"
	"strings"

	"hudang/internal/household/roster"
	"hudang/internal/platform/sheet"
)

// Kind is something a file holds besides the values of its cells.
type Kind string

// The kinds.
const (
	Pictures      Kind = "pictures"       // become papers of their row's household
	Waiting       Kind = "waiting"        // pictures of rows that are no household's: they wait with their row
	Absent        Kind = "absent"         // pictures that the file names and does not hold
	Loose         Kind = "loose"          // pictures beside all rows
	Unread        Kind = "unread"         // pictures of an old .xls: counted, not read
	Notes         Kind = "notes"          // on cells of a household's row: kept as its remark
	NotesLoose    Kind = "notes_loose"    // on other cells
	Printed       Kind = "printed"        // above and below the pages of a sheet
	Links         Kind = "links"          // that lead elsewhere than their text says
	Struck        Kind = "struck"         // struck out: perhaps gone
	HiddenRows    Kind = "hidden_rows"    // by hand or by a filter
	HiddenColumns Kind = "hidden_columns" //
	HiddenSheets  Kind = "hidden_sheets"  //
	Other         Kind = "other"          // charts, macros: sheets that hold no cells
)

// Key is the key of the sentence about so many of a kind.
func (k Kind) Key() string { return "import.beside." + string(k) }

// Found is how much of a kind the file holds, of pictures for each head, and where the first are.
type Found struct {
	Kind  Kind
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
	Household int    // of Plan.Households; -1 while it waits
	sheet.Picture
}

// Extras are what a file holds besides values.
type Extras struct {
	Pictures []Picture
	Waits    map[int][]Picture // of rows that are no household's, and beside all rows: by the line they stand at
	Beside   []Found

	of map[int][]int // of Pictures, by line
}

// PicturesOf are the places of the pictures that stand in a line.
func (x Extras) PicturesOf(line int) []int { return x.of[line] }

// Pictured says which households of the plan have pictures.
func (x Extras) Pictured() map[int]bool {
	found := map[int]bool{}
	for _, p := range x.Pictures {
		found[p.Household] = true
	}
	return found
}

const firstOfKind = 12

// gatherer goes over the cells of a file once more, when its plan is known.
type gatherer struct {
	plan    *roster.Plan
	rows    map[roster.Cell][]int // households, by row
	extras  Extras
	at      map[string]int // of extras.Beside, by kind and head
	remarks map[int][]string
	lines   map[string][]int // of plan.Lines, by sheet
}

// Of finds what hangs on the cells of a file, and adds the notes on a household's row to its remark.
func Of(book *sheet.Book, plan *roster.Plan) (Extras, error) {
	g := &gatherer{extras: Extras{Waits: map[int][]Picture{}, of: map[int][]int{}}, plan: plan, rows: map[roster.Cell][]int{}, at: map[string]int{}, remarks: map[int][]string{}, lines: map[string][]int{}}
	for i, l := range plan.Lines {
		g.lines[l.At.Sheet] = append(g.lines[l.At.Sheet], i)
		if l.Refused || l.Empty || l.Aside != "" {
			continue
		}
		row := roster.Cell{Sheet: l.At.Sheet, Row: l.At.Row}
		g.rows[row] = append(g.rows[row], l.Households...)
	}
	for _, s := range book.Sheets() {
		if err := g.sheet(s); err != nil {
			return Extras{}, err
		}
	}
	for _, name := range book.Passed() {
		g.count(Other, "", "", name)
	}
	for i, notes := range g.remarks {
		h := &plan.Households[i]
		h.Remark = strings.Join(append(slices.DeleteFunc([]string{h.Remark}, func(t string) bool { return t == "" }), notes...), "\n")
	}
	return g.extras, nil
}

func (g *gatherer) sheet(s *sheet.Sheet) error {
	if s.Hidden {
		g.count(HiddenSheets, "", "", s.Name)
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
	for _, p := range loose {
		g.count(Loose, "", "", s.Name)
		if !p.Absent {
			g.wait(roster.Cell{Sheet: s.Name, Row: 1}, "", p)
		}
	}
	for range s.Unread() {
		g.count(Unread, "", "", s.Name)
	}
	printed, err := s.Printed()
	if err != nil {
		return err
	}
	for _, text := range printed {
		g.count(Printed, "", "", s.Name+" "+text)
		if all := g.lines[s.Name]; len(all) > 0 { // kept with the first row
			l := &g.plan.Lines[all[0]]
			l.Text, l.Rest = strings.TrimPrefix(l.Text+"\n"+text, "\n"), strings.TrimPrefix(l.Rest+"\n"+text, "\n")
		}
	}
	filled := make([]bool, len(hidden))
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if row.Hidden {
			g.count(HiddenRows, "", "", s.Name+" "+roster.Cell{Row: row.Number}.Name())
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
			g.count(HiddenColumns, "", "", s.Name+" "+name)
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
			g.count(Absent, "", "", place)
		case !known:
			g.count(Waiting, "", "", place)
			g.wait(at, head, p)
		default:
			g.count(Pictures, head, paper, place)
			if line, ok := g.line(at); ok {
				g.extras.of[line] = append(g.extras.of[line], len(g.extras.Pictures))
			}
			g.extras.Pictures = append(g.extras.Pictures, Picture{At: at, Head: head, Paper: paper, Household: owner, Picture: p})
		}
	}
	switch {
	case c.Also.Note == "":
	case known:
		g.count(Notes, "", "", place)
		g.remarks[owner] = append(g.remarks[owner], c.Also.Note)
		g.say(at, c.Also.Note, true)
	default:
		g.count(NotesLoose, "", "", place)
		g.say(at, c.Also.Note, false)
	}
	if c.Also.Link != "" {
		g.count(Links, "", "", place)
		g.say(at, c.Also.Link, false)
	}
	if c.Also.Struck {
		g.count(Struck, "", "", place)
	}
}

// wait lays a picture to the line it stands at; to the sheet's first line where it stands below or beside all.
func (g *gatherer) wait(at roster.Cell, head string, p sheet.Picture) {
	line, ok := g.line(at)
	if all := g.lines[at.Sheet]; !ok && len(all) > 0 {
		line, ok = all[0], true
	}
	if !ok && len(g.plan.Lines) > 0 {
		ok = true // of a sheet without a row
	}
	if ok {
		g.extras.Waits[line] = append(g.extras.Waits[line], Picture{At: at, Head: head, Household: -1, Picture: p})
	}
}

// say keeps what hangs on a cell with the row: with all that it says, and where it has no other place with what had none.
func (g *gatherer) say(at roster.Cell, text string, placed bool) {
	i, ok := g.line(at)
	if !ok {
		return
	}
	l := &g.plan.Lines[i]
	text = at.Name() + ": " + text
	if l.Text = strings.TrimPrefix(l.Text+"\n"+text, "\n"); !placed {
		l.Rest = strings.TrimPrefix(l.Rest+"\n"+text, "\n")
	}
}

// line is the place of the line that a cell's row, or its part of it, became.
func (g *gatherer) line(at roster.Cell) (found int, ok bool) {
	first := sort.Search(len(g.lines[at.Sheet]), func(n int) bool { return g.plan.Lines[g.lines[at.Sheet][n]].Upto >= at.Row })
	for _, i := range g.lines[at.Sheet][first:] {
		l := &g.plan.Lines[i]
		if l.At.Row > at.Row {
			break
		}
		if !ok || l.At.Column <= at.Column {
			found, ok = i, true
		}
	}
	return found, ok
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

func (g *gatherer) count(kind Kind, head, paper, place string) {
	key := string(kind) + " " + head
	i, known := g.at[key]
	if !known {
		i = len(g.extras.Beside)
		g.at[key] = i
		g.extras.Beside = append(g.extras.Beside, Found{Kind: kind, Head: head, Paper: paper})
	}
	b := &g.extras.Beside[i]
	b.Count++
	if len(b.First) < firstOfKind && !slices.Contains(b.First, place) {
		b.First = append(b.First, place)
	}
}
