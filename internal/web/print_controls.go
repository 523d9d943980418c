package web

import (
	"cmp"
	"context"
	"mime"
	"net/http"
	"strings"
	"time"

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
	"hudang/internal/rulebook"
)

const (
	controlsForm = "制度对照表"
	allEstates   = "所有项目"
	asOf         = "截至 "
	onlyState    = "只列："
	nothing      = "—"
	noControl    = "还没有检查，不算遵守"
)

// printControls prints how the clauses stand, to be signed (ui §4.11).
func (s *Site) printControls(w http.ResponseWriter, r *http.Request) error {
	ctx := i18n.In(r.Context(), i18n.Chinese)
	asked := s.askedOf(r)
	v, done, err := s.takeControls(ctx, control.Print, asked)
	if err != nil {
		return err
	}
	printed := paperweb.Printed(r, s.cfg.Door, done.Log, done.Leaf, idsOf(v.clauses)...)
	place := cmp.Or(v.names[done.Log], allEstates)
	return paperweb.Serve(s.kit, w, r, controlsDoc(ctx, v, asked, place, printed))
}

// exportControls gives the same as a spreadsheet: a row for each clause, or for each of its controls in each estate.
func (s *Site) exportControls(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	asked := s.askedOf(r)
	v, _, err := s.takeControls(ctx, control.Export, asked)
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "web.controls")
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": title + " " + asked.day(s.cfg.Door.Clock.Now()) + ".xlsx"}))
	out := sheet.NewWriter(w)
	var columns []sheet.Column
	for _, c := range []struct {
		key   string
		width float64
	}{
		{"web.controls.set_title", 28}, {"web.controls.clause", 8}, {"web.controls.rule", 40}, {"web.controls.state", 10}, {"web.controls.title", 30},
		{"web.controls.period", 10}, {"web.controls.state.there", 10}, {"web.controls.estate", 16}, {"web.controls.figure", 16}, {"web.controls.charge", 24}, {"web.controls.why", 50}, {"web.controls.rest", 40},
	} {
		columns = append(columns, sheet.Column{Title: i18n.T(ctx, c.key), Width: c.width})
	}
	if err := out.Sheet(title, columns); err != nil {
		return err
	}
	for _, c := range v.clauses {
		clause := []any{i18n.T(ctx, rulebook.SetTitle(c.Set())), c.ID, i18n.T(ctx, c.Title()), i18n.T(ctx, rulebook.StateKey(c.State))}
		if len(c.Judged) == 0 {
			if err := out.Row(append(clause, "", "", "", "", "", charge(ctx, c.Posts), i18n.T(ctx, "rulebook.not_built"))...); err != nil {
				return err
			}
		}
		for _, j := range c.Judged {
			if err := out.Row(append(clause, i18n.T(ctx, j.Title), i18n.T(ctx, "control.period."+string(j.Period)), i18n.T(ctx, rulebook.StateKey(j.State)),
				v.names[j.Estate], figureOf(ctx, j.Finding), charge(ctx, j.Posts), j.Text, restOf(ctx, c))...); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

// takeControls judges, and leaves the leaf of what is taken away: in the log of the estate chosen, or in the company's of
// whoever is in charge of all.
func (s *Site) takeControls(ctx context.Context, how *op.Op[control.PrintInput, int], asked askedRules) (rulebookView, op.Result[int], error) {
	session := account.From(ctx)
	judged, names, err := s.judged(ctx, session, asked.month)
	if err != nil {
		return rulebookView{}, op.Result[int]{}, err
	}
	v := rulebookView{rulebook.In(rulebook.Stand(judged), asked.state), names}
	taken := control.PrintInput{Estate: session.Estate, State: asked.state, Month: asked.month, Rows: len(v.clauses)}
	if scope := session.Actor.Scope(control.MayRead(), session.Estate); session.Estate == access.Company && !scope.All() {
		if len(scope.Estates()) != 1 {
			return v, op.Result[int]{}, errs.E(errs.Invalid, "list.error.choose")
		}
		taken.Estate = scope.Estates()[0]
	}
	done, err := op.Run(ctx, s.cfg.Door, how, taken)
	return v, done, err
}

// day is the local date as of which the clauses are told.
func (a askedRules) day(now time.Time) string {
	if a.month != "" {
		return a.month.LastDay()
	}
	return clock.Date(now)
}

func controlsDoc(ctx context.Context, v rulebookView, asked askedRules, estate string, printed paper.Printed) paper.Doc {
	table := paper.Table{Register: true, RowHeight: 9, Columns: []paper.Column{
		{Title: "条款", Width: 12, Align: paper.AlignCenter}, {Title: "应做到", Weight: 2.6}, {Title: "状态", Width: 18, Align: paper.AlignCenter},
		{Title: "实际 / 应有", Width: 25, Align: paper.AlignRight, Wrap: paper.WrapWhole}, {Title: "责任岗位", Weight: 1.5}, {Title: "说明", Weight: 2.8}}}
	for _, set := range rulebook.Sets {
		of := v.of(set)
		if len(of) == 0 {
			continue
		}
		table.Rows = append(table.Rows, paper.Group(i18n.T(ctx, rulebook.SetTitle(set))))
		for _, c := range of {
			table.Rows = append(table.Rows, clauseCells(ctx, v, c)...)
		}
	}
	scope := ""
	if asked.state != "" {
		scope = onlyState + i18n.T(ctx, rulebook.StateKey(asked.state))
	}
	return paper.Doc{Form: controlsForm, Estate: estate, Scope: scope, Period: asOf + asked.day(printed.At), Paper: paper.A4Portrait(), Printed: printed,
		Body: []paper.Block{table, paper.Gap{MM: 4}, paper.Signatures{Items: []paper.Signature{{Role: paper.Made, Name: printed.By}, {Role: paper.Checked}, {Role: "经理"}}}}}
}

// clauseCells are a clause's row, and one below it for each of its controls in each estate.
func clauseCells(ctx context.Context, v rulebookView, c rulebook.Standing) []paper.Row {
	why := restOf(ctx, c)
	if len(c.Judged) == 0 {
		why = noControl
	}
	rows := []paper.Row{paper.Cells(c.ID, i18n.T(ctx, c.Title()), i18n.T(ctx, rulebook.StateKey(c.State)), nothing, charge(ctx, c.Posts), why)}
	for _, j := range c.Judged {
		rows = append(rows, paper.Cells("", i18n.T(ctx, j.Title)+"\n"+i18n.T(ctx, "control.period."+string(j.Period)), i18n.T(ctx, rulebook.StateKey(j.State)),
			cmp.Or(figureOf(ctx, j.Finding), nothing), charge(ctx, j.Posts), strings.Join([]string{v.names[j.Estate], j.Text}, "：")))
	}
	return rows
}
