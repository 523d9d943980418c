package page

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// shownFilters is how many filters stand in the bar before "more filters" (ui §4.1).
const shownFilters = 4

// longCell is the number of characters from which a text may run over two lines when the table is narrow.
const longCell = 9

// leadFilters is 1 when the first filter is a text: on a phone it has the row to itself.
func leadFilters(v list.View) int {
	if len(v.Filters) > 0 && v.Filters[0].Kind == list.FilterText {
		return 1
	}
	return 0
}

// listID is the element id of a part of a list: "unit.list", "rows" is "unit-list-rows".
func listID(v list.View, part string) string {
	return strings.ReplaceAll(v.Name, ".", "-") + "-" + part
}

func rowsID(v list.View) string  { return listID(v, "rows") }
func batchID(v list.View) string { return listID(v, "batch") }

func width(v list.View) int {
	if len(v.Batch) > 0 {
		return len(v.Columns) + 1
	}
	return len(v.Columns)
}

// onRight reports whether a cell stands right on the card a row becomes on a phone: the state beside the name, the
// others by twos.
func onRight(v list.View, column int) bool {
	place := 0
	for _, h := range v.Columns {
		if h.Kind == list.KindState {
			place++ // beside the name
		}
	}
	place = min(place, 1)
	for _, h := range v.Columns[1:column] {
		if h.Narrow == list.Always && h.Kind != list.KindState {
			place++
		}
	}
	return column > 0 && place%2 == 0
}

// cellClass joins what a column asks for with what the cell itself needs.
func cellClass(v list.View, column int, c list.Cell) string {
	var class []string
	if column < len(v.Columns) {
		h := v.Columns[column]
		if h.Narrow != list.Always {
			class = append(class, string(h.Narrow))
		}
		if h.Right() {
			class = append(class, "num")
		}
		if column > 0 && h.Narrow == list.Always && onRight(v, column) {
			class = append(class, "r")
		}
		if h.Kind == list.KindState || c.State != list.NoState {
			class = append(class, "st")
		}
		if h.Kind == list.KindText && utf8.RuneCountInString(c.Text) > longCell && !c.Masked && c.State == list.NoState {
			class = append(class, "w")
		}
	}
	if c.Red {
		class = append(class, "neg")
	}
	if c.Text == "" && c.Sub == "" {
		class = append(class, "dash")
	}
	return strings.Join(class, " ")
}

// withRow gives the first cell of a row the row's link.
func withRow(c list.Cell, l list.Line) list.Cell {
	if c.Href == "" {
		c.Href = l.Href
	}
	return c
}

func sortIcon(sort string) string {
	switch sort {
	case "asc":
		return "sortup"
	case "desc":
		return "sortdown"
	}
	return "sort"
}

// filteredEmpty offers to clear the filters beside what the list itself offers.
func filteredEmpty(ctx context.Context, v list.View) EmptyView {
	e := EmptyView{Title: v.EmptyFilter.Title, Text: v.EmptyFilter.Text}
	if e.Title == "" {
		e.Title = i18n.T(ctx, "page.list.none")
	}
	if e.Text == "" {
		words := make([]string, 0, len(v.Chips))
		for _, c := range v.Chips {
			words = append(words, c.Label)
		}
		e.Text = i18n.T(ctx, "page.list.none.text", strings.Join(words, i18n.T(ctx, "page.comma")))
	}
	e.Actions = append([]Action{{Key: "clear", Label: i18n.T(ctx, "page.list.clearall"), Href: v.Href}}, v.EmptyFilter.Actions...)
	return e
}

// total is how many rows there are, as far as they are counted.
func total(v list.View) string {
	if v.More {
		return grouped(v.Total) + "+"
	}
	return grouped(v.Total)
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		if s[i-1] == '-' {
			break
		}
		s = s[:i] + "," + s[i:]
	}
	return s
}

// selectFilter is a filter of choices. In the bar the empty choice names the filter, in the menu its label stands over it.
func selectFilter(ctx context.Context, b list.FilterBox, named bool) SelectView {
	blank := i18n.T(ctx, "page.list.anything")
	if named {
		blank = i18n.T(ctx, "page.list.any", b.Label)
	}
	return SelectView{Name: b.Key, Label: b.Label, Blank: blank, Options: b.Options, Chosen: []string{b.Value}}
}
