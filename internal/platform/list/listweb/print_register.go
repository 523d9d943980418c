package listweb

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/paper"
)

// Wording of every printed register.
const (
	printNo      = "序号"
	printAsOf    = "截至 "
	printUnknown = "未登记"
	printNothing = "—" // the half of a stacked cell that has nothing, so that the other keeps its place
)

// stackedSize is the letter size, in pt, of a register with two lines in a row: twenty rows still stand on A4.
const stackedSize = 8

// register is the list as a printed register: landscape, twenty rows a page (ui.md §6).
func register(t *list.Taking, estate string) paper.Doc {
	table := paper.Table{Register: true, Fives: true, PerPage: 20, Fill: true,
		Columns: []paper.Column{{Title: printNo, Width: 12, Align: paper.AlignCenter}}}
	if t.Stack {
		table.Size, table.Columns[0].Width = stackedSize, 9
	}
	if t.Tally >= 0 {
		table.Sums = paper.TotalRows{Page: true, Total: true, Unit: t.Unit}
	}
	printed := stacks(t)
	for _, s := range printed {
		table.Columns = append(table.Columns, s.column(t))
	}
	for n, row := range t.Rows {
		r := paper.Cells(strconv.Itoa(n + 1))
		for _, s := range printed {
			r.Cells = append(r.Cells, s.cell(t, row))
		}
		if t.Tally >= 0 {
			if r.Count = row[t.Tally].Text; r.Count == "" {
				r.Count = printUnknown // so that the parts make up the whole
			}
		}
		table.Rows = append(table.Rows, r)
	}
	size := paper.A4Landscape()
	if t.A3 {
		size = paper.A3Landscape()
	}
	return paper.Doc{
		Form: t.Form, Estate: estate, Scope: strings.TrimSpace(t.Lead + "\n" + t.Filters), Period: printAsOf + clock.Date(t.At), Paper: size,
		Body: []paper.Block{table}, Foot: []string{paper.Made, paper.Checked, paper.Dated},
		Printed: paper.Printed{By: t.By, At: t.At.In(clock.China), Leaf: evidence.LeafNo(t.Log, t.Leaf), Key: t.Key, Clause: strings.Join(t.Clauses, " ")},
	}
}

// stack is the columns of a list that share a printed one, from above.
type stack []int

// stacks are the printed columns.
func stacks(t *list.Taking) []stack {
	var all []stack
	for i, c := range t.Columns {
		over := -1
		if t.Stack && c.Under != "" {
			over = slices.IndexFunc(all, func(s stack) bool { return t.Columns[s[0]].Key == c.Under })
		}
		if over < 0 {
			all = append(all, stack{i})
			continue
		}
		all[over] = append(all[over], i)
	}
	return all
}

func (s stack) column(t *list.Taking) paper.Column {
	c := paper.Column{Align: paper.AlignLeft}
	if kind := t.Columns[s[0]].Kind; kind == list.KindNumber || kind == list.KindMoney {
		c.Align = paper.AlignRight
	}
	var titles []string
	for _, i := range s {
		titles = append(titles, t.Columns[i].Label)
		c.Weight = max(c.Weight, t.Columns[i].Width)
	}
	c.Title = strings.Join(titles, "\n")
	switch s.sum(t) {
	case list.SumWhole:
		c.Sum = paper.SumCount
	case list.SumHundredths:
		c.Sum = paper.SumFen // written alike: 1,234.50
	}
	return c
}

// sum is how the upper of the columns is added up; where two share a place, the lower one is not.
func (s stack) sum(t *list.Taking) list.Sum {
	if t.Tally < 0 {
		return 0
	}
	return t.Columns[s[0]].Sum
}

func (s stack) cell(t *list.Taking, row []list.Cell) paper.Cell {
	c := paper.Cell{Text: s.text(row)}
	switch top := row[s[0]].Text; s.sum(t) { // nothing registered adds nothing
	case list.SumWhole:
		c.Value, _ = strconv.ParseInt(top, 10, 64)
	case list.SumHundredths:
		n, _ := strconv.ParseFloat(top, 64)
		c.Value = int64(math.Round(n * 100))
	}
	return c
}

func (s stack) text(row []list.Cell) string {
	var lines []string
	some := false
	for _, i := range s {
		lines = append(lines, row[i].Text)
		some = some || row[i].Text != ""
	}
	if len(lines) > 1 && some {
		for i, line := range lines {
			if line == "" {
				lines[i] = printNothing
			}
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
