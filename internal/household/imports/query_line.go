package imports

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// LinesPath is the address of the list of what became of imports' rows.
const LinesPath = "/import-rows"

// LineRow is what became of a row, in a list.
type LineRow struct {
	Line       `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
	File       string `bun:"file,scanonly"`
	State      State  `bun:"state,scanonly"` // of the import
	Uploads    int64  `bun:"uploads,scanonly"`
	Importer   int64  `bun:"importer,scanonly"`
	Code       string `bun:"code,scanonly"`
	ByName     string `bun:"by_name,scanonly"`
	called     string
}

// Undone reports a row whose import was taken back.
func (r LineRow) Undone() bool { return r.State == Undone || r.State == Undoing }

// Where is the room the row is about: the unit's, or as it is typed.
func (r LineRow) Where() string {
	if r.Code != "" {
		return r.Code
	}
	return r.Room
}

// Lines is the list of what became of every row of every roster that was brought in.
var Lines = list.Define(list.Def[LineRow]{
	Name:    "household.import_lines",
	Title:   "line.list.title",
	Form:    lineRegister,
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Path:    LinesPath,
	From:    linesIn,
	Sort:    "row",
	Row:     func(r LineRow) (id, href string) { return strconv.FormatInt(r.ID, 10), r.Path() },
	Fill:    fillLines,
	Struck:  LineRow.Undone,
	Columns: []list.Column[LineRow]{
		{Key: "row", Label: "line.row", By: "?TableAlias.id", Width: 2, Cell: list.Text(func(r LineRow) string { return strings.TrimSpace(r.Part + " " + r.Rows()) })},
		{Key: "sheet", Label: "line.sheet", Narrow: list.NoPhone, Width: 3, Cell: list.Text(func(r LineRow) string { return r.Sheet })},
		{Key: "room", Label: "left.room", By: "u.sorting, ?TableAlias.room", Width: 3, Cell: list.Text(func(r LineRow) string { return r.Where() })},
		{Key: "fate", Label: "line.fate", Kind: list.KindState, By: "?TableAlias.fate, ?TableAlias.id", Width: 3, Cell: lineFate},
		{Key: "detail", Label: "line.detail", Width: 7, Cell: lineDetail},
		{Key: "household", Label: "household.names", Narrow: list.NoPhone, Width: 4, Print: printHouseholds, Cell: lineHousehold},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r LineRow) string { return r.EstateName })},
		{Key: "file", Label: "import.file", Extra: true, Narrow: list.Wide, Width: 5, Print: printFile, Cell: list.Text(func(r LineRow) string { return r.File })},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "left.room", Kind: list.FilterText, Apply: list.TextLike("u.code", "room")},
		estate.Filter,
		{Key: "row", Label: "line.row", Kind: list.FilterText, Apply: atRow},
		{Key: "fate", Label: "line.fate", Kind: list.FilterSelect, Options: fateChoices, Apply: list.Is("fate")},
		{Key: "import", Label: "line.import", Kind: list.FilterSelect, Options: importOptions, Apply: list.Is("import")},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "import.tab.all"},
		{Key: "written", Label: "line.tab.written", Apply: fatesIn(FateNew, FateChanged, FateMoved)},
		{Key: "joined", Label: "line.tab.joined", Apply: fatesIn(FateJoined, FateSame)},
		{Key: "waiting", Label: "line.tab.waiting", Apply: fatesIn(FateHeld, FateRefused, FateKept)},
		{Key: "aside", Label: "line.tab.aside", Apply: setAside},
	},
	Empty: list.EmptyText{Title: "line.empty.title", Text: "line.empty.text"},
})

// Called is by whom its households are called.
func (r LineRow) Called() string { return r.called }

// Path is the address of the row's page.
func (r LineRow) Path() string { return LinesPath + "/" + strconv.FormatInt(r.ID, 10) }

// FindLine is what became of a row, within a scope.
func FindLine(ctx context.Context, q db.Querier, s access.Scope, id int64) (LineRow, error) {
	var rows []LineRow
	if err := linesIn(q, s).Where("?TableAlias.id = ?", id).Scan(ctx, &rows); err != nil {
		return LineRow{}, err
	}
	if len(rows) == 0 {
		return LineRow{}, errs.E(errs.NotFound, "error.not_found")
	}
	return rows[0], fillLines(ctx, q, rows)
}

// LineRecord is a line as a record that holds a masked text: that of the row, as far as it went nowhere else.
type LineRecord struct {
	evidence.Row[LineID]
	line *Line
}

// LineID names a line.
type LineID int64

// Owner is the import's key.
func (r *LineRecord) Owner() vault.Owner { return keyOf(r.line.Import) }

// Record is the line as a record, with its text.
func (l *Line) Record() (*LineRecord, masked.Value) {
	r := &LineRecord{line: l}
	r.ID, r.Estate = LineID(l.ID), l.Estate
	return r, masked.Value{Mask: hidden, Sealed: l.Sealed}
}

// LineText is what a row says, as far as it went nowhere else.
var LineText = masked.Define(masked.Field{
	Name: "household.reveal_import_line", Posts: mayImport, Column: "household_import_line.sealed",
	Bind: func(row evidence.Record) []byte { return bindLine(row.(*LineRecord).line) },
	Load: func(ctx context.Context, tx op.Tx, id int64) (evidence.Record, masked.Value, error) {
		l, err := lineWith(ctx, tx, id)
		if err != nil {
			return nil, masked.Value{}, err
		}
		if _, _, err := lock(ctx, tx, l.Import); err != nil {
			return nil, masked.Value{}, err
		}
		row, text := l.Record()
		return row, text, nil
	},
})

var fateStates = map[Fate]list.State{FateNew: list.StateOK, FateChanged: list.StateOK, FateMoved: list.StateOK, FateSame: list.StateOK, FateJoined: list.StateOK,
	FateKept: list.StateDue, FateHeld: list.StateDue, FateRefused: list.StateLate}

func lineFate(ctx context.Context, r LineRow) list.Cell {
	if r.Undone() {
		return list.Cell{Text: i18n.T(ctx, "line.undone", i18n.Key(r.Fate.Key())), State: list.StateVoid}
	}
	state, known := fateStates[r.Fate]
	if !known {
		state = list.StateNone
	}
	return list.Cell{Text: i18n.T(ctx, r.Fate.Key()), State: state}
}

func lineDetail(ctx context.Context, r LineRow) list.Cell { return list.Cell{Text: r.Detail(ctx)} }

// Detail says in words what became of the row besides its fate: which row it goes on with, what it added, what is asked about
// it, who left it out.
func (r LineRow) Detail(ctx context.Context) string {
	var says []string
	if r.Said != "" {
		says = append(says, r.Said)
	}
	if r.Joined != "" {
		joined := "line.joined"
		if r.Fate != FateJoined { // of its room alone: it began something of its own
			joined = "line.beside"
		}
		says = append(says, i18n.T(ctx, joined, r.Joined))
	}
	var adds []Difference
	if r.Adds != "" && json.Unmarshal([]byte(r.Adds), &adds) == nil {
		for _, d := range adds {
			says = append(says, d.Says(ctx))
		}
	} else if r.Fate == FateJoined {
		says = append(says, i18n.T(ctx, "line.nothing"))
	}
	if r.Problem != "" {
		says = append(says, i18n.T(ctx, r.Problem, ArgsOf(r.Args)...))
	}
	if r.Problems > 1 {
		says = append(says, i18n.T(ctx, "line.more", r.Problems-1))
	}
	if (r.Keeps || len(r.Sealed) > 0) && !r.Fate.waits() && !r.Fate.Aside() { // those keep all they say
		says = append(says, i18n.T(ctx, "line.kept"))
	}
	if r.ByName != "" {
		says = append(says, i18n.T(ctx, "line.by", r.ByName))
	}
	return strings.Join(says, i18n.T(ctx, "line.and"))
}

func lineHousehold(_ context.Context, r LineRow) list.Cell {
	c := list.Cell{Text: r.called}
	if r.Household != 0 && !r.Undone() {
		c.Href = r.Household.Path()
	}
	return c
}

func fateChoices(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(Fates))
	for i, f := range Fates {
		options[i] = list.Option{Value: string(f), Label: i18n.T(ctx, f.Key())}
	}
	return options, nil
}

// fillLines names the households of rows.
func fillLines(ctx context.Context, q db.Querier, rows []LineRow) error {
	var ids []household.ID
	for _, r := range rows {
		for _, id := range []household.ID{r.Household, r.Other} {
			if id != 0 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	details, err := household.Details(ctx, q, ids...)
	for i, r := range rows {
		d := details[r.Household]
		rows[i].called = d.Called()
		if other, ok := details[r.Other]; ok {
			rows[i].called += " / " + other.Called()
		}
	}
	return err
}
