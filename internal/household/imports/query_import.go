package imports

import (
	"context"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Path is the address of the list of imports.
const Path = "/imports"

// Row is an import in a list.
type Row struct {
	Import     `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
	ByName     string `bun:"by_name,scanonly"`
}

// Imports is the list of the rosters that were brought in.
var Imports = list.Define(list.Def[Row]{
	Name:    "household.imports",
	Title:   "import.list.title",
	Form:    importRegister,
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Path:    Path,
	From:    rowsOf,
	Sort:    "-when",
	Row:     func(r Row) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Struck:  func(r Row) bool { return r.State == Undone || r.State == Discarded },
	Columns: []list.Column[Row]{
		{Key: "file", Label: "import.file", Width: 6, Print: printFile, Cell: list.Text(func(r Row) string { return r.File })},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r Row) string { return r.EstateName })},
		{Key: "when", Label: "import.when", By: "?TableAlias.uploads", Width: 4, Print: printWhen, Cell: list.Text(func(r Row) string { return r.When() })},
		{Key: "by", Label: "import.by", Narrow: list.NoPhone, Width: 3, Cell: list.Text(func(r Row) string { return r.ByName })},
		{Key: "state", Label: "import.state", Kind: list.KindState, Width: 3, Cell: stateCell},
		{Key: "units", Label: "import.count.units", Kind: list.KindNumber, Narrow: list.NoPhone, Width: 2, Cell: countCell(func(r Row) int64 { return r.Units })},
		{Key: "households", Label: "import.count.households", Kind: list.KindNumber, Narrow: list.NoPhone, Width: 2, Cell: countCell(func(r Row) int64 { return r.Opened })},
		{Key: "changed", Label: "import.count.changed", Kind: list.KindNumber, Narrow: list.Wide, Width: 2, Cell: countCell(func(r Row) int64 { return r.Changed })},
		{Key: "people", Label: "import.count.people", Kind: list.KindNumber, Narrow: list.Wide, Width: 2, Cell: countCell(func(r Row) int64 { return r.People })},
	},
	Filters: []list.Filter{estate.Filter},
	Tabs: []list.SavedView{
		{Key: "", Label: "import.tab.all"},
		{Key: "open", Label: "import.tab.open", Apply: openRows},
		{Key: "done", Label: "import.tab.done", Apply: doneRows},
		{Key: "undone", Label: "import.tab.undone", Apply: undoneRows},
	},
	Empty: list.EmptyText{Title: "import.empty.title", Text: "import.empty.text"},
	Actions: []list.ActionDef{
		{Key: "new", Label: "import.new", Icon: "up", Href: Path + "/new", Shortcut: "Alt+N", Primary: true, Posts: mayImport},
		{Key: "clear", Label: "clear.title", Icon: "out", Href: ClearPath, Posts: mayClear},
	},
})

// When is when the file was uploaded, at the place of the work.
func (i *Import) When() string {
	return clock.Moment(i.Uploads)
}

// StateText says how an import stands, in words.
func (i *Import) StateText(ctx context.Context) (list.State, string) {
	states := map[State]list.State{Open: list.StateDue, Running: list.StateRun, Done: list.StateOK, Undoing: list.StateRun, Undone: list.StateNone, Discarded: list.StateNone}
	return states[i.State], i18n.T(ctx, "import.state."+string(i.State))
}

func stateCell(ctx context.Context, r Row) list.Cell {
	state, words := r.StateText(ctx)
	return list.Cell{Text: words, State: state}
}

// countCell is empty until the import is written.
func countCell(of func(Row) int64) func(context.Context, Row) list.Cell {
	return func(_ context.Context, r Row) list.Cell {
		if r.State == Open || r.State == Discarded {
			return list.Cell{}
		}
		return list.Cell{Text: strconv.FormatInt(of(r), 10)}
	}
}
