package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Person is somebody's part in a household with what the desk calls him by.
type Person struct {
	Occupancy `bun:",extend"`
	Whom      estate.PartyID   `bun:"whom,scanonly"` // the party he is now: another one once his was merged into it
	Name      string           `bun:"party_name,scanonly"`
	PartyKind estate.PartyKind `bun:"party_kind,scanonly"`
}

// Place is a unit of a household.
type Place struct {
	Holding  `bun:",extend"`
	Code     string          `bun:"code,scanonly"`
	UnitKind estate.UnitKind `bun:"unit_kind,scanonly"`
	Area     estate.Area     `bun:"gross_area,scanonly"`
	NetArea  estate.Area     `bun:"net_area,scanonly"`
	Former   string          `bun:"former,scanonly"` // numbers of the unit
	Handed   string          `bun:"handed,scanonly"` // over to the first owner; a local date with its precision
}

// Detail is what a household's row does not say itself: its units and its people, past ones after those of today.
type Detail struct {
	Places []Place
	People []Person
	Phones map[estate.PartyID][]estate.Contact // in force, the first to try first
}

// Rooms are the codes of today's units, or of the last ones when the household is over.
func (d Detail) Rooms(h *Household) string {
	var codes []string
	for _, p := range d.Places {
		if p.Until == h.Until {
			codes = append(codes, p.Code)
		}
	}
	return strings.Join(codes, " ")
}

// Called is by whom the household is called: its owners or tenants of today.
func (d Detail) Called() string {
	var names []string
	for _, p := range d.People {
		if p.Part.Leads() && p.InForce() {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, nameJoint)
}

// nameJoint joins the names of a couple as forms do.
const nameJoint = "\u3001"

// Of are the people of today who play a part.
func (d Detail) Of(part Part) []Person {
	var found []Person
	for _, p := range d.People {
		if p.Part == part && p.InForce() {
			found = append(found, p)
		}
	}
	return found
}

// Phone is the first number of the first owner or tenant who has one, masked.
func (d Detail) Phone() (estate.Contact, bool) {
	for _, p := range d.People {
		if !p.Part.Leads() || !p.InForce() {
			continue
		}
		for _, c := range d.Phones[p.Party] {
			if c.Kind.Phone() {
				return c, true
			}
		}
	}
	return estate.Contact{}, false
}

// NoPhone is the day on which the first owner or tenant said that he has no telephone; empty when nobody did.
func (d Detail) NoPhone() string {
	for _, p := range d.People {
		for _, c := range d.Phones[p.Party] {
			if p.Part.Leads() && p.InForce() && c.Kind == estate.NoPhone {
				return c.ValidFrom
			}
		}
	}
	return ""
}

// Row is a household in a list.
type Row struct {
	Household  `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
	Detail     `bun:"-"`
	let        Stay // as what its units are let today
	lapse      Lapse
	missing    string // titles of the papers that the file lacks
}

// drives reports a vehicle that is of a household's people, or of nobody known.
func (d Detail) drives(v *estate.Vehicle) bool {
	return v.Party == 0 || slices.ContainsFunc(d.People, func(p Person) bool { return p.InForce() && (p.Party == v.Party || p.Whom == v.Party) })
}

// Households is the register of households.
var Households = list.Define(list.Def[Row]{
	Name:       "household.households",
	Title:      "household.list.title",
	Form:       householdRegister,
	Clauses:    []string{"A1", "D4", "D7"},
	Posts:      mayRead,
	Path:       "/households",
	Evidential: true,
	From:       rowsOf,
	Counted:    rowsCounted,
	Picked:     rowsPicked,
	Ticked:     label.Ticked(kindHousehold),
	Sort:       "room",
	Row:        func(r Row) (id, href string) { return ref.Text(r.ID), r.ID.Path() },
	Struck:     func(r Row) bool { return !r.InForce() },
	Fill:       fillRows,
	Columns: []list.Column[Row]{
		{Key: "room", Label: "household.room", By: "u.estate,u.sorting", Width: 4, Cell: list.Text(func(r Row) string { return r.Rooms(&r.Household) })},
		{Key: "estate", Label: "household.estate", Across: true, Narrow: list.NoPhone, Width: 4, Cell: list.Text(func(r Row) string { return r.EstateName })},
		{Key: "kind", Label: "household.kind", By: "?TableAlias.kind,u.sorting", Width: 3, Cell: kindCell},
		{Key: "names", Label: "household.names", By: "p.sorting", Width: 5, Cell: list.Text(func(r Row) string { return r.Called() })},
		{Key: "phone", Label: "household.phone", Width: 4, Cell: phoneCell},
		{Key: "missing", Label: "household.missing", With: "papers", Width: 18, Fill: fillMissing, Cell: list.Text(func(r Row) string { return r.missing })},
		{Key: "heads", Label: "household.heads", Kind: list.KindNumber, Narrow: list.Wide, Width: 2, Cell: headsCell},
		{Key: "stay", Label: "household.stay", Narrow: list.NoPhone, By: "?TableAlias.stay", Width: 2, Cell: stayCell},
		{Key: "since", Label: "household.since", Kind: list.KindDate, Narrow: list.Wide, By: "?TableAlias.since", Width: 3, Cell: list.Text(func(r Row) string { return r.Since })},
		{Key: "checked", Label: "household.checked", Kind: list.KindDate, Narrow: list.Wide, By: "?TableAlias.checked", Width: 3, Cell: list.Text(func(r Row) string { return r.Checked })},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "household.filter.q", Hint: "household.filter.q.hint", Kind: list.FilterText, Apply: rowLike},
		estate.Filter,
		{Key: "building", Label: "household.filter.building", Kind: list.FilterSelect, Options: estate.Buildings, Apply: list.Is("u.building")},
		{Key: "kind", Label: "household.kind", Kind: list.FilterSelect, Options: kindOptions, Apply: list.Is("kind")},
		{Key: "stay", Label: "household.stay", Kind: list.FilterSelect, Options: stayOptions, Apply: standingAs},
		{Key: "lease", Label: "household.filter.lease", Kind: list.FilterSelect, Options: leaseOptions, Apply: withoutLease},
		{Key: "known", Label: "household.filter.known", Kind: list.FilterDate, Apply: knownBefore},
		{Key: "reach", Label: "household.filter.reach", Kind: list.FilterSelect, Options: reachOptions, Apply: withoutReach},
		{Key: "no_phone", Label: "household.filter.no_phone", Kind: list.FilterDate, Apply: phonelessBefore},
		{Key: "papers", Label: "household.filter.papers", Kind: list.FilterDate, Apply: withoutPapers},
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "household.tab.now", Apply: rowsInForce},
		{Key: "ended", Label: "household.tab.ended", Apply: rowsOver},
	},
	Empty: list.EmptyText{Title: "household.empty.title", Text: "household.empty.text"},
	Actions: []list.ActionDef{
		{Key: "add", Label: "household.open", Icon: "plus", Href: "/households/new", Shortcut: "Alt+N", Primary: true, Posts: mayChange},
		{Key: "import", Label: "household.import", Icon: "up", Href: "/imports/new", Posts: mayChange},
	},
})

func kindCell(ctx context.Context, r Row) list.Cell {
	return list.Cell{Text: i18n.T(ctx, "household.kind."+string(r.Kind)), Sub: r.lapse.Says(ctx)}
}

func stayCell(ctx context.Context, r Row) list.Cell {
	stay := Standing(r.Stay, r.let)
	if stay == "" {
		return list.Cell{}
	}
	return list.Cell{Text: i18n.T(ctx, "household.stay."+string(stay))}
}

func phoneCell(ctx context.Context, r Row) list.Cell {
	c, ok := r.Phone()
	if ok {
		return list.Cell{Text: c.Value.Mask, Masked: true}
	}
	if day := r.NoPhone(); day != "" {
		return list.Cell{Text: i18n.T(ctx, "contact.none_since", day)}
	}
	return list.Cell{}
}

func headsCell(_ context.Context, r Row) list.Cell {
	h := r.Household
	h.Stay = Standing(h.Stay, r.let)
	return list.Cell{Text: headsOf(h, r.Detail)}
}

func kindOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(Kinds))
	for i, k := range Kinds {
		options[i] = list.Option{Value: string(k), Label: i18n.T(ctx, "household.kind."+string(k))}
	}
	return options, nil
}

func stayOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	options := make([]list.Option, len(Stays))
	for i, s := range Stays {
		options[i] = list.Option{Value: string(s), Label: i18n.T(ctx, "household.stay."+string(s))}
	}
	return options, nil
}

func leaseOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	return []list.Option{{Value: leaseEnded, Label: i18n.T(ctx, "household.filter.lease.ended")}}, nil
}

func reachOptions(ctx context.Context, _ db.Querier, _ access.Scope) ([]list.Option, error) {
	return []list.Option{{Value: unreached, Label: i18n.T(ctx, "household.filter.reach.none")}}, nil
}

// Resolve is a household as others point at it: its rooms and by whom it is called.
func resolve(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	h, err := Find(ctx, q, s, ID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	details, err := Details(ctx, q, h.ID)
	d := details[h.ID]
	return ref.Thing{Title: strings.TrimSpace(d.Rooms(h) + " " + d.Called()), Href: h.ID.Path(), Estate: h.Estate, Label: d.Rooms(h)}, err
}
