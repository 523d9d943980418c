package householdweb

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// householdView is what the household's page shows.
type householdView struct {
	*household.Household
	detail  household.Detail
	traces  household.Traces
	file    household.File
	same    map[estate.PartyID][]estate.SameAs // who its people are in other estates, of those the person sees
	checks  []household.Check                  // of the shelf
	next    *household.Named                   // who followed
	earlier []household.Named                  // who was before
	code    string                             // ten digits; empty until something is printed
	volume  string                             // those of the volume its papers come into
	chips   []chip
	remarks []household.Said
	tabs    []page.Tab
	body    templ.Component
	close   *page.Form
	actor   access.Actor
	today   string
	moved   string // the lease by which they moved in just now, or ownMove

	differences []household.CheckLine // that the checks found
	let         household.Stay        // as what its units are let today
	lapse       household.Lapse
}

func (v householdView) rooms() string { return v.detail.Rooms(v.Household) }

// may reports whether the person holds one of the posts where the household is.
func (v householdView) may(posts []access.Post) bool {
	_, ok := v.actor.Holding(v.Estate, posts)
	return ok
}

// closing is what ending the household is called: tenants move out.
func (v householdView) closing(ctx context.Context) string {
	if v.Kind.Owns() {
		return i18n.T(ctx, "household.close")
	}
	return i18n.T(ctx, "household.out")
}

// has reports whether somebody is of the household.
func (v householdView) has(id estate.PartyID) bool {
	return slices.ContainsFunc(v.detail.People, func(p household.Person) bool { return p.Party == id || p.Whom == id })
}

// standing is what its units are used for, as lists and the summary sheet say it too.
func (v householdView) standing() household.Stay { return household.Standing(v.Stay, v.let) }

// cars are the vehicles of its people on the register today.
func (v householdView) cars() []page.Option { return carsOf(v.traces, v.detail) }

func carsOf(t household.Traces, d household.Detail) []page.Option {
	var all []page.Option
	for _, c := range t.Cars {
		for _, p := range d.People {
			if c.InForce() && (c.Party == p.Party || c.Party == p.Whom) {
				all = append(all, page.Option{Value: ref.Text(c.ID), Label: c.Plate + " · " + p.Name})
				break
			}
		}
	}
	return all
}

func (v householdView) change() bool { return v.may(household.MayChange()) && v.InForce() }

func scope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(household.MayRead(), access.Chosen(r.Context()))
}

// household is the household a request's address names.
func (p Pages) household(r *http.Request) (*household.Household, error) {
	return household.Find(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[household.ID](r.PathValue("id")))
}

func refOf(h *household.Household) string { return "household:" + ref.Text(h.ID) }

func (p Pages) showHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return p.apply(w, r, err)
	}
	return p.renderHousehold(w, r, h, page.NewForm(h.ID.Path()+"/close", nil))
}

// apply gives somebody of the estate who may not see the file the form by which he asks for it, and no name; to everybody else the
// household does not exist (D5, design §3).
func (p Pages) apply(w http.ResponseWriter, r *http.Request, err error) error {
	ctx, actor := r.Context(), access.From(r.Context())
	if !errs.Is(err, errs.NotFound) || actor.HoldsAny(household.MayRead()) {
		return err
	}
	all := access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
	h, found := household.Find(ctx, p.Door.DB.Read(), all, ref.ParseID[household.ID](r.PathValue("id")))
	if found != nil || h.First == 0 || !actor.Knows(h.Estate) {
		return err
	}
	u, found := estate.FindUnit(ctx, p.Door.DB.Read(), all, h.First)
	if found != nil {
		return found
	}
	if !actor.HoldsAny(household.MayAsk()) {
		refused := errs.E(errs.Forbidden, "error.forbidden")
		refused.Clause = "D5"
		return refused
	}
	return p.askForm(w, r, http.StatusForbidden, u, page.NewForm(askPath(u.ID), nil))
}

func (p Pages) renderHousehold(w http.ResponseWriter, r *http.Request, h *household.Household, close *page.Form) error {
	v, err := p.view(r, h)
	if err != nil {
		return err
	}
	v.close = close
	title := v.rooms() + " " + v.detail.Called()
	return p.Show(w, r, page.Page{Title: title, Nav: NavHouseholds, About: h.ID.Ref(), Estate: h.Estate, Err: close.Err, Body: householdBody(v)})
}

// view reads the page: head, facts, and the one tab that is open.
func (p Pages) view(r *http.Request, h *household.Household) (householdView, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	v := householdView{Household: h, actor: access.From(ctx), today: page.Today(ctx)}
	details, err := household.Details(ctx, q, h.ID)
	if err != nil {
		return v, err
	}
	v.detail = details[h.ID]
	if v.traces, err = household.TracesOf(ctx, q, h, v.detail); err != nil {
		return v, err
	}
	for i := range v.traces.Observations {
		o := &v.traces.Observations[i]
		if o.Text, err = o.Words(ctx, p.Door.Vault); err != nil {
			return v, err
		}
	}
	if v.same, err = sameOf(r, q, v.detail); err != nil {
		return v, err
	}
	if v.checks, err = household.ChecksOf(ctx, q, h.ID); err != nil {
		return v, err
	}
	if v.differences, err = household.DifferencesOf(ctx, q, h.ID); err != nil {
		return v, err
	}
	let, err := household.LetNow(ctx, q, h.ID)
	if err != nil {
		return v, err
	}
	v.let = let[h.ID]
	lapses, err := household.LapsesOf(ctx, q, v.today, h.ID)
	if err != nil {
		return v, err
	}
	v.lapse = lapses[h.ID]
	if v.moved = r.URL.Query().Get("in"); v.moved != ownMove && estate.ParseID[estate.LeaseID](v.moved) == 0 {
		v.moved = ""
	}
	if v.remarks, err = household.SaidOf(ctx, q, p.Door.Vault, h.ID); err != nil {
		return v, err
	}
	if v.next, v.earlier, err = household.Neighbours(ctx, q, h); err != nil {
		return v, err
	}
	files, err := household.Files(ctx, q, page.Today(ctx), h)
	if err != nil {
		return v, err
	}
	v.file = files[h.ID]
	if v.code, err = label.Of(ctx, q, h.ID.Ref()); err != nil {
		return v, err
	}
	if v.volume, err = label.Of(ctx, q, v.file.Volume.Ref()); err != nil {
		return v, err
	}
	fresh, err := household.RefreshDays.At(ctx, q, h.Estate, page.Today(ctx))
	if err != nil {
		return v, err
	}
	v.chips = chipsOf(ctx, v, page.Today(ctx), fresh)
	return v, p.open(r, &v)
}

// open makes the tabs and the body of the one that is open; an unknown one is the first.
func (p Pages) open(r *http.Request, v *householdView) error {
	ctx := r.Context()
	panels := append(p.own(v), p.Panels...)
	panels = slices.DeleteFunc(panels, func(one Panel) bool { return one.Posts != nil && !v.may(one.Posts) })
	at := max(slices.IndexFunc(panels, func(one Panel) bool { return one.Key == r.URL.Query().Get("tab") }), 0)
	subject := Subject{v.Household, v.detail, access.Only(v.Estate)}
	for i, one := range panels {
		tab, err := p.tab(ctx, v, one, subject, i == at)
		if err != nil {
			return err
		}
		v.tabs = append(v.tabs, tab)
	}
	var err error
	v.body, err = panels[at].Body(r, subject)
	return err
}

// own are this room's panels.
func (p Pages) own(v *householdView) []Panel {
	return []Panel{
		{Key: "", Label: "household.panel.overview", Body: func(r *http.Request, s Subject) (templ.Component, error) { return p.overview(r, v, s) }},
		{Key: "directory", Label: "household.panel.directory", Count: directoryCount(v), Body: func(r *http.Request, _ Subject) (templ.Component, error) {
			return p.directoryTab(r.Context(), v, page.NewForm(v.ID.Path()+"/directory", nil))
		}},
		{Key: "people", Label: "household.panel.people", Count: peopleCount(v), Body: func(*http.Request, Subject) (templ.Component, error) { return peopleTab(*v), nil }},
		{Key: "looks", Label: "household.panel.looks", Posts: household.MayAudit(), Body: func(r *http.Request, s Subject) (templ.Component, error) { return p.looks(r, v, s) }},
	}
}

// unconfirmHousehold takes today's confirmation back: the day stands again that was there before.
func (p Pages) unconfirmHousehold(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	was, err := historyweb.Before(r.Context(), p.Door, h, "checked")
	if err != nil {
		return err
	}
	return recordweb.Click(p.Site, w, r, household.Unconfirm, household.UnconfirmIn{ID: h.ID, Was: was}, refOf(h), h.ID.Path())
}

// ofUnit is everybody who owned or used a unit over its years (lessons: the years of a unit on one line).
func (p Pages) ofUnit(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	u, err := estate.FindUnit(ctx, q, scope(r), estate.ParseUnitID(r.PathValue("unit")))
	if err != nil {
		return err
	}
	years, err := household.OfUnit(ctx, q, scope(r), u.ID)
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: u.Code, Nav: NavHouseholds, Body: unitYears(u, years)})
}
