package importsweb

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// kindView is the problems of one kind.
type kindView struct {
	kind     string
	severity roster.Severity
	count    int
	says     string   // of the first
	whole    bool     // of whole tables: the columns settle it
	rows     bool     // of rows that can be left out
	keep     bool     // saying that it is right settles it
	values   []valued // the commonest values
	choices  []choiceView
	lost     lost // by leaving its rows out
	current  bool
	href     string
}

// lost is what is not written when the rows of a kind of problem are left out.
type lost struct{ rows, people, phones, papers int }

// dialog is the id of the dialog that asks before the rows of a kind are left out.
func (k kindView) dialog() string { return "skip-" + strings.ReplaceAll(k.kind, ".", "-") }

// losses count, for each kind of problem, what its rows would bring.
func losses(file *imports.File) map[string]lost {
	all := map[string]lost{}
	for _, e := range file.Entries() {
		var here lost
		for _, i := range e.Households {
			h := file.Plan.Households[i]
			if h.At.Row != e.At.Row || h.At.Sheet != e.At.Sheet {
				continue // begun by an earlier row, which stays
			}
			here.phones, here.papers = here.phones+len(h.Phones), here.papers+len(h.IDs)
			for _, p := range h.People {
				here.people++
				here.phones, here.papers = here.phones+len(p.Phones), here.papers+len(p.IDs)+len(p.Orgs)
			}
		}
		var seen []string
		for _, p := range e.Problems {
			if slices.Contains(seen, p.Kind) {
				continue
			}
			seen = append(seen, p.Kind)
			l := all[p.Kind]
			all[p.Kind] = lost{l.rows + 1, l.people + here.people, l.phones + here.phones, l.papers + here.papers}
		}
	}
	return all
}

// valued is a value that has the problem, and how often.
type valued struct {
	value string
	count int
}

// mostValues are so many values of a kind offered to be replaced as one.
const mostValues = 3

// kinds groups the problems of a plan, the gravest first, then the commonest.
func kinds(ctx context.Context, v wizard, chosen string) []kindView {
	byKind := map[string]*kindView{}
	values := map[string]map[string]int{}
	for _, p := range v.file.Plan.Problems {
		k := byKind[p.Kind]
		if k == nil {
			k = &kindView{kind: p.Kind, severity: p.Severity, says: i18n.T(ctx, p.Kind, p.Args...), whole: p.Whole(), current: p.Kind == chosen,
				href: v.at(stepProblems) + "&kind=" + url.QueryEscape(p.Kind)}
			byKind[p.Kind], values[p.Kind] = k, map[string]int{}
		}
		k.count++
		k.offer(ctx, p)
		k.rows = !k.whole
		k.keep = k.rows && (p.Severity != roster.Refused || p.Field == roster.Room && p.Value != "")
		if p.At.Column > 0 && p.Value != "" {
			values[p.Kind][p.Value]++
		}
	}
	all := make([]kindView, 0, len(byKind))
	gone := losses(v.file)
	for kind, k := range byKind {
		k.lost = gone[kind]
		k.values = commonest(values[kind])
		all = append(all, *k)
	}
	slices.SortFunc(all, func(a, b kindView) int {
		return cmp.Or(slices.Index(roster.Severities, a.severity)-slices.Index(roster.Severities, b.severity), b.count-a.count, cmp.Compare(a.kind, b.kind))
	})
	return all
}

// form replaces the value, with what was typed for it before the session ended.
func (one valued) form(ctx context.Context, v wizard) *page.Form {
	f := page.Begun(ctx, v.ID.Path()+"/cure", page.Values{"to": {one.value}})
	if from, resumed := f.Values["from"]; resumed && from[0] != one.value {
		f.Values = page.Values{"to": {one.value}} // of another value
	}
	return f
}

// commonest are the values that come at least twice.
func commonest(counts map[string]int) []valued {
	var all []valued
	for value, n := range counts {
		if n > 1 && len(value) < 100 {
			all = append(all, valued{value, n})
		}
	}
	slices.SortFunc(all, func(a, b valued) int { return cmp.Or(b.count-a.count, cmp.Compare(a.value, b.value)) })
	return all[:min(len(all), mostValues)]
}

func (p Pages) problemsStep(r *http.Request, v wizard) (templ.Component, error) {
	asked := r.URL.Query()
	all := kinds(r.Context(), v, asked.Get("kind"))
	at, err := strconv.Atoi(asked.Get("page"))
	if err != nil || at < 1 {
		at = 1
	}
	g, err := gridOf(r.Context(), v, asked.Get("kind"), at, asked.Get("all") != "")
	return problemsBody(v, all, g), err
}

// cure answers all problems of a kind alike: right as they stand, their rows left out, or one value put for another.
func (p Pages) cure(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	var in struct {
		Kind string `form:"kind"`
		Do   string `form:"do"`
		From string `form:"from"`
		To   string `form:"to"`
		Key  string `form:"key"`
		Way  string `form:"way"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	if in.Way != "" {
		return p.choose(w, r, file, in.Key, in.Way)
	}
	answers := maps.Clone(file.Answers)
	if in.Do == cureUndo {
		clear(answers)
		if chosen(file.Plan) {
			return p.unchoose(w, r, file)
		}
	}
	for _, problem := range file.Plan.Problems {
		if problem.Kind != in.Kind || problem.Whole() {
			continue
		}
		switch in.Do {
		case cureKeep:
			answers[problem.At] = roster.Answer{Keep: true}
		case cureSkip:
			answers[roster.Cell{Sheet: problem.At.Sheet, Row: problem.At.Row}] = roster.Answer{Skip: true}
		case cureReplace:
			if problem.At.Column > 0 && clean(problem.Value) == in.From {
				answers[problem.At] = roster.Answer{Text: in.To}
			}
		}
	}
	return p.keepAnswers(w, r, file, answers, "")
}

// The cures.
const (
	cureKeep    = "keep"
	cureSkip    = "skip"
	cureReplace = "replace"
	cureUndo    = "undo"
)

// keepAnswers stores the answers that differ from the file's, with who gave them (a row left out says so for years), and shows what is
// left of the problems.
func (p Pages) keepAnswers(w http.ResponseWriter, r *http.Request, file *imports.File, answers roster.Answers, query string) error {
	in := imports.PrepareIn{ID: file.Import.ID, Answers: roster.Answers{}}
	for at, a := range answers {
		old, known := file.Answers[at]
		if a.By = old.By; !known || a != old {
			a.By = access.From(r.Context()).Account
			in.Answers[at] = a
		}
	}
	for at := range file.Answers {
		if _, stays := answers[at]; !stays {
			in.Withdrawn = append(in.Withdrawn, at)
		}
	}
	return p.prepare(w, r, in, file.Import.ID.Path()+"?step="+string(stepProblems)+query)
}
