package householdweb

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record"
)

// endLeaseForm is the form of a lease that ends: and what becomes of the tenant's file.
type endLeaseForm struct {
	form  *page.Form
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

func leaseRef(l *estate.Lease) string { return "lease:" + l.ID.String() }

func (p Pages) askEndLease(w http.ResponseWriter, r *http.Request) error {
	f, err := p.endLeaseForm(r)
	if err != nil {
		return err
	}
	f.form = page.NewForm(f.lease.ID.Path()+"/end", nil)
	return p.renderEndLease(w, r, http.StatusOK, f)
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
	h, err := household.Find(ctx, q, within(f.lease.Estate), id)
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
		f.form = page.Refused(f.lease.ID.Path()+"/end", page.Typed(r), err)
		return p.renderEndLease(w, r, errs.KindOf(err).Status(), f)
	})
}

func (p Pages) renderEndLease(w http.ResponseWriter, r *http.Request, status int, f endLeaseForm) error {
	title := i18n.T(r.Context(), "lease.end.title", f.code)
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: leases, Err: f.form.Err, Body: endLeaseBody(title, f)})
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
