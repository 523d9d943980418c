package estateweb

import (
	"net/http"
	"net/url"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func refOf(u *estate.Unit) string { return "unit:" + ref.Text(u.ID) }

func (p Pages) newUnit(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("kind", string(estate.Flat))
	values.Set("building", r.URL.Query().Get("building")) // "save and add another" stays in the building
	values.Set("entrance", r.URL.Query().Get("entrance"))
	return p.unitForm(w, r, nil, page.NewForm("/units/new", values))
}

func (p Pages) addUnit(w http.ResponseWriter, r *http.Request) error {
	in := estate.AddUnitIn{Estate: opform.Estate(r)}
	_, err := opform.Send(r, p.Door, estate.AddUnit, &in, "")
	to := "/units"
	if page.Typed(r).Get("next") != "" {
		to = "/units/new?" + url.Values{"building": {in.Building}, "entrance": {in.Entrance}}.Encode()
	}
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		return p.unitForm(w, r, nil, page.Refused("/units/new", page.Typed(r), err))
	})
}

func (p Pages) editUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	return p.unitForm(w, r, u, page.NewForm(u.Path()+"/change", page.Fill(u.UnitFacts)))
}

func (p Pages) changeUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	in := estate.ChangeUnitIn{ID: u.ID}
	return recordweb.Answer(p.Site, w, r, estate.ChangeUnit, &in, refOf(u), u.Path(), func(f *page.Form) error { return p.unitForm(w, r, u, f) })
}

// unitForm is the form of a new unit (u is nil) or of a correction.
func (p Pages) unitForm(w http.ResponseWriter, r *http.Request, u *estate.Unit, f *page.Form) error {
	t := func(key string, args ...any) string { return i18n.T(r.Context(), key, args...) }
	a := recordweb.FormPage{Nav: NavUnits, Title: t("unit.add.title"), Clauses: []string{"A1", "D7"}, Form: f, Estate: u == nil, Save: t("unit.save"),
		Back: page.Link{Label: t("unit.list.title"), Href: "/units"}, Next: &page.ButtonView{Label: t("unit.save_next"), Shortcut: "Ctrl+Enter", Next: true, Name: "next", Value: "1"},
		Groups: []recordweb.Group{{Title: t("unit.group.place"), Pairs: true, Fields: []page.Input{
			{Name: "building", Label: t("unit.building"), Hint: t("unit.building.hint"), Optional: true, Width: page.WidthShort, Focus: u == nil && f.Err == nil},
			{Name: "entrance", Label: t("unit.entrance"), Hint: t("unit.entrance.hint"), Optional: true, Width: page.WidthShort},
			{Name: "room", Label: t("unit.room"), Hint: t("unit.room.hint"), Width: page.WidthShort},
			{Name: "floor", Label: t("unit.floor"), Hint: t("unit.floor.hint"), Optional: true, Width: page.WidthShort},
		}}, {Title: t("unit.facts"), Pairs: true, Fields: []page.Input{
			{Name: "kind", Label: t("unit.kind"), Kind: page.Segments, Options: list.Options(r.Context(), "unit.kind.", estate.UnitKinds)},
			{Name: "valid_from", Label: t("unit.valid_from"), Hint: t("unit.valid_from.hint"), Kind: page.Date, Optional: true},
			{Name: "gross_area", Label: t("unit.gross_area"), Kind: page.Number, Unit: "㎡", Optional: true, Width: page.WidthShort},
			{Name: "net_area", Label: t("unit.net_area"), Kind: page.Number, Unit: "㎡", Optional: true, Width: page.WidthShort},
			{Name: "former", Label: t("unit.former"), Hint: t("unit.former.hint"), Optional: true, Max: 500},
			{Name: "note", Label: t("unit.note"), Optional: true, Max: 500},
		}}}}
	if u != nil {
		a.Title, a.Back, a.Next = t("unit.change.title", u.Code), page.Link{Label: u.Code, Href: u.Path()}, nil
		a.Above = []page.Link{{Label: t("unit.list.title"), Href: "/units"}}
		a.Edits = &recordweb.Edited{Ref: refOf(u), Version: u.Version, History: recordweb.Tracked{Row: u, Columns: columns}, Now: page.Fill(u.UnitFacts)}
		a.Groups = append(a.Groups, recordweb.Group{Fields: []page.Input{recordweb.Reason(r.Context())}})
	}
	return p.ShowForm(w, r, a)
}
