package householdweb

import (
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// endLeaseForm is the form of a lease that ends: and what becomes of the tenant's file.
type endLeaseForm struct {
	lease *estate.Lease
	code  string
	home  *household.Household // of the tenant, in the unit; nil for none
	rooms string
	who   string
	cars  []page.Option
	close bool // whether the person may close the file
}

// What becomes of the tenant's file.
const (
	closeFile = "close"
	keepFile  = "keep"
)

// endLeaseTyped is what the form sends.
type endLeaseTyped struct {
	Why   string             `form:"why"`
	On    string             `form:"on"`
	File  string             `form:"file"`
	Stay  household.Stay     `form:"stay"`
	Stays []estate.VehicleID `form:"stays"`
}

func (p Pages) lease(r *http.Request) (*estate.Lease, error) {
	return estate.FindLease(r.Context(), p.Door.DB.Read(), access.From(r.Context()).Scope(access.Desk, access.Chosen(r.Context())), estate.ParseID[estate.LeaseID](r.PathValue("id")))
}

func leaseRef(l *estate.Lease) string { return "lease:" + ref.Text(l.ID) }

func (p Pages) askEndLease(w http.ResponseWriter, r *http.Request) error {
	f, err := p.endLeaseForm(r)
	if err != nil {
		return err
	}
	return p.showEndLease(w, r, f, page.NewForm(f.lease.ID.Path()+"/end", nil))
}

func (p Pages) endLeaseForm(r *http.Request) (f endLeaseForm, err error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	if f.lease, err = p.lease(r); err != nil {
		return f, err
	}
	codes, err := estate.UnitCodes(ctx, q, f.lease.Unit)
	if err != nil {
		return f, err
	}
	f.code = codes[f.lease.Unit]
	id, err := household.HomeIn(ctx, q, f.lease.Tenant, f.lease.Unit)
	if err != nil || id == 0 {
		return f, err
	}
	h, err := household.Find(ctx, q, access.Only(f.lease.Estate), id)
	if err != nil || h.Kind.Owns() {
		return f, err // an owner who rents beside is no tenant who moves out
	}
	details, err := household.Details(ctx, q, id)
	if err != nil {
		return f, err
	}
	traces, err := household.TracesOf(ctx, q, h, details[id])
	f.home, f.rooms, f.who, f.cars = h, details[id].Rooms(h), details[id].Called(), carsOf(traces, details[id])
	_, f.close = access.From(ctx).Holding(f.lease.Estate, household.MayEnd())
	return f, err
}

// endLease ends the lease alone, or the tenant's file and with it the lease, the people and their vehicles.
func (p Pages) endLease(w http.ResponseWriter, r *http.Request) error {
	f, err := p.endLeaseForm(r)
	if err != nil {
		return err
	}
	var in endLeaseTyped
	err = page.Decode(r, &in)
	var wrong errs.Fields
	wrong.Check(f.home == nil || !f.close || in.File == closeFile || in.File == keepFile, "file", "error.required")
	err = gather(err, wrong.Err())
	if f.home != nil && f.close && in.File == closeFile {
		_, err = opform.Unless(err, r, p.Door, household.Close, household.CloseIn{ID: f.home.ID, On: in.On, Why: in.Why, Stay: in.Stay, Stays: in.Stays}, refOf(f.home))
	} else {
		_, err = opform.Unless(err, r, p.Door, estate.EndLease, record.EndIn[estate.LeaseID]{ID: f.lease.ID, On: in.On, Why: in.Why}, leaseRef(f.lease))
	}
	return opform.After(p.Kit, w, r, err, f.lease.ID.Path(), func(err error) error {
		return p.showEndLease(w, r, f, page.Refused(f.lease.ID.Path()+"/end", page.Typed(r), err))
	})
}

func (p Pages) showEndLease(w http.ResponseWriter, r *http.Request, f endLeaseForm, form *page.Form) error {
	ctx := r.Context()
	groups := []recordweb.Group{{Pairs: true, Fields: []page.Input{
		{Name: "why", Label: i18n.T(ctx, "period.why"), Max: 100, Focus: true},
		{Name: "on", Label: i18n.T(ctx, "lease.end.on"), Hint: i18n.T(ctx, "period.on.hint"), Kind: page.Date, Optional: true}}}}
	switch {
	case f.home != nil && f.close:
		g := recordweb.Group{Title: i18n.T(ctx, "household.out.file"), Body: page.Seen(refOf(f.home), f.home.Version), Fields: []page.Input{
			{Name: "file", Kind: page.Radio, Label: i18n.T(ctx, "household.out.file.label", f.who), Options: []page.Option{
				{Value: closeFile, Label: i18n.T(ctx, "household.out.file.close")}, {Value: keepFile, Label: i18n.T(ctx, "household.out.file.keep")}}}, stayAfter(ctx)}}
		if len(f.cars) > 0 {
			g.Fields = append(g.Fields, carsField(ctx, "household.out.cars", "household.out.cars.hint", f.cars))
		}
		groups = append(groups, g)
	case f.home != nil:
		groups = append(groups, recordweb.Group{Body: page.Notice(page.NoticeView{Kind: page.NoticeDue, Text: i18n.T(ctx, "household.out.file.other", f.who),
			Actions: []page.Action{{Key: "file", Label: i18n.T(ctx, "household.known.open"), Href: f.home.ID.Path()}}})})
	}
	return p.ShowForm(w, r, recordweb.FormPage{Nav: leases, Title: i18n.T(ctx, "lease.end.title", f.code), Clauses: []string{"D6"}, Form: form, Edits: &recordweb.Edited{Ref: leaseRef(f.lease), Version: f.lease.Version},
		Groups: groups, Save: i18n.T(ctx, "lease.end.do"), Danger: true, Back: page.Link{Label: f.code, Href: f.lease.ID.Path()}})
}

// stayAfter asks what the unit is used for once the tenant has left.
func stayAfter(ctx context.Context) page.Input {
	in := stayField(ctx)
	in.Label = i18n.T(ctx, "household.out.stay")
	return in
}

// restoreLease takes the end of a lease back; where the tenant's file was closed with it, that comes back too.
func (p Pages) restoreLease(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	closed, err := household.ClosedWith(r.Context(), p.Door.DB.Read(), l)
	if err != nil {
		return err
	}
	if _, may := access.From(r.Context()).Holding(l.Estate, household.MayEnd()); closed != 0 && may {
		_, err = opform.Run(r, p.Door, household.Reopen, closed, "")
	} else {
		_, err = opform.Run(r, p.Door, estate.RestoreLease, l.ID, leaseRef(l))
	}
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, l.ID.Path())
}
