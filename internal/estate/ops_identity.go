package estate

import (
	"bytes"
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AddIdentityIn is a party's identity number.
type AddIdentityIn struct {
	Party PartyID
	IdentityFacts
}

// AddIdentity registers an identity number of a party.
var AddIdentity = op.Define("estate.add_identity", op.Spec[AddIdentityIn, IdentityID]{
	Clauses: []string{"A1", "C7"},
	Posts:   mayChange,
	Check: func(in *AddIdentityIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Number != "", "number", "error.required")
		in.Normalise("", today, f)
	},
	Subject: record.Subject(func(in AddIdentityIn) PartyID { return in.Party }, lockParty),
	Do: func(ctx context.Context, tx op.Tx, in AddIdentityIn) (IdentityID, error) {
		p, err := liveParty(ctx, tx, in.Party)
		if err != nil {
			return 0, err
		}
		if err := identityFree(ctx, tx, p.Estate, p.ID, in.IdentityFacts, ""); err != nil {
			return 0, err
		}
		i, err := NewIdentity(ctx, tx, p, in.IdentityFacts)
		if err != nil {
			return 0, err
		}
		return i.ID, tx.Insert(ctx, i)
	},
})

// CorrectIdentityIn is an identity number as it should have been entered. An empty number stays as it is: the form does
// not show it.
type CorrectIdentityIn struct {
	ID IdentityID
	IdentityFacts
}

// CorrectIdentity mends a slip. A number that was mended is to be compared with the paper again.
var CorrectIdentity = op.Define("estate.correct_identity", op.Spec[CorrectIdentityIn, IdentityID]{
	Clauses: []string{"C7"},
	Posts:   mayChange,
	Check:   func(in *CorrectIdentityIn, today cn.Date, f *errs.Fields) { in.Normalise("", today, f) },
	Subject: record.Subject(func(in CorrectIdentityIn) IdentityID { return in.ID }, lockIdentity),
	Do: func(ctx context.Context, tx op.Tx, in CorrectIdentityIn) (IdentityID, error) {
		i, _, err := lockIdentity(ctx, tx, in.ID)
		if err == nil {
			err = record.MustHold(i)
		}
		if err != nil {
			return 0, err
		}
		if in.Number == "" {
			var f errs.Fields
			i.Expires = in.Expires
			f.Check(in.Kind == "" || in.Kind == i.Kind, "number", "identity.error.again")
			if err := f.Err(); err != nil {
				return 0, err
			}
			return i.ID, tx.Update(ctx, i)
		}
		if err := identityFree(ctx, tx, i.Estate, i.Party, in.IdentityFacts, ""); err != nil {
			return 0, err
		}
		i.Verified, i.VerifiedBy = "", 0
		if err := in.apply(ctx, tx, i); err != nil {
			return 0, err
		}
		return i.ID, tx.Update(ctx, i)
	},
})

// VerifyIdentity says that somebody compared the number with the paper, today. A number that cannot be right is refused
// (domain.md §6).
var VerifyIdentity = op.Define("estate.verify_identity", op.Spec[IdentityID, IdentityID]{
	Clauses: []string{"A1", "D8"},
	Posts:   mayChange,
	Subject: record.Self(lockIdentity),
	Do: func(ctx context.Context, tx op.Tx, id IdentityID) (IdentityID, error) {
		i, _, err := lockIdentity(ctx, tx, id)
		if err == nil {
			err = record.MustHold(i)
		}
		if err == nil && i.Doubt != "" {
			err = errs.E(errs.Blocked, "identity.error.doubtful")
		}
		if err != nil {
			return 0, err
		}
		i.Verified, i.VerifiedBy = tx.Today().String(), tx.Actor().Account
		return id, tx.Update(ctx, i)
	},
})

// EndIdentity says that a number no longer holds: another paper took its place, or it was another's.
var EndIdentity = record.Ending("estate.end_identity", []string{"C7"}, mayChange, lockIdentity)

// RestoreIdentity takes such an ending back.
var RestoreIdentity = record.Restoring("estate.restore_identity", []string{"C7"}, mayChange, lockIdentity,
	func(context.Context, op.Tx, *Identity) error { return nil })

// identityFree refuses a number when another party of the estate has the same in force, and no reason was given to
// keep it. Whose it is is not said. The facts were normalised; prefix stands before the names of fields.
func identityFree(ctx context.Context, tx op.Tx, e access.EstateID, p PartyID, in IdentityFacts, prefix string) error {
	if in.Number == "" || in.TakenWhy != "" {
		return nil
	}
	hash := tx.MAC(masked.Purpose(IdentityHash), []byte(IdentityNormal(in.Number, tx.Today())))
	taken, err := identityTaken(ctx, tx, e, p, hash)
	if err != nil || !taken {
		return err
	}
	var f errs.Fields
	f.Add(prefix+"number", "identity.error.taken")
	f.Add(prefix+"taken_why", "identity.error.taken_why")
	return f.Err()
}

// contradicts reports two numbers that one person cannot have: in force, undoubted, of one kind, and not the same.
func (i *Identity) contradicts(other *Identity) bool {
	kind := func(i *Identity) IdentityKind {
		if i.Kind == IdentityKind(cn.IDResidentOld) {
			return IdentityKind(cn.IDResident)
		}
		return i.Kind
	}
	return i.InForce() && other.InForce() && i.Doubt == "" && other.Doubt == "" && kind(i) == kind(other) && !bytes.Equal(i.Number.Hash, other.Number.Hash)
}

var lockIdentity = record.By[Identity, IdentityID]("identity")
