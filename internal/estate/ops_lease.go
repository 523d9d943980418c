package estate

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// RegisterLeaseIn is a let of a unit.
type RegisterLeaseIn struct {
	Unit   UnitID
	Lessor PartyID // 0 while nobody knows who lets
	Tenant PartyID
	LeaseFacts
}

// RegisterLease registers a let or mixed use in time (D6).
var RegisterLease = op.Define("estate.register_lease", op.Spec[RegisterLeaseIn, LeaseID]{
	Clauses: []string{"D6", "D9"},
	Posts:   mayChange,
	Silent:  true,
	Check: func(in *RegisterLeaseIn, today cn.Date, f *errs.Fields) {
		f.Check(in.Tenant != 0, "tenant", "error.required")
		in.LeaseFacts.Check(today, f)
	},
	Subject: func(ctx context.Context, tx op.Tx, in RegisterLeaseIn) (op.Subject, error) {
		_, s, err := lockUnit(ctx, tx, in.Unit)
		s.Owner = partyKey(in.Tenant)
		return s, err
	},
	Do: func(ctx context.Context, tx op.Tx, in RegisterLeaseIn) (LeaseID, error) {
		return TakeLease(ctx, tx, in.Unit, in.Lessor, in.Tenant, in.LeaseFacts)
	},
})

// Check reads the facts as the form requires them.
func (in *LeaseFacts) Check(today cn.Date, f *errs.Fields) {
	in.Normalise("", today, f)
	in.Complete("", f)
}

// ChangeLeaseIn is a lease with its facts as they should be. Another tenant is another lease.
type ChangeLeaseIn struct {
	ID     LeaseID
	Lessor PartyID
	LeaseFacts
}

// ChangeLease corrects or completes a lease.
var ChangeLease = op.Define("estate.change_lease", op.Spec[ChangeLeaseIn, LeaseID]{
	Clauses: []string{"D6"},
	Posts:   mayChange,
	Check:   func(in *ChangeLeaseIn, today cn.Date, f *errs.Fields) { in.LeaseFacts.Check(today, f) },
	Subject: record.Subject(func(in ChangeLeaseIn) LeaseID { return in.ID }, lockLease),
	Do: func(ctx context.Context, tx op.Tx, in ChangeLeaseIn) (LeaseID, error) {
		l, err := liveLease(ctx, tx, in.ID)
		if err == nil {
			err = partiesOf(ctx, tx, l.Estate, in.Lessor, 0)
		}
		if err != nil {
			return 0, err
		}
		l.Lessor = in.Lessor
		l.LeaseFacts = in.LeaseFacts
		if err := leaseFits(ctx, tx, l); err != nil {
			return 0, err
		}
		return l.ID, tx.Update(ctx, l)
	},
})

// ExtendLeaseIn renews a lease to another end.
type ExtendLeaseIn struct {
	ID       LeaseID
	Until    string `form:"valid_to"`
	Contract string `form:"contract"` // of the renewal; empty: as before
}

// ExtendLease renews a lease: at most twenty years from today (Civil Code 705).
var ExtendLease = op.Define("estate.extend_lease", op.Spec[ExtendLeaseIn, LeaseID]{
	Clauses: []string{"D6", "D8"},
	Posts:   mayChange,
	Check: func(in *ExtendLeaseIn, today cn.Date, f *errs.Fields) {
		in.Contract = strings.TrimSpace(in.Contract)
		in.Until = record.ReadDate(in.Until, "valid_to", today, f)
		f.Check(in.Until != "", "valid_to", "error.required")
		f.Check(f.Err() != nil || record.FirstDay(in.Until) <= yearsOn(today.String(), maxYears), "valid_to", "lease.error.years", maxYears)
	},
	Subject: record.Subject(func(in ExtendLeaseIn) LeaseID { return in.ID }, lockLease),
	Do: func(ctx context.Context, tx op.Tx, in ExtendLeaseIn) (LeaseID, error) {
		l, err := liveLease(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		var f errs.Fields
		f.Check(record.FirstDay(in.Until) > record.LastDay(l.ValidTo), "valid_to", "lease.error.earlier", l.ValidTo)
		if err := f.Err(); err != nil {
			return 0, err
		}
		l.ValidTo = in.Until
		if in.Contract != "" {
			l.Contract = in.Contract
		}
		if err := leaseFits(ctx, tx, l); err != nil {
			return 0, err
		}
		return l.ID, tx.Update(ctx, l)
	},
})

// EndLease says that the tenant left, on a day: 退租.
var EndLease = record.Ending("estate.end_lease", []string{"D6"}, mayChange, lockLease)

// RestoreLease takes such an ending back.
var RestoreLease = record.Restoring("estate.restore_lease", []string{"D6"}, mayChange, lockLease, leaseFits)

// PrintLease leaves the leaf of a printed 《租户/商住情况登记表》 and gives the lease its label code, which is the form's number.
var PrintLease = label.Printing("estate.print_lease", access.Desk, lockLease, "B5", "D6", "D9")

// leaseFits refuses a second let of a unit for the same time; who lets on what he rents lets beside the first.
func leaseFits(ctx context.Context, tx op.Tx, l *Lease) error {
	if l.Kind == Sublet {
		return nil
	}
	others, err := LeasesOf(ctx, tx, l.Unit)
	if err != nil {
		return err
	}
	for _, other := range others[l.Unit] {
		if other.ID != l.ID && other.InForce() && other.Kind != Sublet && l.overlaps(other) {
			var f errs.Fields
			f.Add("valid_from", "lease.error.let", other.ValidFrom, other.ValidTo)
			return f.Err()
		}
	}
	return nil
}

// overlaps reports two terms that share a day; a term without an end goes on.
func (l *Lease) overlaps(other *Lease) bool {
	before := func(a, b *Lease) bool {
		return a.ValidTo != "" && b.ValidFrom != "" && record.LastDay(a.ValidTo) < record.FirstDay(b.ValidFrom)
	}
	return !before(l, other) && !before(other, l)
}

// partiesOf locks the parties of a lease, those that are named.
func partiesOf(ctx context.Context, tx op.Tx, e access.EstateID, parties ...PartyID) error {
	for _, id := range parties {
		if id == 0 {
			continue
		}
		if _, err := partyOf(ctx, tx, e, id); err != nil {
			return err
		}
	}
	return nil
}

func liveLease(ctx context.Context, tx op.Tx, id LeaseID) (*Lease, error) {
	l, _, err := lockLease(ctx, tx, id)
	if err == nil {
		err = record.MustHold(l)
	}
	return l, err
}

var lockLease = record.By[Lease, LeaseID](kindLease)
