// Package listweb is the page half of lists: every list's page, print and xlsx are served here, from its definition alone.
//
// It may import list, op, page, paper, sheet. Always true: what leaves the screen leaves a leaf first.
package listweb

import (
	"context"
	"mime"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/sheet"
)

// Site is what the handlers stand on.
type Site struct {
	Kit  *page.Kit
	Door *op.Door
	// Estate names the estate a print belongs to.
	Estate func(ctx context.Context, q db.Querier, id access.EstateID) (string, error)
}

// Routes serves a list's page, print and xlsx; current is the key of its module in the navigation.
func (s Site) Routes(mux *http.ServeMux, l list.Any, current string) {
	s.Kit.For(l.ListPosts(), mux, "GET "+l.ListPath(), func(w http.ResponseWriter, r *http.Request) error {
		who, err := s.reader(r, l)
		if err != nil {
			return err
		}
		v, err := l.View(r.Context(), s.Door.DB.Read(), who, r.URL.Query())
		if err != nil {
			return err
		}
		return s.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.Title, Current: current, Body: page.ListPage(v)})
	})
	s.Kit.For(l.ListPosts(), mux, "GET "+l.ListPath()+"/print", func(w http.ResponseWriter, r *http.Request) error { return s.print(w, r, l) })
	s.Kit.For(l.ListPosts(), mux, "GET "+l.ListPath()+"/xlsx", func(w http.ResponseWriter, r *http.Request) error { return s.export(w, r, l) })
	s.personal(mux, l)
}

// ReaderOf is who reads in a request.
func ReaderOf(r *http.Request) list.Reader {
	return list.Reader{Actor: access.From(r.Context()), Estate: access.Chosen(r.Context()), Today: page.Today(r.Context())}
}

func (s Site) print(w http.ResponseWriter, r *http.Request, l list.Any) error {
	who, err := s.reader(r, l)
	if err != nil {
		return err
	}
	t, err := l.Take(r.Context(), s.Door, list.Print, who, r.URL.Query())
	if err != nil {
		return err
	}
	estate, err := s.Estate(r.Context(), s.Door.DB.Read(), t.Log)
	if err != nil {
		return err
	}
	return paperweb.Serve(s.Kit, w, r, register(t, estate))
}

// register is the list as a printed register: landscape, twenty rows a page (ui.md §6).
func register(t *list.Taking, estate string) paper.Doc {
	table := paper.Table{Register: true, Fives: true, PerPage: 20, Columns: []paper.Column{{Title: printNo, Width: 12, Align: paper.AlignCenter}}}
	var printed []int
	for i, c := range t.Columns {
		if c.Print == "" {
			continue
		}
		align := paper.AlignLeft
		if c.Kind == list.KindNumber || c.Kind == list.KindMoney {
			align = paper.AlignRight
		}
		printed = append(printed, i)
		table.Columns = append(table.Columns, paper.Column{Title: c.Print, Weight: c.Width, Align: align})
	}
	for n, row := range t.Rows {
		cells := []string{strconv.Itoa(n + 1)}
		for _, i := range printed {
			cells = append(cells, row[i].Text)
		}
		table.Rows = append(table.Rows, paper.Cells(cells...))
	}
	size := paper.A4Landscape()
	if t.A3 {
		size = paper.A3Landscape()
	}
	return paper.Doc{
		Form: t.Form, Estate: estate, Scope: t.Filters, Period: printAsOf + clock.Date(t.At), Paper: size,
		Body: []paper.Block{table}, Foot: []string{paper.Made, paper.Checked, paper.Dated},
		Printed: paper.Printed{By: t.By, At: t.At.In(clock.China), Leaf: evidence.LeafNo(t.Log, t.Leaf), Clause: joined(t.Clauses)},
	}
}

func joined(clauses []string) string {
	text := ""
	for i, c := range clauses {
		if i > 0 {
			text += " "
		}
		text += c
	}
	return text
}

func (s Site) export(w http.ResponseWriter, r *http.Request, l list.Any) error {
	who, err := s.reader(r, l)
	if err != nil {
		return err
	}
	t, err := l.Take(r.Context(), s.Door, list.Export, who, r.URL.Query())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": t.Title + " " + clock.Date(t.At) + ".xlsx"}))
	return writeSheet(sheet.NewWriter(w), t)
}

func writeSheet(out *sheet.Writer, t *list.Taking) error {
	columns := make([]sheet.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = sheet.Column{Title: c.Label, Width: 4 * c.Width}
		if c.Kind == list.KindNumber {
			columns[i].Kind = sheet.NumberColumn
		}
	}
	if err := out.Sheet(t.Title, columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		values := make([]any, len(row))
		for i, cell := range row {
			values[i] = cell.Text
			if n, err := strconv.ParseFloat(cell.Text, 64); err == nil && columns[i].Kind == sheet.NumberColumn {
				values[i] = n
			}
		}
		if err := out.Row(values...); err != nil {
			return err
		}
	}
	return out.Close()
}
