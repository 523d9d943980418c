package imports

import (
	"cmp"
	"context"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Tally counts what an import did, or would do.
type Tally struct {
	Units, Households map[Verdict]int
	People, Phones    int // added; likewise the rest
	Identities        int
	Vehicles, Leases  int
}

func newTally() Tally {
	return Tally{Units: map[Verdict]int{}, Households: map[Verdict]int{}}
}

// add counts a household's case, as far as it is carried out.
func (t *Tally) add(v householdCase, moves Moves) {
	t.Households[v.Verdict]++
	people := v.people
	if v.Verdict == New || v.Verdict == Moved && moves == MovesTransfer {
		people = v.in.People
	}
	for _, p := range people {
		t.People++
		t.Phones += len(p.Phones)
		t.Identities += len(p.Papers)
	}
	for _, f := range v.facts {
		for _, c := range f.phones {
			if c.Kind.Phone() {
				t.Phones++
			}
		}
		t.Identities += len(f.papers)
	}
	if v.written(moves) {
		t.Vehicles += len(v.plates)
		if v.lease != nil && !v.in.Kind.Owns() {
			t.Leases++
		}
	}
}

// written reports a case that changes something.
func (v householdCase) written(moves Moves) bool {
	return v.Verdict == New || v.Verdict == Changed || v.Verdict == Moved && moves == MovesTransfer
}

// writer carries cases out within an operation.
type writer struct {
	tx       op.Tx
	estate   access.EstateID
	moves    Moves
	rows     household.Filing
	vehicles []evidence.Record
	leases   []evidence.Record
	owners   map[estate.UnitID]estate.PartyID // of the households opened with these: who lets what another of them rents
	tally    Tally
	done     []outcome // of the cases, in their order
}

// writeUnits makes and corrects units.
func (w *writer) writeUnits(ctx context.Context, cases []unitCase) error {
	var fresh []evidence.Record
	seen := map[string]estate.UnitID{} // one place may come twice in a file
	for _, v := range cases {
		id, again := seen[v.facts.Sorting()]
		if v.Verdict == New && again {
			v.Verdict = Same
		}
		w.tally.Units[v.Verdict]++
		switch v.Verdict {
		case New:
			u := estate.NewUnit(w.tx, w.estate, v.facts)
			u.ValidFrom, id = v.from, u.ID
			fresh = append(fresh, u)
		case Changed:
			if err := w.correct(ctx, v); err != nil {
				return err
			}
		}
		if v.found != nil {
			id = v.found.ID
		}
		seen[v.facts.Sorting()] = id
		w.done = append(w.done, outcomeOf(v.Verdict, int64(id), v.Why, v.Differs, v.others))
	}
	return w.tx.Insert(ctx, fresh...)
}

func (w *writer) correct(ctx context.Context, v unitCase) error {
	u := &estate.Unit{}
	u.ID = v.found.ID
	if err := w.tx.Lock(ctx, u); err != nil {
		return err
	}
	v.facts.Apply(u)
	u.ValidFrom = v.from
	return w.tx.Update(ctx, u)
}

// writeHouseholds opens and completes households.
func (w *writer) writeHouseholds(ctx context.Context, cases []householdCase, batch ID) error {
	if err := w.keys(ctx, cases); err != nil {
		return err
	}
	for _, v := range cases {
		w.tally.add(v, w.moves)
		o := outcomeOf(v.Verdict, 0, v.Why, v.Differs, v.others)
		if v.found != nil {
			o.ID = int64(v.found.ID)
		}
		if v.written(w.moves) {
			v.in.Estate, v.in.Batch = w.estate, int64(batch)
			id, err := w.household(ctx, v)
			if err != nil {
				return err
			}
			o.ID, o.Written = int64(id), true
		}
		w.done = append(w.done, o)
	}
	if err := w.rows.Insert(ctx, w.tx); err != nil {
		return err
	}
	if err := w.tx.Insert(ctx, w.vehicles...); err != nil {
		return err
	}
	return w.tx.Insert(ctx, w.leases...)
}

// keys makes the keys of everybody who is new in one durable step, in place of one for each.
func (w *writer) keys(ctx context.Context, cases []householdCase) error {
	var owners []vault.Owner
	for i := range cases {
		v := &cases[i]
		people := v.in.People
		if v.Verdict == Changed {
			people = v.people
		}
		if !v.written(w.moves) {
			continue
		}
		for j := range people {
			people[j].New = estate.PartyID(w.tx.NewID())
			owners = append(owners, vault.Owner{Class: vault.Party, ID: int64(people[j].New)})
		}
	}
	return w.tx.Keys(ctx, owners...)
}

// household carries a case out, and gives the household it made or completed.
func (w *writer) household(ctx context.Context, v householdCase) (household.ID, error) {
	switch v.Verdict {
	case New:
		h, err := w.rows.Household(ctx, w.tx, w.estate, v.in)
		if err != nil {
			return 0, err
		}
		for _, unit := range v.in.Units {
			if v.in.Kind.Owns() {
				w.owns(unit, h.Head)
			}
		}
		return h.ID, w.beside(v, h)
	case Moved:
		return w.transfer(ctx, v)
	}
	return v.found.ID, w.complete(ctx, v)
}

// transfer closes the household registered and opens the file's in its units.
func (w *writer) transfer(ctx context.Context, v householdCase) (household.ID, error) {
	old := &household.Household{}
	old.ID = v.found.ID
	if err := w.tx.Lock(ctx, old); err != nil {
		return 0, err
	}
	next := v.in
	next.Units = v.found.units
	day := clock.Date(w.tx.Now())
	if next.Since == "" {
		next.Since = day
	}
	id, err := household.Succeed(ctx, w.tx, old, day, movedWhy, next)
	if err != nil {
		return 0, err
	}
	h := &household.Household{}
	h.ID = id
	if err := w.tx.Lock(ctx, h); err != nil {
		return 0, err
	}
	return id, w.beside(v, h)
}

// complete adds to a household registered what the file says more.
func (w *writer) complete(ctx context.Context, v householdCase) error {
	h := &household.Household{}
	h.ID = v.found.ID
	if err := w.tx.Lock(ctx, h); err != nil {
		return err
	}
	if v.in.Stay != "" {
		h.Stay = v.in.Stay
	}
	if h.Since == "" {
		h.Since = v.in.Since
	}
	if err := w.tx.Update(ctx, h); err != nil {
		return err
	}
	if err := w.rows.Remark(ctx, w.tx, h, v.in.Remark); err != nil {
		return err
	}
	for _, unit := range v.in.Units {
		w.rows.Hold(w.tx, h, unit, "")
	}
	for i, p := range v.people {
		o, err := w.rows.Person(ctx, w.tx, h, p, "")
		if err != nil {
			return err
		}
		o.Rank = int64(len(v.found.people) + i + 1)
	}
	for _, f := range v.facts {
		p := &estate.Party{}
		p.ID = f.party
		if err := w.tx.Lock(ctx, p); err != nil {
			return err
		}
		if f.calls() {
			if err := estate.PhoneCame(ctx, w.tx, f.party); err != nil {
				return err
			}
		}
		if err := w.rows.Facts(ctx, w.tx, p, int64(len(v.found.people)), f.phones, f.papers); err != nil {
			return err
		}
		if err := f.write(ctx, w, p); err != nil {
			return err
		}
	}
	return w.beside(v, h)
}

// beside makes the vehicles and the lease of a household, whose units are registered by now.
func (w *writer) beside(v householdCase, h *household.Household) error {
	unit := v.unit
	if unit == 0 {
		return nil
	}
	for _, p := range v.plates {
		if p.Number == "" {
			continue
		}
		vehicle := &estate.Vehicle{Unit: unit, Party: h.Head, VehicleFacts: estate.VehicleFacts{Plate: p.Number}}
		vehicle.ID, vehicle.Estate = estate.VehicleID(w.tx.NewID()), w.estate
		if len(p.Problems) > 0 {
			vehicle.Doubt = p.Problems[0]
		}
		w.vehicles = append(w.vehicles, vehicle)
	}
	if v.lease == nil || v.in.Kind.Owns() || h.Head == 0 {
		return nil
	}
	w.leases = append(w.leases, w.leaseOf(v, h))
	return nil
}

func (w *writer) owns(unit estate.UnitID, who estate.PartyID) {
	if w.owners == nil {
		w.owners = map[estate.UnitID]estate.PartyID{}
	}
	w.owners[unit] = who
}

func (w *writer) leaseOf(v householdCase, h *household.Household) *estate.Lease {
	l := &estate.Lease{Unit: v.unit, Lessor: cmp.Or(w.owners[v.unit], v.lessor), Tenant: h.Head, Registered: clock.Date(w.tx.Now()),
		LeaseFacts: estate.LeaseFacts{Kind: estate.Let, ValidFrom: stored(v.lease.From), ValidTo: stored(v.lease.To)}}
	l.ID, l.Estate = estate.LeaseID(w.tx.NewID()), w.estate
	return l
}

func stored(d roster.Date) string {
	if d.Date == (cn.Date{}) {
		return ""
	}
	return d.Date.String()
}
