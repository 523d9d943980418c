package roster

import (
	"cmp"
	"embed"
	"io"
	"slices"
	"strings"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/sheet"
)

// Locales holds the names of fields, reasons and rows, and the text of every problem.
//
//go:embed locales
var Locales embed.FS

// Texts is the catalogue in one language.
type Texts func(key string, args ...any) string

// The columns that WriteProblems adds behind the table's own.
const (
	columnProblem = "roster.column.problem"
	columnAction  = "roster.column.action" // the word for keep or skip, or nothing
	columnKey     = "roster.column.key"
	actionKeep    = "roster.action.keep"
	actionSkip    = "roster.action.skip"
)

// WriteProblems writes the rows that have a problem as an .xlsx: a sheet per table, its own columns in their own order, then
// the problems, what to do, and the key by which ReadAnswers finds the row. The book must be the one the plan was read from.
func WriteProblems(w io.Writer, book *sheet.Book, plan *Plan, texts Texts) error {
	out := sheet.NewWriter(w)
	written := 0
	for i := range plan.Tables {
		t := &plan.Tables[i]
		rows := t.problemRows(plan.Problems)
		if len(rows) == 0 {
			continue
		}
		written++
		if err := t.writeRows(out, book, rows, texts); err != nil {
			return err
		}
	}
	if written == 0 {
		if err := out.Sheet(texts(columnProblem), []sheet.Column{{Title: texts(columnProblem)}}); err != nil {
			return err
		}
	}
	return out.Close()
}

// problemRows gathers a table's problems by row; those of the whole table have no row to mend.
func (t *Table) problemRows(problems []Problem) map[int][]Problem {
	rows := map[int][]Problem{}
	for _, p := range problems {
		if t.Covers(p.At) && !p.Whole() {
			rows[p.At.Row] = append(rows[p.At.Row], p)
		}
	}
	return rows
}

func (t *Table) writeRows(out *sheet.Writer, book *sheet.Book, rows map[int][]Problem, texts Texts) error {
	titles := make([]string, t.Last-t.First+1)
	for _, h := range t.Headers {
		titles[h.Column-t.First] = clip(h.Text, 200)
	}
	var columns []sheet.Column
	for _, title := range titles {
		columns = append(columns, sheet.Column{Title: title, Width: 12})
	}
	columns = append(columns, sheet.Column{Title: texts(columnProblem), Width: 60}, sheet.Column{Title: texts(columnAction), Width: 10},
		sheet.Column{Title: texts(columnKey), Width: 4})
	if err := out.Sheet(t.Sheet, columns); err != nil {
		return err
	}
	for row, err := range t.rowsOf(book) {
		if err != nil {
			return err
		}
		problems := rows[row.Number]
		if len(problems) == 0 {
			continue
		}
		if err := out.Row(t.problemRow(row, problems, texts)...); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf streams the sheet of a table, the first of its name.
func (t *Table) rowsOf(book *sheet.Book) func(func(sheet.Row, error) bool) {
	i := slices.IndexFunc(book.Sheets(), func(s *sheet.Sheet) bool { return s.Name == t.Sheet })
	if i < 0 {
		return func(func(sheet.Row, error) bool) {}
	}
	return Filled(book.Sheets()[i])
}

func (t *Table) problemRow(row sheet.Row, problems []Problem, texts Texts) []any {
	var out []any
	for c := t.First; c <= t.Last; c++ {
		out = append(out, textAt(row.Cells, c))
	}
	var says []string
	for _, p := range problems {
		says = append(says, p.text(texts))
	}
	key, _ := Cell{t.Sheet, row.Number, t.First}.MarshalText() // never fails
	return append(out, clip(strings.Join(says, "\n"), 30_000), "", string(key))
}

// text is the problem as one line: where, what, and the answers to choose from.
func (p Problem) text(texts Texts) string {
	line := texts(p.Kind, p.Args...)
	if head := cmp.Or(p.Header, letters(p.At.Column)); head != "" {
		line = texts("roster.line", head, line)
	}
	if len(p.Candidates) > 0 {
		line = texts("roster.line.choose", line, strings.Join(p.Candidates, " | "))
	}
	return line
}

// ReadAnswers reads what WriteProblems wrote, after it was mended: every cell of a row is an answer to the cell it came from.
func ReadAnswers(book *sheet.Book, texts Texts) (Answers, error) {
	out := Answers{}
	found := false
	for _, s := range book.Sheets() {
		width := 0 // of the table's own columns, once the titles were seen
		for row, err := range s.Rows() {
			switch {
			case err != nil:
				return nil, err
			case width == 0:
				width = ownColumns(row, texts)
				found = found || width > 0
				if width == 0 {
					width = -1
				}
			case width > 0:
				out.add(row, width, texts)
			}
		}
	}
	if !found {
		return nil, errs.E(errs.Invalid, "roster.error.no_key")
	}
	return out, nil
}

// ownColumns counts the columns before the three that were added; 0 when they are not there.
func ownColumns(row sheet.Row, texts Texts) int {
	for c := 2; c <= len(row.Cells); c++ {
		if textAt(row.Cells, c) == texts(columnProblem) && textAt(row.Cells, c+2) == texts(columnKey) {
			return c - 1
		}
	}
	return 0
}

func (a Answers) add(row sheet.Row, width int, texts Texts) {
	var at Cell
	if at.UnmarshalText([]byte(textAt(row.Cells, width+3))) != nil || at.Column == 0 {
		return // a line somebody added below
	}
	for c := 1; c <= width; c++ {
		a[Cell{at.Sheet, at.Row, at.Column + c - 1}] = Answer{Text: textAt(row.Cells, c)}
	}
	switch action := textAt(row.Cells, width+2); action {
	case "":
	case texts(actionKeep):
		a[Cell{at.Sheet, at.Row, 0}] = Answer{Keep: true}
	case texts(actionSkip):
		a[Cell{at.Sheet, at.Row, 0}] = Answer{Skip: true}
	}
}
