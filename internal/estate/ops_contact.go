package estate

import (
	"bytes"
	"context"
	"slices"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddContactIn are new ways to reach a party; lines without a value are none.
type AddContactIn struct {
	Party    PartyID
	Contacts []ContactFacts `form:"contacts"`
}

// AddContact registers ways to reach a party, in the order they are to be tried.
var AddContact = op.Define("estate.add_contact", op.Spec[AddContactIn, []ContactID]{
	Clauses: []string{"A1", "C7"},
	Posts:   mayChange,
	Check: func(in *AddContactIn, _ cn.Date, f *errs.Fields) {
		in.Contacts = normaliseContacts(in.Contacts, f)
		f.Check(len(in.Contacts) > 0, "contacts.0.value", "error.required")
	},
	Subject: record.Subject(func(in AddContactIn) PartyID { return in.Party }, lockParty),
	Do: func(ctx context.Context, tx op.Tx, in AddContactIn) ([]ContactID, error) {
		p, err := liveParty(ctx, tx, in.Party)
		if err != nil {
			return nil, err
		}
		return addContacts(ctx, tx, p, in.Contacts)
	},
})

// normaliseContacts reads contacts as typed, those left blank taken out.
func normaliseContacts(in []ContactFacts, f *errs.Fields) (filled []ContactFacts) {
	for i := range in {
		in[i].Normalise(indexed("contacts", i), f)
		if in[i].Value != "" {
			f.Check(in[i].Kind != "", indexed("contacts", i)+"kind", "error.required")
			filled = append(filled, in[i])
		}
	}
	EitherPhone(in, "contacts", f)
	return filled
}

// EitherPhone refuses a form that says both a number and that there is none; name is that of its lines.
func EitherPhone(in []ContactFacts, name string, f *errs.Fields) {
	phone := slices.ContainsFunc(in, func(c ContactFacts) bool { return c.Value != "" && c.Kind.Phone() })
	for i, c := range in {
		f.Check(c.Kind != NoPhone || !phone, indexed(name, i)+"value", "contact.error.none")
	}
}

// addContacts inserts contacts that were normalised, behind those the party has.
func addContacts(ctx context.Context, tx op.Tx, p *Party, in []ContactFacts) ([]ContactID, error) {
	known, err := ContactsOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	rank := int64(0)
	for _, c := range known[p.ID] {
		rank = max(rank, c.Rank)
	}
	var ids []ContactID
	for i, facts := range in {
		c, err := NewContact(ctx, tx, p, facts, rank+int64(i)+1)
		if err != nil {
			return nil, err
		}
		field := indexed("contacts", i) + "value"
		if err := fresh(known[p.ID], c, field); err != nil {
			return nil, err
		}
		if err := answered(ctx, tx, known[p.ID], c, field); err != nil {
			return nil, err
		}
		if err := tx.Insert(ctx, c); err != nil {
			return nil, err
		}
		known[p.ID], ids = append(known[p.ID], c), append(ids, c.ID)
	}
	return ids, nil
}

// fresh refuses a number the party has already, in force.
func fresh(known []*Contact, c *Contact, field string) error {
	var f errs.Fields
	for _, other := range known {
		same := other.ID != c.ID && other.InForce() && len(c.Value.Hash) > 0 && bytes.Equal(other.Value.Hash, c.Value.Hash)
		f.Check(!same, field, "contact.error.have")
	}
	return f.Err()
}

// answered ends what was said before of having no telephone, when a number comes or he says so again; who has numbers in force is
// not put down as somebody without.
func answered(ctx context.Context, tx op.Tx, known []*Contact, c *Contact, field string) error {
	if c.Kind != NoPhone && !c.Kind.Phone() {
		return nil
	}
	for _, other := range known {
		if other.ID == c.ID || !other.InForce() {
			continue
		}
		if c.Kind == NoPhone && other.Kind.Phone() {
			var f errs.Fields
			f.Add(field, "contact.error.has_phone", other.Value.Mask)
			return f.Err()
		}
		if other.Kind != NoPhone {
			continue
		}
		was, _, err := lockContact(ctx, tx, other.ID)
		if err != nil {
			return err
		}
		was.EndOn(tx.Today().String(), "")
		if err := tx.Update(ctx, was); err != nil {
			return err
		}
	}
	return nil
}

// PhoneCame ends what was said of having no telephone, for somebody to whom numbers are added elsewhere.
func PhoneCame(ctx context.Context, tx op.Tx, id PartyID) error {
	known, err := ContactsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	return answered(ctx, tx, known[id], &Contact{Kind: OtherWay}, "")
}

// CorrectContactIn is a contact as it should have been entered. An empty value stays as it is: the form does not show it.
type CorrectContactIn struct {
	ID ContactID
	ContactFacts
}

// CorrectContact mends a slip. A number that was right and no longer is ends instead, so that it stays findable.
var CorrectContact = op.Define("estate.correct_contact", op.Spec[CorrectContactIn, ContactID]{
	Clauses: []string{"C7"},
	Posts:   mayChange,
	Check: func(in *CorrectContactIn, _ cn.Date, f *errs.Fields) {
		in.Normalise("", f)
		f.Check(in.Value == "" || in.Kind != "", "kind", "error.required")
	},
	Subject: record.Subject(func(in CorrectContactIn) ContactID { return in.ID }, lockContact),
	Do: func(ctx context.Context, tx op.Tx, in CorrectContactIn) (ContactID, error) {
		c, _, err := lockContact(ctx, tx, in.ID)
		if err == nil {
			err = record.MustHold(c)
		}
		if err != nil {
			return 0, err
		}
		var f errs.Fields
		f.Check(in.Value != "" || in.Kind == "" || in.Kind == c.Kind, "value", "contact.error.again")
		if err := f.Err(); err != nil {
			return 0, err
		}
		if in.Value == "" {
			c.Whose = in.Whose
			return c.ID, tx.Update(ctx, c)
		}
		if err := in.apply(ctx, tx, c); err != nil {
			return 0, err
		}
		known, err := ContactsOf(ctx, tx, c.Party)
		if err == nil {
			err = fresh(known[c.Party], c, "value")
		}
		if err == nil {
			err = answered(ctx, tx, known[c.Party], c, "value")
		}
		if err != nil {
			return 0, err
		}
		return c.ID, tx.Update(ctx, c)
	},
})

// EndContact says that a party is no longer reached this way; the number stays findable.
var EndContact = record.Ending("estate.end_contact", []string{"C7"}, mayChange, lockContact)

// RestoreContact takes such an ending back.
var RestoreContact = record.Restoring("estate.restore_contact", []string{"C7"}, mayChange, lockContact, func(ctx context.Context, tx op.Tx, c *Contact) error {
	known, err := ContactsOf(ctx, tx, c.Party)
	if err != nil {
		return err
	}
	if err := fresh(known[c.Party], c, "value"); err != nil {
		return err
	}
	return answered(ctx, tx, known[c.Party], c, "value")
})

// RankContact has a contact tried before the party's others.
var RankContact = op.Define("estate.rank_contact", op.Spec[ContactID, ContactID]{
	Clauses: []string{"A2", "C7"},
	Posts:   mayChange,
	Subject: record.Self(lockContact),
	Do: func(ctx context.Context, tx op.Tx, id ContactID) (ContactID, error) {
		first, _, err := lockContact(ctx, tx, id)
		if err == nil {
			err = record.MustHold(first)
		}
		if err != nil {
			return 0, err
		}
		all, err := ContactsOf(ctx, tx, first.Party)
		if err != nil {
			return 0, err
		}
		first.Rank = 1
		if err := tx.Update(ctx, first); err != nil {
			return 0, err
		}
		rank := int64(1)
		for _, other := range all[first.Party] {
			if other.ID == id || other.Party != first.Party {
				continue
			}
			if other, _, err = lockContact(ctx, tx, other.ID); err != nil {
				return 0, err
			}
			rank++
			other.Rank = rank
			if err := tx.Update(ctx, other); err != nil {
				return 0, err
			}
		}
		return id, nil
	},
})

var lockContact = record.By[Contact, ContactID]("contact")
