package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

const (
	moveInPath = "/leases/new"
	leases     = "leases" // key of the register in the navigation
)

// moveInForm is the form of a let: the unit, who lets, the tenant with who comes along, the lease, their vehicles.
type moveInForm struct {
	form    *page.Form
	unit    *unitNow
	lessors []page.Option // whom the name typed may mean
	people  []line
	more    bool
}

// unitNow is what is known of a unit as it is being let.
type unitNow struct {
	*estate.Unit
	owner   *household.Named
	tenants []household.Named // who have files there today
}

// moveInTyped is what the form sends beside the operation's input.
type moveInTyped struct {
	Lessor   string         `form:"lessor"`
	LessorID estate.PartyID `form:"lessor_id"`
	household.MoveInIn
}

func (p Pages) newMoveIn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	values := page.Values{}
	values.Set("kind", string(estate.Let))
	from := page.Today(ctx)
	if id := estate.ParseUnitID(r.URL.Query().Get("unit")); id != 0 {
		u, err := estate.FindUnit(ctx, p.Door.DB.Read(), scope(r), id)
		if err != nil {
			return err
		}
		values.Set("unit", u.Code)
		values.Set(page.FieldEstate, ref.Text(u.Estate))
		if from, err = estate.NextLet(ctx, p.Door.DB.Read(), id, from); err != nil {
			return err
		}
	}
	values.Set("valid_from", from)
	values.Set("valid_to", estate.YearFrom(from))
	return p.renderMoveIn(w, r, moveInForm{form: page.NewForm(moveInPath, values)})
}

// addMoveIn registers the let.
func (p Pages) addMoveIn(w http.ResponseWriter, r *http.Request) error {
	ctx, typed := r.Context(), page.Typed(r)
	if typed.Get("more") != "" {
		n := typed.Count("people")
		typed.Set("people."+strconv.Itoa(max(n, 1))+".part", string(household.Resident))
		f := moveInForm{form: page.NewForm(moveInPath, typed), people: lines(typed, nil), more: true}
		f.people[len(f.people)-1].fresh = true
		return p.renderMoveIn(w, r, f)
	}
	var in moveInTyped
	wrong := page.Decode(r, &in)
	e := opform.Estate(r)
	var f errs.Fields
	f.Check(e != access.Company, page.FieldEstate, "error.required")
	u, err := p.unitTyped(ctx, e, typed.Get("unit"), &f)
	if err != nil {
		return err
	}
	form := moveInForm{}
	if u != nil {
		in.Unit = u.ID
		if in.MoveInIn.Lessor, form.lessors, err = p.lessor(ctx, u, in, &f); err != nil {
			return err
		}
	}
	known, err := p.alike(r, e, in.People, 1, typed, &f)
	if err != nil {
		return err
	}
	if wrong = gather(wrong, f.Err()); wrong != nil && !errs.Is(wrong, errs.Invalid) {
		return wrong
	}
	to, err := p.moveIn(r, in.MoveInIn, wrong)
	if err = gather(wrong, err); err == nil {
		return p.Kit.Redirect(w, r, to)
	} else if !errs.Is(err, errs.Invalid) {
		return err
	}
	form.form = page.Refused(moveInPath, typed, err)
	form.people = lines(typed, known)
	return p.renderMoveIn(w, r, form)
}

// moveIn carries the let out, or only looks what is wrong with it beside what is known to be, and says where it is shown.
func (p Pages) moveIn(r *http.Request, in household.MoveInIn, wrong error) (string, error) {
	if wrong != nil {
		_, err := op.Run(r.Context(), p.Door, household.MoveIn, in, op.Dry())
		return "", err
	}
	done, err := opform.Run(r, p.Door, household.MoveIn, in, "")
	return done.Out.Household.Path() + "?in=" + ref.Text(done.Out.Lease), err
}

// unitTyped is the unit a field names, in any notation; nil where it names none, or several.
func (p Pages) unitTyped(ctx context.Context, e access.EstateID, typed string, f *errs.Fields) (*estate.Unit, error) {
	if strings.TrimSpace(typed) == "" {
		f.Add("unit", "error.required")
		return nil, nil
	}
	if e == access.Company {
		return nil, nil
	}
	return estate.UnitTyped(ctx, p.Door.DB.Read(), e, "unit", typed, f)
}

// lessor is who lets: nobody typed is the owner, or for a sublet the tenant, and so is his name as the form shows it.
func (p Pages) lessor(ctx context.Context, u *estate.Unit, in moveInTyped, f *errs.Fields) (estate.PartyID, []page.Option, error) {
	q, typed := p.Door.DB.Read(), strings.TrimSpace(in.Lessor)
	known, err := household.LessorOf(ctx, q, u.ID, in.LeaseFacts.Kind)
	if err != nil || typed == "" {
		return known, nil, err
	}
	named, err := estate.PartiesByID(ctx, q, known)
	if err != nil {
		return 0, nil, err
	}
	if one := named[known]; one != nil && one.Name == typed {
		return known, nil, nil
	}
	found, err := estate.Picks(ctx, q, p.Door.Vault, access.From(ctx).Scope(access.Desk, u.Estate), typed, page.Today(ctx))
	if err != nil {
		return 0, nil, err
	}
	var options []page.Option
	for _, one := range found {
		options = append(options, page.Option{Value: ref.Text(one.ID), Label: one.Label})
	}
	return estate.Picked(found, "lessor", in.LessorID, f), options, nil
}

// unitAsked answers, while the form is filled, what is known of the unit: whose it is, who has a file there.
func (p Pages) unitAsked(w http.ResponseWriter, r *http.Request) error {
	e := access.Chosen(r.Context())
	if id, err := strconv.ParseInt(r.URL.Query().Get(page.FieldEstate), 10, 64); err == nil && e == access.Company {
		e = access.EstateID(id)
	}
	now, err := p.unitNow(r, e, r.URL.Query().Get("unit"))
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, unitNotes(now))
}

// unitNow is what is known of the unit that was typed; nil for none.
func (p Pages) unitNow(r *http.Request, e access.EstateID, typed string) (*unitNow, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	if e == access.Company || !scope(r).Covers(e) {
		return nil, nil
	}
	u, err := p.unitTyped(ctx, e, typed, &errs.Fields{})
	if err != nil || u == nil {
		return nil, err
	}
	years, err := household.OfUnit(ctx, q, scope(r), u.ID)
	now := &unitNow{Unit: u}
	for _, y := range years {
		switch {
		case y.Held.Until != "" || !y.InForce():
		case y.Kind.Owns():
			now.owner = &y.Named
		default:
			now.tenants = append(now.tenants, y.Named)
		}
	}
	return now, err
}

func (p Pages) renderMoveIn(w http.ResponseWriter, r *http.Request, f moveInForm) error {
	ctx := r.Context()
	if err := page.Resume(ctx, f.form); err != nil {
		return err
	}
	if f.people == nil {
		f.people = lines(f.form.Values, nil)
	}
	e := access.Chosen(ctx)
	if id, err := strconv.ParseInt(f.form.Value(page.FieldEstate), 10, 64); err == nil && e == access.Company {
		e = access.EstateID(id)
	}
	var err error
	if f.unit, err = p.unitNow(r, e, f.form.Value("unit")); err != nil {
		return err
	}
	f.form.Wide = true
	lease, rest := p.leaseFields(ctx)
	groups := []recordweb.Group{{Title: i18n.T(ctx, "lease.group.who"), Pairs: true, Body: whoFields(f)}, tenantGroup(ctx, f.form, f.people[0], f.form.Value("unit") != "" && !f.more)}
	for i, l := range f.people[1:] {
		groups = append(groups, personGroup(ctx, f.form, i18n.T(ctx, "household.in.along", i+1), l, l.fresh))
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: leases, Title: i18n.T(ctx, "household.in.title"), Clauses: []string{"D6", "D4", "D9"}, Lead: i18n.T(ctx, "household.in.lead"), Form: f.form, Estate: true,
		Save: i18n.T(ctx, "household.in.do"), Back: page.Link{Label: i18n.T(ctx, "lease.list.title"), Href: "/leases"}, Groups: append(groups, recordweb.Group{Body: moreButton(i18n.T(ctx, "household.in.more"))},
			recordweb.Group{Title: i18n.T(ctx, "lease.group.term"), Pairs: true, Fields: lease}, recordweb.Group{Title: i18n.T(ctx, "household.cars"), Fields: []page.Input{platesField(ctx)}},
			recordweb.Group{Body: page.Fold(f.form, i18n.T(ctx, "household.in.rest"), rest...)})})
}

// leaseFields are the fields of a lease as a let is asked for them, and below them those that few fill in.
func (p Pages) leaseFields(ctx context.Context) (asked, rest []page.Input) {
	term, trade := p.LeaseFields(ctx)
	for _, in := range term {
		switch in.Name {
		case "area", "filing_no":
			rest = append(rest, in)
		case "valid_from":
			in.Check = moveInPath + "/term"
			asked = append(asked, in)
		default:
			asked = append(asked, in)
		}
	}
	rest = append(rest, page.Input{Name: "people.0.legal", Label: i18n.T(ctx, "party.legal"), Hint: i18n.T(ctx, "household.in.legal.hint"), Optional: true, Max: 100})
	rest = append(rest, page.Input{Name: "since", Kind: page.Date, Label: i18n.T(ctx, "household.since"), Hint: i18n.T(ctx, "household.in.since.hint"), Optional: true})
	return asked, append(rest, trade...)
}

// termAsked answers, once another first day is typed, until when a year runs from it: the last day filled in was another's.
func (p Pages) termAsked(w http.ResponseWriter, r *http.Request) error {
	ctx, until := r.Context(), ""
	if from, err := cn.EntryDay(r.URL.Query().Get("valid_from"), page.Today(ctx)); err == nil {
		until = estate.YearFrom(from)
	}
	return p.Kit.Render(w, r, http.StatusOK, termNote(until))
}

// undoForm asks why a moving in is taken back.
func (p Pages) undoForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form) error {
	ctx := r.Context()
	a, _, err := p.formOf(ctx, h, "household.in.undo", "")
	if err != nil {
		return err
	}
	a.Clauses, a.Lead, a.Form, a.Save, a.Danger, a.Keep = []string{"D6"}, i18n.T(ctx, "household.in.undo.lead"), f, i18n.T(ctx, "household.in.undo"), true, i18n.T(ctx, "household.in.undo.keep")
	a.Groups = []recordweb.Group{{Fields: []page.Input{{Name: "why", Label: i18n.T(ctx, "household.why"), Max: 200, Focus: true}}}}
	return p.ShowForm(w, r, a)
}

// movedInToday reports a file that a moving in of today opened: a slip is taken back by whoever made it.
func (v householdView) movedInToday() bool {
	return v.change() && slices.ContainsFunc(v.traces.Lets, func(l household.Let) bool { return v.MovedInBy(&l.Lease, v.today) })
}

func fromToday(r *http.Request, _ *household.Household) page.Values {
	values := page.Values{}
	values.Set("since", page.Today(r.Context()))
	return values
}

// liveInForm is the form of an owner who moves in.
func (p Pages) liveInForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form) error {
	ctx := r.Context()
	a, _, err := p.formOf(ctx, h, "household.live_in.title", "")
	if err != nil {
		return err
	}
	a.Clauses, a.Lead, a.Form, a.Save = []string{"A1", "D8"}, i18n.T(ctx, "household.live_in.lead"), f, i18n.T(ctx, "household.live_in.do")
	a.Groups = []recordweb.Group{{Pairs: true, Fields: []page.Input{{Name: "since", Kind: page.Date, Label: i18n.T(ctx, "household.since"), Focus: true}, platesField(ctx)}}}
	return p.ShowForm(w, r, a)
}
