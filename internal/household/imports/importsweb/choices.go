package importsweb

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// choiceView is a question that is settled for all its rows by one press.
type choiceView struct {
	key   string
	of    string // one of its rows
	count int
	ways  []page.Option
}

// offer adds a problem to the choices of its kind.
func (k *kindView) offer(ctx context.Context, p roster.Problem) {
	if p.Choice == "" {
		return
	}
	i := slices.IndexFunc(k.choices, func(c choiceView) bool { return c.key == p.Choice })
	if i < 0 {
		i = len(k.choices)
		c := choiceView{key: p.Choice, of: p.Value}
		for n, way := range p.Ways {
			c.ways = append(c.ways, page.Option{Value: way, Label: wayText(ctx, p, n)})
		}
		k.choices = append(k.choices, c)
	}
	k.choices[i].count++
}

// wayText is what a way makes of the problem's own cell, or the words for it.
func wayText(ctx context.Context, p roster.Problem, n int) string {
	if len(p.Ways) == len(p.Candidates) && (len(p.Ways) > 1 || p.Kind == roster.EntranceMixed) {
		return p.Candidates[n]
	}
	return i18n.T(ctx, "roster.way."+p.Ways[n])
}

// choose keeps what was chosen for all rows of a kind with the mapping of the tables that ask for it.
func (p Pages) choose(w http.ResponseWriter, r *http.Request, file *imports.File, key, way string) error {
	asks := func(t roster.Table) bool {
		return slices.ContainsFunc(file.Plan.Problems, func(q roster.Problem) bool {
			return q.Choice == key && slices.Contains(q.Ways, way) && q.At.Sheet == t.Sheet && (t.Covers(q.At) || q.Whole())
		})
	}
	return p.remap(w, r, file, func(t roster.Table, o *roster.Options) {
		if asks(t) {
			o.Choices = maps.Clone(o.Choices)
			if o.Choices == nil {
				o.Choices = map[string]string{}
			}
			o.Choices[key] = way
		}
	})
}

// chosen reports that something was chosen for all rows of a kind.
func chosen(plan *roster.Plan) bool {
	return slices.ContainsFunc(plan.Tables, func(t roster.Table) bool { return len(t.Mapping.Options.Choices) > 0 })
}

// unchoose takes all choices back, and the answers with them.
func (p Pages) unchoose(w http.ResponseWriter, r *http.Request, file *imports.File) error {
	return p.remap(w, r, file, func(_ roster.Table, o *roster.Options) { o.Choices = nil })
}

// remap stores the mappings of a file's tables with other options.
func (p Pages) remap(w http.ResponseWriter, r *http.Request, file *imports.File, change func(roster.Table, *roster.Options)) error {
	var all []roster.Mapping
	for _, t := range file.Plan.Tables {
		i := slices.IndexFunc(all, func(m roster.Mapping) bool { return m.Fits(t.Names()) })
		if i < 0 {
			i = len(all)
			all = append(all, t.Mapping)
		}
		change(t, &all[i].Options)
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return err
	}
	in := imports.PrepareIn{ID: file.Import.ID, Mapping: raw}
	if !chosenIn(all) {
		in.Withdrawn = slices.Collect(maps.Keys(file.Answers))
	}
	return p.prepare(w, r, in, file.Import.ID.Path()+"?step="+string(stepProblems))
}

func chosenIn(all []roster.Mapping) bool {
	return slices.ContainsFunc(all, func(m roster.Mapping) bool { return len(m.Options.Choices) > 0 })
}
