package app

import (
	"slices"
	"strconv"
	"strings"

	"hudang/internal/household/roster"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// fits refuses a mapping that was made for another file: none of its tables has these columns.
func fits(mapping []roster.Mapping, tables []roster.Table) error {
	if len(mapping) == 0 || len(tables) == 0 {
		return nil
	}
	for _, m := range mapping {
		if err := m.Check(); err != nil {
			return err
		}
		if m.Partial() || slices.ContainsFunc(tables, func(t roster.Table) bool { return m.Fits(t.Names()) }) {
			return nil
		}
	}
	return errs.E(errs.Invalid, "cli.error.mapping", strings.Join(mapping[0].Headers, ", "), strings.Join(tables[0].Names(), ", "))
}

// wayKnown refuses a mapping that chose a way there is not: the question would only be asked again.
func wayKnown(mapping []roster.Mapping, asked []roster.Problem) error {
	for _, p := range asked {
		for _, m := range mapping {
			if way := m.Options.Choices[p.Choice]; p.Choice != "" && way != "" && !slices.Contains(p.Ways, way) {
				return errs.E(errs.Invalid, "cli.error.way", p.Choice, way, strings.Join(p.Ways, ", "))
			}
		}
	}
	return nil
}

// questions puts what a sheet leaves open into its report: rows not taken, columns not read, what one choice settles, and what
// is proposed.
func (a *App) questions(s *SheetReport, plan *roster.Plan, lang i18n.Lang) {
	for i := range plan.Tables {
		if t := &plan.Tables[i]; t.Sheet == s.Sheet {
			for _, u := range t.Unread() {
				s.Unread = append(s.Unread, UnreadColumn{u.Header, u.Cells})
			}
		}
	}
	for _, p := range plan.Problems {
		if p.At.Sheet != s.Sheet {
			continue
		}
		says := a.Texts.Text(lang, p.Kind, p.Args...)
		switch {
		case p.Severity == roster.Refused:
			s.Refused = append(s.Refused, RefusedRow{p.At.Row, says})
		case p.Kind == roster.InOrder || p.Kind == roster.LeaseEnds:
			s.Proposed = append(s.Proposed, RefusedRow{p.At.Row, says})
		}
		if p.Choice != "" {
			a.choice(s, p, says, lang)
		}
	}
}

func (a *App) choice(s *SheetReport, p roster.Problem, says string, lang i18n.Lang) {
	i := slices.IndexFunc(s.Choices, func(c ChoiceReport) bool { return c.Key == p.Choice })
	if i < 0 {
		i = len(s.Choices)
		c := ChoiceReport{Key: p.Choice, Says: says, Of: p.Value, Ways: map[string]string{}}
		for n, way := range p.Ways {
			if len(p.Ways) == len(p.Candidates) && (len(p.Ways) > 1 || p.Kind == roster.EntranceMixed) {
				c.Ways[way] = p.Value + " → " + p.Candidates[n]
			} else {
				c.Ways[way] = a.Texts.Text(lang, "roster.way."+way)
			}
		}
		s.Choices = append(s.Choices, c)
	}
	s.Choices[i].Rows = append(s.Choices[i].Rows, p.At.Row)
}

// rowsText lists the first rows of a choice.
func rowsText(rows []int) string {
	const most = 12
	var out []string
	for _, n := range rows[:min(len(rows), most)] {
		out = append(out, strconv.Itoa(n))
	}
	text := strings.Join(out, ", ")
	if len(rows) > most {
		text += " … (" + strconv.Itoa(len(rows)) + ")"
	}
	return text
}
