package list

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
)

// ExportFormat is how rows leave the screen.
type ExportFormat string

// The ways.
const (
	Print  ExportFormat = "print"
	Export ExportFormat = "export"
)

// PaperParam asks for the paper of a Wide list's print.
const (
	PaperParam = "paper"
	A3         = "A3"
)

// maxRows is how many rows one print or export may take; more is done in parts, or by the program's export command.
var maxRows = 100_000 // a variable only for the tests

// ExportInput is the input of a list's print or export operation: what was taken, never the rows themselves.
type ExportInput struct {
	Estate access.EstateID
	Asked  string // the filters, as in the address
	Rows   int
}

// takeOp is the operation that leaves the leaf of a print or export (design §3).
func takeOp[T any](def Def[T], verb string) *op.Op[ExportInput, int] {
	room, plural, _ := strings.Cut(def.Name, ".")
	spec := op.Spec[ExportInput, int]{
		Clauses:  def.Clauses,
		NoClause: def.NoClause,
		Posts:    def.Posts,
		Subject: func(_ context.Context, _ op.Tx, in ExportInput) (op.Subject, error) {
			return op.Subject{Kind: "list", Estate: in.Estate}, nil
		},
		Do: func(_ context.Context, _ op.Tx, in ExportInput) (int, error) { return in.Rows, nil },
	}
	return op.Define(room+"."+verb+"_"+plural, spec)
}

// Taking is what a print or export is made of.
type Taking struct {
	Title   string // in the reader's language; a print is Chinese throughout
	Form    string // of the printed register, Chinese
	Clauses []string
	Columns []ExportColumn
	Rows    [][]Cell
	Lead    string // what rows these are
	Filters string // the active filters in words
	A3      bool   // printed wide
	Stack   bool   // printed with columns in pairs
	Tally   int    // the column counted under each printed page; -1: none
	Unit    string // what the rows are counted as there, Chinese
	By      string
	At      time.Time
	Log     access.EstateID
	Leaf    int64
	Key     string // fingerprint of the key that signs the log
}

// ExportColumn is a column of a print or export.
type ExportColumn struct {
	Key   string
	Label string // its head: in the reader's language, in Chinese in print
	Kind  Kind
	Width float64
	Under string
	Sum   Sum
}

// Take loads the rows asked for and leaves the leaf: in the log of the estate chosen, or in the company's when the
// reader's post covers all estates.
func (l *List[T]) Take(ctx context.Context, d *op.Door, how ExportFormat, who Reader, asked url.Values) (*Taking, error) {
	if !who.Actor.HoldsAny(l.Posts) {
		return nil, access.Refusal(l.Posts)
	}
	if how == Print {
		ctx = i18n.In(ctx, i18n.Chinese)
	}
	who.Keys = d.Vault
	ctx = who.today(ctx)
	r := l.parse(who, asked)
	if err := l.mistakes(r); err != nil {
		return nil, err // a register of more than was asked for is never printed
	}
	if scope := who.scope(l.Posts); who.Estate == access.Company && !scope.All() {
		if len(scope.Estates()) != 1 {
			return nil, errs.E(errs.Invalid, "list.error.choose")
		}
		who.Estate = scope.Estates()[0]
	}
	l = l.given(r)
	a3 := l.Wide && asked.Get(PaperParam) == A3
	seen := l.within(who) // a register is printed in the columns of its form, whoever prints it
	if how == Print && l.Wide && !a3 || how == Export && who.Prefer != nil && who.Prefer.Chosen {
		seen = l.seenBy(who) // A4 has room for what is seen, A3 for the whole form
	}
	_, more, err := l.count(ctx, d.DB.Read(), who, r, r.tab, maxRows)
	if err != nil {
		return nil, err
	}
	if more {
		return nil, errs.E(errs.Invalid, "list.error.too_many", maxRows)
	}
	rows, err := l.load(ctx, d.DB.Read(), l.ordered(l.query(d.DB.Read(), who, r, r.tab), r).Limit(int64(maxRows)))
	if err != nil {
		return nil, err
	}
	taken := ExportInput{Estate: who.Estate, Asked: l.values(r).Encode(), Rows: len(rows)}
	lead, err := l.lead(ctx, d.DB.Read(), who, how == Print)
	if err != nil {
		return nil, err
	}
	done, err := op.Run(ctx, d, l.way(how), taken)
	if err != nil {
		return nil, err
	}
	t := &Taking{Title: i18n.T(ctx, l.Title), Form: cmp.Or(l.Form, i18n.T(ctx, l.Title)), Clauses: l.Clauses, Lead: lead, By: who.Actor.Name, At: d.Clock.Now(),
		Log: done.Log, Leaf: done.Leaf, Key: d.Log.Fingerprint(), A3: a3, Stack: l.Wide && !a3, Tally: -1, Unit: l.Tally.Unit}
	for i, c := range seen.Columns {
		head := i18n.T(ctx, c.Label)
		if how == Print {
			head = cmp.Or(c.Print, head)
		}
		t.Columns = append(t.Columns, ExportColumn{c.Key, head, c.Kind, c.Width, c.Under, c.Sum})
		if c.Key == l.Tally.Column && how == Print {
			t.Tally = i
		}
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, seen.line(ctx, row).Cells)
	}
	var v View
	if err := l.boxes(ctx, d.DB.Read(), who, r, &v); err != nil {
		return nil, err
	}
	for _, chip := range v.Chips {
		t.Filters += chip.Label + "  "
	}
	t.Filters = strings.TrimSpace(t.Filters)
	return t, nil
}

func (l *List[T]) way(how ExportFormat) *op.Op[ExportInput, int] {
	if how == Print {
		return l.printed
	}
	return l.exported
}
