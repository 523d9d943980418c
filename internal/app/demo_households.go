package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/op"
)

// crowd is demo/households.json: what invented people and firms are called.
type crowd struct {
	Surnames, Men, Women, Children []string
	Firms, Trades, Shops           []string
	City, Province                 string
	Relations                      struct{ Husband, Wife, Son, Daughter, Father string }
	Reasons, Cars                  []string
	Seen                           []household.NoteIn
	Couple, Lodgers                []household.PersonIn
	next                           int // counts people, so that each has a name and number of his own
}

func demoCrowd() *crowd {
	c := &crowd{}
	raw, err := company.ReadFile("demo/households.json")
	if err == nil {
		err = json.Unmarshal(raw, c)
	}
	if err != nil {
		panic(err) // the file is part of the program
	}
	return c
}

func pick(all []string, n int) string { return all[n%len(all)] }

// person is the next of the crowd. The numbers are of a range made for tests: 130 0000 and four digits.
func (c *crowd) person(part household.Part, given []string, relation string) household.PersonIn {
	c.next++
	n := c.next
	in := household.PersonIn{Part: part, Relation: relation, PartyFacts: estate.PartyFacts{Name: pick(c.Surnames, n*7) + pick(given, n*5+n/51)}}
	if part != household.Family || n%3 == 0 {
		in.Phones = []estate.ContactFacts{{Value: fmt.Sprintf("130%08d", 10_000+n*37)}}
	}
	return in
}

// child bears the name of its family.
func (c *crowd) child(parent string, relation string) household.PersonIn {
	c.next++
	surname := string([]rune(parent)[:1])
	return household.PersonIn{Part: household.Family, Relation: relation, PartyFacts: estate.PartyFacts{Name: surname + pick(c.Children, c.next)}}
}

func (c *crowd) firm(part household.Part, trades []string) household.PersonIn {
	c.next++
	n := c.next
	return household.PersonIn{Part: part, PartyFacts: estate.PartyFacts{Kind: estate.Organisation, Name: c.City + pick(c.Firms, n*3) + pick(trades, n)},
		Phones: []estate.ContactFacts{{Value: fmt.Sprintf("027-8%07d", 100_000+n*53)}}}
}

// identity is a number that passes every check and that nobody has: no county is 420199.
func (c *crowd) identity(man bool) estate.IdentityFacts {
	n := c.next
	body := fmt.Sprintf("420199%d%02d%02d%02d", 1955+n%45, 1+n%12, 1+n%28, n%100)
	if man {
		body += "1"
	} else {
		body += "2"
	}
	for _, check := range "0123456789X" {
		if id := cn.ParseID(body+string(check), cn.Date{}); len(id.Problems) == 0 {
			return estate.IdentityFacts{Number: id.Number}
		}
	}
	return estate.IdentityFacts{}
}

// family is an owner, often with a spouse, a child, and somebody to call.
func (c *crowd) family(n int) []household.PersonIn {
	owner := c.person(household.Owner, c.Men, "")
	owner.Identity = c.identity(true)
	people := []household.PersonIn{owner}
	if n%3 != 0 {
		owner.Share, people[0].Share = 50_00, 50_00
		wife := c.person(household.Owner, c.Women, c.Relations.Wife)
		wife.Share, wife.Identity = 50_00, c.identity(false)
		people = append(people, wife)
	}
	if n%4 == 1 {
		people = append(people, c.child(owner.Name, c.Relations.Son))
	}
	if n%5 == 2 {
		father := c.person(household.Emergency, c.Men, c.Relations.Father)
		father.Name = string([]rune(owner.Name)[:1]) + pick(c.Men, c.next+8)
		people = append(people, father)
	}
	return people
}

// filler brings households into the demonstration company's units.
type filler struct {
	a     *App
	ctx   context.Context
	crowd *crowd
	at    access.EstateID
}

// scope is what there is in the estate being filled.
func (f filler) scope() access.Scope {
	return access.ProgramActor().Scope([]access.Post{access.Program}, f.at)
}

// settle fills an estate's units, all but the vacant ones, through the same operations as everybody.
func (a *App) settle(ctx context.Context, c *crowd, id access.EstateID, e demoEstate, units []estate.UnitID, progress io.Writer) error {
	f := filler{a, ctx, c, id}
	done := 0
	for i, unit := range units {
		u := e.units[i]
		switch {
		case u.Building == "3" && u.Entrance == "1" && u.Room == "1202":
			if err := f.showcase(unit); err != nil {
				return err
			}
		case !vacant(i, u.Kind):
			if err := f.unit(i, unit, u.Kind); err != nil {
				return fmt.Errorf("%s %s: %w", e.facts.Name, u.Room, err)
			}
			done++
			if done%250 == 0 {
				fmt.Fprintf(progress, "  %s: %d households\n", e.facts.Name, done)
			}
		}
	}
	fmt.Fprintf(progress, "  %s: %d households\n", e.facts.Name, done)
	return nil
}

// showcase is the flat of the pictures: a couple that lets, their tenant with lease and car, and what people met there.
func (f filler) showcase(unit estate.UnitID) error {
	owners, err := f.open(household.OwnerHome, unit, "2019-06-18", household.LetOut, f.crowd.Couple...)
	if err != nil {
		return err
	}
	tenants, err := f.open(household.TenantHome, unit, "2025-12-17", "", f.crowd.Lodgers...)
	if err != nil {
		return err
	}
	details, err := household.Details(f.ctx, f.a.Door.DB.Read(), owners, tenants)
	if err != nil {
		return err
	}
	owner, tenant := details[owners].People[0].Party, details[tenants].People[0].Party
	lease := estate.RegisterLeaseIn{Unit: unit, Lessor: owner, Tenant: tenant, LeaseFacts: estate.LeaseFacts{Use: estate.Living, ValidFrom: "2025-12-17", ValidTo: "2026-12-16", Heads: 2, Payer: estate.PayerTenant}}
	if _, err := op.Run(f.ctx, f.a.Door, estate.RegisterLease, lease); err != nil {
		return err
	}
	for _, plate := range f.crowd.Cars[:1] {
		car := estate.AddVehicleIn{Unit: unit, Party: tenant, VehicleFacts: estate.VehicleFacts{Plate: f.crowd.Province + plate}}
		if _, err := op.Run(f.ctx, f.a.Door, estate.AddVehicle, car); err != nil {
			return err
		}
	}
	for _, in := range f.crowd.Seen {
		in.Estate = f.at
		if _, err := op.Run(f.ctx, f.a.Door, household.Note, in); err != nil {
			return err
		}
	}
	papers := shelf{household: owners, day: "2019-06-18", place: "B-02-4", ticked: []string{"covenant", "keys"},
		scanned: []string{"notice", "register", "identity", "title", "service", "handover", "renovation"}}
	if err := f.file(papers); err != nil {
		return err
	}
	if _, err := op.Run(f.ctx, f.a.Door, household.MarkLines, household.MarkLinesIn{Household: owners, Codes: []string{"signoff"}, Mark: household.LostLongAgo}); err != nil {
		return err
	}
	_, err = op.Run(f.ctx, f.a.Door, household.Confirm, owners)
	return err
}

// vacant says which units nobody has: one flat in twelve, one office in six, one shop in eight, half of the parking spaces.
func vacant(i int, k estate.UnitKind) bool {
	switch k {
	case estate.Flat:
		return i%12 == 7
	case estate.Office:
		return i%6 == 5
	case estate.Shop:
		return i%8 == 3
	}
	return i%2 == 1
}

func (f filler) unit(i int, unit estate.UnitID, kind estate.UnitKind) error {
	since := fmt.Sprintf("%d-%02d", 2016+i%9, 1+i%12)
	switch kind {
	case estate.Flat:
		return f.flat(i, unit, since)
	case estate.Parking:
		_, err := f.open(household.ParkingOwner, unit, since, "", f.crowd.person(household.Owner, f.crowd.Women, ""))
		return err
	case estate.Shop:
		if i%6 == 0 {
			if _, err := f.open(household.ShopOwner, unit, since, household.LetOut, f.crowd.person(household.Owner, f.crowd.Men, "")); err != nil {
				return err
			}
		}
		_, err := f.open(household.ShopTenant, unit, since, "", f.crowd.firm(household.Tenant, f.crowd.Shops), f.crowd.person(household.Staff, f.crowd.Women, ""))
		return err
	}
	_, err := f.open(household.OfficeTenant, unit, since, "", f.crowd.firm(household.Tenant, f.crowd.Trades), f.crowd.person(household.Staff, f.crowd.Women, ""))
	return err
}

// flat settles a flat: one in five is let, one in sixty-four was sold meanwhile.
func (f filler) flat(i int, unit estate.UnitID, since string) error {
	stay := household.LivedIn
	if i%5 == 0 {
		stay = household.LetOut
	}
	id, err := f.open(household.OwnerHome, unit, since, stay, f.crowd.family(i)...)
	if err != nil {
		return err
	}
	if i%64 == 4 {
		sold := household.TransferIn{ID: id, On: "2026-03-18", Why: pick(f.crowd.Reasons, i/64), OpenIn: household.OpenIn{Stay: household.LivedIn, People: f.crowd.family(i + 1)}}
		_, err = op.Run(f.ctx, f.a.Door, household.Transfer, sold)
	}
	if err == nil && stay == household.LetOut {
		_, err = f.open(household.TenantHome, unit, "2025-09", "", f.crowd.person(household.Tenant, f.crowd.Women, ""))
	}
	if err == nil && i%3 == 2 && i%64 != 4 {
		_, err = op.Run(f.ctx, f.a.Door, household.Confirm, id)
	}
	if err == nil && i%7 == 3 {
		err = f.car(i, unit, id)
	}
	if err == nil && i%128 == 8 {
		err = f.file(kept(id, i, since))
	}
	return err
}

// car registers a car of the first of a household.
func (f filler) car(i int, unit estate.UnitID, id household.ID) error {
	details, err := household.Details(f.ctx, f.a.Door.DB.Read(), id)
	if err != nil {
		return err
	}
	const letters = "ABCDEFGHJK"
	plate := fmt.Sprintf("%sA%c%d%c%02d", f.crowd.Province, letters[i%10], i/10%10, letters[i/100%10], i%97)
	car := estate.AddVehicleIn{Unit: unit, Party: details[id].People[0].Party, VehicleFacts: estate.VehicleFacts{Plate: plate}}
	_, err = op.Run(f.ctx, f.a.Door, estate.AddVehicle, car)
	return err
}

// kept is the file of a household whose papers are in order: six of ten lines, or up to all of them.
func kept(id household.ID, i int, since string) shelf {
	required := []string{"notice", "register", "identity", "title", "service", "covenant", "keys", "handover", "fire", "signoff"}
	have := required[:6+i/128%5]
	return shelf{household: id, day: since, place: fmt.Sprintf("B-%02d-%d", 1+i/128, 1+i%5), scanned: have[:3], ticked: have[3:]}
}

func (f filler) open(kind household.Kind, unit estate.UnitID, since string, stay household.Stay, people ...household.PersonIn) (household.ID, error) {
	in := household.OpenIn{Estate: f.at, Kind: kind, Units: []estate.UnitID{unit}, Since: since, Stay: stay, People: people}
	done, err := op.Run(f.ctx, f.a.Door, household.Open, in)
	return done.Out, err
}
