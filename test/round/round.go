package round

import (
	"context"
	"reflect"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// Words gives the text of a field, whose plain text would be another.
type Words func(field, plain string) string

// Plain says everything plainly.
func Plain(_, plain string) string { return plain }

// Round is what a round has made so far.
type Round struct {
	T      testing.TB
	C      *apptest.Company
	Estate access.EstateID
	Say    Words
	Scan   []byte // the picture that is uploaded

	Units     []estate.UnitID // held by Home, held twice, of the shop, of the sold flat, empty
	Parking   estate.UnitID
	Party     estate.PartyID
	Double    estate.PartyID // is merged into Party, and separated
	Alias     estate.PartyID // of another estate
	Same      estate.SamePersonID
	Contact   estate.ContactID
	Identity  estate.IdentityID
	Vehicle   estate.VehicleID
	Lease     estate.LeaseID
	Home      household.ID
	Sold      household.ID
	Let       household.ID // of a tenant
	Holding   household.HoldingID
	Occupancy household.OccupancyID
	Asked     household.RequestID
	Remark    household.RemarkID
	Seen      household.ObservationID // waits; an earlier one is settled
	Check     household.CheckID
	Line      household.CheckLineID
	File      archive.VolumeID // of Home
	Volume    archive.VolumeID
	Item      archive.ItemID
	Piece     archive.ItemID // a part of Item
	Blob      archive.BlobID
	Import    imports.ID // written; an earlier one was taken back, another is open
	Open      imports.ID
	Left      imports.LeftID   // of Import
	waiting   []imports.LeftID // pictures
	Row       string           // of Import
	Job       job.ID
	Request   approval.ID // carried out
	Waiting   approval.ID
	Account   account.ID
	PC        account.PCID
	Label     string
	Things    map[string]int64 // records of registers, by how their address begins

	keeper, head, security, outside *person
	tag                             string // makes names of accounts differ between rounds
}

// person is somebody with an account.
type person struct {
	id     account.ID
	client *apptest.Client
	grants []access.Grant
}

// Step is an operation that is to succeed and to leave one leaf of its name.
type Step struct {
	Name string
	// Also are operations that follow by themselves: a job's, or what an approval sets off.
	Also []string
	Do   func(r *Round) error
	// Input is what Do gives the operation; nil for a step by a page.
	Input func(r *Round) any
}

// New makes the people of a round: a custodian and a manager of the estate, somebody of finance there, and the company's security administrator.
func New(t testing.TB, c *apptest.Company, e access.EstateID, tag string, say Words) *Round {
	t.Helper()
	r := &Round{T: t, C: c, Estate: e, Say: say, tag: tag, Scan: Picture(), Things: map[string]int64{}}
	r.keeper = r.hire("keeper", e, access.Custodian)
	r.head = r.hire("head", access.Company, access.Manager)
	r.outside = r.hire("outside", e, access.Finance)
	r.security = r.hire("security", access.Company, access.SecurityAdmin)
	return r
}

func (r *Round) hire(login string, e access.EstateID, p access.Post) *person {
	r.T.Helper()
	client := r.C.SignIn(r.T.(*testing.T), login+r.tag, e, p)
	id, err := r.C.App.Accounts.ByLogin(r.T.Context(), login+r.tag)
	r.must(err)
	return &person{id, client, []access.Grant{{Post: p, Estate: e}}}
}

// Run takes the steps, each through around, which a test gives to look at what a step does; nil only takes them.
func (r *Round) Run(steps []Step, around func(s Step, do func() error)) {
	r.T.Helper()
	for _, s := range steps {
		do := func() error { return s.Do(r) }
		if around != nil {
			around(s, do)
			continue
		}
		if err := do(); err != nil {
			r.T.Fatalf("%s: %v", s.Name, err)
		}
	}
}

// Steps are all of them.
func Steps() []Step {
	var all []Step
	for _, room := range [][]Step{estateSteps(), householdSteps(), archiveSteps(), importSteps(), approvalSteps(), groundSteps()} {
		all = append(all, room...)
	}
	return all
}

// as is a context in which somebody acts.
func (r *Round) as(p *person) context.Context {
	return access.With(r.T.Context(), access.Actor{Account: int64(p.id), Name: "round", Grants: p.grants})
}

// who says who carries out an operation.
type who func(r *Round) context.Context

func keeper(r *Round) context.Context   { return r.as(r.keeper) }
func head(r *Round) context.Context     { return r.as(r.head) }
func outside(r *Round) context.Context  { return r.as(r.outside) }
func security(r *Round) context.Context { return r.as(r.security) }
func program(r *Round) context.Context {
	return access.With(r.T.Context(), access.ProgramActor())
}

// does is a step by one operation; keep may be nil.
func does[In, Out any](o *op.Op[In, Out], by who, in func(r *Round) In, keep func(r *Round, out Out)) Step {
	do := func(r *Round) error {
		res, err := op.Run(by(r), r.C.App.Door, o, in(r))
		if err == nil && keep != nil {
			keep(r, res.Out)
		}
		return err
	}
	return Step{Name: o.Name(), Do: do, Input: func(r *Round) any { return in(r) }}
}

// named is a step by an operation that is made when the program is composed.
func named(name string, by who, in func(r *Round) any, keep func(r *Round, out any)) Step {
	do := func(r *Round) error {
		out, err := r.Find(name).RunAny(by(r), r.C.App.Door, in(r))
		if err == nil && keep != nil {
			keep(r, out)
		}
		return err
	}
	return Step{Name: name, Do: do, Input: in}
}

// Find is the operation of a name.
func (r *Round) Find(name string) op.Any {
	r.T.Helper()
	for _, o := range r.C.App.Door.Ops() {
		if o.Name() == name {
			return o
		}
	}
	r.T.Fatalf("there is no %s", name)
	return nil
}

// Zero is an operation's empty input.
func Zero(o op.Any) any { return reflect.Zero(o.In()).Interface() }

func (r *Round) must(err error) {
	r.T.Helper()
	if err != nil {
		r.T.Fatal(err)
	}
}
