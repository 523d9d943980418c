package list

import (
	"context"
	"embed"
	"net/url"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Locales are the words every list shares.
//
//go:embed locales/*.json
var Locales embed.FS

// Migrations are the package's own.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Def declares a list. Texts are catalogue keys.
type Def[T any] struct {
	Name     string // <room>.<plural>, e.g. estate.units; also the address of saved columns
	Title    string
	Form     string   // title of the printed register, in Chinese, where the form is known by another than Title
	Clauses  []string // rules this register keeps
	NoClause string   // why it keeps none; one of the two is given
	Posts    []access.Post
	Path     string // address of the list's page
	Columns  []Column[T]
	Filters  []Filter
	Tabs     []SavedView
	Empty    EmptyText
	Actions  []ActionDef
	Ticked   []ActionDef // what can be done with ticked rows: posted to Href; see listweb.Ticked
	// From is the query over the rows of a scope: model, joins, the scope's WHERE, nothing else.
	From func(q db.Querier, s access.Scope) *bun.SelectQuery
	// Counted is the same rows in any order, where counting them needs less than From; nil for From.
	Counted func(q db.Querier, s access.Scope) *bun.SelectQuery
	// Picked says what else is known of rows with some ids, so that From finds them at once; nil for nothing. No order of such a list
	// stands on what From selects.
	Picked func(rows *bun.SelectQuery, ids []int64) *bun.SelectQuery
	// Evidential says that its rows follow from evidential rows, the scope and the day alone: how many there are is kept, while nothing
	// narrows them, until somebody does something.
	Evidential bool
	// Lead is a line beside the heading, or above the printed register: what rows these are; nil for none.
	Lead func(ctx context.Context, q db.Querier, s access.Scope, printed bool) (string, error)
	// Wide prints on A3 with all columns side by side, and on A4 with columns stacked in pairs (Column.Under).
	Wide bool
	// Tally counts rows under each printed page; the zero value counts nothing.
	Tally Tally
	Sort  string // key of the column it is sorted by until the person chooses; "-date" for the newest first
	// Row gives a row's id and the address it leads to.
	Row func(T) (id, href string)
	// Fill completes rows with what one query cannot give, e.g. names another room knows; nil for nothing.
	Fill func(ctx context.Context, q db.Querier, rows []T) error
	// Struck reports a row that is over: shown struck through.
	Struck func(T) bool
}

// Tally is what is counted under a printed page: the rows, called by Unit in Chinese, and how many have each value of a column.
type Tally struct{ Column, Unit string }

// Column is one column of a list: the same on the page, in xlsx and in print.
type Column[T any] struct {
	Key    string
	Label  string
	Kind   Kind
	Narrow Narrow
	By     string // SQL expressions to sort by, comma-separated, without direction; empty: not sortable
	Extra  bool   // not on the page until the person chooses it; on paper and in xlsx
	Across bool   // shown only to those who look at several estates at once
	With   string // key of a filter: the column stands only while the list is narrowed by it, and is then always there
	Width  float64
	Under  string // on A4 of a Wide list: key of the column in whose cell it is printed, below it
	Sum    Sum    // how it is added up under the printed register
	Print  string // head in the printed register, in Chinese, where the form words it otherwise than the label
	Cell   func(ctx context.Context, row T) Cell
	// Fill completes rows with what only this column shows; nil for nothing.
	Fill func(ctx context.Context, q db.Querier, rows []T) error
}

// Sum is how a column is added up.
type Sum uint8

// The ways; the zero value adds nothing.
const (
	SumWhole      Sum = iota + 1 // whole numbers
	SumHundredths                // numbers with two decimals, as floor areas are
)

// Filter is one way to narrow a list.
type Filter struct {
	Key     string
	Label   string
	Hint    string // of a text: what can be typed, shown while it is empty; the label when there is none
	Kind    FilterKind
	Across  bool // shown only where there is more than one option: of estates, while several are chosen
	Options func(ctx context.Context, q db.Querier, s access.Scope) ([]Option, error)
	// Apply narrows the query: Is, TextLike, or a function of the room's store. A date comes as 2026-11-23, however it
	// was typed; until is the end of a range. Either end of a range may be empty.
	Apply func(q *bun.SelectQuery, value, until string) *bun.SelectQuery
}

// SavedView is a tab: a fixed narrowing with its count.
type SavedView struct {
	Key   string
	Label string
	Apply func(q *bun.SelectQuery) *bun.SelectQuery
	On    func(q *bun.SelectQuery, today string) *bun.SelectQuery // in place of Apply, where the day decides
}

// EmptyText is what an empty list says on its first day.
type EmptyText struct {
	Title, Text string
}

// ActionDef is a thing to do from the list; it is shown to those who hold one of its posts.
type ActionDef struct {
	Key, Label, Icon, Href, Shortcut string
	Primary                          bool
	Posts                            []access.Post
}

// List is a defined list with its operations.
type List[T any] struct {
	Def[T]
	printed, exported *op.Op[ExportInput, int]
}

// Any is a list without its row type, for pages, tests and the search.
type Any interface {
	ListName() string
	ListPosts() []access.Post
	ListPath() string
	ListTitle() string
	ListActions() []ActionDef
	Ops() []op.Any
	// View is one page of the list for an actor, as the address asks.
	View(ctx context.Context, q db.Querier, who Reader, asked url.Values) (View, error)
	// Total is how many rows the address asks for, as far as anybody counts; more says that there are others.
	Total(ctx context.Context, q db.Querier, who Reader, asked url.Values) (n int, more bool, err error)
	// Preview is one row of the list as asked for, in all its columns.
	Preview(ctx context.Context, q db.Querier, who Reader, asked url.Values, id string) (View, error)
	// IDs are the ids of all rows the address asks for, in its order; more than most are refused.
	IDs(ctx context.Context, q db.Querier, who Reader, asked url.Values, most int) ([]int64, error)
	// Take carries out the list's print or export operation and hands out every row, for the form made of them.
	Take(ctx context.Context, d *op.Door, how ExportFormat, who Reader, asked url.Values) (*Taking, error)
	Personal
}

// Personal is what a person makes of a list for himself.
type Personal interface {
	Preference(ctx context.Context, q db.Querier, account int64) (*Preference, error)
	ChooseColumns(ctx context.Context, d *op.Door, who Reader, shown []string) error
	ResetColumns(ctx context.Context, d *op.Door, who Reader) error
	SaveView(ctx context.Context, d *op.Door, who Reader, name string, asked url.Values) error
	RenameView(ctx context.Context, d *op.Door, who Reader, old, name string) error
	DeleteView(ctx context.Context, d *op.Door, who Reader, name string) error
}

// Reader is who reads a list, which estate is chosen (access.Company for all), and on which local day, for the dates
// that are typed into filters.
type Reader struct {
	Actor  access.Actor
	Estate access.EstateID
	Today  string
	Keys   *vault.Store // opens what a list shows in clear; nil leaves it out
	Prefer *Preference  // what he made of the list; nil shows it as it is, without the menus for it
}

// Define makes a list of its declaration.
func Define[T any](def Def[T]) *List[T] {
	l := &List[T]{Def: def}
	l.printed = takeOp(def, "print")
	l.exported = takeOp(def, "export")
	return l
}

// With is the list as a room above completes it: with what it knows of the rows. It is the same register, printed and exported by the
// same operations.
func (l *List[T]) With(change func(*Def[T])) *List[T] {
	more := *l
	more.Columns, more.Filters = slices.Clone(l.Columns), slices.Clone(l.Filters)
	change(&more.Def)
	return &more
}

// lead is the line beside the heading, or above the printed register.
func (l *List[T]) lead(ctx context.Context, q db.Querier, who Reader, printed bool) (string, error) {
	if l.Lead == nil {
		return "", nil
	}
	return l.Lead(ctx, q, who.scope(l.Posts), printed)
}

// ListName is the list's stable name.
func (l *List[T]) ListName() string { return l.Name }

// ListPosts are who may read it.
func (l *List[T]) ListPosts() []access.Post { return l.Posts }

// ListPath is the address of its page.
func (l *List[T]) ListPath() string { return l.Path }

// ListTitle is the key of its heading.
func (l *List[T]) ListTitle() string { return l.Title }

// ListActions are what can be done from it, whoever may.
func (l *List[T]) ListActions() []ActionDef { return l.Actions }

// Ops are the list's own operations; a room adds them to its own.
func (l *List[T]) Ops() []op.Any { return []op.Any{l.printed, l.exported} }

// load runs a query of the list and completes its rows.
func (l *List[T]) load(ctx context.Context, q db.Querier, query *bun.SelectQuery) ([]T, error) {
	var rows []T
	if err := query.Model(&rows).Scan(ctx); err != nil {
		return rows, err
	}
	fills := []func(context.Context, db.Querier, []T) error{l.Fill}
	for _, c := range l.Columns {
		fills = append(fills, c.Fill)
	}
	for some := range slices.Chunk(rows, filledAtOnce) {
		for _, fill := range fills {
			if fill == nil {
				continue
			}
			if err := fill(ctx, q, some); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// filledAtOnce bounds the rows of one Fill: their ids stand in its queries.
const filledAtOnce = 1000

type todayKey struct{}

// Today is the local day on which a list is read, for its cells; empty outside a list.
func Today(ctx context.Context) string {
	day, _ := ctx.Value(todayKey{}).(string)
	return day
}

type keysKey struct{}

// Keys open what a list shows of sealed columns, for its Fill; nil outside a list.
func Keys(ctx context.Context) *vault.Store {
	keys, _ := ctx.Value(keysKey{}).(*vault.Store)
	return keys
}

func (r Reader) today(ctx context.Context) context.Context {
	return context.WithValue(context.WithValue(ctx, todayKey{}, r.Today), keysKey{}, r.Keys)
}

func (r Reader) scope(posts []access.Post) access.Scope { return r.Actor.Scope(posts, r.Estate) }
