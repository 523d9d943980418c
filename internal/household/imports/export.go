package imports

import (
	"context"
	"io"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sheet"
)

// ExportIn asks for an estate's roster; in clear it needs a reason.
type ExportIn struct {
	Estate access.EstateID
	Why    string
}

// The operations that leave the leaf of a roster that goes out: masked, and in clear for a reason.
var (
	ExportRoster = exportOp("household.export_roster", mayImport, false)
	ExportClear  = exportOp("household.export_clear", mayClear, true)
)

// mayClear takes the data of an estate away in clear; above some rows a manager who is not the same person agrees (clear.go).
var mayClear = []access.Post{access.Custodian, access.Manager}

func exportOp(name string, posts []access.Post, clear bool) *op.Op[ExportIn, int] {
	return op.Define(name, op.Spec[ExportIn, int]{
		Clauses: []string{"A1", "D5", "D7"},
		Posts:   posts,
		Check: func(in *ExportIn, _ cn.Date, f *errs.Fields) {
			in.Why = strings.TrimSpace(in.Why)
			f.Check(in.Estate != access.Company, "estate", "error.required")
			f.Check(!clear || in.Why != "", "why", "error.required")
		},
		Subject: estate.Subject(func(in ExportIn) access.EstateID { return in.Estate }),
		Do: func(ctx context.Context, tx op.Tx, in ExportIn) (int, error) {
			units, err := unitsOf(ctx, tx, in.Estate)
			if err == nil && clear {
				err = agreed(ctx, tx, in.Estate, len(units))
			}
			return len(units), err
		},
	})
}

// Export writes the roster of an estate as an xlsx that comes back as the same state: a row for each household and unit,
// and below it one for each other person of the household. What is masked stays so without leave, and does not come back.
// The leaf lies before the first row is read.
func Export(ctx context.Context, d *op.Door, in ExportIn, clear bool, w io.Writer) (int, error) {
	o := ExportRoster
	if clear {
		o = ExportClear
	}
	if _, err := op.Run(ctx, d, o, in, op.Reason(in.Why)); err != nil {
		return 0, err
	}
	return write(ctx, d, in, clear, w)
}

// write writes a roster whose leaf lies already.
func write(ctx context.Context, d *op.Door, in ExportIn, clear bool, w io.Writer) (int, error) {
	out := sheet.NewWriter(w)
	columns := make([]sheet.Column, len(ownColumns))
	for i, title := range titles(ownColumns, clear) {
		columns[i] = sheet.Column{Title: title, Width: ownColumns[i].width, Kind: ownColumns[i].kind}
	}
	if err := out.Sheet(ownSheet, columns); err != nil {
		return 0, err
	}
	units, err := unitsOf(ctx, d.DB.Read(), in.Estate)
	if err != nil {
		return 0, err
	}
	e := exporter{d: d, out: out, clear: clear, numbers: map[household.ID]int{}}
	for part := range slices.Chunk(units, unitsAtOnce) {
		if err := e.units(ctx, part); err != nil {
			return 0, err
		}
	}
	return e.rows, out.Close()
}

// exporter writes the rows of a roster.
type exporter struct {
	d       *op.Door
	out     *sheet.Writer
	clear   bool
	numbers map[household.ID]int // of the households written
	rows    int

	known *registered // of the units being written; likewise the rest
	party map[estate.PartyID]*estate.Party
	ids   map[estate.PartyID][]*estate.Identity
	ways  map[estate.PartyID][]estate.Contact
}

// units writes some units with who holds them.
func (e *exporter) units(ctx context.Context, units []estate.Unit) error {
	q := e.d.DB.Read()
	places := make([]string, len(units))
	for i, u := range units {
		places[i] = u.Sorting
	}
	var err error
	if e.known, err = load(ctx, q, units[0].Estate, places, true); err != nil {
		return err
	}
	households, err := householdsOf(ctx, q, units)
	if err != nil {
		return err
	}
	ids := make([]household.ID, len(households))
	for i, h := range households {
		ids[i] = h.ID
	}
	if e.party, err = partiesOf(ctx, q, ids); err != nil {
		return err
	}
	details, err := household.Details(ctx, q, ids...)
	if err != nil {
		return err
	}
	if e.ids, err = identitiesOf(ctx, q, details); err != nil {
		return err
	}
	e.ways = map[estate.PartyID][]estate.Contact{}
	for _, detail := range details {
		for party, contacts := range detail.Phones {
			e.ways[party] = contacts
		}
	}
	for i := range units {
		if err := e.unit(ctx, &units[i]); err != nil {
			return err
		}
	}
	return nil
}
