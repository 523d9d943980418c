package householdweb

import (
	"net/http"
	"strconv"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// unitsView is a household's units, with the form that adds one.
type unitsView struct {
	h       *household.Household
	detail  household.Detail
	form    *page.Form
	choices []choice
	mayEnd  bool
}

func holdingPath(id household.HoldingID) string {
	return "/holdings/" + strconv.FormatInt(int64(id), 10) + "/give-up"
}

func refOfHolding(id household.HoldingID) string {
	return "holding:" + strconv.FormatInt(int64(id), 10)
}

func (p Pages) units(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	return p.renderUnits(w, r, http.StatusOK, unitsView{h: h, form: page.NewForm(h.ID.Path()+"/units", nil)})
}

func (p Pages) holdUnit(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	typed := page.Typed(r)
	var f errs.Fields
	units, choices, err := resolve(r.Context(), p.Door.DB.Read(), h.Estate, typed, &f)
	if err != nil {
		return err
	}
	f.Check(len(units) == 1 || len(choices) > 0, "rooms", "household.error.one_room")
	err = f.Err()
	if err == nil {
		in := household.HoldIn{Household: h.ID, Unit: units[0], Since: typed.Get("since")}
		_, err = opform.Run(r, p.Door, household.Hold, in, refOf(h))
	}
	return opform.After(p.Kit, w, r, gather(err), h.ID.Path(), func(err error) error {
		v := unitsView{h: h, form: page.Refused(h.ID.Path()+"/units", typed, err), choices: choices}
		return p.renderUnits(w, r, http.StatusUnprocessableEntity, v)
	})
}

func (p Pages) giveUpUnit(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return errs.E(errs.NotFound, "error.not_found")
	}
	held, err := household.FindHolding(r.Context(), p.Door.DB.Read(), scope(r), household.HoldingID(id))
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, household.GiveUp, household.GiveUpIn{ID: held.ID}, refOfHolding(held.ID)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, held.Household.Path()+"/units")
}

func (p Pages) renderUnits(w http.ResponseWriter, r *http.Request, status int, v unitsView) error {
	ctx := r.Context()
	details, err := household.Details(ctx, p.Door.DB.Read(), v.h.ID)
	if err != nil {
		return err
	}
	v.detail = details[v.h.ID]
	view := householdView{Household: v.h, actor: access.From(ctx)}
	v.mayEnd = view.may(household.MayEnd())
	title := i18n.T(ctx, "household.units.title", v.detail.Rooms(v.h))
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: v.form.Err, Body: unitsBody(title, v)})
}
