// Package access says who acts and where: posts held per estate, the actor of a request, and the scope of a reading.
//
// It knows nothing of how accounts are stored or sign in (package account does), so that op can stand on it.
// Always true: what an actor may do is the union of his posts; nothing is allowed by default.
package access

import (
	"context"
	"fmt"
	"slices"

	"hudang/internal/platform/errs"
)

// EstateID is an estate (小区/项目): the border of nearly every right. 0 is the company itself.
type EstateID int64

// Company is the scope above all estates: accounts, settings, the company's own log.
const Company EstateID = 0

// Post is what somebody is employed to do; its name is stored and stands in the log.
type Post string

// The posts of a service centre (issue 3, slice 2) and the three administrators apart (reliability §6).
const (
	Assistant Post = "assistant"  // 客服助理
	Cashier   Post = "cashier"    // 收款员
	Custodian Post = "custodian"  // 档案管理员
	Manager   Post = "manager"    // 客服经理
	Finance   Post = "finance"    // 财务
	OtherDept Post = "other_dept" // 其他部门: security at the gate, engineering, whoever is not of the service group

	SystemAdmin   Post = "system_admin"   // runs the machine, sees no household
	SecurityAdmin Post = "security_admin" // accounts and posts, never his own
	Auditor       Post = "auditor"        // reads the log

	Program Post = "program" // the program itself: jobs, migrations; nobody can hold it
)

// Posts lists the posts a person can hold, in the order of the permission matrix.
var Posts = []Post{Assistant, Cashier, Custodian, Manager, Finance, OtherDept, SystemAdmin, SecurityAdmin, Auditor}

// Refusal is what somebody who holds none of the posts is told: who may.
func Refusal(posts []Post) error {
	e := errs.E(errs.Forbidden, "error.forbidden")
	e.Detail = posts
	return e
}

// Desk is the service group (客服组): those whom D5 allows at household files.
var Desk = []Post{Assistant, Cashier, Custodian, Manager}

// Grant is a post held in one estate, or in all when Estate is Company.
type Grant struct {
	Post   Post
	Estate EstateID
}

// Actor is who acts in a request.
type Actor struct {
	Account int64 // 0 for the program and for nobody
	Name    string
	Grants  []Grant
	Address string // network address, for the log of failures
}

// ProgramActor acts for jobs and first starts.
func ProgramActor() Actor { return Actor{Name: "hudang", Grants: []Grant{{Program, Company}}} }

// Holding is the first of the actor's posts in an estate that is among those asked; false when he holds none.
func (a Actor) Holding(estate EstateID, posts []Post) (Post, bool) {
	for _, g := range a.Grants {
		if (g.Estate == estate || g.Estate == Company) && slices.Contains(posts, g.Post) {
			return g.Post, true
		}
	}
	return "", false
}

// HoldsAny reports whether the actor holds one of the posts anywhere at all.
func (a Actor) HoldsAny(posts []Post) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return slices.Contains(posts, g.Post) })
}

// Knows reports whether an estate exists for this actor: he holds some post there.
func (a Actor) Knows(estate EstateID) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Estate == estate || g.Estate == Company })
}

// Scope is the estates a reading may draw from. The zero Scope reads nothing.
type Scope struct {
	all     bool
	estates []EstateID
}

// Scope is where the actor holds one of the posts, narrowed to one estate unless that is Company.
func (a Actor) Scope(posts []Post, only EstateID) Scope {
	var s Scope
	for _, g := range a.Grants {
		if !slices.Contains(posts, g.Post) {
			continue
		}
		switch {
		case only != Company && (g.Estate == only || g.Estate == Company):
			return Scope{estates: []EstateID{only}}
		case only == Company && g.Estate == Company:
			return Scope{all: true}
		case only == Company && !slices.Contains(s.estates, g.Estate): // two posts in one estate are one estate
			s.estates = append(s.estates, g.Estate)
		}
	}
	return s
}

// Only is the scope of some estates, for whoever has been shown to have them in his own.
func Only(e ...EstateID) Scope { return Scope{estates: e} }

// All reports whether the scope has no border.
func (s Scope) All() bool { return s.all }

// Estates lists the estates of a bordered scope.
func (s Scope) Estates() []EstateID { return s.estates }

// String tells scopes apart.
func (s Scope) String() string {
	if s.all {
		return "all"
	}
	return fmt.Sprint(s.estates)
}

// Covers reports whether an estate lies in the scope.
func (s Scope) Covers(estate EstateID) bool { return s.all || slices.Contains(s.estates, estate) }

type actorKey struct{}

// With puts the actor into a context.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From is the context's actor; somebody without any post when there is none.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}

type chosenKey struct{}

// WithChosen puts the estate chosen in the header into a context; Company stands for all.
func WithChosen(ctx context.Context, e EstateID) context.Context {
	return context.WithValue(ctx, chosenKey{}, e)
}

// Chosen is the estate chosen in the header.
func Chosen(ctx context.Context) EstateID {
	e, _ := ctx.Value(chosenKey{}).(EstateID)
	return e
}
