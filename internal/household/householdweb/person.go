package householdweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
)

// addForm is the form by which somebody comes into a household.
type addForm struct {
	form  *page.Form
	h     *household.Household
	rooms string
	line  line
	added string // who was added just before
}

const onlyPerson = "people.0."

func (p Pages) newPerson(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	values := page.Values{}
	values.Set(onlyPerson+"part", string(household.Family))
	if part := household.Part(r.URL.Query().Get("part")); slices.Contains(household.Parts, part) {
		values.Set(onlyPerson+"part", string(part))
	}
	return p.renderAdd(w, r, http.StatusOK, addForm{added: r.URL.Query().Get("added"), form: page.NewForm(h.ID.Path()+"/people/new", values), h: h, line: line{prefix: onlyPerson, no: 1}})
}

func (p Pages) addPerson(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	var typed struct {
		Since  string               `form:"since"`
		People []household.PersonIn `form:"people"`
	}
	wrong := page.Decode(r, &typed)
	typed.People = append(typed.People, household.PersonIn{})[:1]
	var f errs.Fields
	known, err := p.doubles(r, h.Estate, typed.People, page.Typed(r), &f)
	if err != nil {
		return err
	}
	wrong = gather(wrong, f.Err())
	in := household.AddPersonIn{Household: h.ID, Since: typed.Since, PersonIn: typed.People[0]}
	if wrong == nil {
		_, err = opform.Run(r, p.Door, household.AddPerson, in, "")
	} else if errs.Is(wrong, errs.Invalid) {
		_, err = op.Run(r.Context(), p.Door, household.AddPerson, in, op.Dry())
	}
	err = gather(wrong, prefixed(err))
	to := h.ID.Path() + "?tab=people"
	if page.Typed(r).Get("again") != "" {
		to = h.ID.Path() + "/people/new?" + url.Values{"added": {in.Name}, "part": {string(in.Part)}}.Encode()
	}
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		form := page.Refused(h.ID.Path()+"/people/new", page.Typed(r), err)
		return p.renderAdd(w, r, http.StatusUnprocessableEntity, addForm{form: form, h: h, line: line{prefix: onlyPerson, no: 1, known: known[0]}})
	})
}

// prefixed names the fields of a person as the form does.
func prefixed(err error) error {
	if !errs.Is(err, errs.Invalid) {
		return err
	}
	var f errs.Fields
	for _, field := range errs.As(err).Fields {
		if field.Name != "since" && !strings.HasPrefix(field.Name, onlyPerson) {
			field.Name = onlyPerson + field.Name
		}
		f.Add(field.Name, field.Key, field.Args...)
	}
	return f.Err()
}

func (p Pages) renderAdd(w http.ResponseWriter, r *http.Request, status int, f addForm) error {
	ctx := r.Context()
	details, err := household.Details(ctx, p.Door.DB.Read(), f.h.ID)
	if err != nil {
		return err
	}
	f.rooms = details[f.h.ID].Rooms(f.h)
	title := i18n.T(ctx, "household.person.add.title", f.rooms)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: Current, Err: f.form.Err, Body: addBody(title, f)})
}

// personView is somebody's part in a household, with its forms.
type personView struct {
	household.Person
	h       *household.Household
	rooms   string
	change  *page.Form
	leave   *page.Form
	history []page.Event
}

func (v personView) path() string { return personPath(v.ID) }

func parseOccupancy(r *http.Request) household.OccupancyID {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0
	}
	return household.OccupancyID(id)
}

// occupancy is the part a request's address names, with its household.
func (p Pages) occupancy(r *http.Request) (v personView, err error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	o, err := household.FindPerson(ctx, q, scope(r), parseOccupancy(r))
	if err != nil {
		return v, err
	}
	if v.h, err = household.Find(ctx, q, scope(r), o.Household); err != nil {
		return v, err
	}
	details, err := household.Details(ctx, q, v.h.ID)
	v.rooms = details[v.h.ID].Rooms(v.h)
	for _, one := range details[v.h.ID].People {
		if one.ID == o.ID {
			v.Person = one
		}
	}
	v.change = page.NewForm(v.path()+"/change", page.Fill(partOf(v.Person)))
	v.leave = page.NewForm(v.path()+"/leave", nil)
	return v, err
}

func partOf(o household.Person) household.ChangePersonIn {
	return household.ChangePersonIn{Part: o.Part, Relation: o.Relation, Share: household.Percent(o.Share), Since: o.Since}
}

func (p Pages) editPerson(w http.ResponseWriter, r *http.Request) error {
	v, err := p.occupancy(r)
	if err != nil {
		return err
	}
	return p.renderPerson(w, r, http.StatusOK, v)
}

func (p Pages) changePerson(w http.ResponseWriter, r *http.Request) error {
	v, err := p.occupancy(r)
	if err != nil {
		return err
	}
	in := household.ChangePersonIn{ID: v.ID}
	_, err = opform.Send(r, p.Door, household.ChangePerson, &in, refOfPerson(v.ID))
	return opform.After(p.Kit, w, r, err, v.h.ID.Path()+"?tab=people", func(err error) error {
		v.change = page.Refused(v.path()+"/change", page.Typed(r), err)
		if !errs.Is(err, errs.Conflict) {
			return p.renderPerson(w, r, http.StatusUnprocessableEntity, v)
		}
		if err := historyweb.Conflict(r, p.Door, v.change, &v.Occupancy, refOfPerson(v.ID), occupancyColumns, page.Fill(partOf(v.Person))); err != nil {
			return err
		}
		return p.renderPerson(w, r, http.StatusConflict, v)
	})
}

func (p Pages) leavePerson(w http.ResponseWriter, r *http.Request) error {
	v, err := p.occupancy(r)
	if err != nil {
		return err
	}
	in := household.LeaveIn{ID: v.ID}
	_, err = opform.Send(r, p.Door, household.Leave, &in, refOfPerson(v.ID))
	return opform.After(p.Kit, w, r, err, v.h.ID.Path()+"?tab=people", func(err error) error {
		v.leave = page.Refused(v.path()+"/leave", page.Typed(r), err)
		return p.renderPerson(w, r, http.StatusUnprocessableEntity, v)
	})
}

func (p Pages) returnPerson(w http.ResponseWriter, r *http.Request) error {
	v, err := p.occupancy(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, household.Return, v.ID, refOfPerson(v.ID)); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, v.h.ID.Path()+"?tab=people")
}

func (p Pages) renderPerson(w http.ResponseWriter, r *http.Request, status int, v personView) error {
	var err error
	if v.history, err = historyweb.Of(r.Context(), p.Door, &v.Occupancy, occupancyColumns); err != nil {
		return err
	}
	wrong := v.change.Err
	if wrong == nil {
		wrong = v.leave.Err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: v.Name, Current: Current, Err: wrong, Body: personBody(v)})
}

// leads are the parts offered first for a kind of household.
func leads(ctx context.Context, k household.Kind) []page.Option {
	options := partOptions(ctx)
	if k.Owns() {
		return options
	}
	return slices.DeleteFunc(options, func(o page.Option) bool { return o.Value == string(household.Owner) })
}
