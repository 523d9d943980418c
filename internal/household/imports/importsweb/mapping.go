package importsweb

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/household/roster"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// sheetsView is tables of a file that have the same headers, and so are read alike.
type sheetsView struct {
	no         int
	sheets     []string
	table      roster.Table
	remembered bool // read as last time
	form       *page.Form
}

// field is the name of a field of the form that corrects the mapping.
func (s sheetsView) field(name string) string { return "t." + strconv.Itoa(s.no) + "." + name }

func (s sheetsView) column(i int) string { return s.field("f." + strconv.Itoa(i)) }

// alike groups the tables of a file by their headers.
func alike(tables []roster.Table) []sheetsView {
	var all []sheetsView
	for _, t := range tables {
		i := slices.IndexFunc(all, func(v sheetsView) bool { return v.table.Mapping.Fits(t.Names()) })
		if i < 0 {
			all = append(all, sheetsView{no: len(all), table: t})
			i = len(all) - 1
		}
		all[i].sheets = append(all[i].sheets, t.Sheet)
	}
	return all
}

func (p Pages) mapStep(ctx context.Context, v wizard) (templ.Component, error) {
	known, err := imports.Remembered(ctx, p.Door.DB.Read(), v.Estate, v.file.Plan.Tables)
	if err != nil {
		return nil, err
	}
	form := page.NewForm(v.ID.Path()+"/map", page.Values{})
	form.Wide = true
	groups := alike(v.file.Plan.Tables)
	for i := range groups {
		g := &groups[i]
		g.form = form
		g.remembered = slices.ContainsFunc(known, func(m roster.Mapping) bool { return g.reads(m) })
		g.fill(form.Values)
	}
	return mapBody(v, form, groups), nil
}

// reads reports that the tables are read by a mapping that was known before, as far as it is remembered.
func (s sheetsView) reads(m roster.Mapping) bool {
	own := s.table.Mapping
	own.Options.Year, own.Options.Building = m.Options.Year, m.Options.Building
	return m.Fits(own.Headers) && reflect.DeepEqual(m.Fields, own.Fields) && reflect.DeepEqual(m.Options, own.Options)
}

// fill puts the mapping into the values of the form.
func (s sheetsView) fill(v page.Values) {
	m := s.table.Mapping
	for i, name := range m.Headers {
		field := m.Fields[name]
		if field == "" {
			field = roster.Ignore
		}
		v.Set(s.column(i), string(field))
	}
	o := m.Options
	if o.Year != 0 {
		v.Set(s.field("year"), strconv.Itoa(o.Year))
	}
	v.Set(s.field("building"), o.Building)
	v.Set(s.field("use"), string(o.Use))
	v.Set(s.field("side"), string(o.Side))
	for name, on := range map[string]bool{"literal": o.Literal, "hidden": o.Hidden, "skip": o.Skip} {
		if on {
			v.Set(s.field(name), "1")
		}
	}
}

// said is the mapping as the form was sent; what the form does not ask stays as it was.
func (s sheetsView) said(v page.Values) roster.Mapping {
	m := roster.Mapping{Headers: s.table.Mapping.Headers, Fields: map[string]roster.Field{}, Options: s.table.Mapping.Options}
	for i, name := range m.Headers {
		m.Fields[name] = roster.Ignore
		if f := roster.Field(v.Get(s.column(i))); slices.Contains(roster.Fields, f) {
			m.Fields[name] = f
		}
	}
	o := &m.Options
	o.Year = yearOf(v.Get(s.field("year")))
	o.Building = v.Get(s.field("building"))
	o.Use, o.Side = "", ""
	if use := estate.UnitKind(v.Get(s.field("use"))); slices.Contains(estate.UnitKinds, use) {
		o.Use = use
	}
	if side := roster.Side(v.Get(s.field("side"))); side == roster.SideOwner || side == roster.SideTenant {
		o.Side = side
	}
	on := func(name string) bool { return v.Get(s.field(name)) == "1" }
	o.Literal, o.Hidden, o.Skip = on("literal"), on("hidden"), on("skip")
	return m
}

// yearOf reads a year; 0 for none that a roster may speak of.
func yearOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1900 || n > 2100 {
		return 0
	}
	return n
}

// mapColumns keeps how a file's tables are read, for this file and the estate's next.
func (p Pages) mapColumns(w http.ResponseWriter, r *http.Request) error {
	file, err := p.load(r)
	if err != nil {
		return err
	}
	if err := page.Decode(r, &struct{}{}); err != nil {
		return err
	}
	in := imports.PrepareIn{ID: file.Import.ID, Learn: map[string]string{}}
	var all []roster.Mapping
	for _, g := range alike(file.Plan.Tables) {
		m := g.said(page.Typed(r))
		all = append(all, m)
		headers, lesson, err := imports.Lesson(m)
		if err != nil {
			return err
		}
		in.Learn[headers] = lesson
	}
	if in.Mapping, err = json.Marshal(all); err != nil {
		return err
	}
	return p.prepare(w, r, in, file.Import.ID.Path()+"?step="+string(stepProblems))
}

// unread names the columns of a file whose cells are not brought in, with their counts.
func unread(ctx context.Context, all []roster.Unread) string {
	var said []string
	for _, u := range all {
		said = append(said, i18n.T(ctx, "import.map.unread.column", u.Header, u.Cells))
	}
	return strings.Join(said, i18n.T(ctx, "page.comma"))
}

func fieldOptions(ctx context.Context) []page.Option {
	options := make([]page.Option, len(roster.Fields))
	for i, f := range roster.Fields {
		options[i] = page.Option{Value: string(f), Label: i18n.T(ctx, f.Key())}
	}
	return options
}

func useOptions(ctx context.Context) []page.Option {
	options := make([]page.Option, len(estate.UnitKinds))
	for i, k := range estate.UnitKinds {
		options[i] = page.Option{Value: string(k), Label: i18n.T(ctx, "unit.kind."+string(k))}
	}
	return options
}

func sideOptions(ctx context.Context) []page.Option {
	return []page.Option{{Value: string(roster.SideOwner), Label: i18n.T(ctx, "household.part.owner")},
		{Value: string(roster.SideTenant), Label: i18n.T(ctx, "household.part.tenant")}}
}

// sureness says how sure a guess is, and why, as a state with its words.
func sureness(ctx context.Context, t roster.Table, i int) (page.State, string) {
	g := t.Guesses[i]
	now := t.Mapping.Fields[t.Mapping.Headers[i]]
	switch {
	case now != g.Field && now != "":
		return page.OK, i18n.T(ctx, "import.map.chosen")
	case g.Field == roster.Ignore:
		return page.Unknown, i18n.T(ctx, g.Why.Key())
	case g.Confidence >= 0.9:
		return page.OK, i18n.T(ctx, g.Why.Key())
	}
	return page.Due, i18n.T(ctx, "import.map.check", i18n.Key(g.Why.Key()))
}
