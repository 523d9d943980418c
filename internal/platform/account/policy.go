package account

import (
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
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

// apart refuses posts that must not be in one hand. Merged posts, chosen at set-up, lift it for all but the auditor: who
// reads the log of what he did himself proves nothing.
func apart(ctx context.Context, q db.Querier, grants []access.Grant) error {
	var posts []access.Post
	admin := false
	for _, g := range grants {
		if !slices.Contains(posts, g.Post) {
			posts = append(posts, g.Post)
		}
		admin = admin || slices.Contains(Administrators, g.Post)
	}
	if !admin || len(posts) == 1 {
		return nil
	}
	if slices.Contains(posts, access.Auditor) {
		return errs.Rule("D5", "account.error.auditor")
	}
	m, err := merged(ctx, q)
	if err == nil && !m {
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
