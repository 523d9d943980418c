package estateweb

import (
	"cmp"
	"context"
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
)

// NavUnits is the key of the room's module in the navigation.
const NavUnits = "units"

// navPeople is the entry that people are found by: they have none of their own.
const navPeople = "households"

// Pages are the room's pages.
type Pages struct {
	recordweb.Site
	// Complete puts into a lease's sheet what another room knows: who lives with the tenant, whom to call; nil leaves it blank.
	Complete func(ctx context.Context, l *estate.Lease, s *LeaseSheet) error
	// Homes are the households of a party, with the way to each; nil for none.
	Homes func(ctx context.Context, who access.Actor, p *estate.Party) ([]Residence, error)
	// Users are the households of a unit, with the way to each, those of today first; nil for none.
	Users func(ctx context.Context, who access.Actor, u *estate.Unit) ([]Residence, error)
	// Units is the register of units, completed by the rooms above.
	Units list.Any
	// Ask is where whoever may not see a unit's file asks for it.
	Ask func(u estate.UnitID) string
	// Choose turns the header of whoever asks to an estate.
	Choose func(ctx context.Context, e access.EstateID) error
	// Roster is where a roster is brought in.
	Roster string
}

// Residence is a household on the page of a person or of a unit.
type Residence struct {
	Name string // its rooms, on a person's page; its people, on a unit's
	Part string // the person's part in it; of the unit, which kind of household it is
	Href string
	Past bool // not so today
}

// fact shows a residence: label and text are its name and part, in the order the page wants.
func (h Residence) fact(ctx context.Context, label, text string) page.Fact {
	f := page.Fact{Label: label, Text: cmp.Or(text, i18n.T(ctx, "page.unknown")), Href: h.Href}
	if h.Past {
		f.State, f.Chip = list.StateVoid, i18n.T(ctx, "party.homes.past")
	}
	return f
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	lists := listweb.Site{Kit: p.Kit, Door: p.Door, Estate: estate.NameOf}
	for l, current := range map[list.Any]string{estate.All: NavEstates, p.Units: NavUnits, estate.Vehicles: NavVehicles, estate.Leases: NavLeases} {
		lists.Routes(mux, l, current)
	}
	p.estateRoutes(mux)
	p.unitRoutes(mux)
	p.partyRoutes(mux)
	p.vehicleRoutes(mux)
	p.leaseRoutes(mux)
}

func (p Pages) estateRoutes(mux *http.ServeMux) {
	change := estate.MayChangeEstates()
	p.Kit.For(change, mux, "GET "+newEstatePath, p.newEstate)
	p.Kit.For(change, mux, "POST "+newEstatePath, p.addEstate)
	p.Kit.For(change, mux, "GET /estates/{id}", p.showEstate)
	p.Kit.For(change, mux, "GET /estates/{id}/change", p.editEstate)
	p.Kit.For(change, mux, "POST /estates/{id}/change", p.changeEstate)
}

func (p Pages) unitRoutes(mux *http.ServeMux) {
	read, change, end := estate.MayReadUnits(), estate.MayChangeUnits(), estate.MayEndUnits()
	p.Kit.For(change, mux, "GET /units/new", p.newUnit)
	p.Kit.For(change, mux, "POST /units/new", p.addUnit)
	p.Kit.For(estate.MayFindUnits(), mux, "GET /units/{id}", p.showUnit)
	p.Kit.For(change, mux, "GET /units/{id}/change", p.editUnit)
	p.Kit.For(change, mux, "POST /units/{id}/change", p.changeUnit)
	p.Kit.For(end, mux, "POST /units/{id}/end", p.endUnit)
	p.Kit.For(end, mux, "POST /units/{id}/restore", p.restoreUnit)
	p.Kit.For(read, mux, "GET /units/{id}/print", p.printUnit)
}

func (p Pages) partyRoutes(mux *http.ServeMux) {
	read, change, merge := access.Desk, estate.MayChangeUnits(), estate.MayEndUnits()
	p.Kit.For(change, mux, "GET /parties/new", p.newParty)
	p.Kit.For(change, mux, "POST /parties/new", p.addParty)
	p.Kit.For(read, mux, "GET /pick/party/{field}", p.suggest)
	p.Kit.For(read, mux, "GET /parties/{id}", p.showParty)
	p.Kit.For(change, mux, "GET /parties/{id}/change", p.editParty)
	p.Kit.For(change, mux, "POST /parties/{id}/change", p.changeParty)
	p.Kit.For(merge, mux, "GET /parties/{id}/merge", p.askMerge)
	p.Kit.For(merge, mux, "POST /parties/{id}/merge", p.mergeParty)
	p.Kit.For(merge, mux, "POST /parties/{id}/separate", p.separateParty)
	p.Kit.For(change, mux, "GET /parties/{id}/same", p.askSame)
	p.Kit.For(change, mux, "POST /parties/{id}/same", p.linkSame)
	p.Kit.For(change, mux, "GET /same/{id}/end", p.askUnlink)
	p.Kit.For(change, mux, "POST /same/{id}/end", p.unlinkSame)
	p.Kit.For(change, mux, "GET /parties/{id}/contacts/new", p.newContacts)
	p.Kit.For(change, mux, "POST /parties/{id}/contacts/new", p.addContacts)
	p.Kit.For(change, mux, "GET /contacts/{id}/correct", p.editContact)
	p.Kit.For(change, mux, "POST /contacts/{id}/correct", p.correctContact)
	p.Kit.For(change, mux, "POST /contacts/{id}/first", p.firstContact)
	recordweb.Periods(p.Site, mux, "/contacts/{id}", change, estate.EndContact, estate.RestoreContact, p.contactThing)
	p.Kit.For(change, mux, "GET /parties/{id}/identities/new", p.newIdentity)
	p.Kit.For(change, mux, "POST /parties/{id}/identities/new", p.addIdentity)
	p.Kit.For(change, mux, "GET /identities/{id}/correct", p.editIdentity)
	p.Kit.For(change, mux, "POST /identities/{id}/correct", p.correctIdentity)
	p.Kit.For(change, mux, "POST /identities/{id}/verify", p.verifyIdentity)
	recordweb.Periods(p.Site, mux, "/identities/{id}", change, estate.EndIdentity, estate.RestoreIdentity, p.identityThing)
}

func (p Pages) vehicleRoutes(mux *http.ServeMux) {
	read, change := access.Desk, estate.MayChangeUnits()
	p.Kit.For(change, mux, "GET /vehicles/new", p.newVehicle)
	p.Kit.For(change, mux, "POST /vehicles/new", p.addVehicle)
	p.Kit.For(read, mux, "GET /vehicles/{id}", p.showVehicle)
	p.Kit.For(change, mux, "GET /vehicles/{id}/change", p.editVehicle)
	p.Kit.For(change, mux, "POST /vehicles/{id}/change", p.changeVehicle)
	p.Kit.For(change, mux, "GET /vehicles/{id}/holder", p.askHolder)
	p.Kit.For(change, mux, "POST /vehicles/{id}/holder", p.handOver)
	recordweb.Periods(p.Site, mux, "/vehicles/{id}", change, estate.EndVehicle, estate.RestoreVehicle, p.vehicleThing)
}

func (p Pages) leaseRoutes(mux *http.ServeMux) {
	read, change := access.Desk, estate.MayChangeUnits()
	p.Kit.For(read, mux, "GET /leases/{id}", p.showLease)
	p.Kit.For(change, mux, "GET /leases/{id}/change", p.editLease)
	p.Kit.For(change, mux, "POST /leases/{id}/change", p.changeLease)
	p.Kit.For(change, mux, "GET /leases/{id}/extend", p.askExtend)
	p.Kit.For(change, mux, "POST /leases/{id}/extend", p.extendLease)
	p.Kit.For(read, mux, "GET /leases/{id}/print", p.printLease)
}

// deskScope is what a request may see of people, vehicles and leases.
func deskScope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(access.Desk, access.Chosen(r.Context()))
}

// may reports whether the person holds one of the posts in an estate.
func may(r *http.Request, e access.EstateID, posts []access.Post) bool {
	_, ok := access.From(r.Context()).Holding(e, posts)
	return ok
}

// scope is what a request may see of the room.
func scope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(estate.Units.Posts, access.Chosen(r.Context()))
}

// unit is the unit a request's address names.
func (p Pages) unit(r *http.Request) (*estate.Unit, error) {
	return estate.FindUnit(r.Context(), p.Door.DB.Read(), scope(r), estate.ParseUnitID(r.PathValue("id")))
}
