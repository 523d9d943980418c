package web

import (
	"cmp"
	"context"
	"mime"
	"net/http"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/sheet"
)

const (
	controlsForm = "制度对照表"
	allEstates   = "所有项目"
	asOf         = "截至 "
	onlyState    = "只列："
	nothing      = "—"
)

// printControls prints how the clauses stand, to be signed (ui §4.11).
func (s *Site) printControls(w http.ResponseWriter, r *http.Request) error {
	ctx := i18n.In(r.Context(), i18n.Chinese)
	rows, done, err := s.takeControls(ctx, control.Print, stateOf(r))
	if err != nil {
		return err
	}
	printed := paperweb.Printed(r, s.cfg.Door, done.Log, done.Leaf, once(clausesOf(rows))...)
	return paperweb.Serve(s.kit, w, r, controlsDoc(ctx, rows, stateOf(r), placeOf(rows, done.Log), printed))
}

// exportControls gives the same rows as a spreadsheet.
func (s *Site) exportControls(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	rows, _, err := s.takeControls(ctx, control.Export, stateOf(r))
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "web.controls")
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": title + " " + clock.Date(s.cfg.Door.Clock.Now()) + ".xlsx"}))
	out := sheet.NewWriter(w)
	var columns []sheet.Column
	for _, c := range []struct {
		key   string
		width float64
	}{
		{"web.controls.clause", 8}, {"web.controls.title", 30}, {"web.controls.period", 10}, {"web.controls.state", 10},
		{"web.controls.estate", 16}, {"web.controls.figure", 16}, {"web.controls.charge", 24}, {"web.controls.why", 50},
	} {
		columns = append(columns, sheet.Column{Title: i18n.T(ctx, c.key), Width: c.width})
	}
	if err := out.Sheet(title, columns); err != nil {
		return err
	}
	for _, row := range rows {
		if err := out.Row(row.Clause, i18n.T(ctx, row.Title), i18n.T(ctx, "control.period."+string(row.Period)), i18n.T(ctx, "control.state."+string(row.State)),
			row.estate, figureOf(ctx, row.Finding), charge(ctx, row.Posts), row.Text); err != nil {
			return err
		}
	}
	return out.Close()
}

// takeControls judges, and leaves the leaf of what is taken away: in the log of the estate chosen, or in the company's of
// whoever is in charge of all.
func (s *Site) takeControls(ctx context.Context, how *op.Op[control.Taken, int], state control.State) ([]controlRow, op.Result[int], error) {
	session := account.From(ctx)
	all, names, err := s.judged(ctx, session)
	if err != nil {
		return nil, op.Result[int]{}, err
	}
	rows, _ := inState(all, names, state)
	taken := control.Taken{Estate: session.Estate, State: state, Rows: len(rows)}
	if scope := session.Actor.Scope(control.MayRead(), session.Estate); session.Estate == access.Company && !scope.All() {
		if len(scope.Estates()) != 1 {
			return nil, op.Result[int]{}, errs.E(errs.Invalid, "list.error.choose")
		}
		taken.Estate = scope.Estates()[0]
	}
	done, err := op.Run(ctx, s.cfg.Door, how, taken)
	return rows, done, err
}

// placeOf names the estate that a log is of.
func placeOf(rows []controlRow, log access.EstateID) string {
	for _, row := range rows {
		if row.Estate == log {
			return row.estate
		}
	}
	return allEstates
}

func clausesOf(rows []controlRow) []string {
	clauses := make([]string, len(rows))
	for i, row := range rows {
		clauses[i] = row.Clause
	}
	return clauses
}

func controlsDoc(ctx context.Context, rows []controlRow, state control.State, estate string, printed paper.Printed) paper.Doc {
	table := paper.Table{Register: true, RowHeight: 9, Columns: []paper.Column{
		{Title: "条款", Width: 14, Align: paper.AlignCenter}, {Title: "应做到", Weight: 2.6}, {Title: "状态", Width: 18, Align: paper.AlignCenter},
		{Title: "实际 / 应有", Width: 25, Align: paper.AlignRight, Wrap: paper.WrapWhole}, {Title: "责任岗位", Weight: 1.7}, {Title: "说明", Weight: 2.8}}}
	for _, place := range once(estatesOf(rows)) {
		table.Rows = append(table.Rows, paper.Group(place))
		for _, row := range rows {
			if row.estate == place {
				table.Rows = append(table.Rows, controlCells(ctx, row))
			}
		}
	}
	scope := ""
	if state != "" {
		scope = onlyState + i18n.T(ctx, "control.state."+string(state))
	}
	return paper.Doc{Form: controlsForm, Estate: estate, Scope: scope, Period: asOf + clock.Date(printed.At), Paper: paper.A4Portrait(), Printed: printed,
		Body: []paper.Block{table, paper.Gap{MM: 4}, paper.Signatures{Items: []paper.Signature{{Role: paper.Made, Name: printed.By}, {Role: paper.Checked}, {Role: "经理"}}}}}
}

func controlCells(ctx context.Context, row controlRow) paper.Row {
	figure := cmp.Or(figureOf(ctx, row.Finding), nothing)
	return paper.Cells(row.Clause, i18n.T(ctx, row.Title)+"\n"+i18n.T(ctx, "control.period."+string(row.Period)), i18n.T(ctx, "control.state."+string(row.State)),
		figure, charge(ctx, row.Posts), row.Text)
}

func estatesOf(rows []controlRow) []string {
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row.estate
	}
	return names
}
