package estate

import (
	"context"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddPartyIn is a party that comes with no household: a lessor from elsewhere, somebody asked about.
type AddPartyIn struct {
	Estate access.EstateID
	PartyFacts
	Contacts []ContactFacts `form:"contacts"`
	Identity IdentityFacts  `form:"identity"`
}

// AddParty registers a party with its telephone numbers and its identity number.
var AddParty = op.Define("estate.add_party", op.Spec[AddPartyIn, PartyID]{
	Clauses: []string{"A1", "C7"},
	Posts:   mayChange,
	Silent:  true,
	Check: func(in *AddPartyIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Estate != access.Company, "estate", "error.required")
		in.PartyFacts.Normalise("", today, f)
		in.Contacts = normaliseContacts(in.Contacts, f)
		in.Identity.Normalise("identity.", today, f)
	},
	Subject: Subject(func(in AddPartyIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in AddPartyIn) (PartyID, error) {
		if err := identityFree(ctx, tx, in.Estate, 0, in.Identity, "identity."); err != nil {
			return 0, err
		}
		p, err := NewParty(ctx, tx, in.Estate, in.PartyFacts)
		if err != nil {
			return 0, err
		}
		if err := tx.Insert(ctx, p); err != nil {
			return 0, err
		}
		if _, err := addContacts(ctx, tx, p, in.Contacts); err != nil || in.Identity.Number == "" {
			return p.ID, err
		}
		i, err := NewIdentity(ctx, tx, p, in.Identity)
		if err != nil {
			return 0, err
		}
		return p.ID, tx.Insert(ctx, i)
	},
})

// ChangePartyIn is a party with its facts as they should be. An empty birth or note stays as it is, since the form shows
// neither in clear; 无 takes it away.
type ChangePartyIn struct {
	ID PartyID
	PartyFacts
	Correction bool   `form:"correction"` // the name was a slip: nobody was ever called so
	On         string `form:"on"`         // the first day of a new name; empty: today
	Why        string `form:"why"`        // of a new name
}

// ChangeParty corrects or completes a party. A new name is dated, and the old one kept (C7).
var ChangeParty = op.Define("estate.change_party", op.Spec[ChangePartyIn, PartyID]{
	Clauses: []string{"A1", "C7"},
	Posts:   mayChange,
	Check: func(in *ChangePartyIn, today cn.Date, f *errs.Fields) {
		facts := in.PartyFacts // Do still has to tell nothing typed from a word for none
		facts.Normalise("", today, f)
		in.On, in.Why = record.ReadPast(in.On, "on", today, f), strings.TrimSpace(in.Why)
		f.Within("why", in.Why, maxName)
	},
	Subject: record.Subject(func(in ChangePartyIn) PartyID { return in.ID }, lockParty),
	Do: func(ctx context.Context, tx op.Tx, in ChangePartyIn) (PartyID, error) {
		p, err := liveParty(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		birth, note := in.Birth, in.Note
		var f errs.Fields
		in.PartyFacts.Normalise("", tx.Today(), &f)
		renamed := in.Name != p.Name && !in.Correction
		f.Check(!renamed || in.Why != "", "why", "party.error.why")
		if err := f.Err(); err != nil {
			return 0, err
		}
		if renamed {
			if in.On == "" {
				in.On = tx.Today().String()
			}
			if err := tx.Insert(ctx, formerName(tx, p, in.On, in.Why)); err != nil {
				return 0, err
			}
		}
		if cn.IsPlaceholder(note) {
			in.Note = ""
		}
		keep := *p
		if err := in.apply(ctx, tx, p); err != nil {
			return 0, err
		}
		p.Birth, p.Note = kept(birth, keep.Birth, p.Birth), kept(note, keep.Note, p.Note)
		return p.ID, tx.Update(ctx, p)
	},
})

// kept is a masked fact after a form that did not show it: what stood there when nothing was typed.
func kept(typed string, was, now masked.Value) masked.Value {
	if strings.TrimSpace(typed) == "" {
		return was
	}
	return now
}

func formerName(tx op.Tx, p *Party, day, why string) *FormerName {
	n := &FormerName{Party: p.ID, Name: p.Name, ValidTo: day, Why: why}
	n.ID, n.Estate = FormerNameID(tx.NewID()), p.Estate
	return n
}

// MergePartyIn says that two parties are one.
type MergePartyIn struct {
	ID   PartyID
	Into PartyID `form:"into"`
}

// MergeParty says that a party is the same as another, to which it points from now on. Nothing is rewritten, so that it
// can be taken back (design §5). Two parties with different valid numbers of one kind are never one.
var MergeParty = op.Define("estate.merge_party", op.Spec[MergePartyIn, PartyID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayEnd,
	Check: func(in *MergePartyIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.Into != in.ID && in.Into != 0, "into", "party.error.into")
	},
	Subject: record.Subject(func(in MergePartyIn) PartyID { return in.ID }, lockParty),
	Do: func(ctx context.Context, tx op.Tx, in MergePartyIn) (PartyID, error) {
		p, err := liveParty(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		into, err := partyOf(ctx, tx, p.Estate, in.Into)
		if err != nil {
			return 0, err
		}
		if err := samePerson(ctx, tx, p.ID, into.ID); err != nil {
			return 0, err
		}
		earlier, err := mergedInto(ctx, tx, p.ID)
		if err != nil {
			return 0, err
		}
		for _, id := range append(earlier, p.ID) { // so that a pointer never leads to a pointer
			one, _, err := lockParty(ctx, tx, id)
			if err != nil {
				return 0, err
			}
			one.MergedInto = into.ID
			if err := tx.Update(ctx, one); err != nil {
				return 0, err
			}
		}
		return into.ID, nil
	},
})

// SeparateParty takes a merging back.
var SeparateParty = op.Define("estate.separate_party", op.Spec[PartyID, PartyID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayEnd,
	Subject: record.Self(lockParty),
	Do: func(ctx context.Context, tx op.Tx, id PartyID) (PartyID, error) {
		p, _, err := lockParty(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		p.MergedInto = 0
		return id, tx.Update(ctx, p)
	},
})

// samePerson refuses two parties that have different numbers of one kind in force, neither of them doubtful.
func samePerson(ctx context.Context, tx op.Tx, a, b PartyID) error {
	all, err := IdentitiesOf(ctx, tx, a, b)
	if err != nil {
		return err
	}
	for _, one := range all[a] {
		for _, other := range all[b] {
			if one.contradicts(other) {
				return errs.E(errs.Blocked, "party.error.two_people")
			}
		}
	}
	return nil
}

var lockParty = record.By[Party, PartyID](KindParty)

// liveParty locks a party for change; one that was merged is changed where it points to.
func liveParty(ctx context.Context, tx op.Tx, id PartyID) (*Party, error) {
	p, _, err := lockParty(ctx, tx, id)
	if err == nil && p.MergedInto != 0 {
		err = errs.E(errs.Blocked, "party.error.merged")
	}
	return p, err
}

// partyOf locks a party of an estate; another estate's is not there.
func partyOf(ctx context.Context, tx op.Tx, e access.EstateID, id PartyID) (*Party, error) {
	p, err := liveParty(ctx, tx, id)
	if err == nil && p.Estate != e {
		err = errs.E(errs.NotFound, "error.not_found")
	}
	return p, err
}

func indexed(group string, i int) string { return group + "." + strconv.Itoa(i) + "." }
