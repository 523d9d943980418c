package householdweb

import (
	"net/http"

	"hudang/internal/household"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// changeForm is the form that corrects a household.
type changeForm struct {
	form  *page.Form
	h     *household.Household
	rooms string
}

func factsOf(h *household.Household) household.ChangeIn {
	return household.ChangeIn{Kind: h.Kind, Stay: h.Stay, Since: h.Since}
}

func (p Pages) editHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	return p.renderChange(w, r, http.StatusOK, changeForm{form: page.NewForm(h.ID.Path()+"/change", page.Fill(factsOf(h))), h: h})
}

func (p Pages) changeHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	in := household.ChangeIn{ID: h.ID}
	_, err = opform.Send(r, p.Door, household.Change, &in, refOf(h))
	return opform.After(p.Kit, w, r, err, h.ID.Path(), func(err error) error {
		f := changeForm{form: page.Refused(h.ID.Path()+"/change", page.Typed(r), err), h: h}
		if !errs.Is(err, errs.Conflict) {
			return p.renderChange(w, r, http.StatusUnprocessableEntity, f)
		}
		if err := historyweb.Conflict(r, p.Door, f.form, h, refOf(h), householdColumns(h), page.Fill(factsOf(h))); err != nil {
			return err
		}
		return p.renderChange(w, r, http.StatusConflict, f)
	})
}

func (p Pages) renderChange(w http.ResponseWriter, r *http.Request, status int, f changeForm) error {
	ctx := r.Context()
	details, err := household.Details(ctx, p.Door.DB.Read(), f.h.ID)
	if err != nil {
		return err
	}
	f.rooms = details[f.h.ID].Rooms(f.h)
	title := i18n.T(ctx, "household.change.title", f.rooms)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: f.form.Err, Body: changeBody(title, f)})
}
