package importsweb

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/household/roster"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/sheet"
)

// grid is the rows with problems of a page, table by table.
type grid struct {
	kind       string
	tables     []gridTable
	page, last int
	rows       int        // of all pages
	all        bool       // all columns that are read are shown
	hides      bool       // some are not
	form       *page.Form // with the draft, when the page was opened to go on with it: then its rows are shown
}

// typedOr is what was typed into a cell of the grid, else what stands there.
func typedOr(f *page.Form, name, otherwise string) string {
	if all, ok := f.Values[name]; ok && len(all) > 0 {
		return all[0]
	}
	return otherwise
}

// gridTable is the rows of one table.
type gridTable struct {
	no      int // of the plan's tables
	table   roster.Table
	columns []int // of the sheet that are shown
	hides   bool  // others are read too
	sizes   []int // how wide each is, in characters
	rows    []gridRow
}

// gridRow is one row with its problems.
type gridRow struct {
	number int
	room   string // where it is, with what merged blocks say
	cells  []gridCell
	says   []string
	action string
}

// gridCell is one cell: what it says, after the answers, and what could be said instead.
type gridCell struct {
	column     int
	text       string
	bad, mine  bool // has a problem; was answered
	candidates []string
}

// The bounds of a page of the grid: a form has at most 5000 fields.
const (
	gridRows    = 100
	gridColumns = 24
)

// place is a row of a table with a problem.
type place struct {
	table, row int
	problems   []roster.Problem
}

// placesOf are the rows with a problem of a kind, or of any, in the order of the file.
func placesOf(v wizard, kind string) []place {
	var all []place
	seen := map[[2]int]int{}
	for _, p := range v.file.Plan.Problems {
		if p.Whole() {
			continue
		}
		t := tableAt(v.file.Plan.Tables, p.At)
		key := [2]int{t, p.At.Row}
		i, known := seen[key]
		switch {
		case t < 0, !known && kind != "" && p.Kind != kind:
			continue
		case !known:
			i = len(all)
			seen[key] = i
			all = append(all, place{table: t, row: p.At.Row})
		}
		all[i].problems = append(all[i].problems, p)
	}
	return all
}

// tableAt is the table a cell is of; -1 for none.
func tableAt(tables []roster.Table, at roster.Cell) int {
	return slices.IndexFunc(tables, func(t roster.Table) bool { return t.Covers(at) })
}

func gridOf(ctx context.Context, v wizard, kind string, at int, all bool) (grid, error) {
	places := placesOf(v, kind)
	g := grid{kind: kind, all: all, rows: len(places), form: page.Begun(ctx, v.ID.Path()+"/answers", nil), last: max((len(places)+gridRows-1)/gridRows, 1)}
	g.page, g.form.Wide = min(at, g.last), true
	shown := places[(g.page-1)*gridRows : min(g.page*gridRows, len(places))]
	if typed := placesIn(v, g.form.Values); len(typed) > 0 {
		shown = typed
	}
	var err error
	g.tables, err = tablesOf(ctx, v, shown, all, g.form.Values)
	g.hides = slices.ContainsFunc(g.tables, func(t gridTable) bool { return t.hides })
	return g, err
}

// placesIn are the rows that were typed into, wherever they stand now.
func placesIn(v wizard, typed page.Values) []place {
	known, at := map[[2]int]place{}, map[[2]int]bool{}
	for _, p := range placesOf(v, "") {
		known[[2]int{p.table, p.row}] = p
	}
	for name := range typed {
		table, row, ok := rowNamed(name)
		if !ok || table < 0 || table >= len(v.file.Plan.Tables) {
			continue
		}
		if t := v.file.Plan.Tables[table]; t.Covers(roster.Cell{Sheet: t.Sheet, Row: row}) {
			at[[2]int{table, row}] = true
		}
	}
	var places []place
	for key := range at {
		p := known[key]
		p.table, p.row = key[0], key[1]
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(a.table-b.table, a.row-b.row) })
	return places
}

// rowNamed is the table and row of a cell's field or of a row's action.
func rowNamed(field string) (table, row int, ok bool) {
	var column int
	cell, _ := fmt.Sscanf(field, "c.%d.%d.%d", &table, &row, &column)
	action, _ := fmt.Sscanf(field, "a.%d.%d", &table, &row)
	return table, row, cell == 3 || action == 2
}

// tablesOf reads rows, which come table by table, from the file.
func tablesOf(ctx context.Context, v wizard, places []place, all bool, typed page.Values) (tables []gridTable, err error) {
	for len(places) > 0 {
		n := slices.IndexFunc(places, func(p place) bool { return p.table != places[0].table })
		if n < 0 {
			n = len(places)
		}
		t, err := tableOf(ctx, v, places[:n], all, typed)
		if err != nil {
			return nil, err
		}
		tables, places = append(tables, t), places[n:]
	}
	return tables, nil
}

// tableOf reads the rows of one table from the file.
func tableOf(ctx context.Context, v wizard, places []place, all bool, typed page.Values) (gridTable, error) {
	t := gridTable{no: places[0].table, table: v.file.Plan.Tables[places[0].table]}
	t.columns = t.shown(places, all, typed)
	cells, err := rowsAt(v.file.Book, t.table.Sheet, places)
	if err != nil {
		return t, err
	}
	for _, p := range places {
		row := gridRow{number: p.row, action: actionOf(v.file.Answers[roster.Cell{Sheet: t.table.Sheet, Row: p.row}])}
		for _, problem := range p.problems {
			row.says = append(row.says, i18n.T(ctx, problem.Kind, problem.Args...))
		}
		row.room = t.room(cells[p.row])
		for _, c := range t.columns {
			row.cells = append(row.cells, t.cell(v, p, c, cells[p.row]))
		}
		t.rows = append(t.rows, row)
	}
	for i := range t.columns {
		t.sizes = append(t.sizes, t.size(i))
	}
	return t, nil
}

// size is how wide a column is: as its longest value, within bounds; what is no Latin letter takes twice the room.
func (t gridTable) size(column int) int {
	widest := 4
	for _, row := range t.rows {
		n := 0
		for _, r := range row.cells[column].text {
			if n++; r > 0x2e80 {
				n++
			}
		}
		widest = max(widest, n)
	}
	return min(widest, 28)
}

// shown are the columns with a problem, those that say where and who, and those typed into; all that are read when asked for.
func (t *gridTable) shown(places []place, all bool, typed page.Values) []int {
	var columns []int
	for i, h := range t.table.Headers {
		f := t.table.Mapping.Fields[t.table.Mapping.Headers[i]]
		bad := slices.ContainsFunc(places, func(p place) bool {
			return typed[t.name(p.row, h.Column)] != nil || slices.ContainsFunc(p.problems, func(q roster.Problem) bool { return q.At.Column == h.Column })
		})
		switch {
		case bad || f.Names() || f == roster.Room:
			columns = append(columns, h.Column)
		case f == "" || f == roster.Ignore || f == roster.Serial:
		case all:
			columns = append(columns, h.Column)
		default:
			t.hides = true
		}
	}
	if typed != nil { // all of it counts
		return columns
	}
	return columns[:min(len(columns), gridColumns)]
}

// room is where a row is, as its columns say it.
func (t gridTable) room(row []sheet.Cell) string {
	var parts []string
	for i, h := range t.table.Headers {
		if t.table.Mapping.Fields[t.table.Mapping.Headers[i]].Place() {
			if text := typedAt(row, h.Column); text != "" {
				parts = append(parts, text)
			}
		}
	}
	return strings.Join(parts, " ")
}

func (t gridTable) cell(v wizard, p place, column int, row []sheet.Cell) gridCell {
	at := roster.Cell{Sheet: t.table.Sheet, Row: p.row, Column: column}
	c := gridCell{column: column, text: typedAt(row, column)}
	if a, ok := v.file.Answers[at]; ok && !a.Keep && clean(a.Text) != c.text {
		c.text, c.mine = clean(a.Text), true
	}
	for _, q := range p.problems {
		if q.At.Column == column {
			c.bad = true
			c.candidates = append(c.candidates, q.Candidates...)
		}
	}
	return c
}

// head is the header of a column, and the field it is read as.
func (t gridTable) head(ctx context.Context, column int) (header, field string) {
	for i, h := range t.table.Headers {
		if h.Column == column {
			return headText(t.table, i), i18n.T(ctx, t.table.Mapping.Fields[t.table.Mapping.Headers[i]].Key())
		}
	}
	return "", ""
}

// name is the field of a cell: its table, row and column.
func (t gridTable) name(row, column int) string {
	return "c." + strconv.Itoa(t.no) + "." + strconv.Itoa(row) + "." + strconv.Itoa(column)
}

func (t gridTable) actName(row int) string {
	return "a." + strconv.Itoa(t.no) + "." + strconv.Itoa(row)
}

// rowsAt are the cells of some rows of a sheet, by their number; it reads no further than the last of them.
func rowsAt(book *sheet.Book, name string, places []place) (map[int][]sheet.Cell, error) {
	want, last := map[int]bool{}, 0
	for _, p := range places {
		want[p.row], last = true, max(last, p.row)
	}
	found := map[int][]sheet.Cell{}
	i := slices.IndexFunc(book.Sheets(), func(s *sheet.Sheet) bool { return s.Name == name })
	if i < 0 {
		return found, nil
	}
	for row, err := range roster.Filled(book.Sheets()[i]) {
		if err != nil {
			return nil, err
		}
		if row.Number > last {
			break
		}
		if want[row.Number] {
			found[row.Number] = slices.Clone(row.Cells)
		}
	}
	return found, nil
}

// typedAt is what stands in a column, as a field of one line can hold it.
func typedAt(row []sheet.Cell, column int) string {
	if column < 1 || column > len(row) || row[column-1].Kind == sheet.Empty {
		return ""
	}
	return clean(row[column-1].Text)
}

// clean is a text as a form gives it back.
func clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

func actionOf(a roster.Answer) string {
	switch {
	case a.Keep:
		return cureKeep
	case a.Skip:
		return cureSkip
	}
	return ""
}

// answer keeps what was changed in the grid; a cell that says what the file says is no answer.
func (p Pages) answer(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	var in struct {
		Kind string `form:"kind"`
		Page int    `form:"page"`
		All  bool   `form:"all"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	v := wizard{Import: file.Import, file: file}
	typed, answers := page.Typed(r), maps.Clone(file.Answers)
	tables, err := tablesOf(r.Context(), v, placesIn(v, typed), false, typed)
	if err != nil {
		return err
	}
	for _, t := range tables {
		t.take(typed, answers)
	}
	return p.keepAnswers(w, r, file, answers, "&kind="+url.QueryEscape(in.Kind)+"&page="+strconv.Itoa(max(in.Page, 1))+allOf(in.All))
}

// allOf is what the address of a grid that shows all columns says more.
func allOf(all bool) string {
	if all {
		return "&all=1"
	}
	return ""
}

// take puts what was typed into a table's rows among the answers.
func (t gridTable) take(typed page.Values, answers roster.Answers) {
	for _, row := range t.rows {
		at := roster.Cell{Sheet: t.table.Sheet, Row: row.number}
		if sent, ok := typed[t.actName(row.number)]; ok && sent[0] != row.action {
			answers[at] = roster.Answer{Keep: sent[0] == cureKeep, Skip: sent[0] == cureSkip}
		}
		for _, c := range row.cells {
			sent, ok := typed[t.name(row.number, c.column)]
			if at.Column = c.column; ok && clean(sent[0]) != c.text {
				answers[at] = roster.Answer{Text: sent[0]}
			}
		}
	}
}

// href is the grid with all columns, or with those that matter.
func (g grid) href(v wizard, all bool) string {
	return v.at(stepProblems) + "&kind=" + queryOf(g.kind) + "&page=" + strconv.Itoa(g.page) + allOf(all)
}
