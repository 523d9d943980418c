package account

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// A company's mode says whether the administrators' posts stand apart (三员分立) or may be in one hand with others (三员合一): a
// small office begins merged (realities 4), and splits when it has the people.

// officeNow is how the office stands; apart where accounts were made without the first set-up.
func officeNow(ctx context.Context, q db.Querier) (*office, error) {
	o := &office{}
	err := q.Select(o).Where("id = ?", theOffice).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return &office{}, nil
	}
	return o, err
}

// setMode says whether posts may be in one hand. Whoever relies on it holds the same row.
func setMode(ctx context.Context, tx op.Tx, merged bool) error {
	o := &office{}
	o.ID = theOffice
	err := tx.Lock(ctx, o)
	o.Merged = merged
	if errs.Is(err, errs.NotFound) {
		return tx.Insert(ctx, o)
	}
	if err != nil {
		return err
	}
	return tx.Update(ctx, o)
}

// working reports whether an account can do its work: it may sign in, and has a password to do it with.
func (a *Account) working() bool { return a.Disabled == 0 && a.PasswordSet != 0 }

// Candidate is an account that may be named to a post, with the posts it holds.
type Candidate struct {
	*Account
	Grants []access.Grant
}

// Candidates are the accounts that can do their work, by name.
func Candidates(ctx context.Context, q db.Querier) ([]Candidate, error) {
	all, err := Employed(ctx, q)
	return slices.DeleteFunc(all, func(c Candidate) bool { return !c.working() }), err
}

// Employed are the accounts that are not disabled, by name, those too who did not sign in yet.
func Employed(ctx context.Context, q db.Querier) ([]Candidate, error) {
	var all []*Account
	err := q.Select(&all).Where("disabled IS NULL").OrderExpr("COALESCE(sorting, name), id").Scan(ctx)
	if err != nil {
		return nil, err
	}
	found := make([]Candidate, len(all))
	for i, a := range all {
		held, err := Grants(ctx, q, a.ID)
		if err != nil {
			return nil, err
		}
		found[i] = Candidate{a, held}
	}
	return found, nil
}

// Holds reports whether it holds a post in the whole company.
func (c Candidate) Holds(p access.Post) bool {
	return slices.Contains(c.Grants, access.Grant{Post: p, Estate: access.Company})
}

// mixed reports posts that only a merged office allows in one hand.
func mixed(grants []access.Grant) bool {
	admin := slices.ContainsFunc(grants, isAdministrators)
	return admin && slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Post != grants[0].Post })
}

func isAdministrators(g access.Grant) bool { return slices.Contains(Administrators, g.Post) }

// ShowsMerged reports whether somebody is told on every page that posts may be in one hand here: administrators and
// managers are, for as long as it is so (realities 4).
func (k SessionStore) ShowsMerged(ctx context.Context, a access.Actor) (bool, error) {
	if !a.HoldsAny(Administrators) && !a.HoldsAny([]access.Post{access.Manager}) {
		return false, nil
	}
	return k.Merged(ctx)
}

// ModeHistory is every change of the mode, the newest first, read from the log.
func ModeHistory(ctx context.Context, d *op.Door) ([]Change, error) {
	o := &office{}
	o.ID = theOffice
	changes, err := d.Log.History(ctx, d.DB.Read(), "account_office", o.Key(), o.Owner())
	all := make([]Change, len(changes))
	for i, c := range changes {
		all[i] = Change{Leaf: c.Leaf, Reason: c.Reason}
	}
	return all, err
}
