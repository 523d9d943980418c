package household

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// MoveInIn is a unit let to somebody: the lease, the tenant with who comes along, and their vehicles.
type MoveInIn struct {
	Unit   estate.UnitID
	Lessor estate.PartyID // 0: whoever has the unit, as its file says
	estate.LeaseFacts
	Since  string     `form:"since"` // when they moved in; empty: the lease's first day
	People []PersonIn `form:"people"`
	Plates string     `form:"plates"` // of their vehicles, apart by blanks or commas
}

// MovedIn is what a moving in made.
type MovedIn struct {
	Household ID
	Lease     estate.LeaseID
}

// MoveIn registers a let and opens the tenant's file in one step (D4, D6): so that nobody becomes an owner by the detour of a
// file of his own, and no tenant is left without one. Closing the file takes all of it back. Who has a file in the unit already
// gets the lease there, and so do the people and vehicles who come along.
var MoveIn = op.Define("household.move_in", op.Spec[MoveInIn, MovedIn]{
	Clauses: []string{"D6", "D4", "A1"},
	Posts:   mayChange,
	Silent:  true,
	Check:   checkMoveIn,
	Subject: func(ctx context.Context, tx op.Tx, in MoveInIn) (op.Subject, error) {
		u, err := unitOf(ctx, tx, in.Unit)
		return op.Subject{Kind: "unit", ID: int64(in.Unit), Estate: u.Estate, Version: u.Version}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in MoveInIn) (MovedIn, error) {
		u, err := unitOf(ctx, tx, in.Unit)
		if err != nil {
			return MovedIn{}, err
		}
		open := OpenIn{Estate: u.Estate, Kind: KindFor(u.Kind, false), Units: []estate.UnitID{u.ID}, Since: in.Since, People: in.People}
		if err := unitsFit(ctx, tx, u.Estate, open.Kind, open.Units); err != nil {
			return MovedIn{}, err
		}
		lessor := in.Lessor
		if lessor == 0 {
			if lessor, err = LessorOf(ctx, tx, u.ID, in.LeaseFacts.Kind); err != nil {
				return MovedIn{}, err
			}
		}
		id, tenant, err := fileOf(ctx, tx, open)
		if err != nil {
			return MovedIn{}, err
		}
		lease, err := estate.TakeLease(ctx, tx, u.ID, lessor, tenant, in.LeaseFacts)
		if err != nil {
			return MovedIn{}, err
		}
		return MovedIn{id, lease}, bringVehicles(ctx, tx, u.ID, tenant, in.Plates, in.Since)
	},
})

// fileOf is the tenant's file in the unit, with the people who come along: the one he has, or a new one.
func fileOf(ctx context.Context, tx op.Tx, in OpenIn) (ID, estate.PartyID, error) {
	tenant := in.People[0].Party
	id, err := HomeIn(ctx, tx, tenant, in.Units[0])
	if err != nil {
		return 0, 0, err
	}
	if id != 0 {
		return id, tenant, comeAlong(ctx, tx, id, in)
	}
	if id, err = file(ctx, tx, in); err != nil {
		return 0, 0, err
	}
	h, _, err := lock(ctx, tx, id)
	return id, h.Head, err
}

// comeAlong takes people into a household who are not of it yet, and keeps the numbers that were typed about those who are.
func comeAlong(ctx context.Context, tx op.Tx, id ID, in OpenIn) error {
	h, _, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := partiesFit(ctx, tx, h.Estate, in.People); err != nil {
		return err
	}
	of := []Occupancy{}
	if err := tx.Select(&of).Where("household = ?", h.ID).Scan(ctx); err != nil {
		return err
	}
	var rows Filing
	for _, p := range in.People {
		if p.Party != 0 && slices.ContainsFunc(of, func(o Occupancy) bool { return o.Party == p.Party && o.InForce() }) {
			continue
		}
		o, err := rows.Person(ctx, tx, h, p, in.Since)
		if err != nil {
			return err
		}
		o.Rank = int64(len(of) + len(rows.occupancies))
	}
	if err := rows.Insert(ctx, tx); err != nil {
		return err
	}
	return addNumbers(ctx, tx, in.People)
}

// checkMoveIn reads the lease, and the tenant's file as it is to be opened.
func checkMoveIn(in *MoveInIn, today cn.Date, f *errs.Fields) {
	f.Check(in.Unit != 0, "unit", "error.required")
	in.LeaseFacts.Check(today, f)
	if strings.TrimSpace(in.Since) == "" {
		in.Since = in.ValidFrom
	}
	people := slices.Clone(in.People)
	for i := range people {
		switch {
		case i == 0:
			people[i].Part = Tenant
		case people[i].Part == "", people[i].Part == Owner:
			people[i].Part = Resident
		}
	}
	open := OpenIn{Since: in.Since, People: people}
	open.normalise(today, f)
	open.led(f)
	in.Since, in.People, in.Plates = open.Since, open.People, platesOf(in.Plates, f)
}

// platesOf are the plates of a field that takes several, apart by a blank; one that cannot be right is registered on its own page,
// with a reason.
func platesOf(typed string, f *errs.Fields) string {
	var all []string
	for _, one := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" ,;/\n\u3000\uff0c\uff1b\u3001", r) }) {
		plate := cn.ParsePlate(one)
		f.Check(len(plate.Problems) == 0, "plates", "household.error.plate", one)
		all = append(all, plate.Number)
	}
	return strings.Join(all, " ")
}

// bringVehicles registers the vehicles of people who move in.
func bringVehicles(ctx context.Context, tx op.Tx, unit estate.UnitID, of estate.PartyID, plates, since string) error {
	var f errs.Fields
	for _, plate := range strings.Fields(plates) {
		_, err := estate.TakeVehicle(ctx, tx, unit, of, estate.VehicleFacts{Plate: plate, ValidFrom: since})
		if !errs.Is(err, errs.Invalid) {
			if err != nil {
				return err
			}
			continue
		}
		for _, wrong := range errs.As(err).Fields { // the form has one field for all of them
			f.Add("plates", wrong.Key, wrong.Args...)
		}
	}
	return f.Err()
}

// unitOf locks a unit that is in force.
func unitOf(ctx context.Context, tx op.Tx, id estate.UnitID) (*estate.Unit, error) {
	u := &estate.Unit{}
	u.ID = id
	return u, tx.Lock(ctx, u)
}

// addNumbers keeps what was typed about people who turned out to be registered: numbers that they do not have yet.
func addNumbers(ctx context.Context, tx op.Tx, people []PersonIn) error {
	var rows Filing
	for _, in := range people {
		if in.Party == 0 {
			continue
		}
		p := &estate.Party{}
		p.ID = in.Party
		if err := tx.Lock(ctx, p); err != nil {
			return err
		}
		contacts, err := estate.ContactsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		identities, err := estate.IdentitiesOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		var fresh Filing
		if err := fresh.Facts(ctx, tx, p, int64(len(contacts[p.ID])), typedPhones(in.Phones), in.Papers); err != nil {
			return err
		}
		for _, row := range fresh.contacts {
			c := row.(*estate.Contact)
			if c.Kind == estate.NoPhone && len(contacts[p.ID]) > 0 {
				continue
			}
			if !slices.ContainsFunc(contacts[p.ID], func(have *estate.Contact) bool { return have.InForce() && bytes.Equal(have.Value.Hash, c.Value.Hash) }) {
				rows.contacts = append(rows.contacts, c)
				if err := estate.PhoneCame(ctx, tx, p.ID); err != nil {
					return err
				}
			}
		}
		for _, row := range fresh.identities {
			i := row.(*estate.Identity)
			if !slices.ContainsFunc(identities[p.ID], func(have *estate.Identity) bool {
				return have.InForce() && bytes.Equal(have.Number.Hash, i.Number.Hash)
			}) {
				rows.identities = append(rows.identities, i)
			}
		}
	}
	return rows.Insert(ctx, tx)
}

func typedPhones(all []estate.ContactFacts) []estate.ContactFacts {
	return slices.DeleteFunc(slices.Clone(all), func(c estate.ContactFacts) bool { return c.Value == "" })
}

// LiveInIn says that an owner lives in his unit from a day on.
type LiveInIn struct {
	ID     ID
	Since  string `form:"since"`
	Plates string `form:"plates"`
}

// LiveIn is an owner moving in: his unit is lived in from a day on, and his vehicles come along (A1, D8). A unit that is let is
// given back first.
var LiveIn = op.Define("household.live_in", op.Spec[LiveInIn, ID]{
	Clauses: []string{"A1", "D8"},
	Posts:   mayChange,
	Check: func(in *LiveInIn, today cn.Date, f *errs.Fields) {
		in.Since, in.Plates = record.ReadSince(in.Since, "since", today, f), platesOf(in.Plates, f)
	},
	Subject: record.Subject(func(in LiveInIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in LiveInIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		if !h.Kind.Owns() {
			return 0, errs.E(errs.Blocked, "household.error.not_owner")
		}
		let, err := LetNow(ctx, tx, h.ID)
		if err != nil {
			return 0, err
		}
		if let[h.ID] == LetOut {
			return 0, errs.Rule("D6", "household.error.still_let")
		}
		if in.Since == "" {
			in.Since = tx.Today().String()
		}
		h.Stay, h.Since = LivedIn, in.Since
		if err := tx.Update(ctx, h); err != nil {
			return 0, err
		}
		return h.ID, bringVehicles(ctx, tx, h.First, h.Head, in.Plates, in.Since)
	},
})

// MovedInBy reports a lease that was made on a day by the same operation as the file itself, neither changed since: of a file
// that was there before, a lease of today is no moving in.
func (h *Household) MovedInBy(l *estate.Lease, day string) bool {
	return !h.Kind.Owns() && l.InForce() && l.Registered == day && l.EvOp == h.EvOp
}

// UndoMoveInIn takes a moving in of today back.
type UndoMoveInIn struct {
	ID  ID
	Why string `form:"why"`
}

// UndoMoveIn takes a moving in back on the day it was registered: the wrong flat, the wrong person. What it made ends with the
// reason and stays to be seen; later it is a moving out.
var UndoMoveIn = op.Define("household.undo_move_in", op.Spec[UndoMoveInIn, ID]{
	Clauses: []string{"D6"},
	Posts:   mayChange,
	Check: func(in *UndoMoveInIn, _ cn.Date, f *errs.Fields) {
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "household.error.why")
	},
	Subject: record.Subject(func(in UndoMoveInIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in UndoMoveInIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = h.inForce()
		}
		if err != nil {
			return 0, err
		}
		gone, err := belongingsOf(ctx, tx, h)
		if err != nil {
			return 0, err
		}
		day := tx.Today().String()
		if !slices.ContainsFunc(gone.leases, func(l *estate.Lease) bool { return h.MovedInBy(l, day) }) {
			return 0, errs.E(errs.Blocked, "household.error.undo_move_in")
		}
		if err := moveOut(ctx, tx, gone, nil, 0, day, in.Why); err != nil {
			return 0, err
		}
		return h.ID, end(ctx, tx, h, day, in.Why)
	},
})
