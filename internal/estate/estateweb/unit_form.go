package estateweb

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// unitForm is the form of a new unit (unit nil) or of a correction.
type unitForm struct {
	form    *page.Form
	unit    *estate.Unit
	estates []page.Option // to choose from when the header stands on all estates
	diff    *page.DiffView
}

func refOf(u *estate.Unit) string { return "unit:" + u.ID.String() }

// newUnitIn is the form of a new unit: its estate and its facts.
type newUnitIn struct {
	Estate int64 `form:"estate"`
	estate.UnitFacts
}

func (p Pages) newUnit(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("kind", string(estate.Flat))
	values.Set("building", r.URL.Query().Get("building")) // "save and add another" stays in the building
	values.Set("entrance", r.URL.Query().Get("entrance"))
	return p.renderForm(w, r, http.StatusOK, unitForm{form: page.NewForm("/units/new", values)})
}

func (p Pages) addUnit(w http.ResponseWriter, r *http.Request) error {
	var in newUnitIn
	err := page.Decode(r, &in)
	if err == nil {
		at := access.EstateID(in.Estate)
		if chosen := access.Chosen(r.Context()); chosen != access.Company {
			at = chosen
		}
		var f errs.Fields
		f.Check(at != access.Company, "estate", "error.required")
		if err = f.Err(); err == nil {
			_, err = opform.Run(r, p.Door, estate.AddUnit, estate.AddUnitIn{Estate: at, UnitFacts: in.UnitFacts}, "")
		}
	}
	if errs.Is(err, errs.Invalid) {
		return p.renderForm(w, r, http.StatusUnprocessableEntity, unitForm{form: page.Refused("/units/new", page.Typed(r), err)})
	}
	if err != nil {
		return err
	}
	if page.Typed(r).Get("next") != "" {
		return p.Kit.Redirect(w, r, "/units/new?building="+in.Building+"&entrance="+in.Entrance)
	}
	return p.Kit.Redirect(w, r, "/units")
}

func (p Pages) editUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	form := page.NewForm(u.Path()+"/change", page.Fill(factsOf(u)))
	return p.renderForm(w, r, http.StatusOK, unitForm{form: form, unit: u})
}

func factsOf(u *estate.Unit) estate.UnitFacts {
	return estate.UnitFacts{Building: u.Building, Entrance: u.Entrance, Room: u.Room, Floor: u.Floor, Kind: u.Kind,
		GrossArea: u.GrossArea, NetArea: u.NetArea, Note: u.Note}
}

func (p Pages) changeUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	in := estate.ChangeUnitIn{ID: u.ID}
	err = page.Decode(r, &in.UnitFacts)
	if err == nil {
		_, err = opform.Run(r, p.Door, estate.ChangeUnit, in, refOf(u))
	}
	return p.after(w, r, u, err, func(err error) error {
		f := unitForm{form: page.Refused(u.Path()+"/change", page.Typed(r), err), unit: u}
		if errs.Is(err, errs.Conflict) {
			return p.conflict(w, r, f)
		}
		return p.renderForm(w, r, http.StatusUnprocessableEntity, f)
	})
}

// after goes back to the unit when all went well, shows the form again for what the person can mend there, and leaves
// the rest to the kit.
func (p Pages) after(w http.ResponseWriter, r *http.Request, u *estate.Unit, err error, again func(error) error) error {
	var e *errs.Error
	switch {
	case err == nil:
		return p.Kit.Redirect(w, r, u.Path())
	case errors.As(err, &e) && (e.Kind == errs.Invalid || e.Key == "error.stale"):
		return again(err)
	}
	return err
}

// conflict shows what somebody else made of the unit beside what was typed; the form then stands on the new version,
// so that saving again is a decision and not an accident.
func (p Pages) conflict(w http.ResponseWriter, r *http.Request, f unitForm) error {
	ctx := r.Context()
	seen, err := page.SeenOf(r)
	if err != nil {
		return err
	}
	changes, err := p.Door.Log.History(ctx, p.Door.DB.Read(), "estate_unit", int64(f.unit.ID), f.unit.Owner())
	if err != nil {
		return err
	}
	was := map[string]any{} // of the columns somebody changed since: as the person saw them
	for _, c := range changes {
		for _, col := range c.Columns {
			if c.Version > seen[refOf(f.unit)] {
				was[col.Name] = col.Old
			}
		}
	}
	now, typed := page.Fill(factsOf(f.unit)), f.form.Values
	typed.Set(page.FieldToken, "") // another content needs another token
	d := page.DiffView{Theirs: i18n.T(ctx, "unit.conflict.theirs"), Mine: i18n.T(ctx, "unit.conflict.mine")}
	for _, name := range []string{"building", "entrance", "room", "floor", "kind", "gross_area", "net_area", "note"} {
		if now.Get(name) == typed.Get(name) {
			continue
		}
		row := page.DiffRow{Name: name, Label: i18n.T(ctx, "unit.col."+name), Was: word(ctx, name, now), Mine: word(ctx, name, typed)}
		if old, changed := was[name]; changed {
			row.Was, row.Theirs = shown(ctx, name, old), row.Was
		}
		d.Rows = append(d.Rows, row)
	}
	history, err := p.history(ctx, f.unit)
	if err != nil {
		return err
	}
	if len(history) > 0 {
		d.Title = i18n.T(ctx, "unit.conflict.title", history[0].Who, history[0].When, f.unit.Code)
	}
	f.diff = &d
	return p.renderForm(w, r, http.StatusConflict, f)
}

func word(ctx context.Context, name string, v page.Values) string {
	if name == "kind" {
		return i18n.T(ctx, "unit.kind."+v.Get(name))
	}
	return v.Get(name)
}

func (p Pages) renderForm(w http.ResponseWriter, r *http.Request, status int, f unitForm) error {
	ctx := r.Context()
	title := i18n.T(ctx, "unit.add.title")
	if f.unit != nil {
		title = i18n.T(ctx, "unit.change.title", f.unit.Code)
	} else if access.Chosen(ctx) == access.Company {
		all, err := estate.Estates(ctx, p.Door.DB.Read(), access.From(ctx).Scope(estate.MayChangeUnits(), access.Company))
		if err != nil {
			return err
		}
		for _, e := range all {
			f.estates = append(f.estates, page.Option{Value: strconv.FormatInt(int64(e.ID), 10), Label: e.Name})
		}
	}
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: f.form.Err, Body: unitFormBody(title, f)})
}
