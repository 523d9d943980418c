package household

import (
	"context"
	"slices"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// PersonIn is somebody who comes into a household: a party known already, or a new one with his facts.
type PersonIn struct {
	Party estate.PartyID `form:"party"`
	estate.PartyFacts
	Part     Part                  `form:"part"`
	Relation string                `form:"relation"`
	Share    Percent               `form:"share"`
	Phones   []estate.ContactFacts `form:"phones"`
	Identity estate.IdentityFacts  `form:"identity"`

	New    estate.PartyID         // the id a new party gets; 0: made here. An import makes them, and their keys, in one step
	Papers []estate.IdentityFacts // identity numbers as read: that of the form, or those of a roster
}

// blank reports a person nothing was entered for: an empty line of the form.
func (in *PersonIn) blank() bool {
	return in.Party == 0 && in.Name == "" && in.Identity.Number == "" && !slices.ContainsFunc(in.Phones, func(c estate.ContactFacts) bool { return c.Value != "" })
}

// normalise reads a person as typed and notes every wrong field; prefix stands before the names of fields.
func (in *PersonIn) normalise(prefix string, today cn.Date, f *errs.Fields) {
	f.Check(slices.Contains(Parts, in.Part), prefix+"part", "error.required")
	in.Share.check(prefix+"share", f)
	if in.Party == 0 {
		in.PartyFacts.Normalise(prefix, today, f)
	}
	for i := range in.Phones {
		in.Phones[i].Normalise(prefixed(prefix+"phones", i), f)
	}
	estate.EitherPhone(in.Phones, prefix+"phones", f)
	if in.Identity.Normalise(prefix+"identity.", today, f); in.Identity.Number != "" {
		in.Papers = []estate.IdentityFacts{in.Identity}
	}
}

// people normalises the persons of an input, those left blank taken out.
func people(in []PersonIn, today cn.Date, f *errs.Fields) []PersonIn {
	var kept []PersonIn
	for i := range in {
		if in[i].blank() {
			continue
		}
		in[i].normalise(prefixed("people", i), today, f)
		kept = append(kept, in[i])
	}
	return kept
}

// Filing gathers the rows of households being made, and inserts each table's rows together: an import files hundreds. Its
// people were normalised.
type Filing struct {
	households  []evidence.Record
	holdings    []evidence.Record
	parties     []evidence.Record
	contacts    []evidence.Record
	identities  []evidence.Record
	occupancies []evidence.Record
	remarks     []evidence.Record
}

// Facts adds contacts and identity numbers to somebody who is registered already; rank is that of his last contact.
func (f *Filing) Facts(ctx context.Context, tx op.Tx, p *estate.Party, rank int64, phones []estate.ContactFacts, papers []estate.IdentityFacts) error {
	for i, c := range phones {
		contact, err := estate.NewContact(ctx, tx, p, c, rank+int64(i)+1)
		if err != nil {
			return err
		}
		f.contacts = append(f.contacts, contact)
	}
	for _, number := range papers {
		i, err := estate.NewIdentity(ctx, tx, p, number)
		if err != nil {
			return err
		}
		f.identities = append(f.identities, i)
	}
	return nil
}

// Hold adds a unit to a household.
func (f *Filing) Hold(tx op.Tx, h *Household, u estate.UnitID, since string) {
	held := &Holding{Household: h.ID, Unit: u, Since: since}
	held.ID, held.Estate = HoldingID(tx.NewID()), h.Estate
	f.holdings = append(f.holdings, held)
}

// Insert writes everything gathered, what is pointed at first.
func (f *Filing) Insert(ctx context.Context, tx op.Tx) error {
	for _, rows := range [][]evidence.Record{f.parties, f.contacts, f.identities, f.households, f.holdings, f.occupancies, f.remarks} {
		if err := tx.Insert(ctx, rows...); err != nil {
			return err
		}
	}
	return nil
}

// Household makes a household of units with its people.
func (f *Filing) Household(ctx context.Context, tx op.Tx, e access.EstateID, in OpenIn) (*Household, error) {
	h := &Household{Kind: in.Kind, Stay: in.Stay, Since: in.Since, Batch: in.Batch}
	h.ID, h.Estate = ID(tx.NewID()), e
	for i, u := range in.Units {
		if i == 0 {
			h.First = u
		}
		f.Hold(tx, h, u, in.Since)
	}
	for _, p := range in.People {
		o, err := f.Person(ctx, tx, h, p, in.Since)
		if err != nil {
			return nil, err
		}
		o.Rank = int64(len(f.occupancies) + 1)
		if h.Head == 0 && o.Part.Leads() {
			h.Head = o.Party
		}
	}
	f.households = append(f.households, h)
	return h, f.Remark(ctx, tx, h, in.Remark)
}

// Person makes somebody's part in a household, and the party with contacts and identity when he is new.
func (f *Filing) Person(ctx context.Context, tx op.Tx, h *Household, in PersonIn, since string) (*Occupancy, error) {
	party := in.Party
	if party == 0 {
		p, err := f.party(ctx, tx, h.Estate, in)
		if err != nil {
			return nil, err
		}
		party = p.ID
	}
	o := &Occupancy{Household: h.ID, Party: party, Part: in.Part, Relation: in.Relation, Share: int64(in.Share), Since: since}
	o.ID, o.Estate = OccupancyID(tx.NewID()), h.Estate
	f.occupancies = append(f.occupancies, o)
	return o, nil
}

func (f *Filing) party(ctx context.Context, tx op.Tx, e access.EstateID, in PersonIn) (*estate.Party, error) {
	if in.New == 0 {
		in.New = estate.PartyID(tx.NewID())
	}
	p, err := estate.NewPartyAs(ctx, tx, e, in.New, in.PartyFacts)
	if err != nil {
		return nil, err
	}
	f.parties = append(f.parties, p)
	return p, f.Facts(ctx, tx, p, 0, typedPhones(in.Phones), in.Papers)
}

// speaker is the key under which an operation about a household speaks: its head's.
func (h *Household) speaker() vault.Owner {
	if h.Head == 0 {
		return h.Row.Owner()
	}
	return vault.Owner{Class: vault.Party, ID: int64(h.Head)}
}
