// Package listweb is the page half of lists: every list's page, print and xlsx are served here, from its definition alone.
//
// It may import list, op, page, paper, sheet. Always true: what leaves the screen leaves a leaf first.
package listweb

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/sheet"
)

// Site is what the handlers stand on.
type Site struct {
	Kit  *page.Kit
	Door *op.Door
	// Estate names the estate a print belongs to.
	Estate func(ctx context.Context, q db.Querier, id access.EstateID) (string, error)
}

// Routes serves a list's page, the preview of its rows, print and xlsx; current is the key of its module in the navigation.
// An act on all its rows finds the list again by its name. It panics for a list that no room lists: its page would open, its
// print and export would fail.
func (s Site) Routes(mux *http.ServeMux, l list.Any, current string) {
	for _, o := range l.Ops() {
		if !s.Door.Has(o) {
			panic(fmt.Sprintf("%s is served, but no room has it: add it to Lists in the module.go of its room", l.ListPath()))
		}
	}
	s.Kit.Lists[l.ListName()] = l
	s.Kit.For(l.ListPosts(), mux, "GET "+l.ListPath(), func(w http.ResponseWriter, r *http.Request) error {
		who, err := s.reader(r, l)
		if err != nil {
			return err
		}
		v, err := l.View(r.Context(), s.Door.DB.Read(), who, r.URL.Query())
		if err != nil {
			return err
		}
		return s.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.Title, Nav: current, Body: page.ListPage(v)})
	})
	s.Kit.For(l.ListPosts(), mux, "GET "+l.ListPath()+"/preview", func(w http.ResponseWriter, r *http.Request) error {
		who := ReaderOf(r)
		who.Keys = s.Door.Vault
		v, err := l.Preview(r.Context(), s.Door.DB.Read(), who, r.URL.Query(), r.URL.Query().Get("id"))
		if err != nil {
			return err
		}
		if r.Header.Get("HX-Request") == "true" { // within the drawer: the window keeps its title
			return s.Kit.Render(w, r, http.StatusOK, page.Preview(v))
		}
		return s.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.Rows[0].Title(), Nav: current, Body: page.Preview(v)})
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
