package householdweb

import (
	"net/http"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func holdingPath(id household.HoldingID) string {
	return "/holdings/" + ref.Text(id) + "/give-up"
}

func refOfHolding(id household.HoldingID) string {
	return "holding:" + ref.Text(id)
}

func (p Pages) units(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	return p.unitsForm(w, r, h, page.NewForm(h.ID.Path()+"/units", nil), nil)
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
		return p.unitsForm(w, r, h, page.Refused(h.ID.Path()+"/units", typed, err), choices)
	})
}

func (p Pages) holding(r *http.Request) (*household.Holding, error) {
	return household.FindHolding(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[household.HoldingID](r.PathValue("id")))
}

// unitsForm shows a household's units, with the form that adds one while it lasts.
func (p Pages) unitsForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form, choices []choice) error {
	ctx := r.Context()
	a, d, err := p.formOf(ctx, h, "household.units.title", "")
	if err != nil {
		return err
	}
	_, mayEnd := access.From(ctx).Holding(h.Estate, household.MayEnd())
	a.Clauses, a.Top, a.Save = []string{"A1"}, unitsTable(d.Places, mayEnd), i18n.T(ctx, "household.units.do")
	a.Actions = []page.Action{{Key: "facts", Label: i18n.T(ctx, "household.change.facts"), Href: h.ID.Path() + "/change"}}
	fields := append([]page.Input{{Name: "rooms", Label: i18n.T(ctx, "household.room"), Hint: i18n.T(ctx, "household.units.hint"), Width: page.WidthMedium}}, choiceFields(ctx, choices)...)
	a.Groups = []recordweb.Group{{Title: i18n.T(ctx, "household.units.add"), Pairs: true, Fields: append(fields, sinceField(ctx, "household.person.since"))}}
	if h.InForce() {
		a.Form = f
	}
	return p.ShowForm(w, r, a)
}
