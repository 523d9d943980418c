package estateweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
)

// vehicleForm is what the form of a vehicle sends: unit, holder and space as typed.
type vehicleForm struct {
	Unit     string         `form:"unit"`
	Holder   string         `form:"party"`
	HolderID estate.PartyID `form:"party_id"`
	Space    string         `form:"parking"`
	estate.VehicleFacts
}

// newVehicle opens the form, for the unit the address names when it comes from one.
func (p Pages) newVehicle(w http.ResponseWriter, r *http.Request) error {
	values, err := p.forUnit(r)
	if err != nil {
		return err
	}
	return p.vehicleForm(w, r, opform.Estate(r), nil, page.NewForm("/vehicles/new", values))
}

// forUnit fills a form for the unit in the address, if any.
func (p Pages) forUnit(r *http.Request) (page.Values, error) {
	values := page.Values{}
	id := estate.ParseID[estate.UnitID](r.URL.Query().Get("unit"))
	if id == 0 {
		return values, nil
	}
	u, err := estate.FindUnit(r.Context(), p.Door.DB.Read(), deskScope(r), id)
	if err != nil {
		return nil, err
	}
	values.Set("unit", u.Code)
	values.Set(page.FieldEstate, page.Fill(struct {
		ID int64 `form:"id"`
	}{int64(u.Estate)}).Get("id"))
	return values, nil
}

func (p Pages) addVehicle(w http.ResponseWriter, r *http.Request) error {
	e := opform.Estate(r)
	var form vehicleForm
	var in estate.AddVehicleIn
	err := read(r, &form, func(f *errs.Fields) (err error) {
		if in.Unit, in.Party, err = p.placed(r.Context(), e, form.Unit, "party", form.Holder, form.HolderID, f); err != nil {
			return err
		}
		form.Parking, err = p.unitNamed(r.Context(), e, "parking", form.Space, f)
		return err
	})
	in.VehicleFacts = form.VehicleFacts
	done, err := opform.Unless(err, r, p.Door, estate.AddVehicle, in, "")
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.vehicleForm(w, r, e, nil, page.Refused("/vehicles/new", page.Typed(r), err))
	})
}

// placed looks up the unit and the person a form names.
func (p Pages) placed(ctx context.Context, e access.EstateID, unit, field, who string, chosen estate.PartyID, f *errs.Fields) (estate.UnitID, estate.PartyID, error) {
	if e == access.Company {
		f.Add(page.FieldEstate, "error.required")
		return 0, 0, nil
	}
	f.Check(unit != "", "unit", "error.required")
	u, err := p.unitNamed(ctx, e, "unit", unit, f)
	if err != nil {
		return 0, 0, err
	}
	party, err := p.picked(ctx, e, field, who, chosen, f)
	return u, party, err
}

func (p Pages) vehicleForm(w http.ResponseWriter, r *http.Request, e access.EstateID, t *recordweb.Edited, f *page.Form) error {
	ctx := r.Context()
	a := recordweb.FormPage{Nav: NavVehicles, Title: i18n.T(ctx, "vehicle.add"), Clauses: []string{"A1", "D1"}, Form: f, Edits: t,
		Save: i18n.T(ctx, "vehicle.save"), Back: page.Link{Label: i18n.T(ctx, "vehicle.list.title"), Href: estate.Vehicles.Path}}
	if t == nil {
		fields, err := p.pickField(ctx, e, f, page.Input{Name: "party", Label: i18n.T(ctx, "vehicle.holder"), Optional: true, Max: 100})
		if err != nil {
			return err
		}
		unit := page.Input{Name: "unit", Label: i18n.T(ctx, "vehicle.unit"), Hint: i18n.T(ctx, "vehicle.unit.hint"), Width: page.WidthShort, Focus: f.Value("unit") == ""}
		a.Estate, a.Groups = true, []recordweb.Group{{Title: i18n.T(ctx, "vehicle.group.where"), Fields: append([]page.Input{unit}, fields...)}}
	} else {
		a.Title, a.Back = t.Title, t.Back
	}
	a.Groups = append(a.Groups, recordweb.Group{Title: i18n.T(ctx, "vehicle.facts"), Pairs: true, Fields: recordweb.Inputs(ctx, estate.VehicleFields)})
	return p.ShowForm(w, r, a)
}

// filledVehicle are the fields of a vehicle's form.
func (p Pages) filledVehicle(ctx context.Context, v *estate.Vehicle) page.Values {
	values := page.Fill(v.VehicleFacts)
	values.Set("parking", p.unitShown(ctx, int64(v.Parking)))
	return values
}

func (p Pages) vehicleThing(r *http.Request) (estate.VehicleID, recordweb.Edited, error) {
	v, err := p.vehicle(r)
	if err != nil {
		return 0, recordweb.Edited{}, err
	}
	return v.ID, recordweb.Edited{Ref: vehicleRef(v), Version: v.Version, Path: v.ID.Path(), Back: page.Link{Label: v.Plate, Href: v.ID.Path()}, Nav: NavVehicles,
		Title: i18n.T(r.Context(), "vehicle.end.title", v.Plate), Save: i18n.T(r.Context(), "vehicle.end.do"),
		History: recordweb.Tracked{Row: v, Columns: p.vehicleColumns()}, Now: p.filledVehicle(r.Context(), v)}, nil
}

func (p Pages) editVehicle(w http.ResponseWriter, r *http.Request) error {
	return p.changeVehicleForm(w, r, func(t recordweb.Edited) *page.Form { return page.NewForm(r.URL.Path, t.Now) })
}

func (p Pages) changeVehicleForm(w http.ResponseWriter, r *http.Request, form func(recordweb.Edited) *page.Form) error {
	v, err := p.vehicle(r)
	if err != nil {
		return err
	}
	_, t, err := p.vehicleThing(r)
	t.Title = i18n.T(r.Context(), "vehicle.change.title", v.Plate)
	if err != nil {
		return err
	}
	return p.vehicleForm(w, r, v.Estate, &t, form(t))
}

func (p Pages) changeVehicle(w http.ResponseWriter, r *http.Request) error {
	v, err := p.vehicle(r)
	if err != nil {
		return err
	}
	var form vehicleForm
	err = read(r, &form, func(f *errs.Fields) (err error) {
		form.Parking, err = p.unitNamed(r.Context(), v.Estate, "parking", form.Space, f)
		return err
	})
	_, err = opform.Unless(err, r, p.Door, estate.ChangeVehicle, estate.ChangeVehicleIn{ID: v.ID, VehicleFacts: form.VehicleFacts}, vehicleRef(v))
	return opform.After(p.Kit, w, r, err, v.ID.Path(), func(err error) error {
		return p.changeVehicleForm(w, r, func(recordweb.Edited) *page.Form { return page.Refused(r.URL.Path, page.Typed(r), err) })
	})
}

// holderForm is what the form of a change of hands sends.
type holderForm struct {
	Holder   string         `form:"party"`
	HolderID estate.PartyID `form:"party_id"`
	On       string         `form:"on"`
	Why      string         `form:"why"`
}

func (p Pages) askHolder(w http.ResponseWriter, r *http.Request) error {
	return p.handOverForm(w, r, page.NewForm(r.URL.Path, nil))
}

func (p Pages) handOver(w http.ResponseWriter, r *http.Request) error {
	v, err := p.vehicle(r)
	if err != nil {
		return err
	}
	var form holderForm
	in := estate.HandOverVehicleIn{ID: v.ID}
	err = read(r, &form, func(f *errs.Fields) (err error) {
		in.Party, err = p.picked(r.Context(), v.Estate, "party", form.Holder, form.HolderID, f)
		return err
	})
	in.On, in.Why = form.On, form.Why
	done, err := opform.Unless(err, r, p.Door, estate.HandOverVehicle, in, vehicleRef(v))
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.handOverForm(w, r, page.Refused(r.URL.Path, page.Typed(r), err))
	})
}

func (p Pages) handOverForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	v, err := p.vehicle(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	_, t, err := p.vehicleThing(r)
	if err != nil {
		return err
	}
	t.Now = nil
	fields, err := p.pickField(ctx, v.Estate, f, page.Input{Name: "party", Label: i18n.T(ctx, "vehicle.holder"), Max: 100, Focus: true})
	if err != nil {
		return err
	}
	fields = append(fields, page.Input{Name: "on", Label: i18n.T(ctx, "period.on"), Hint: i18n.T(ctx, "period.on.hint"), Kind: page.Date, Optional: true},
		page.Input{Name: "why", Label: i18n.T(ctx, "period.why"), Max: 100})
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavVehicles, Title: i18n.T(ctx, "vehicle.hand_over.title", v.Plate), Clauses: []string{"C7", "D1"},
		Lead: i18n.T(ctx, "vehicle.hand_over.lead"), Form: f, Edits: &t, Save: i18n.T(ctx, "vehicle.hand_over"), Back: t.Back, Groups: []recordweb.Group{{Fields: fields}}})
}
