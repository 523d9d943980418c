package importsweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// dryView is what would become of the file.
type dryView struct {
	wizard
	outcome    *imports.Outcome // nil while a large file is not compared yet
	lists      []page.Tab
	list       string
	units      []imports.UnitResult
	households []imports.HouseholdResult
	refused    []roster.Problem
	joined     []imports.LineRow
	at, last   int
	rows       int
}

const (
	dryRows     = 100   // of a page
	compareHere = 20000 // units and households together that are compared within a page's own request
	listRefused = "rows"
	listJoined  = "joined"
)

// dryStep compares the file with what is registered; a large one in a part that is fetched by the page.
func (p Pages) dryStep(r *http.Request, v wizard) (templ.Component, error) {
	ctx := r.Context()
	asked := r.URL.Query()
	o, err := imports.Known(ctx, p.Door, v.file)
	if err != nil {
		return nil, err
	}
	if o == nil && asked.Get("now") == "" && len(v.file.Plan.Units)+len(v.file.Plan.Households) > compareHere {
		return waitBody(v), nil
	}
	return p.dry(r, v, asked)
}

func (p Pages) dry(r *http.Request, v wizard, asked url.Values) (templ.Component, error) {
	o, err := imports.DryRun(r.Context(), p.Door, v.file)
	if err != nil {
		return nil, err
	}
	d := dryView{wizard: v, outcome: o, list: asked.Get("list")}
	d.refused = refusedRows(v.file.Plan.Problems)
	d.tabs(r)
	d.at, err = strconv.Atoi(asked.Get("page"))
	if err != nil || d.at < 1 {
		d.at = 1
	}
	if err := p.fillDry(r, &d); err != nil {
		return nil, err
	}
	return dryBody(d), nil
}

// tally is the dry run of a large file, as the part of the page that waits for it.
func (p Pages) tally(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	body, err := p.dry(r, wizard{Import: file.Import, file: file, step: stepDry}, url.Values{})
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, body)
}

func refusedRows(problems []roster.Problem) []roster.Problem {
	var refused []roster.Problem
	for _, p := range problems {
		if p.Severity == roster.Refused {
			refused = append(refused, p)
		}
	}
	return refused
}

// tabs are the lists there are, and the one that is open: what was asked for, else the first that tells something.
func (d *dryView) tabs(r *http.Request) {
	ctx := r.Context()
	add := func(key, label string, n int) {
		if n == 0 {
			return
		}
		if d.list == "" {
			d.list = key
		}
		d.lists = append(d.lists, page.Tab{Label: label, Count: strconv.Itoa(n), Href: d.wizard.at(stepDry) + "&list=" + key, Current: d.list == key})
	}
	for _, v := range []imports.Verdict{imports.Moved, imports.Changed, imports.New, imports.Held, imports.Refused, imports.Same} {
		add("households."+string(v), i18n.T(ctx, "import.list.households", i18n.Key("import.verdict."+string(v))), len(d.outcome.Households[v]))
	}
	for _, v := range []imports.Verdict{imports.Changed, imports.New, imports.Held, imports.Refused, imports.Same} {
		add("units."+string(v), i18n.T(ctx, "import.list.units", i18n.Key("import.verdict."+string(v))), len(d.outcome.Units[v]))
	}
	add(listJoined, i18n.T(ctx, "import.fate.joined"), len(d.outcome.Joined()))
	add(listRefused, i18n.T(ctx, "import.list.refused"), len(d.refused))
}

// fillDry loads the page of the list that is open.
func (p Pages) fillDry(r *http.Request, d *dryView) (err error) {
	what, verdict, _ := strings.Cut(d.list, ".")
	switch what {
	case "households":
		d.households, err = imports.Households(r.Context(), p.Door, d.file, cut(d, d.outcome.Households[imports.Verdict(verdict)]))
	case "units":
		d.units, err = imports.Units(r.Context(), p.Door, d.file, cut(d, d.outcome.Units[imports.Verdict(verdict)]))
	case listJoined:
		d.joined = d.outcome.Lines(d.file, cut(d, d.outcome.Joined()))
	default:
		d.refused = cut(d, d.refused)
	}
	return err
}

// cut is the part of a list that its page shows.
func cut[T any](d *dryView, all []T) []T {
	d.rows, d.last = len(all), max((len(all)+dryRows-1)/dryRows, 1)
	d.at = min(d.at, d.last)
	return all[(d.at-1)*dryRows : min(d.at*dryRows, len(all))]
}

// commitStep says what the import will do, and asks.
func (p Pages) commitStep(r *http.Request, v wizard) (templ.Component, error) {
	o, err := imports.Known(r.Context(), p.Door, v.file)
	return commitBody(v, o), err
}

func (p Pages) chooseMoves(w http.ResponseWriter, r *http.Request) error {
	imp, err := p.find(r)
	if err != nil {
		return err
	}
	var in struct {
		Moves imports.Moves `form:"moves"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	return p.prepare(w, r, imports.PrepareIn{ID: imp.ID, Moves: in.Moves}, imp.ID.Path()+"?step="+string(stepDry))
}

// asides counts what was set aside by its kind, with the first of each.
func asides(plan *roster.Plan) []asideView {
	var all []asideView
	for _, kind := range roster.AsideKinds {
		a := asideView{kind: kind}
		for _, s := range plan.SetAside {
			if s.Kind != kind {
				continue
			}
			if a.count++; len(a.first) < dryRows {
				a.first = append(a.first, s)
			}
		}
		if a.count > 0 {
			all = append(all, a)
		}
	}
	return all
}

// asideView is the rows set aside of one kind.
type asideView struct {
	kind  roster.AsideKind
	count int
	first []roster.SetAside
}

func queryOf(text string) string { return url.QueryEscape(text) }
