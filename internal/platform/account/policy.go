package account

import (
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// Who may do what here; the reviewed table (test/rights) repeats it by hand.
var (
	mayManage = []access.Post{access.SecurityAdmin}
	mayInvite = []access.Post{access.SecurityAdmin, access.Program} // the program: the demonstration, and the command line
)

// MayManage are the posts that see and change accounts; pages offer the buttons to them.
func MayManage() []access.Post { return mayManage }

// Administrators are the three posts that stand apart from each other and from the trade (三员分立). They are held in
// the whole company, never in one estate.
var Administrators = []access.Post{access.SystemAdmin, access.SecurityAdmin, access.Auditor}

// firstPosts are the posts of the one who sets the program up: everything a small office needs in one hand, or what it
// takes to give the posts to others.
func firstPosts(merged bool) []access.Grant {
	posts := []access.Post{access.SecurityAdmin}
	if merged {
		posts = []access.Post{access.Manager, access.Custodian, access.SystemAdmin, access.SecurityAdmin}
	}
	grants := make([]access.Grant, len(posts))
	for i, p := range posts {
		grants[i] = access.Grant{Post: p, Estate: access.Company}
	}
	return grants
}

// apart refuses posts that must not be in one hand. Merged posts lift it for all but the auditor: who
// reads the log of what he did himself proves nothing.
func apart(ctx context.Context, tx op.Tx, grants []access.Grant) error {
	if !mixed(grants) {
		return nil
	}
	if slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Post == access.Auditor }) {
		return errs.Rule("D5", "account.error.auditor")
	}
	o := &office{} // locked, so that posts do not part meanwhile
	o.ID = theOffice
	err := tx.Lock(ctx, o)
	if errs.Is(err, errs.NotFound) || err == nil && !o.Merged {
		return errs.Rule("D5", "account.error.apart")
	}
	return err
}

// onlyOneself refuses what nobody does to another's account.
func onlyOneself(who access.Actor, id ID) error {
	if who.Account != int64(id) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return nil
}

// notOneself refuses what nobody does to his own account: another security administrator does it.
func notOneself(who access.Actor, id ID) error {
	if who.Account == int64(id) {
		return errs.Rule("D5", "account.error.self")
	}
	return nil
}
