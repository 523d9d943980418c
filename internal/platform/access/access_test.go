package access_test

import (
	"testing"

	"hudang/internal/platform/access"
)

// One actor, assistant in estate 1, auditor everywhere.
var actor = access.Actor{Account: 1, Grants: []access.Grant{
	{Post: access.Assistant, Estate: 1}, {Post: access.Manager, Estate: 2}, {Post: access.Auditor, Estate: access.Company}}}

func TestScope_KeepsToWhereThePostIsHeld(t *testing.T) {
	desk, audit, cash := []access.Post{access.Assistant, access.Manager}, []access.Post{access.Auditor}, []access.Post{access.Cashier}
	for _, c := range []struct {
		name    string
		scope   access.Scope
		covers  []access.EstateID
		outside []access.EstateID
	}{
		{"desk, all chosen", actor.Scope(desk, access.Company), []access.EstateID{1, 2}, []access.EstateID{3, 0}},
		{"desk, own chosen", actor.Scope(desk, 1), []access.EstateID{1}, []access.EstateID{2, 3}},
		{"desk, foreign chosen", actor.Scope(desk, 3), nil, []access.EstateID{1, 2, 3}},
		{"audit, all chosen", actor.Scope(audit, access.Company), []access.EstateID{1, 2, 3}, nil},
		{"audit, one chosen", actor.Scope(audit, 3), []access.EstateID{3}, []access.EstateID{1}},
		{"post not held", actor.Scope(cash, access.Company), nil, []access.EstateID{1, 2, 3}},
		{"zero scope", access.Scope{}, nil, []access.EstateID{0, 1}},
	} {
		for _, e := range c.covers {
			if !c.scope.Covers(e) {
				t.Errorf("%s does not cover %d", c.name, e)
			}
		}
		for _, e := range c.outside {
			if c.scope.Covers(e) {
				t.Errorf("%s covers %d", c.name, e)
			}
		}
	}
}

func TestHolding_IsPerEstate(t *testing.T) {
	if post, ok := actor.Holding(1, access.Desk); !ok || post != access.Assistant {
		t.Errorf("in 1: %s %v", post, ok)
	}
	if _, ok := actor.Holding(3, access.Desk); ok {
		t.Error("a desk post in an estate it was not given for")
	}
	if !actor.Knows(3) || (access.Actor{}).Knows(3) || (access.Actor{}).HoldsAny(access.Posts) {
		t.Error("who knows what")
	}
}

func TestScope_TwoPostsInOneEstateAreOneEstate(t *testing.T) {
	both := access.Actor{Grants: []access.Grant{{Post: access.Assistant, Estate: 1}, {Post: access.Manager, Estate: 1}}}
	if e := both.Scope(access.Desk, access.Company).Estates(); len(e) != 1 {
		t.Errorf("estates %v", e)
	}
}
