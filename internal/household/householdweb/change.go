package householdweb

import (
	"net/http"

	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
)

func factsOf(h *household.Household) household.ChangeIn {
	return household.ChangeIn{Kind: h.Kind, Stay: h.Stay, Since: h.Since}
}

func (p Pages) editHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	return p.changeForm(w, r, h, page.NewForm(h.ID.Path()+"/change", page.Fill(factsOf(h))))
}

func (p Pages) changeHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	in := household.ChangeIn{ID: h.ID}
	return recordweb.Answer(p.Site, w, r, household.Change, &in, refOf(h), h.ID.Path(), func(f *page.Form) error { return p.changeForm(w, r, h, f) })
}

// changeForm is the form that corrects a household.
func (p Pages) changeForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form) error {
	ctx := r.Context()
	details, err := household.Details(ctx, p.Door.DB.Read(), h.ID)
	if err != nil {
		return err
	}
	rooms := details[h.ID].Rooms(h)
	return p.ShowForm(w, r, recordweb.FormPage{Current: Current, Title: i18n.T(ctx, "household.change.title", rooms), Clauses: []string{"A1", "D8"}, Form: f,
		Edits: &recordweb.Edited{Ref: refOf(h), Version: h.Version, History: recordweb.Tracked{Row: h, Columns: householdColumns(h)}, Now: page.Fill(factsOf(h))},
		Save:  i18n.T(ctx, "household.change.save"), Above: []page.Link{{Label: i18n.T(ctx, "household.list.title"), Href: "/households"}}, Back: page.Link{Label: rooms, Href: h.ID.Path()},
		Groups: []recordweb.Group{{Pairs: true, Fields: []page.Input{
			{Name: "kind", Kind: page.Select, Label: i18n.T(ctx, "household.kind"), Options: kindOptions(ctx), Width: page.WidthMedium}, stayField(ctx),
			{Name: "since", Kind: page.Date, Label: i18n.T(ctx, "household.since"), Hint: i18n.T(ctx, "household.since.hint"), Optional: true}, recordweb.Reason(ctx)}}}})
}
