package householdweb

import (
	"context"
	"net/http"

	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
)

func factsOf(h *household.Household) household.ChangeIn {
	return household.ChangeIn{Kind: h.Kind, Stay: h.Stay, Since: h.Since}
}

// changeForm is the form that corrects a household.
func (p Pages) changeForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form) error {
	ctx := r.Context()
	a, _, err := p.formOf(ctx, h, "household.change.title", "")
	if err != nil {
		return err
	}
	a.Clauses, a.Form, a.Save = []string{"A1", "D8"}, f, i18n.T(ctx, "household.change.save")
	a.Edits.History, a.Edits.Now = recordweb.Tracked{Row: h, Columns: householdColumns(h)}, page.Fill(factsOf(h))
	a.Groups = []recordweb.Group{{Pairs: true, Fields: []page.Input{
		{Name: "kind", Kind: page.Select, Label: i18n.T(ctx, "household.kind"), Options: kindOptions(ctx), Width: page.WidthMedium}, stayField(ctx),
		sinceField(ctx, "household.since"), recordweb.Reason(ctx)}}}
	return p.ShowForm(w, r, a)
}

// formOf begins a page with a form about a household: what it is about stands in its title, and it leads back to a tab.
func (p Pages) formOf(ctx context.Context, h *household.Household, title, tab string) (recordweb.FormPage, household.Detail, error) {
	details, err := household.Details(ctx, p.Door.DB.Read(), h.ID)
	rooms := details[h.ID].Rooms(h)
	return recordweb.FormPage{Nav: NavHouseholds, Title: i18n.T(ctx, title, rooms), Edits: &recordweb.Edited{Ref: refOf(h), Version: h.Version},
		Above: []page.Link{{Label: i18n.T(ctx, "household.list.title"), Href: "/households"}}, Back: page.Link{Label: rooms, Href: h.ID.Path() + tab}}, details[h.ID], err
}

// sinceField asks from when something holds.
func sinceField(ctx context.Context, label string) page.Input {
	return page.Input{Name: "since", Kind: page.Date, Label: i18n.T(ctx, label), Hint: i18n.T(ctx, "household.since.hint"), Optional: true}
}
