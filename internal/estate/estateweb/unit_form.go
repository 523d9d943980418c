package estateweb

import (
	"net/http"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// unitForm is the form of a new unit (unit nil) or of a correction.
type unitForm struct {
	form *page.Form
	unit *estate.Unit
}

func refOf(u *estate.Unit) string { return "unit:" + u.ID.String() }

func (p Pages) newUnit(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("kind", string(estate.Flat))
	values.Set("building", r.URL.Query().Get("building")) // "save and add another" stays in the building
	values.Set("entrance", r.URL.Query().Get("entrance"))
	return p.renderForm(w, r, http.StatusOK, unitForm{form: page.NewForm("/units/new", values)})
}

func (p Pages) addUnit(w http.ResponseWriter, r *http.Request) error {
	in := estate.AddUnitIn{Estate: opform.Estate(r)}
	_, err := opform.Send(r, p.Door, estate.AddUnit, &in, "")
	to := "/units"
	if page.Typed(r).Get("next") != "" {
		to = "/units/new?" + url.Values{"building": {in.Building}, "entrance": {in.Entrance}}.Encode()
	}
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		return p.renderForm(w, r, http.StatusUnprocessableEntity, unitForm{form: page.Refused("/units/new", page.Typed(r), err)})
	})
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
		GrossArea: u.GrossArea, NetArea: u.NetArea, Note: u.Note, Former: u.Former, HandedOver: u.ValidFrom}
}

func (p Pages) changeUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	in := estate.ChangeUnitIn{ID: u.ID}
	_, err = opform.Send(r, p.Door, estate.ChangeUnit, &in, refOf(u))
	return opform.After(p.Kit, w, r, err, u.Path(), func(err error) error {
		f := unitForm{form: page.Refused(u.Path()+"/change", page.Typed(r), err), unit: u}
		if !errs.Is(err, errs.Conflict) {
			return p.renderForm(w, r, http.StatusUnprocessableEntity, f)
		}
		if err := historyweb.Conflict(r, p.Door, f.form, u, refOf(u), columns, page.Fill(factsOf(u))); err != nil {
			return err
		}
		return p.renderForm(w, r, http.StatusConflict, f)
	})
}

func (p Pages) renderForm(w http.ResponseWriter, r *http.Request, status int, f unitForm) error {
	ctx := r.Context()
	title := i18n.T(ctx, "unit.add.title")
	if f.unit != nil {
		title = i18n.T(ctx, "unit.change.title", f.unit.Code)
	}
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: f.form.Err, Body: unitFormBody(title, f)})
}
