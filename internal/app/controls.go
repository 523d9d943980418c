package app

import (
	"context"
	"errors"
	"path/filepath"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/rulebook"
)

// Controls are the rooms' controls.
func Controls() []control.Control {
	var all []control.Control
	for _, r := range rooms {
		all = append(all, r.Controls...)
	}
	return all
}

// ClauseReport is how a clause stands, as the command line tells it.
type ClauseReport struct {
	Clause   string          `json:"clause"` // D8
	Set      string          `json:"set"`    // title of its rule set
	Title    string          `json:"title"`  // its number there, and its title
	Rule     string          `json:"rule"`
	State    control.State   `json:"state"`  // met, due, broken, unproven, waived, partly, not_built
	Figure   int64           `json:"figure"` // of the control that asks most, in all estates
	Target   int64           `json:"target"`
	Rest     string          `json:"rest,omitempty"` // what of it no control judges yet
	Controls []ControlReport `json:"controls"`
}

// ControlReport is a control's finding in one estate.
type ControlReport struct {
	Name   string        `json:"name"`
	Title  string        `json:"title"`
	Estate string        `json:"estate"`
	State  control.State `json:"state"`
	Figure int64         `json:"figure"`
	Target int64         `json:"target"` // 0: nothing to judge
	Text   string        `json:"text"`
	Failed string        `json:"failed,omitempty"` // why it could not be read
	Kept   string        `json:"kept,omitempty"`   // of a past month: when it was written down
}

// RulesOptions say which clauses are reported.
type RulesOptions struct {
	Data, Database string
	Estate         string // by name; empty: all of them
	Month          string // 2026-11: as they stood at its end; empty, or the month that runs: as of today
	Lang           i18n.Lang
}

// ReportRules judges all clauses, reading only, beside a running program or without one.
func ReportRules(ctx context.Context, o RulesOptions) (reports []ClauseReport, err error) {
	h, err := join()
	if err != nil {
		return nil, err
	}
	ctx = i18n.With(ctx, h.texts, o.Lang)
	q, done, err := db.Attach(db.Config{File: filepath.Join(o.Data, databaseFile), URL: o.Database})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	all, err := places(ctx, q)
	if err != nil {
		return nil, err
	}
	names := map[access.EstateID]string{}
	var ids []access.EstateID
	for _, p := range all {
		if o.Estate == "" || named(p, o.Estate) {
			ids, names[p.ID] = append(ids, p.ID), p.Name
		}
	}
	if len(ids) == 0 && o.Estate != "" {
		return nil, errs.E(errs.Invalid, "cli.error.estate.none", o.Estate, namesOf(all))
	}
	judged, err := control.At(ctx, q, h.controls, ids, control.YearMonth(o.Month), clock.System{}.Now())
	if err != nil {
		return nil, err
	}
	for _, s := range rulebook.Stand(judged) {
		r := ClauseReport{Clause: s.ID, Set: i18n.T(ctx, rulebook.SetTitle(s.Set())), Title: i18n.T(ctx, s.Title()), Rule: i18n.T(ctx, s.Rule()), State: s.State, Controls: []ControlReport{}}
		if s.Rest() != "" {
			r.Rest = i18n.T(ctx, s.Rest())
		}
		for _, j := range s.Judged {
			c := ControlReport{j.Name, i18n.T(ctx, j.Title), names[j.Estate], j.State, j.Figure, j.Target, j.Text, "", clock.Moment(j.Kept)}
			if j.Failed != nil {
				c.Failed = j.Failed.Error()
			}
			r.Controls = append(r.Controls, c)
			if j.Name == s.Judged[0].Name {
				r.Figure, r.Target = r.Figure+j.Figure, r.Target+j.Target
			}
		}
		reports = append(reports, r)
	}
	return reports, nil
}
